"""Formulas are tidied as they are built: numbers worked out and first, 0·e and x¹ gone, like terms and like powers one.

A sum is held as a table {term: number}, a product or a quotient as a number and a table {base: exponent}; what has the
same base meets in the table, and then the formula is written out again. Nothing is multiplied out, and the order in
which the terms came stays.
"""

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeAlias

from mathml.calculus.expressions import Expression, as_expression

__all__ = ["ONE", "SIGNS", "ZERO", "function", "separate"]

Number: TypeAlias = int | Fraction | float
Operand: TypeAlias = Expression | Number
Factors: TypeAlias = dict[Expression, Expression]  # base: exponent

ZERO, ONE, HALF = map(as_expression, (0, 1, Fraction(1, 2)))
E = as_expression(math.e)  # e^u is a power like others, of this base


def _sum(*operands: Operand) -> Expression:
    summands = [e for e in map(as_expression, operands) if e != ZERO]
    if len(summands) == 1:
        return summands[0]
    terms: dict[Expression, Number] = {}
    for summand in summands:
        for term, coefficient in _terms(summand):
            terms[term] = terms.get(term, 0) + coefficient
    parts = [_product(coefficient, term) for term, coefficient in terms.items() if coefficient != 0]
    return Expression("sum", *parts) if len(parts) > 1 else parts[0] if parts else ZERO


def _terms(e: Expression) -> Iterator[tuple[Expression, Number]]:
    if e.kind == "sum":
        for part in e.parts:
            yield from _terms(part)
        return
    coefficient, factors = _factors(e)
    rest = e if coefficient == 1 else _assemble(1, factors)
    if coefficient == -1 and rest.kind == "sum":  # a minus before parentheses opens them
        yield from ((term, -c) for term, c in _terms(rest))
    else:
        yield rest, coefficient


def _product(*operands: Operand) -> Expression:
    number: Number = 1
    factors: Factors = {}
    for operand in operands:
        coefficient, more = _factors(as_expression(operand))
        number *= coefficient
        for base, exponent in more.items():
            factors[base] = _sum(factors[base], exponent) if base in factors else exponent
    return _assemble(number, factors)


def _factors(e: Expression) -> tuple[Number, Factors]:
    match e.kind, e.parts:
        case "number", _:
            return e.content, {}
        case "product", (first, *_) if first.kind == "number":
            return first.content, _factors(Expression("product", *e.parts[1:]))[1]
        case "product", parts:
            return 1, {base: exponent for part in parts for base, exponent in _factors(part)[1].items()}
        case "quotient", (above, below):
            (p, factors), (q, divisors) = _factors(above), _factors(below)
            return _ratio(p, q), factors | {base: _product(-1, exponent) for base, exponent in divisors.items()}
        case "power", (base, exponent):
            return 1, {base: exponent}
        case "sqrt", (base,):
            return 1, {base: HALF}
        case "exp", (exponent,):
            return 1, {E: exponent}
    return 1, {e: ONE}


def _ratio(p: Number, q: Number) -> Number:
    return p / q if isinstance(p, float) or isinstance(q, float) else Fraction(p) / Fraction(q)


def _assemble(number: Number, factors: Factors) -> Expression:
    above, below = [], []
    for base, exponent in sorted(factors.items(), key=lambda factor: factor[0] == E):  # x² before e^x
        if base != E and exponent.kind == "number" and exponent.content < 0:
            below.append(_raised(base, _product(-1, exponent)))
        elif exponent != ZERO:
            above.append(_raised(base, exponent))
    for part in above + below:
        if part.kind == "number":  # √2·√2 is one
            number = number * part.content if part in above else _ratio(number, part.content)
    number = as_expression(number).content
    p, q = (number.numerator, number.denominator) if isinstance(number, Fraction) else (number, 1)
    numerator, denominator = _in_a_row(p, above), _in_a_row(q, below)
    if numerator == ZERO or denominator == ONE:
        return numerator
    both = numerator.kind == denominator.kind == "number"
    return as_expression(number) if both else Expression("quotient", numerator, denominator)


def _in_a_row(number: Number, parts: list[Expression]) -> Expression:
    row = [part for part in parts if part.kind != "number"]
    if number != 1 or not row:
        row = [as_expression(number), *row]
    if number == 0 or len(row) == 1:
        return row[0]
    return Expression("product", *row)


def _raised(base: Expression, exponent: Expression) -> Expression:
    """One factor, as it is written."""
    if exponent == ONE:
        return base
    if base == E:
        return function("exp", exponent)
    return Expression("sqrt", base) if exponent == HALF else Expression("power", base, exponent)


def _power(base: Operand, exponent: Operand) -> Expression:
    base, exponent = as_expression(base), as_expression(exponent)
    if base in (ZERO, ONE) and exponent.kind == "number":
        if base == ZERO and exponent.content < 0:
            raise ZeroDivisionError("an expression divides by 0")
        return ONE if exponent == ZERO else base
    number, factors = _factors(base)
    if isinstance(exponent.content, int):  # (2·x)² = 4·x²
        n = exponent.content
        power = Fraction(number) ** n if isinstance(number, int) else number**n
        return _assemble(power, {b: _product(n, m) for b, m in factors.items()})
    if number == 1 and list(factors) == [E]:  # (e^u)^v = e^(u·v), for e^u is positive
        return function("exp", _product(factors[E], exponent))
    if isinstance(exponent.content, float) and (2 * exponent.content).is_integer():
        exponent = as_expression(Fraction(exponent.content))  # x^0.5 is √x
    root = _root(base, exponent)
    return root if root else _assemble(1, {base: exponent})


def _root(base: Expression, exponent: Expression) -> Expression | None:
    """The root of a whole number, where it is one: √4 = 2."""
    if not (isinstance(base.content, int) and base.content > 0 and isinstance(exponent.content, Fraction)):
        return None
    p, q = exponent.content.numerator, exponent.content.denominator
    root = round(base.content ** (1 / q))
    return _power(root, p) if root**q == base.content else None


KNOWN_VALUES = {("exp", 0): 1, ("log", 1): 0, ("sin", 0): 0, ("cos", 0): 1, ("tan", 0): 0, ("tanh", 0): 0}


def function(name: str, u: Operand) -> Expression:
    """The function of that name, of u: as it is, or as what it is known to be."""
    u = as_expression(u)
    if (name, u.content) in KNOWN_VALUES:
        return as_expression(KNOWN_VALUES[name, u.content])
    if name == "sqrt":
        return _power(u, HALF)
    if name == "log" and u.kind == "exp":
        return u.parts[0]
    number, factors = _factors(u)
    if name == "exp" and [(b.kind, m) for b, m in factors.items()] == [("log", ONE)]:  # e^(n·log u) = uⁿ
        (logarithm,) = factors
        return _power(logarithm.parts[0], as_expression(number))
    return Expression(name, u)


def separate(e: Expression, x: Expression) -> tuple[Expression, Expression]:
    """A product or a quotient as a constant, free of x, times what is left: 3·x/y is 3/y times x."""
    if e.kind not in ("product", "quotient"):
        return ONE, e
    number, factors = _factors(e)
    name = x.content
    moving = {base: m for base, m in factors.items() if name in base.variables | m.variables}
    held = {base: m for base, m in factors.items() if base not in moving}
    return _assemble(number, held), _assemble(1, moving)


# --- what Python's signs mean ---------------------------------------------------------------------

SIGNS: dict[str, Callable[..., Expression]] = {
    "add": _sum,
    "subtract": lambda a, b: _sum(a, _product(-1, b)),
    "multiply": _product,
    "divide": lambda a, b: _product(a, _power(b, -1)),
    "power": _power,
    "negative": lambda a: _product(-1, a),
    "positive": lambda a: a,
    "square": lambda a: _power(a, 2),
    "reciprocal": lambda a: _power(a, -1),
    "logaddexp": lambda a, b: function("log", _sum(function("exp", a), function("exp", b))),
}

"""The rules of differentiation, as a table: what a formula looks like, and what its derivative is then.

To differentiate is to find the rule that fits, to fill in what the letters stand for, and to go on with the parts.
The rules are formulas themselves, so the table that a lesson prints is the table that is applied.
"""

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from numpy import cos, exp, log, sin, sqrt, tan, tanh

from mathml.arrays import require
from mathml.calculus.expressions import Expression, as_expression, substitute, variable
from mathml.calculus.tidying import ONE, ZERO, separate

__all__ = ["RULES", "Rule", "differentiate", "steps", "written_down"]

Function: TypeAlias = Expression | Callable[..., Any]


# --- the rules ------------------------------------------------------------------------------------


class Rule(NamedTuple):
    """A formula, and its derivative.

    Parameters
    ----------
    pattern : u and v stand for formulas; c, n and a for what x is not in
    derivative : u′ and v′ stand for the derivatives of u and v
    """

    pattern: Expression
    derivative: Expression

    def __str__(self) -> str:
        name = str(self.pattern)
        return f"{name if self.pattern.kind == 'variable' else f'({name})'}′ = {self.derivative}"


x, u, v, c, n, a = map(variable, "xuvcna")
du, dv = variable("u′"), variable("v′")
f_of_u, df_of_u = Expression("f", u), Expression("f′", u)

# fmt: off
RULES: dict[str, Rule] = {
    "constant":          Rule(c,        ZERO),
    "variable":          Rule(x,        ONE),
    "constant multiple": Rule(c * u,    c * du),
    "sum":               Rule(u + v,    du + dv),
    "product":           Rule(u * v,    du * v + u * dv),
    "quotient":          Rule(u / v,    (du * v - u * dv) / v**2),
    "chain":             Rule(f_of_u,   df_of_u * du),
    "power":             Rule(x**n,     n * x**(n - 1)),
    "exponential":       Rule(a**x,     a**x * log(a)),
    "variable power":    Rule(u**v,     u**v * (dv * log(u) + v * du / u)),
    "exp":               Rule(exp(x),   exp(x)),
    "log":               Rule(log(x),   1 / x),
    "sqrt":              Rule(sqrt(x),  1 / (2 * sqrt(x))),
    "sin":               Rule(sin(x),   cos(x)),
    "cos":               Rule(cos(x),   -sin(x)),
    "tan":               Rule(tan(x),   1 + tan(x)**2),
    "tanh":              Rule(tanh(x),  1 - tanh(x)**2),
}
# fmt: on


# --- which rule fits, and what its letters stand for ----------------------------------------------

Bindings: TypeAlias = dict[Expression, Expression]


def _fitting(e: Expression, t: Expression) -> tuple[str, Bindings]:
    """The name of the rule for d/dt e, and what the letters of its pattern stand for."""
    if t.content not in e.variables:
        return "constant", {c: e}
    if e == t:
        return "variable", {x: t}
    constant, moving = separate(e, t)
    if constant != ONE:
        return "constant multiple", {c: constant, u: moving}
    if e.kind in ("sum", "product", "quotient"):
        first, *others = e.parts
        return e.kind, {u: first, v: others[0] if len(others) == 1 else Expression(e.kind, *others)}
    name, outer, inner, letters = _outer_and_inner(e, t)
    if outer is None:
        return name, letters
    return (name, {x: t, **letters}) if inner == t else ("chain", {Expression("f", t): outer, u: inner})


def _outer_and_inner(e: Expression, t: Expression) -> tuple[str, Expression | None, Expression, Bindings]:
    """A power or a function of something: the rule for it, itself as a function of t, and that something."""
    if e.kind != "power":
        return e.kind, Expression(e.kind, t), e.parts[0], {}
    base, exponent = e.parts
    if t.content not in exponent.variables:
        return "power", t**exponent, base, {n: exponent}
    if t.content not in base.variables:
        return "exponential", base**t, exponent, {a: base}
    return "variable power", None, e, {u: base, v: exponent}


# --- to differentiate is to apply the rules -------------------------------------------------------


def differentiate(f: Function, x: Expression | None = None) -> Expression:
    """The derivative as a formula, by the rules of `RULES`.

        (u·v)′ = u′·v + u·v′,    (f(u))′ = f′(u)·u′,    …

    Parameters
    ----------
    f : an expression, or a function that is made of Python's signs and NumPy's functions
    x : the variable; it may be left out where there is only one. Other variables are held still

    Returns
    -------
    derivative : an expression; called with a number, it gives the slope there

    Raises
    ------
    ValueError
        If x is left out, and f has several variables, or none.
    TypeError
        If f takes a function that no rule is known for, or compares: then it is no formula.

    Lesson 3, "Three rules".

    >>> x = variable("x")
    >>> differentiate(x**2 * exp(3 * x), x)
    2·x·e^(3·x) + 3·x²·e^(3·x)
    >>> differentiate(tanh)(0.0)
    1.0
    """
    return _Derivation(*written_down(f, x)).derivative


def steps(f: Function, x: Expression | None = None) -> list[str]:
    """The rules that lead to the derivative, in the order in which they are used, the outermost first.

    A part that recurs is differentiated once; x′ = 1 and c′ = 0 go without saying, unless they are all there is.

    Parameters
    ----------
    f, x : as in `differentiate`

    Lesson 3, "Three rules".

    >>> x = variable("x")
    >>> for step in steps(x**2 * sin(x)):
    ...     print(step)
    product rule: (u·v)′ = u′·v + u·v′ with u = x², v = sin(x)
    power rule: (xⁿ)′ = n·xⁿ⁻¹ with n = 2
    sin rule: (sin(x))′ = cos(x)
    """
    trail = _Derivation(*written_down(f, x)).trail
    telling = [step for step in trail if step[0] not in ("constant", "variable")]
    return [_line(name, letters) for name, letters in telling or trail]


def _line(name: str, letters: Bindings) -> str:
    meaning = ", ".join(f"{letter} = {meant}" for letter, meant in letters.items() if letter != meant)
    return f"{name} rule: {RULES[name]}" + (f" with {meaning}" if meaning else "")


class _Derivation:
    """The derivative of a formula, and the rules on the way to it."""

    def __init__(self, e: Expression, t: Expression) -> None:
        self.t = t
        self.trail: list[tuple[str, Bindings]] = []
        self.known: Bindings = {}
        self.derivative = self._of(e)

    def _of(self, e: Expression) -> Expression:
        if e not in self.known:
            name, letters = _fitting(e, self.t)
            self.trail.append((name, letters))
            self.known[e] = substitute(RULES[name].derivative, letters | self._primes(name, letters))
        return self.known[e]

    def _primes(self, name: str, letters: Bindings) -> Bindings:
        """What u′, v′ and f′(u) stand for in the rule."""
        primes = {}
        if name == "chain":
            outer, inner = letters.values()
            primes[df_of_u] = substitute(self._of(outer), {self.t: inner})
        for letter, prime in ((u, du), (v, dv)):
            if str(prime) in RULES[name].derivative.variables:
                primes[prime] = self._of(letters[letter])
        return primes


def written_down(f: Function, x: Expression | None) -> tuple[Expression, Expression]:
    """The formula of f, and its variable: a function is called with variables that have its parameters' names."""
    require(x is None or x.kind == "variable", f"x must be a variable, but {x} came")
    if isinstance(f, Expression):
        e, names = f, sorted(f.variables)
    else:
        names = _parameters(f)
        e = as_expression(f(*map(variable, names)))
    if x is None:
        require(len(names) == 1, f"x must be given, unless there is one variable, but here are {names}")
        x = variable(names[0])
    return e, x


def _parameters(f: Callable[..., Any]) -> list[str]:
    """The names of what f must be given."""
    try:
        parameters = inspect.signature(f).parameters.values()
    except ValueError:  # built in, without a signature: NumPy's functions
        return ["x"]
    return [
        p.name for p in parameters if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]

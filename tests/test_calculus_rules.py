"""The rules of differentiation: each is SymPy's, each holds in numbers, and what is printed is what is computed."""

import math
import re
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from mathml.calculus import RULES, Expression, derivative, differentiate, latex, steps, variable
from mathml.calculus.expressions import FUNCTIONS, as_expression, substitute
from mathml.functions import sigmoid, sigmoid_derivative

x, y, t = map(variable, "xyt")
POINT = st.floats(0.2, 2).map(lambda number: round(number, 3))


# --- oracles: a formula as SymPy reads it, and random formulas ------------------------------------


def as_sympy(e):
    """The same formula, built from SymPy's parts instead of ours."""
    parts = [as_sympy(part) for part in e.parts]
    match e.kind:
        case "number":
            return sympy.Rational(e.content) if isinstance(e.content, Fraction) else sympy.sympify(e.content)
        case "variable":
            return sympy.Symbol(e.content)
        case "sum":
            return sympy.Add(*parts)
        case "product":
            return sympy.Mul(*parts)
        case "quotient":
            return parts[0] / parts[1]
        case "power":
            return parts[0] ** parts[1]
    return getattr(sympy, e.kind)(*parts)


def read(text):
    """The number that a person with SymPy makes of the printed formula."""
    plain = "0123456789+−abcdkmnptuvwxyz"
    raised = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵃᵇᶜᵈᵏᵐⁿᵖᵗᵘᵛʷˣʸᶻ", plain, strict=True))
    text = re.sub(f"[{''.join(raised)}]+", lambda run: f"^({''.join(raised[sign] for sign in run[0])})", text)
    text = re.sub(r"√(\w+(?:\.\d+)?)", r"sqrt(\1)", text.replace("√(", "sqrt("))
    text = re.sub(r"\be\b", "E", text.replace("·", "*").replace("−", "-").replace("^", "**"))
    return sympy.sympify(text)


EXACT = st.integers(-3, 3) | st.sampled_from([Fraction(1, 2), Fraction(-2, 3)])
NUMBERS = EXACT | st.sampled_from([0.25, -1.5])
UNARY = [lambda e: np.exp(e / 4), np.sin, np.cos, np.tanh, lambda e: np.sqrt(1 + e**2), lambda e: np.log(2 + np.sin(e)),
         lambda e: -e, lambda e: e**2, lambda e: e**3, lambda e: 2**np.sin(e)]  # fmt: skip
BINARY = [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, lambda a, b: a / (1 + b**2)]


def deeper(smaller):
    unary = st.tuples(st.sampled_from(UNARY), smaller).map(lambda both: both[0](both[1]))
    return unary | st.tuples(st.sampled_from(BINARY), smaller, smaller).map(lambda three: three[0](*three[1:]))


FORMULAS = st.recursive(st.just(x) | NUMBERS.map(as_expression), deeper, max_leaves=6)
OF_TWO = st.recursive(st.sampled_from([x, y]) | EXACT.map(as_expression), deeper, max_leaves=5)


def close(a, b, size=1.0):
    assert_allclose(a, b, rtol=1e-9, atol=1e-9 * max(1.0, abs(size)))


# --- the table ------------------------------------------------------------------------------------

FORMULA_OF = {
    "constant": lambda s: sympy.Integer(7),
    "variable": lambda s: s,
    "constant multiple": lambda s: 7 * sympy.sin(s),
    "sum": lambda s: sympy.sin(s) + sympy.exp(s),
    "product": lambda s: sympy.sin(s) * sympy.exp(s),
    "quotient": lambda s: sympy.sin(s) / sympy.exp(s),
    "chain": lambda s: sympy.sin(sympy.exp(s)),
    "power": lambda s: s**5,
    "exponential": lambda s: 7**s,
    "variable power": lambda s: sympy.sin(s) ** sympy.exp(s),
}
LETTERS = {
    "u": np.sin(x), "v": np.exp(x), "u′": np.cos(x), "v′": np.exp(x), "c": 7, "n": 5, "a": 7,
}  # fmt: skip


def filled_in(rule):
    """The rule's derivative for u = sin(x), v = eˣ, c = 7 …; in the chain rule f is sin and u is eˣ."""
    chain = rule.pattern.kind == "f"
    u, du = (np.exp(x), np.exp(x)) if chain else (np.sin(x), np.cos(x))
    letters = LETTERS | {"u": u, "u′": du}
    table = {variable(letter): as_expression(meant) for letter, meant in letters.items()}
    return substitute(rule.derivative, table | {Expression("f′", variable("u")): np.cos(np.exp(x))})


@pytest.mark.parametrize("name", RULES)
def test_every_rule_of_the_table_is_sympys_and_that_of_differences(name):
    symbol = sympy.Symbol("x")
    formula = FORMULA_OF.get(name, lambda s: getattr(sympy, name)(s))(symbol)
    came = filled_in(RULES[name])
    assert sympy.simplify(as_sympy(came) - sympy.diff(formula, symbol)) == 0
    f, points = sympy.lambdify(symbol, formula), np.linspace(0.2, 1.4, 7)
    assert_allclose(came(points), derivative(lambda t: f(t) + 0 * t, points), rtol=1e-6, atol=1e-9)


def test_there_is_a_rule_for_every_function():
    assert set(FUNCTIONS) <= set(RULES)
    assert set(RULES) == set(FORMULA_OF) | set(FUNCTIONS)


def test_the_table_prints_like_mathematics():
    assert [str(rule) for rule in RULES.values()] == [
        "c′ = 0",
        "x′ = 1",
        "(c·u)′ = c·u′",
        "(u + v)′ = u′ + v′",
        "(u·v)′ = u′·v + u·v′",
        "(u/v)′ = (u′·v − u·v′)/v²",
        "(f(u))′ = f′(u)·u′",
        "(xⁿ)′ = n·xⁿ⁻¹",
        "(aˣ)′ = aˣ·log(a)",
        "(uᵛ)′ = uᵛ·(v′·log(u) + v·u′/u)",
        "(eˣ)′ = eˣ",
        "(log(x))′ = 1/x",
        "(√x)′ = 1/(2·√x)",
        "(sin(x))′ = cos(x)",
        "(cos(x))′ = −sin(x)",
        "(tan(x))′ = 1 + tan(x)²",
        "(tanh(x))′ = 1 − tanh(x)²",
    ]


def test_a_rule_is_a_pattern_and_a_formula():
    pattern, formula = RULES["product"]
    assert (str(pattern), str(formula)) == ("u·v", "u′·v + u·v′")


def test_the_table_is_what_is_applied(monkeypatch):
    monkeypatch.setitem(RULES, "sin", RULES["sin"]._replace(derivative=7 * np.cos(x)))
    assert str(differentiate(x * np.sin(2 * x))) == "sin(2·x) + 14·x·cos(2·x)"


# --- differentiation ------------------------------------------------------------------------------


@given(FORMULAS, POINT)
def test_the_derivative_is_sympys(e, at):
    slope = sympy.diff(as_sympy(e), sympy.Symbol("x")).subs(sympy.Symbol("x"), at)
    close(differentiate(e, x)(at), float(slope), float(slope))


@given(FORMULAS, POINT)
def test_the_derivative_is_that_of_the_complex_step(e, at):
    slope = differentiate(e, x)(at)
    close(slope, derivative(lambda z: e(z) + 0j, at, "complex"), slope)


@given(FORMULAS, FORMULAS, NUMBERS, POINT)
def test_the_derivative_is_linear_and_has_the_product_rule(e, f, c, at):
    of_e, of_f = differentiate(e, x)(at), differentiate(f, x)(at)
    size = max(map(abs, (of_e, of_f, e(at), f(at)))) ** 2
    close(differentiate(c * e + f, x)(at), float(c) * of_e + of_f, size)
    close(differentiate(e * f, x)(at), of_e * f(at) + e(at) * of_f, size)


@given(FORMULAS, st.sampled_from([np.sin, np.tanh, np.exp]), POINT)
def test_the_chain_rule(e, f, at):
    assume(abs(e(at)) < 5)
    close(differentiate(f(e), x)(at), differentiate(f)(e(at)) * differentiate(e, x)(at), 1e3)


@given(OF_TWO, POINT, POINT)
def test_the_order_of_two_derivatives_does_not_matter(e, a, b):
    one_way = differentiate(differentiate(e, x), y)(x=a, y=b)
    close(one_way, differentiate(differentiate(e, y), x)(x=a, y=b), one_way)


@pytest.mark.parametrize(
    ("e", "slope"),
    [
        (x**5, "5·x⁴"),
        (x**2 * np.exp(3 * x), "2·x·e^(3·x) + 3·x²·e^(3·x)"),
        (3 * x**2 + 2 * x + 1, "6·x + 2"),
        (np.sin(x) / x, "(cos(x)·x − sin(x))/x²"),
        (1 / x, "−1/x²"),
        (np.exp(-(x**2) / 2), "−x·e^(−x²/2)"),
        (np.sqrt(1 + x**2), "x/√(1 + x²)"),
        (x**0.5, "1/(2·√x)"),
        (x**1.5, "3·√x/2"),
        (np.log(x**2 + 1), "2·x/(x² + 1)"),
        ((2 * x + 1) ** 3, "6·(2·x + 1)²"),
        (x**x, "xˣ·(log(x) + 1)"),
        (2**x, "2ˣ·log(2)"),
        (x * y / 2, "y/2"),
        (y**2, "0"),
        (as_expression(5), "0"),
    ],
    ids=str,
)
def test_derivatives_read_as_in_a_book(e, slope):
    assert str(differentiate(e, x)) == slope


def test_an_ordinary_function_is_written_down_and_differentiated():
    def loss(w):
        return (w - 3) ** 2 + 0.5 * np.square(w)

    assert str(differentiate(loss)) == "2·(w − 3) + w"
    assert str(differentiate(np.sin)) == "cos(x)"
    assert str(differentiate(lambda a, b: a * b**2, variable("b"))) == "2·a·b"
    assert str(differentiate(lambda x, scale=2: scale * x)) == "2"


def test_the_sigmoid_of_the_course_is_written_down_and_has_its_own_derivative():
    assert str(sigmoid(t)) == "1/(1 + e⁻ᵗ)"
    assert str(differentiate(sigmoid)) == "e⁻ᶻ/(1 + e⁻ᶻ)²"
    z = np.linspace(-5, 5, 11)
    assert_allclose(differentiate(sigmoid)(z), sigmoid_derivative(z), rtol=1e-12)


def test_many_derivatives_of_what_shares_its_parts_are_no_trouble():
    e = np.exp(np.sin(x))
    for _ in range(7):
        e = differentiate(e)
    expected = sympy.diff(sympy.exp(sympy.sin(sympy.Symbol("x"))), sympy.Symbol("x"), 7)
    close(e(0.7), float(expected.subs(sympy.Symbol("x"), 0.7)))


@pytest.mark.parametrize(
    ("f", "given", "error", "message"),
    [
        (x * y, None, ValueError, r"^x must be given, unless there is one variable, but here are \['x', 'y'\]$"),
        (as_expression(3), None, ValueError, r"^x must be given, unless there is one variable, but here are \[\]$"),
        (x * y, x * y, ValueError, r"^x must be a variable, but x·y came$"),
        (np.abs, None, TypeError, r"^an expression is made of sums, .* sin, sqrt, tan, tanh, but absolute came$"),
        (np.sum, x, TypeError, r"takes arrays$"),
        (lambda x: x if x > 0 else -x, None, TypeError, r"^an expression has no value to compare: a function that "),
        (math.sin, None, TypeError, r"^an expression has no value yet: take NumPy's functions, np.sin instead of "),
        (lambda x: x + "1", None, TypeError, r"^an expression is made of expressions and numbers, but str '1' came$"),
        (lambda x: x * np.ones(2), None, TypeError, r"^an expression is made of .* numbers, but ndarray "),
        (lambda x: x * np.inf, None, ValueError, r"^an expression is made of finite numbers, but inf came$"),
        (lambda x: x / (x - x), None, ZeroDivisionError, r"^an expression divides by 0$"),
    ],
)
def test_what_is_no_formula_is_said(f, given, error, message):
    with pytest.raises(error, match=message):
        differentiate(f, given)


# --- steps ----------------------------------------------------------------------------------------


def test_the_steps_name_the_rules_in_order_and_what_the_letters_stand_for():
    assert steps(x**2 * np.exp(3 * x)) == [
        "product rule: (u·v)′ = u′·v + u·v′ with u = x², v = e^(3·x)",
        "power rule: (xⁿ)′ = n·xⁿ⁻¹ with n = 2",
        "chain rule: (f(u))′ = f′(u)·u′ with f(x) = eˣ, u = 3·x",
        "exp rule: (eˣ)′ = eˣ",
        "constant multiple rule: (c·u)′ = c·u′ with c = 3, u = x",
    ]


def test_the_steps_are_told_in_the_variable_that_is_asked_for():
    assert steps(np.sin(t) / y, t) == [
        "constant multiple rule: (c·u)′ = c·u′ with c = 1/y, u = sin(t)",
        "sin rule: (sin(x))′ = cos(x) with x = t",
    ]


def test_what_goes_without_saying_is_said_when_it_is_all():
    assert steps(x) == ["variable rule: x′ = 1"]
    assert steps(as_expression(5), x) == ["constant rule: c′ = 0 with c = 5"]


@given(FORMULAS)
def test_every_step_is_a_rule_of_the_table_and_none_is_told_twice(e):
    told = steps(e, x)
    assert all(any(step.startswith(f"{name} rule: {rule}") for name, rule in RULES.items()) for step in told)
    assert len(set(told)) == len(told) > 0


# --- formulas -------------------------------------------------------------------------------------


@given(OF_TWO, POINT, POINT)
def test_what_is_printed_is_what_is_computed(e, a, b):
    value = e(x=a, y=b)
    close(value, float(read(str(e)).subs({"x": a, "y": b})), value)


@given(FORMULAS, POINT)
def test_the_value_is_sympys_and_that_of_an_array_the_values_of_its_entries(e, at):
    close(e(at), float(as_sympy(e).subs(sympy.Symbol("x"), at)), e(at))
    points = np.array([[at, 1.0], [0.5, 2.0]])
    assert_allclose(e(points), [[e(number) for number in row] for row in points], rtol=1e-12, atol=1e-12)


@given(FORMULAS)
def test_what_is_tidy_stays_as_it_is(e):
    assert substitute(e, {}) == e
    assert e + 0 == e
    assert 1 * e == e
    assert e**1 == e
    assert 0 * e == as_expression(0)
    assert e - e == as_expression(0)


@pytest.mark.parametrize(
    ("e", "text"),
    [
        (x + x, "2·x"),
        (x * 3 * x, "3·x²"),
        (x**2 * x**3 / x, "x⁴"),
        (x / x**3, "1/x²"),
        (x - 1 - (x - 2), "1"),
        (1 - (1 - x), "x"),
        (-(x - 1), "−(x − 1)"),
        ((2 * x) ** 2, "4·x²"),
        ((x**2) ** 0.5, "√(x²)"),
        (np.sqrt(x) ** 2, "x"),
        (np.sqrt(x) * x, "x^(3/2)"),
        (np.sqrt(as_expression(4)) + 8 ** as_expression(Fraction(1, 3)), "4"),
        (np.exp(x) * np.exp(-x), "1"),
        (np.exp(x) ** 2 * x, "x·e^(2·x)"),
        (np.exp(np.log(x)) + np.log(np.exp(y)), "x + y"),
        (np.exp(0 * x) + np.cos(0 * x), "2"),
        (math.e**x, "eˣ"),
        (x / 2 + x / 3, "5·x/6"),
        (0.1 * x - 2.5e-7, "0.1·x − 2.5·10⁻⁷"),
        ((x + 1) / (2 * y), "(x + 1)/(2·y)"),
        ((-2) ** x * (x + 1) ** y, "(−2)ˣ·(x + 1)ʸ"),
        (np.sin(x) ** 2 + np.cos(x) ** 2, "sin(x)² + cos(x)²"),
        (2 * np.sqrt(x + 1), "2·√(x + 1)"),
        (np.reciprocal(x) + np.positive(x) - np.negative(x), "1/x + 2·x"),
        (np.float64(2) * x + np.int64(3) + np.array(1.0), "2·x + 4"),
    ],
)
def test_formulas_are_tidied_and_read_like_mathematics(e, text):
    assert str(e) == text


@pytest.mark.parametrize(
    ("e", "expected"),
    [
        (x**2 * np.exp(3 * x), r"x^{2} e^{3 x}"),
        (-(x + 1) / (2 * np.sqrt(y)), r"-\frac{x + 1}{2 \sqrt{y}}"),
        (x / 2 - 1, r"\frac{x}{2} - 1"),
        (np.tanh(x) ** 2, r"\tanh\left(x\right)^{2}"),
        (3 * 2**x, r"3 \cdot 2^{x}"),
        (variable("w1") * variable("rate") * variable("u′"), r"w_{1} \mathrm{rate} u'"),
        (1.5e-8 * x, r"1.5 \cdot 10^{-8} x"),
    ],
)
def test_latex_is_what_jupyter_shows(e, expected):
    assert latex(e) == expected
    assert e._repr_latex_() == f"${expected}$"


def test_equal_formulas_are_equal_and_others_are_not():
    assert x * 2 == 2 * x
    assert hash(x * 2) == hash(2 * x)
    assert x != y
    assert x + 1 != "x + 1"
    assert len({x + 1, 1 + x, x + 1}) == 2


def test_a_formula_is_a_function():
    e = x * y + 1
    assert e(x=2, y=3) == 7.0
    assert isinstance(e(x=2, y=3), float)
    assert_array_equal(e(x=[1, 2], y=[[1], [2]]), [[2, 3], [3, 5]])
    assert_array_equal(differentiate(3 * x)(np.array([1.0, 2.0])), [3, 3])
    assert as_expression(3)(1.0) == 3.0
    assert np.sin(x)(1j) == np.sin(1j)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: (x * y)(1.0), ValueError, r"^values must be named: x, y$"),
        (lambda: (x * y)(x=1.0), ValueError, r"^a value must be given for y$"),
        (lambda: x("1"), TypeError, r"^x must be an array of numbers, but the text '1' came$"),
        (lambda: variable(3), TypeError, r"^name must be text, but int 3 came$"),
        (lambda: variable(""), ValueError, r"^name must not be empty$"),
    ],
)
def test_what_has_no_value_is_said(call, error, message):
    with pytest.raises(error, match=message):
        call()

"""How a formula is written: in plain text with Unicode's signs, or in LaTeX."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mathml.calculus.expressions import Expression

__all__ = ["latex", "text"]

# How tightly the parts of a formula hold together: what holds less tightly than its place demands is enclosed.
SUM, PRODUCT, POWER, ATOM = range(4)
HOLDS = {"sum": SUM, "product": PRODUCT, "quotient": PRODUCT, "power": POWER, "exp": POWER, "sqrt": POWER}


@dataclass(frozen=True)
class Notation:
    """Where one way to write differs from another. A fraction bar and a raised line need no parentheses in LaTeX."""

    enclosed: str
    minus: str
    times: Callable[[str, str], str]
    divided: Callable[[str, str], str]
    raised: Callable[[str, str], str]
    root: Callable[[str], str]
    named: Callable[[str], str]
    function: Callable[[str], str]
    bar: bool  # whether a bar keeps numerator and denominator apart, or signs alone


def text(e: "Expression") -> str:
    """The formula in plain text, as x²·e^(3·x)."""
    return _written(e, TEXT)


def latex(e: "Expression") -> str:
    """The formula in LaTeX, as x^{2} e^{3 x}, without dollar signs.

    Lesson 3, "Three rules".
    """
    return _written(e, LATEX)


def _written(e: "Expression", how: Notation) -> str:
    def part(of: "Expression", place: int = SUM) -> str:
        written = _written(of, how)
        return how.enclosed.format(written) if _holds(of) < place else written

    match e.kind, e.parts:
        case "number", _:
            return _number(e, how)
        case "variable", _:
            return how.named(str(e.content))
        case "sum", (first, *others):
            terms = [part(term) for term in others]
            minus, plus = f" {how.minus} ", " + "
            signed = [minus + term[1:].lstrip() if term.startswith(how.minus) else plus + term for term in terms]
            return part(first) + "".join(signed)
        case "product", (first, *others) if first.content == -1:
            return how.minus + reduce(how.times, (part(factor, PRODUCT) for factor in others))
        case "product", factors:
            return reduce(how.times, (part(factor, PRODUCT) for factor in factors))
        case "quotient", (above, below):
            place = SUM if how.bar else PRODUCT
            negated = above.kind == "product" and above.parts[0].content == -1 and len(above.parts) == 2
            written = how.minus + part(above.parts[1], place) if negated else part(above, place)
            sign = how.minus if above.kind != "sum" and written.startswith(how.minus) else ""  # before the fraction
            return sign + how.divided(written.removeprefix(sign), part(below, SUM if how.bar else POWER))
        case "power", (base, exponent):
            return how.raised(part(base, ATOM), part(exponent))
        case "exp", (exponent,):
            return how.raised("e", part(exponent))
        case "sqrt", (radicand,):
            return how.root(part(radicand, SUM if how.bar else ATOM))
    return how.function(e.kind) + how.enclosed.format(part(e.parts[0]))


def _holds(e: "Expression") -> int:
    if e.kind == "number":
        return ATOM if isinstance(e.content, int) and e.content >= 0 else PRODUCT
    return HOLDS.get(e.kind, ATOM)


def _number(e: "Expression", how: Notation) -> str:
    number = e.content
    assert not isinstance(number, str)
    sign = how.minus if number < 0 else ""
    if isinstance(number, Fraction):
        return sign + how.divided(str(abs(number.numerator)), str(number.denominator))
    if isinstance(number, int):
        return sign + str(abs(number))
    mantissa, _, power = f"{abs(number):g}".partition("e")
    if not power:
        return sign + mantissa
    scale = how.raised("10", str(int(power)))
    return sign + (scale if mantissa == "1" else how.times(mantissa, scale))


# --- plain text -----------------------------------------------------------------------------------

RAISED = str.maketrans("0123456789+−abcdkmnptuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵃᵇᶜᵈᵏᵐⁿᵖᵗᵘᵛʷˣʸᶻ")


def _raised(base: str, exponent: str) -> str:
    bare = exponent.replace(" ", "").replace("-", "−")
    if all(ord(sign) in RAISED for sign in bare):
        return base + bare.translate(RAISED)
    return f"{base}^{exponent}" if bare.isalnum() else f"{base}^({exponent})"


TEXT = Notation(
    enclosed="({})",
    minus="−",
    times="{}·{}".format,
    divided="{}/{}".format,
    raised=_raised,
    root="√{}".format,
    named=str,
    function=str,
    bar=False,
)


# --- LaTeX ----------------------------------------------------------------------------------------


def _side_by_side(a: str, b: str) -> str:
    return rf"{a} \cdot {b}" if b[0].isdigit() else f"{a} {b}"


def _named(name: str) -> str:
    """A letter stands as it is, w1 becomes w with an index, a word stands upright, and ′ is LaTeX's own prime."""
    letter, index, prime = re.fullmatch(r"(.*?)_?(\d*)(′*)", name).groups()  # type: ignore[union-attr]
    stem = letter if len(letter) == 1 else rf"\mathrm{{{letter}}}".replace("_", r"\_")
    return stem + (f"_{{{index}}}" if index else "") + "'" * len(prime)


LATEX = Notation(
    enclosed=r"\left({}\right)",
    minus="-",
    times=_side_by_side,
    divided=r"\frac{{{}}}{{{}}}".format,
    raised="{}^{{{}}}".format,
    root=r"\sqrt{{{}}}".format,
    named=_named,
    function=lambda name: name.replace("′", "'") if len(name) <= 2 else rf"\{name}",
    bar=True,
)

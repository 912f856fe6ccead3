"""A prediction, recorded before a picture was moved, and how far off it was."""

import math

from mathml.check.compare import NotPlainError, Tolerance, difference, plain
from mathml.check.words import number, show

__all__ = ["predicted", "verdict"]

_SAME = Tolerance(rtol=1e-3)  # of a guess, three digits are as good as all


def predicted(guess: object, actual: object, unit: str = "") -> None:
    """Print how far off a recorded guess was. Nothing is marked: a prediction is there to be wrong.

    Parameters
    ----------
    guess : a number, or a choice in words; `...` as long as there is none
    actual : what was so
    unit : written behind a number: "°", " cm"
    """
    print(verdict(guess, actual, unit))


def verdict(guess: object, actual: object, unit: str = "") -> str:
    """How far off a guess was, in a sentence: see `predicted`."""
    if guess is ... or guess is None:
        return "No prediction recorded: put yours in place of the `...`, and run the cell again."
    if _is_number(actual):
        if not _is_number(guess):
            return f"A number was asked for, but {show(guess)} came."
        return _how_far_off(float(guess), float(actual), unit)  # type: ignore[arg-type]
    if _same(_choice(guess), _choice(actual)):
        return f"Right: it is {_shown(actual)}."
    return f"You chose {_shown(guess)}; it is {_shown(actual)}."


def _how_far_off(guess: float, actual: float, unit: str) -> str:
    came, off = f"{_signed(actual)}{unit}", abs(guess - actual)
    if _same(guess, actual):
        return f"Right: it is {came}."
    text = f"You predicted {_signed(guess)}{unit}; it is {came}. "
    if guess * actual < 0:
        return text + "The sign is the other one."
    if actual and math.isfinite(off / actual) and guess:
        ratio = max(guess / actual, actual / guess)
        if ratio >= 2:
            return text + f"That is too {'small' if abs(guess) < abs(actual) else 'large'} by a factor of {ratio:.2g}."
        if ratio <= 1.1:
            return text + f"Very close: off by {number(off, 2)}{unit}."
    return text + f"That is {number(off, 2)}{unit} too {'low' if guess < actual else 'high'}."


def _signed(x: float) -> str:
    """A number in a sentence: a true minus."""
    return number(x, 4).replace("-", "−")


def _is_number(x: object) -> bool:
    """One real number; True and False are choices."""
    try:
        simple = plain(x)
    except NotPlainError:
        return False
    return getattr(simple, "shape", None) == () and simple.dtype.kind in "iuf"


def _same(guess: object, actual: object) -> bool:
    try:
        return difference(plain(actual), plain(guess), _SAME) is None
    except NotPlainError:
        return False


def _choice(x: object) -> object:
    """Words are compared without regard to capitals and spaces around them."""
    return x.strip().casefold() if isinstance(x, str) else x


def _shown(x: object) -> str:
    return f"“{x}”" if isinstance(x, str) else show(x)

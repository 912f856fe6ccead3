"""A prediction that was recorded before a picture, and what was so."""

from mathml.check.words import show

__all__ = ["predicted"]


def predicted(guess: object, actual: object, unit: str = "") -> None:
    """Print how far off a recorded guess was: a number, or a choice."""
    if guess is ...:
        print("No prediction recorded: put yours in place of the `...`, then run this cell again.")
        return
    if isinstance(actual, (str, bool)):
        print(f"Right: it is {actual}." if guess == actual else f"You chose {guess}; it is {actual}.")
        return
    print(f"You predicted {show(guess)}{unit}; it is {show(actual)}{unit}.")

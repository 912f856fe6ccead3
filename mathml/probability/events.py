"""Events in a space of finitely many outcomes, and the rules that their probabilities follow."""

import itertools
import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from fractions import Fraction
from numbers import Rational, Real
from typing import TypeAlias

import numpy as np

from mathml.arrays import require
from mathml.probability.variables import Discrete

__all__ = ["Event", "Probability", "Space", "independent", "product"]

Outcome: TypeAlias = Hashable
Event: TypeAlias = Iterable[Outcome] | Callable[..., object]
Probability: TypeAlias = Fraction | float


class Space:
    """What can happen, and how probable each of it is.

        P(A) = Σ P(ω) over the outcomes ω in A,    P(Ω) = 1

    An event is a set of outcomes, or a question that is asked of each: a function that answers true or false.

    Parameters
    ----------
    outcomes : at least one, and no two the same
    weights : one for each outcome, at least 0, in any unit; by default all are equal. Of whole numbers and fractions
        every probability is an exact fraction

    Lesson 4, "The rules of probability"; Wasserman, All of Statistics (2004), section 1.3.

    >>> die = Space(range(1, 7))
    >>> die.probability({2, 4, 6}), die.given(lambda roll: roll > 3).probability({2, 4, 6})
    (Fraction(1, 2), Fraction(2, 3))
    """

    def __init__(self, outcomes: Iterable[Outcome], weights: Iterable[float | Fraction] | None = None) -> None:
        outcomes = list(outcomes)
        require(outcomes, "outcomes must not be empty")
        parts = [Fraction(1)] * len(outcomes) if weights is None else [_as_weight(weight) for weight in weights]
        sizes = f"there are {len(outcomes)} outcomes and {len(parts)} weights"
        require(len(outcomes) == len(parts), f"weights must be one for each outcome, but {sizes}")
        whole = _total(parts)
        require(0 < whole < math.inf, f"weights must add up to a finite number above 0, but their sum is {whole}")
        self._probabilities = {outcome: part / whole for outcome, part in zip(outcomes, parts, strict=True)}
        for outcome, times in Counter(outcomes).items():
            require(times == 1, f"outcomes must differ, but {outcome!r} came {times} times")

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self._probabilities)

    def __len__(self) -> int:
        return len(self._probabilities)

    def __repr__(self) -> str:
        shown = ", ".join(f"{outcome!r}: {p}" for outcome, p in itertools.islice(self._probabilities.items(), 6))
        return f"Space({shown}{', …' if len(self) > 6 else ''})"

    def event(self, A: Event) -> frozenset[Outcome]:
        """The outcomes that make up A.

        Raises
        ------
        ValueError
            If A holds something that cannot happen here.
        """
        if callable(A):
            return frozenset(outcome for outcome in self if A(outcome))
        outcomes = frozenset(A)
        for stranger in outcomes - self._probabilities.keys():
            raise ValueError(f"an event must be a set of outcomes of the space, but {stranger!r} is none")
        return outcomes

    def probability(self, A: Event) -> Probability:
        """P(A)."""
        event = self.event(A)
        return _total(p for outcome, p in self._probabilities.items() if outcome in event)

    def given(self, B: Event) -> "Space":
        """The same outcomes when B is known to have happened: those in B keep their proportions, all others have 0.

            P(A | B) = P(A ∩ B) / P(B)

        Raises
        ------
        ValueError
            If P(B) = 0.

        Lesson 4, "Conditional probability".
        """
        event = self.event(B)
        require(self.probability(event) > 0, "what is given must have a probability above 0, but it has 0")
        return Space(self, [p if outcome in event else 0 for outcome, p in self._probabilities.items()])

    def expectation(self, X: Callable[..., float | Fraction]) -> Probability:
        """E[X] = Σ X(ω) P(ω), the mean of a random variable: a function that gives each outcome a number.

        Lesson 4, "Random variables".
        """
        return _total(_exact(X(outcome)) * p for outcome, p in self._probabilities.items())

    def variable(self, X: Callable[..., float]) -> Discrete:
        """The distribution of a random variable: P(X = x) is the probability of all outcomes with X(ω) = x.

        Lesson 4, "Random variables".
        """
        values, probabilities = [float(X(outcome)) for outcome in self], list(map(float, self._probabilities.values()))
        return Discrete(np.array(values), np.array(probabilities))


def independent(space: Space, A: Event, B: Event) -> bool:
    """Whether to know of one event says nothing about the other.

        P(A ∩ B) = P(A) P(B)

    Exact where the probabilities are fractions; where they are floats, but for rounding.

    Lesson 4, "Independence"; Wasserman, All of Statistics (2004), section 1.5.

    >>> die = Space(range(1, 7))
    >>> independent(die, {2, 4, 6}, {1, 2}), independent(die, {2, 4, 6}, {1, 2, 3})
    (True, False)
    """
    A, B = space.event(A), space.event(B)
    both, apart = space.probability(A & B), space.probability(A) * space.probability(B)
    return both == apart if isinstance(both, Fraction) else math.isclose(both, apart, rel_tol=1e-12, abs_tol=1e-15)


def product(*spaces: Space) -> Space:
    """Several experiments that know nothing of each other, as one: its outcomes are tuples.

        P(ω₁, ω₂ …) = P(ω₁) P(ω₂) …

    Lesson 4, "Independence".

    >>> die = Space(range(1, 7))
    >>> product(die, die).probability(lambda rolls: sum(rolls) == 7)
    Fraction(1, 6)
    """
    require(spaces, "product needs at least one space, but none came")
    together = list(itertools.product(*(space._probabilities.items() for space in spaces)))
    outcomes = [tuple(outcome for outcome, _ in combined) for combined in together]
    return Space(outcomes, [math.prod(p for _, p in combined) for combined in together])


# --- how ------------------------------------------------------------------------------------------


def _total(parts: Iterable[Probability]) -> Probability:
    """Their sum: exact if all are fractions, and of floats rounded once."""
    parts = list(parts)
    return math.fsum(parts) if any(isinstance(p, float) for p in parts) else sum(parts, Fraction(0))


def _exact(number: float | Fraction) -> Probability:
    """A whole number or a fraction as a fraction, any other real number as a float."""
    if not isinstance(number, Real):
        raise TypeError(f"a weight or a value must be a number, but {type(number).__name__} {number!r} came")
    return Fraction(int(number.numerator), int(number.denominator)) if isinstance(number, Rational) else float(number)


def _as_weight(weight: float | Fraction) -> Probability:
    weight = _exact(weight)
    require(weight >= 0, f"weights must be at least 0, but {weight} came")
    return weight

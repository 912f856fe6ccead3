"""Bayes' theorem: what evidence makes of a belief."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Vector, as_array, as_vector, require
from mathml.functions import softmax
from mathml.probability.interface import as_positive_number, as_probability

__all__ = ["BayesRow", "BayesTable", "Screening", "bayes", "bayes_table"]


def bayes(prior: ArrayLike, likelihood: ArrayLike) -> Vector:
    """How probable each hypothesis is, once the evidence is known.

        P(h | e) = P(e | h) P(h) / P(e),    P(e) = Σ P(e | h) P(h) over all hypotheses

    Of several pieces of evidence, independent of each other under every hypothesis, the likelihoods are multiplied: in
    logarithms, so that thousands do not underflow.

    Parameters
    ----------
    prior : (k,) the probability of each hypothesis before; they sum to one
    likelihood : (k,) the probability, or the density, of the evidence under each; or (k, m) for m pieces of evidence

    Returns
    -------
    posterior : (k,) the probability of each hypothesis after; they sum to one

    Raises
    ------
    ValueError
        If the evidence is impossible under every hypothesis that was held for possible.

    Lesson 4, "Bayes' theorem"; Wasserman, All of Statistics (2004), theorem 1.17.

    >>> bayes([0.5, 0.5], [0.8, 0.2]).round(6).tolist()
    [0.8, 0.2]
    """
    prior, likelihood = _as_prior(prior), _as_likelihood(likelihood)
    sizes = f"prior has {len(prior)} and likelihood has {len(likelihood)}"
    require(len(prior) == len(likelihood), f"prior and likelihood must have the same number of hypotheses, but {sizes}")
    with np.errstate(divide="ignore"):
        scores = np.log(prior) + np.sum(np.log(likelihood.reshape(len(prior), -1)), axis=1)
    impossible = "under every hypothesis either its prior is 0 or its likelihood is"
    require(np.any(scores > -np.inf), f"the evidence must be possible, but {impossible}")
    return softmax(scores)


class BayesRow(NamedTuple):
    """One hypothesis in a `BayesTable`."""

    hypothesis: str
    prior: float
    likelihood: float
    product: float
    posterior: float


@dataclass(frozen=True, repr=False)
class BayesTable:
    """Bayes' theorem as it is done by hand: multiply along each row, then divide by the sum of the products.

    rows : one for each hypothesis
    evidence : P(e), the sum of the products
    """

    rows: tuple[BayesRow, ...]
    evidence: float

    def __iter__(self) -> Iterator[BayesRow]:
        return iter(self.rows)

    def __repr__(self) -> str:
        width = max(len("hypothesis"), *(len(row.hypothesis) for row in self.rows))
        lines = [f"{'hypothesis':<{width}}{''.join(f'{name:>12}' for name in BayesRow._fields[1:])}"]
        lines += [f"{row.hypothesis:<{width}}{''.join(f'{number:>12.4g}' for number in row[1:])}" for row in self.rows]
        lines += [f"{'sum':<{width}}{1:>12}{'':>12}{self.evidence:>12.4g}{1:>12}"]
        return "\n".join(lines)


def bayes_table(hypotheses: Sequence[str], prior: ArrayLike, likelihood: ArrayLike) -> BayesTable:
    """Every step of `bayes` for one piece of evidence, as a table.

    Parameters
    ----------
    hypotheses : (k,) what each is called
    prior, likelihood : (k,) as in `bayes`

    Lesson 4, "Bayes' theorem".

    >>> bayes_table(["ill", "well"], [0.01, 0.99], [0.9, 0.09])
    hypothesis       prior  likelihood     product   posterior
    ill               0.01         0.9       0.009     0.09174
    well              0.99        0.09      0.0891      0.9083
    sum                  1                  0.0981           1
    """
    prior, likelihood = _as_prior(prior), as_vector(likelihood, "likelihood")
    names = [str(hypothesis) for hypothesis in hypotheses]
    sizes = f"{len(names)} came for {len(prior)}"
    require(len(names) == len(prior), f"hypotheses must be one name for each prior, but {sizes}")
    posterior, products = bayes(prior, likelihood), prior * likelihood
    columns = (column.tolist() for column in (prior, likelihood, products, posterior))
    rows = tuple(BayesRow(*row) for row in zip(names, *columns, strict=True))
    return BayesTable(rows, float(products.sum()))


@dataclass(frozen=True)
class Screening:
    """What the result of a medical test means, by counting people instead of multiplying probabilities.

        P(ill | positive) = ill and positive / (ill and positive + well and positive)

    Parameters
    ----------
    prior : the part of people who are ill
    sensitivity : the part of the ill whom the test finds
    specificity : the part of the well whom it leaves alone
    people : how many are tested, above 0

    Attributes
    ----------
    ill_positive, ill_negative, well_positive, well_negative : how many people of each kind are expected

    Lesson 4, "Bayes' theorem"; Gigerenzer and Hoffrage, How to improve Bayesian reasoning without instruction (1995).

    >>> print(Screening(0.01, sensitivity=0.9, specificity=0.91))
                   ill      well       all  part ill
    positive         9      89.1      98.1     0.092
    negative         1     900.9     901.9     0.001
    """

    prior: float
    sensitivity: float
    specificity: float
    people: float = 1000

    def __post_init__(self) -> None:
        for name in ("prior", "sensitivity", "specificity"):
            object.__setattr__(self, name, as_probability(getattr(self, name), name))
        object.__setattr__(self, "people", as_positive_number(self.people, "people"))

    @property
    def ill_positive(self) -> float:
        return self.people * self.prior * self.sensitivity

    @property
    def ill_negative(self) -> float:
        return self.people * self.prior * (1 - self.sensitivity)

    @property
    def well_positive(self) -> float:
        return self.people * (1 - self.prior) * (1 - self.specificity)

    @property
    def well_negative(self) -> float:
        return self.people * (1 - self.prior) * self.specificity

    def posterior(self, positive: bool = True) -> float:
        """P(ill | the result): the ill among all who have that result.

        Raises
        ------
        ValueError
            If nobody can have it.
        """
        ill, well = self._with_result(positive)
        require(ill + well > 0, f"somebody must test {'positive' if positive else 'negative'}, but nobody can")
        return ill / (ill + well)

    def __str__(self) -> str:
        lines = [f"{'':8}{'ill':>10}{'well':>10}{'all':>10}{'part ill':>10}"]
        for name, positive in [("positive", True), ("negative", False)]:
            ill, well = self._with_result(positive)
            part = f"{self.posterior(positive):.3f}" if ill + well else "–"
            lines += [f"{name}{ill:>10.4g}{well:>10.4g}{ill + well:>10.4g}{part:>10}"]
        return "\n".join(lines)

    def _with_result(self, positive: bool) -> tuple[float, float]:
        return (self.ill_positive, self.well_positive) if positive else (self.ill_negative, self.well_negative)


# --- demands --------------------------------------------------------------------------------------


def _as_prior(prior: ArrayLike) -> Vector:
    prior = as_vector(prior, "prior")
    require(np.all(prior >= 0), f"prior must not hold a negative probability, but {prior.min():g} came")
    require(abs(prior.sum() - 1) <= 1e-8, f"prior must sum to 1, but its sum is {prior.sum()}")
    return prior


def _as_likelihood(likelihood: ArrayLike) -> Array:
    likelihood = as_array(likelihood, "likelihood")
    expected = "likelihood must be (k,) for one piece of evidence, or (k, m)"
    require(likelihood.ndim in (1, 2), f"{expected}, but its shape is {likelihood.shape}")
    for other in likelihood[(likelihood < 0) | np.isinf(likelihood)]:
        raise ValueError(f"likelihood must hold finite numbers from 0 on, but {other:g} came")
    return likelihood

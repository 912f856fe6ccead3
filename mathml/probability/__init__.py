"""Probability: events and what is learned about them, random variables, and the distributions that have a name."""

from mathml.probability.continuous import ChiSquare, Normal, StudentT, Uniform
from mathml.probability.discrete import Bernoulli, Binomial, Multinomial, Poisson
from mathml.probability.events import Space, independent, product
from mathml.probability.evidence import BayesRow, BayesTable, Screening, bayes, bayes_table
from mathml.probability.gaussian import MultivariateNormal
from mathml.probability.incomplete import beta_i, gamma_p, gamma_q
from mathml.probability.interface import Distribution
from mathml.probability.special import erf, erfc, log_beta, log_choose, log_factorial, log_gamma
from mathml.probability.variables import Continuous, Discrete

__all__ = [
    "BayesRow",
    "BayesTable",
    "Bernoulli",
    "Binomial",
    "ChiSquare",
    "Continuous",
    "Discrete",
    "Distribution",
    "Multinomial",
    "MultivariateNormal",
    "Normal",
    "Poisson",
    "Screening",
    "Space",
    "StudentT",
    "Uniform",
    "bayes",
    "bayes_table",
    "beta_i",
    "erf",
    "erfc",
    "gamma_p",
    "gamma_q",
    "independent",
    "log_beta",
    "log_choose",
    "log_factorial",
    "log_gamma",
    "product",
]

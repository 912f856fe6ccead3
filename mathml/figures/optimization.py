"""The pictures of lesson 5, each of the maths that it is given; and what their menus offer."""

from mathml.figures.batches import PLANS, batch_size, schedule
from mathml.figures.bowls import bowl, scaled
from mathml.figures.momenta import momentum_map
from mathml.figures.races import GROUNDS, race
from mathml.figures.searches import line_search, quasi_newton

__all__ = [
    "GROUNDS",
    "PLANS",
    "batch_size",
    "bowl",
    "line_search",
    "momentum_map",
    "quasi_newton",
    "race",
    "scaled",
    "schedule",
]

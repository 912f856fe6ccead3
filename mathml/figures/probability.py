"""The pictures of lesson 4, each of the maths that it is given; and what their menus offer."""

from mathml.figures.boosting import boosting_steps
from mathml.figures.distributions import counts, densities, dice_sum
from mathml.figures.divergences import kl_both_ways
from mathml.figures.events import EVENTS, people_grid, two_dice
from mathml.figures.gaussians import em_steps, gaussian_slice
from mathml.figures.hypotheses import chi_square_cells, two_curves
from mathml.figures.information import binary_cross_entropy, entropy_triangle
from mathml.figures.intervals import hundred_intervals
from mathml.figures.likelihoods import likelihood
from mathml.figures.limits import SOURCES, central_limit
from mathml.figures.samples import draggable_sample
from mathml.figures.shares import shares
from mathml.figures.trees import threshold

__all__ = [
    "EVENTS",
    "SOURCES",
    "binary_cross_entropy",
    "boosting_steps",
    "central_limit",
    "chi_square_cells",
    "counts",
    "densities",
    "dice_sum",
    "draggable_sample",
    "em_steps",
    "entropy_triangle",
    "gaussian_slice",
    "hundred_intervals",
    "kl_both_ways",
    "likelihood",
    "people_grid",
    "shares",
    "threshold",
    "two_curves",
    "two_dice",
]

"""The pictures of lesson 3, each of the maths that it is given; and what their menus offer."""

from mathml.figures.descents import VALLEYS, line_descent, newton
from mathml.figures.graphs import computation_graph, three_layers
from mathml.figures.local_maps import MAPS, local_map
from mathml.figures.reading import learning_to_read
from mathml.figures.rules import SIDES, chain_of_rates, product_rule
from mathml.figures.slopes import FUNCTIONS, secant, taylor
from mathml.figures.surfaces import SURFACES, curvature, level_curves
from mathml.figures.walks import two_walks

__all__ = [
    "FUNCTIONS",
    "MAPS",
    "SIDES",
    "SURFACES",
    "VALLEYS",
    "chain_of_rates",
    "computation_graph",
    "curvature",
    "learning_to_read",
    "level_curves",
    "line_descent",
    "local_map",
    "newton",
    "product_rule",
    "secant",
    "taylor",
    "three_layers",
    "two_walks",
]

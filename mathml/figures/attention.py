"""The pictures of lesson 6, each of the maths that it is given; and what their menus offer."""

from mathml.figures.attending import MASKS, WORDS, masked, step_by_step
from mathml.figures.costs import costs
from mathml.figures.lookups import HUES, soft_lookup, wanted
from mathml.figures.permutations import shuffled
from mathml.figures.places import positions
from mathml.figures.softmaxes import running_softmax, temperature, why_scale
from mathml.figures.stacks import WITHOUT, normalised, stack
from mathml.figures.writing import heads, writing

__all__ = [
    "HUES",
    "MASKS",
    "WITHOUT",
    "WORDS",
    "costs",
    "heads",
    "masked",
    "normalised",
    "positions",
    "running_softmax",
    "shuffled",
    "soft_lookup",
    "stack",
    "step_by_step",
    "temperature",
    "wanted",
    "why_scale",
    "writing",
]

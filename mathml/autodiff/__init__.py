"""Automatic differentiation: `grad(f)` is ∇f, for any f that is written in NumPy.

To be read in this order: `recording` is how it works, `rules` what each function does, `gradients` what is made of it.
"""

from mathml.autodiff import rules  # noqa: F401  (it fills the tables of `recording`)
from mathml.autodiff.gradients import grad, value_and_grad, vjp
from mathml.autodiff.nodes import Node, graph
from mathml.autodiff.recording import Variable, no_grad

__all__ = ["Node", "Variable", "grad", "graph", "no_grad", "value_and_grad", "vjp"]

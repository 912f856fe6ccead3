"""Optimization: losses, and the ways down to where they are least."""

from mathml.optimization.batches import minibatches, minimize_in_batches
from mathml.optimization.descent import GradientDescent, Optimizer, Run, minimize
from mathml.optimization.losses import squared_error, squared_error_gradient
from mathml.optimization.newton import Newton
from mathml.optimization.parameters import pack, unpack

__all__ = [
    "GradientDescent",
    "Newton",
    "Optimizer",
    "Run",
    "minibatches",
    "minimize",
    "minimize_in_batches",
    "pack",
    "squared_error",
    "squared_error_gradient",
    "unpack",
]

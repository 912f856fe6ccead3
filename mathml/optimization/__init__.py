"""Optimization: losses, and the ways down to where they are least."""

from mathml.optimization.adaptive import AdaGrad, Adam, RMSProp
from mathml.optimization.batches import minibatches, minimize_in_batches
from mathml.optimization.convexity import Chords, Curvatures, check_chords, check_curvatures, chord_gap
from mathml.optimization.descent import GradientDescent, Optimizer, Run, minimize
from mathml.optimization.line_search import LineSearch, Search, backtrack, strong_wolfe
from mathml.optimization.losses import squared_error, squared_error_gradient
from mathml.optimization.momentum import (
    BestMomentum,
    Momentum,
    Nesterov,
    best_momentum,
    momentum_matrix,
    momentum_radius,
)
from mathml.optimization.newton import Newton
from mathml.optimization.parameters import pack, unpack
from mathml.optimization.quasi_newton import BFGS, bfgs_update
from mathml.optimization.schedules import (
    Schedule,
    Scheduled,
    constant,
    cosine,
    exponential,
    inverse_time,
    stairs,
    warm_up,
)
from mathml.optimization.surfaces import ROSENBROCK, SADDLE, VALLEYS, Surface, bowl

__all__ = [
    "BFGS",
    "ROSENBROCK",
    "SADDLE",
    "VALLEYS",
    "AdaGrad",
    "Adam",
    "BestMomentum",
    "Chords",
    "Curvatures",
    "GradientDescent",
    "LineSearch",
    "Momentum",
    "Nesterov",
    "Newton",
    "Optimizer",
    "RMSProp",
    "Run",
    "Schedule",
    "Scheduled",
    "Search",
    "Surface",
    "backtrack",
    "best_momentum",
    "bfgs_update",
    "bowl",
    "check_chords",
    "check_curvatures",
    "chord_gap",
    "constant",
    "cosine",
    "exponential",
    "inverse_time",
    "minibatches",
    "minimize",
    "minimize_in_batches",
    "momentum_matrix",
    "momentum_radius",
    "pack",
    "squared_error",
    "squared_error_gradient",
    "stairs",
    "strong_wolfe",
    "unpack",
    "warm_up",
]

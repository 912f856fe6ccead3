"""Optimization: losses, and the ways down to where they are least."""

from mathml.optimization.adaptive import AdaGrad, Adam, RMSProp
from mathml.optimization.batches import minibatches, minimize_in_batches
from mathml.optimization.composite import projected_gradient, proximal_gradient
from mathml.optimization.constraints import KKT, Stationary, kkt_residual, lagrange, lagrangian
from mathml.optimization.convexity import Chords, Curvatures, check_chords, check_curvatures, chord_gap
from mathml.optimization.descent import GradientDescent, Optimizer, Run, minimize
from mathml.optimization.line_search import LineSearch, Search, backtrack, strong_wolfe
from mathml.optimization.losses import squared_error, squared_error_gradient
from mathml.optimization.margins import (
    MARGIN_LOSSES,
    exponential_loss,
    exponential_slope,
    hinge,
    hinge_slope,
    logistic,
    logistic_slope,
    square_margin,
    square_margin_slope,
    zero_one,
    zero_one_slope,
)
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
from mathml.optimization.paths import RegularizationPath, regularization_path, strongest_penalty
from mathml.optimization.penalties import elastic_net, penalty_residual, prox_elastic_net, soft_threshold
from mathml.optimization.projections import (
    project_onto_ball,
    project_onto_box,
    project_onto_half_space,
    project_onto_l1_ball,
    project_onto_simplex,
)
from mathml.optimization.proximal import ProximalDescent, budget_minimum, coordinate_descent, penalised_quadratic
from mathml.optimization.proximal_newton import proximal_newton
from mathml.optimization.quadratic import QuadraticSolution, equality_program, quadratic_program
from mathml.optimization.quasi_newton import BFGS, bfgs_update
from mathml.optimization.robust import huber, huber_regression, huber_slope
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
    "KKT",
    "MARGIN_LOSSES",
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
    "ProximalDescent",
    "QuadraticSolution",
    "RMSProp",
    "RegularizationPath",
    "Run",
    "Schedule",
    "Scheduled",
    "Search",
    "Stationary",
    "Surface",
    "backtrack",
    "best_momentum",
    "bfgs_update",
    "bowl",
    "budget_minimum",
    "check_chords",
    "check_curvatures",
    "chord_gap",
    "constant",
    "coordinate_descent",
    "cosine",
    "elastic_net",
    "equality_program",
    "exponential",
    "exponential_loss",
    "exponential_slope",
    "hinge",
    "hinge_slope",
    "huber",
    "huber_regression",
    "huber_slope",
    "inverse_time",
    "kkt_residual",
    "lagrange",
    "lagrangian",
    "logistic",
    "logistic_slope",
    "minibatches",
    "minimize",
    "minimize_in_batches",
    "momentum_matrix",
    "momentum_radius",
    "pack",
    "penalised_quadratic",
    "penalty_residual",
    "project_onto_ball",
    "project_onto_box",
    "project_onto_half_space",
    "project_onto_l1_ball",
    "project_onto_simplex",
    "projected_gradient",
    "prox_elastic_net",
    "proximal_gradient",
    "proximal_newton",
    "quadratic_program",
    "regularization_path",
    "soft_threshold",
    "square_margin",
    "square_margin_slope",
    "squared_error",
    "squared_error_gradient",
    "stairs",
    "strong_wolfe",
    "strongest_penalty",
    "unpack",
    "warm_up",
    "zero_one",
    "zero_one_slope",
]

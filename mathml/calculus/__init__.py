"""Calculus: how much a function changes when its input does, by small steps and by the rules."""

from mathml.calculus.checking import GradientCheck, check_gradient
from mathml.calculus.differences import derivative, directional_derivative, gradient, hessian, jacobian, partial
from mathml.calculus.expressions import Expression, variable
from mathml.calculus.line import line_gradient, line_hessian, line_loss, line_step, sharpness
from mathml.calculus.notation import latex
from mathml.calculus.rules import RULES, Rule, differentiate, steps
from mathml.calculus.taylor import polynomial, remainder_bound, taylor

__all__ = [
    "RULES",
    "Expression",
    "GradientCheck",
    "Rule",
    "check_gradient",
    "derivative",
    "differentiate",
    "directional_derivative",
    "gradient",
    "hessian",
    "jacobian",
    "latex",
    "line_gradient",
    "line_hessian",
    "line_loss",
    "line_step",
    "partial",
    "polynomial",
    "remainder_bound",
    "sharpness",
    "steps",
    "taylor",
    "variable",
]

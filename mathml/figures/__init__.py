"""Pictures that can be moved: each draws on an Axes, and computes nothing that is not in the maths."""

from mathml.figures.core import Figure, figure

__all__ = ["Figure", "figure"]

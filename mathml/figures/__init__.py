"""Pictures that can be moved: each draws on an Axes, and computes nothing that is not in the maths."""

from mathml.figures.core import Figure, Picture, Row, figure, side_by_side

__all__ = ["Figure", "Picture", "Row", "figure", "side_by_side"]

"""From scratch: whether a function is built from what is off limits."""

__all__ = ["from_scratch"]


def from_scratch(function: object, off_limits: tuple[str, ...] = ("numpy.linalg", "mathml")) -> None:
    """Fail if the cells that `function` is built from use what is off limits."""

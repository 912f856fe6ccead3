"""Running statistics: what is known of a stream at any moment, while none of it is kept."""

import math
from typing import SupportsIndex

from mathml.arrays import as_count, as_number, require

__all__ = ["Welford"]


class Welford:
    """Mean and variance of a stream: each number is seen once, and none is kept.

        m_new = m + (x − m) / n,    S_new = S + (x − m) (x − m_new),    s² = S / (n − ddof)

    Attributes
    ----------
    n : how many numbers came
    mean : m, the mean of these

    Lesson 4, "Variance and standard deviation"; Welford, Note on a method for calculating corrected sums of squares and
    products (1962); Knuth, The Art of Computer Programming 2 (1997), section 4.2.2.

    >>> stream = Welford().add(1).add(2).add(6)
    >>> stream.n, stream.mean, stream.variance()
    (3, 3.0, 7.0)
    """

    def __init__(self) -> None:
        self.n = 0
        self.mean = 0.0
        self._squares = 0.0  # S, the sum of squared deviations

    def add(self, x: float) -> "Welford":
        """Take in one more number."""
        x = as_number(x, "x")
        require(math.isfinite(x), f"x must be finite, but {x} came")
        self.n += 1
        before = x - self.mean
        self.mean += before / self.n
        self._squares += before * (x - self.mean)
        return self

    def variance(self, ddof: SupportsIndex = 1) -> float:
        """The variance of what came, with ddof as in `variance`."""
        ddof = as_count(ddof, "ddof", least=0)
        require(self.n > ddof, f"more than {ddof} numbers must have come (ddof = {ddof}), but {self.n} came")
        return self._squares / (self.n - ddof)

    def standard_deviation(self, ddof: SupportsIndex = 1) -> float:
        """The root of the variance."""
        return math.sqrt(self.variance(ddof))

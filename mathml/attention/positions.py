"""Positions: a vector for each place, so that attention can tell what comes first."""

from typing import SupportsIndex

import numpy as np

from mathml.arrays import Matrix, as_count

__all__ = ["sinusoidal_positions"]


def sinusoidal_positions(n: SupportsIndex, d: SupportsIndex) -> Matrix:
    """Waves of many lengths, which together tell each place from each other.

        P[t, 2i] = sin(t ωᵢ)    P[t, 2i + 1] = cos(t ωᵢ)    ωᵢ = 10000^(−2i/d)

    For even d, p_t · p_s = Σᵢ cos((t − s) ωᵢ): how well two places fit depends on their distance alone.

    Parameters
    ----------
    n : how many places
    d : how wide the vectors are; for an odd d the last column is a sine without its cosine

    Returns
    -------
    P : (n, d) entries from −1 to 1

    Lesson 6, "Sinusoidal positions"; Vaswani et al. (2017), section 3.5.

    >>> sinusoidal_positions(2, 3).round(4).tolist()
    [[0.0, 1.0, 0.0], [0.8415, 0.5403, 0.0022]]
    """
    n, d = as_count(n, "n"), as_count(d, "d")
    column = np.arange(d)
    angles = np.arange(n)[:, np.newaxis] * 10_000.0 ** (-2 * (column // 2) / d)
    return np.where(column % 2 == 0, np.sin(angles), np.cos(angles))

"""Maps: where the points stand before t-SNE or UMAP moves them."""

from typing import Literal, get_args

import numpy as np

from mathml.algorithms.pca import PCA
from mathml.arrays import Matrix, as_count, require

__all__ = ["Init", "first_map"]

Init = Literal["pca", "random"]


def first_map(X: Matrix, n_components: int, init: Init, rng: np.random.Generator) -> Matrix:
    """A start for a map: columns (n, k) around 0, of which the first has standard deviation 1.

    Lesson 1, "Used in: t-SNE" and "Used in: UMAP"; Kobak and Linderman, Initialization is critical for preserving
    global data structure in both t-SNE and UMAP (2021), for the start with principal components.
    """
    known = " or ".join(f'"{init}"' for init in get_args(Init))
    require(init in get_args(Init), f"init must be {known}, but {init!r} came")
    k = as_count(n_components, "n_components")
    if init == "random":
        drawn: Matrix = rng.normal(size=(len(X), k))
        return drawn
    shadows = PCA(k).fit_transform(X)
    start: Matrix = shadows / shadows[:, 0].std()
    return start

"""The picture of gradient boosting: what is predicted so far, and the next tree, fitted to what is missing."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from mathml import functions, information
from mathml.algorithms.gradient_boosting import GradientBoosting
from mathml.algorithms.regression_tree import RegressionTree
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, GREEN, INK, RED, label, panels, plain, readout, several, signed

__all__ = ["boosting_steps"]

_STEPS = 40
_GRID = np.linspace(7, 37, 1201)
_NAMES = ("benign", "malignant")


@figure(size=(7.6, 6.2))
def boosting_steps(
    ax: Axes,
    GradientBoosting: Maths = GradientBoosting,
    RegressionTree: Maths = RegressionTree,
    sigmoid: Maths = functions.sigmoid,
) -> Callable[..., str]:
    """Trees in a row: each is fitted to what those before it left, and added a little.

    Parameters: `step`, how many trees there are so far; the `learning_rate`, and the `max_depth` of each tree: how many
    questions in a row it may ask.
    """
    radius, y, is_new = _tumours()
    seen = ~is_new
    above, below = panels(ax, (0.1, 0.47, 0.87, 0.37), (0.1, 0.11, 0.87, 0.29))
    for panel in (above, below):
        panel.set(xlim=(7, 37), xticks=range(10, 40, 5))
        panel.grid(True)
    above.set(ylim=(-0.16, 1.16), yticks=(0, 0.5, 1), ylabel="p", xlabel="radius")
    above.xaxis.label.set_visible(False)
    below.set(ylim=(-1.08, 1.08), yticks=(-1, 0, 1), ylabel="y − p", xlabel="radius of the largest nuclei")
    jitter = np.random.default_rng(0).uniform(0.02, 0.13, len(y))
    for kind, color in enumerate((BLUE, RED)):
        chosen = seen & (y == kind)
        heights = 1 + jitter[chosen] if kind else -jitter[chosen]
        above.plot(radius[chosen], heights, "o", color=color, markersize=3.4, markeredgewidth=0, alpha=0.6)
    rest = [
        below.plot([], [], "o", color=color, markersize=3.4, markeredgewidth=0, alpha=0.6, gid=f"missing {name}")[0]
        for color, name in zip((BLUE, RED), _NAMES, strict=True)
    ]
    (curve,) = above.plot([], [], color=INK, gid="predicted")
    (next_tree,) = below.plot([], [], color=GREEN, gid="next tree")
    label(above, "malignant", RED, 11).set_position((34, 0.86))
    label(above, "benign", BLUE, 11).set_position((34.6, 0.12))
    label(below, "the next tree", GREEN, 11).set_position((33.6, 0.8))
    result, parts = readout(ax), readout(ax, 1)

    @lru_cache(maxsize=8)
    def stages(learning_rate: float, max_depth: int) -> tuple[list[Matrix], list[Matrix]]:
        """The scores of the tumours, and along the axis, at the start and after each tree."""
        limits = {"learning_rate": learning_rate, "max_depth": max_depth, "min_samples_leaf": 5}
        model = GradientBoosting(n_estimators=_STEPS, **limits).fit(radius[seen, np.newaxis], y[seen])
        return [*model.staged_scores(radius[:, np.newaxis])], [*model.staged_scores(_GRID[:, np.newaxis])]

    def update(step: int = 3, learning_rate: float = 0.3, max_depth: int = 1) -> str:
        of_tumours, along = stages(learning_rate, max_depth)
        F = of_tumours[step][:, 0]
        missing = y - sigmoid(F)
        tree = RegressionTree(max_depth=max_depth, min_samples_leaf=5).fit(radius[seen, np.newaxis], missing[seen])
        proposed = tree.predict(_GRID[:, np.newaxis])
        curve.set_data(_GRID, sigmoid(along[step][:, 0]))
        next_tree.set_data(_GRID, proposed)
        for kind, dots in enumerate(rest):
            chosen = seen & (y == kind)
            dots.set_data(radius[chosen], missing[chosen])
        loss, of_new = (information.binary_cross_entropy_from_logits(y[part], F[part]) for part in (seen, is_new))
        right = float(np.mean((F[is_new] > 0) == y[is_new]))
        result.set_text(f"{several(step, 'tree')}:  loss {loss:.3f}, of tumours not seen {of_new:.3f}")
        parts.set_text(f"{100 * right:.0f} % of the tumours not seen are told right")
        jumps = _GRID[1:][np.diff(proposed) != 0]
        asks = " and ".join(plain(jump) for jump in jumps[:7]) or "nothing"
        return (
            f"Gradient boosting with {several(step, 'tree')}, of {several(max_depth, 'question')} in a row, each added "
            f"{plain(learning_rate)} times: the loss is {loss:.4f}, of tumours not seen {of_new:.4f}, of which "
            f"{100 * right:.1f} % are told right. The next tree steps at {asks}, from {signed(proposed[0], 3)} to "
            f"{signed(proposed[-1], 3)}."
        )

    return update


def _tumours() -> tuple[Vector, NDArray[Any], NDArray[np.bool_]]:
    """The radius of the largest nuclei, whether the tumour is malignant, and every third, which is not learnt from."""
    from sklearn.datasets import load_breast_cancer  # type: ignore[import-untyped]  # only real data needs it

    cancer = load_breast_cancer()
    radius = cancer.data[:, list(cancer.feature_names).index("worst radius")]
    return radius, 1 - cancer.target, np.arange(len(radius)) % 3 == 2

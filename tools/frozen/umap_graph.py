"""Make tests/data/umap_graph.npz: the graph of neighbours and the curve of nearness that umap-learn finds.

    python -m tools.frozen.umap_graph

Needs umap-learn, which is no part of the course: run it in an environment of its own, with scikit-learn and this
repository on the path. Made with Python 3.11.7, umap-learn 0.5.12, NumPy 2.4.6; the file holds the versions that it was
made with.

The points are the first two hundred of scikit-learn's digits.
"""

import platform
from pathlib import Path

import numpy as np

UMAP_GRAPH = Path(__file__).parents[2] / "tests" / "data" / "umap_graph.npz"
POINTS = 200
NEIGHBORS = 15
CURVES = ((0.1, 1.0), (0.5, 1.0), (0.01, 1.0), (0.0, 1.0), (0.3, 2.5))  # min_dist and spread


def main() -> None:
    import umap  # type: ignore[import-not-found]
    from sklearn.datasets import load_digits  # type: ignore[import-untyped]
    from umap.umap_ import find_ab_params, fuzzy_simplicial_set  # type: ignore[import-not-found]

    X = load_digits().data[:POINTS].astype(np.float32)
    rng = np.random.RandomState(0)
    graph, sigmas, rhos = fuzzy_simplicial_set(X, NEIGHBORS, rng, "euclidean")
    graph = graph.tocoo()
    np.savez_compressed(
        UMAP_GRAPH,
        heads=graph.row.astype(np.int16),
        tails=graph.col.astype(np.int16),
        weights=graph.data.astype(np.float32),
        sigmas=np.asarray(sigmas, dtype=np.float32),
        rhos=np.asarray(rhos, dtype=np.float32),
        curves=np.array(CURVES),
        a_and_b=np.array([find_ab_params(spread, min_dist) for min_dist, spread in CURVES]),
        made_with=np.array(
            [f"Python {platform.python_version()}", f"umap-learn {umap.__version__}", f"numpy {np.__version__}"]
        ),
    )


if __name__ == "__main__":
    main()

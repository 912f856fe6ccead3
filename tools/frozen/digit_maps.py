"""Make mathml/data/digit_maps.npz: t-SNE's and UMAP's maps of some of scikit-learn's digits.

    python -m tools.frozen.digit_maps

Needs umap-learn, which is no part of the course: run it in an environment of its own, with scikit-learn and this
repository on the path. Made with Python 3.11.7, scikit-learn 1.9.1, umap-learn 0.5.12, NumPy 2.4.6; the file holds the
versions that it was made with.

Sixty digits of each kind are mapped. Both methods see nothing but the pixels: no label, and Euclidean distances.
"""

from pathlib import Path

import numpy as np

DIGIT_MAPS = Path(__file__).parents[2] / "mathml" / "data" / "digit_maps.npz"
EACH = 60
SEED = 0


def main() -> None:
    import sklearn  # type: ignore[import-untyped]
    import umap  # type: ignore[import-not-found]
    from sklearn.datasets import load_digits  # type: ignore[import-untyped]
    from sklearn.manifold import TSNE  # type: ignore[import-untyped]

    X, y = load_digits(return_X_y=True)
    indices = np.sort(np.concatenate([np.flatnonzero(y == digit)[:EACH] for digit in range(10)]))
    tsne = TSNE(perplexity=30, init="pca", random_state=SEED).fit_transform(X[indices])
    umapped = umap.UMAP(n_neighbors=15, min_dist=0.1, random_state=SEED, n_jobs=1).fit_transform(X[indices])
    np.savez_compressed(
        DIGIT_MAPS,
        indices=indices.astype(np.int16),
        tsne=tsne.astype(np.float32),
        umap=umapped.astype(np.float32),
        made_with=np.array(
            [f"scikit-learn {sklearn.__version__}", f"umap-learn {umap.__version__}", f"numpy {np.__version__}"]
        ),
    )


if __name__ == "__main__":
    main()

"""Make tests/data/rivals.npz: how well libraries that the course does not install do on digits that they have not seen.

    python -m tools.frozen.rivals

Needs PyTorch and Surprise: run it in an environment of its own, with scikit-learn and this repository on the path.
Made with Python 3.11.7, PyTorch 2.15.0, Surprise 1.1.5, NumPy 2.4.6; the file holds the versions that it was made with.

The networks are those that the benchmarks set beside ours. Each is learned anew for each fold, with the fold's number
as its seed. Of Surprise it is the root mean squared error of pixels that were left out of the table, of 0 to 16.
"""

import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits  # type: ignore[import-untyped]
from sklearn.model_selection import RepeatedStratifiedKFold  # type: ignore[import-untyped]

from benchmarks import peers

RIVALS = Path(__file__).parents[2] / "tests" / "data" / "rivals.npz"
IMAGES = 300
CNN = {"epochs": 24, "batch_size": 8}
TRANSFORMER = {"epochs": 40, "batch_size": 32}
FOLDS = {"n_splits": 5, "n_repeats": 2, "random_state": 0}
HIDDEN = 0.3  # this part of all pixels
FACTORS = 10


def accuracy(make: Callable[[int], Any]) -> float:
    """In repeated cross-validation."""
    digits = load_digits()
    X, y = digits.images[:IMAGES] / 16, digits.target[:IMAGES]
    folds = RepeatedStratifiedKFold(**FOLDS).split(X, y)
    right = [make(seed).fit(X[i], y[i]).predict(X[j]) == y[j] for seed, (i, j) in enumerate(folds)]
    return float(np.mean(np.concatenate(right)))


def hidden_rmse() -> float:
    pixels = load_digits().data
    hidden = np.random.default_rng(0).uniform(size=pixels.shape) < HIDDEN
    model = peers.Surprise(FACTORS).fit(np.where(hidden, np.nan, pixels))
    guesses = np.array([model.predict_entry(i, j) for i, j in np.argwhere(hidden)])
    return float(np.sqrt(np.mean((guesses - pixels[hidden]) ** 2)))


def main() -> None:
    found: dict[str, Any] = {
        "cnn_accuracy": accuracy(lambda seed: peers.cnn(seed=seed, **CNN)),
        "transformer_accuracy": accuracy(lambda seed: peers.transformer(seed=seed, **TRANSFORMER)),
        "surprise_rmse": hidden_rmse(),
    }
    made_with = [f"Python {platform.python_version()}"]
    made_with += [f"{name} {version(name).partition('+')[0]}" for name in ("torch", "scikit-surprise", "numpy")]
    np.savez_compressed(RIVALS, made_with=np.array(made_with), **found)
    print(f"{RIVALS}: {found}; made with {', '.join(made_with)}")


if __name__ == "__main__":
    main()

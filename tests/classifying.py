"""What the tests of several classifiers share: real data, and accuracy on examples that were not learnt from."""

import math

import numpy as np
from sklearn import datasets
from sklearn.model_selection import RepeatedStratifiedKFold

CLASSES = {
    name: getattr(datasets, f"load_{name}")(return_X_y=True) for name in ("iris", "wine", "breast_cancer", "digits")
}


def accuracy(make, X, y, n_splits=5, n_repeats=4):
    """By repeated stratified cross-validation, of models that `make(seed)` makes anew for each fold."""
    folds = RepeatedStratifiedKFold(n_splits=n_splits, n_repeats=n_repeats, random_state=0).split(X, y)
    right = [make(seed).fit(X[i], y[i]).predict(X[j]) == y[j] for seed, (i, j) in enumerate(folds)]
    return float(np.mean(np.concatenate(right)))


def standard_error(p, n):
    """Of the part p of n examples; no less than that of one error in n."""
    p = min(p, 1 - 1 / n)
    return math.sqrt(p * (1 - p) / n)


def single_precision(X):
    """Numbers that scikit-learn's trees, which compare in single precision, see as ours do."""
    return np.asarray(X, dtype=np.float32).astype(np.float64)

"""What the tests of several classifiers share: real data, and accuracy on examples that were not learnt from."""

import math

import numpy as np
from sklearn import datasets
from sklearn.model_selection import StratifiedKFold

CLASSES = {
    name: getattr(datasets, f"load_{name}")(return_X_y=True) for name in ("iris", "wine", "breast_cancer", "digits")
}


def accuracy(make, X, y, n_splits=5):
    """By stratified cross-validation, of models that `make()` makes anew for each fold."""
    folds = StratifiedKFold(n_splits, shuffle=True, random_state=0).split(X, y)
    right = [make().fit(X[train], y[train]).predict(X[test]) == y[test] for train, test in folds]
    return float(np.mean(np.concatenate(right)))


def standard_error(p, n):
    """Of the part p of n examples; no less than that of one error in n."""
    p = min(p, 1 - 1 / n)
    return math.sqrt(p * (1 - p) / n)


def single_precision(X):
    """Numbers that scikit-learn's trees, which compare in single precision, see as ours do."""
    return np.asarray(X, dtype=np.float32).astype(np.float64)

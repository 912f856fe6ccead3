"""On examples that were not learnt from each algorithm does as well as its library, in repeated cross-validation.

One standard error is what chance explains: with other examples of the same kind the library's own figure would differ
by about as much. What can be held more tightly (the same optimum, the same labels, the same subspace, the same
neighbours) is in the tests of each algorithm; what PyTorch and Surprise do is stored by tools/frozen/rivals.py.
"""

import math

import numpy as np
import pytest
from sklearn import datasets, ensemble, linear_model, naive_bayes, neural_network, svm, tree
from sklearn.model_selection import RepeatedKFold

from mathml.algorithms.cnn import CNN
from mathml.algorithms.decision_tree import DecisionTree
from mathml.algorithms.gradient_boosting import GradientBoosting
from mathml.algorithms.lasso import Lasso
from mathml.algorithms.linear_regression import LinearRegression
from mathml.algorithms.logistic_regression import LogisticRegression
from mathml.algorithms.mlp import MLP
from mathml.algorithms.naive_bayes import NaiveBayes
from mathml.algorithms.random_forest import RandomForest
from mathml.algorithms.recommender import Recommender
from mathml.algorithms.regression_tree import RegressionTree
from mathml.algorithms.ridge import Ridge
from mathml.algorithms.svm import SVM
from mathml.algorithms.transformer_classifier import TransformerClassifier
from mathml.vectors import standardize_columns
from tests.classifying import CLASSES, accuracy, standard_error
from tests.torch_reference import stored
from tools.frozen import rivals

FEW = 600  # of the 1797 digits: with all of them some would take a minute

# --- which of several -----------------------------------------------------------------------------


def as_they_are(X, y):
    return X, y


def standardized(X, y):
    return standardize_columns(X[:, np.ptp(X, axis=0) > 0]), y


def two_classes(X, y):
    """The first half of the classes against the others."""
    return standardized(X, y)[0], y < len(np.unique(y)) // 2


def yes_or_no(X, y):
    """Whether each feature is above its median."""
    return np.median(X, axis=0) < X, y


BOOSTING = {"n_estimators": 10, "learning_rate": 0.3, "max_depth": 2}
NETWORK = {"activation": "tanh", "batch_size": 8}
DESCENT = {"solver": "sgd", "momentum": 0, "alpha": 0, "tol": 0}

CLASSIFIERS = {  # what is learnt from, and both models with a seed
    "logistic regression": (
        standardized,
        lambda _: LogisticRegression(),
        lambda _: linear_model.LogisticRegression(),
    ),
    "logistic regression, l1": (
        two_classes,
        lambda _: LogisticRegression(penalty="l1", C=0.5),
        lambda _: linear_model.LogisticRegression(l1_ratio=1, C=0.5, solver="liblinear", intercept_scaling=100),
    ),
    "SVM, linear": (two_classes, lambda _: SVM("linear", C=0.1), lambda _: svm.SVC(kernel="linear", C=0.1)),
    "SVM, rbf": (two_classes, lambda _: SVM("rbf"), lambda _: svm.SVC()),
    "naive Bayes, gaussian": (as_they_are, lambda _: NaiveBayes(), lambda _: naive_bayes.GaussianNB()),
    "naive Bayes, bernoulli": (yes_or_no, lambda _: NaiveBayes("bernoulli"), lambda _: naive_bayes.BernoulliNB()),
    "naive Bayes, multinomial": (
        as_they_are,
        lambda _: NaiveBayes("multinomial"),
        lambda _: naive_bayes.MultinomialNB(),
    ),
    "decision tree": (
        as_they_are,
        lambda _: DecisionTree(),
        lambda seed: tree.DecisionTreeClassifier(criterion="entropy", random_state=seed),
    ),
    "random forest": (
        as_they_are,
        lambda seed: RandomForest(30, rng=seed),
        lambda seed: ensemble.RandomForestClassifier(30, criterion="entropy", random_state=seed),
    ),
    "gradient boosting": (
        as_they_are,
        lambda _: GradientBoosting(**BOOSTING),
        lambda seed: ensemble.GradientBoostingClassifier(random_state=seed, **BOOSTING),
    ),
    "MLP": (
        standardized,
        lambda seed: MLP((64,), loss="cross-entropy", learning_rate=0.05, epochs=30, rng=seed, **NETWORK),
        lambda seed: neural_network.MLPClassifier(
            (64,), learning_rate_init=0.05, max_iter=30, random_state=seed, **NETWORK, **DESCENT
        ),
    ),
}


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")  # theirs make as many steps as ours
@pytest.mark.parametrize("data", CLASSES)
@pytest.mark.parametrize("name", CLASSIFIERS)
def test_it_is_as_accurate_as_its_library(name, data):
    prepared, *makers = CLASSIFIERS[name]
    X, y = prepared(*(part[:FEW] for part in CLASSES[data]))
    ours, theirs = (accuracy(make, X, y) for make in makers)
    assert ours == pytest.approx(theirs, abs=standard_error(theirs, len(X)))


# --- a number -------------------------------------------------------------------------------------

LIMITS = {"max_depth": 4, "min_samples_leaf": 5}

REGRESSORS = {
    "linear regression": (LinearRegression(), linear_model.LinearRegression()),
    "ridge regression": (Ridge(0.1), linear_model.Ridge(0.1)),
    "lasso": (Lasso(0.5), linear_model.Lasso(0.5, tol=1e-9)),
    "regression tree": (RegressionTree(**LIMITS), tree.DecisionTreeRegressor(random_state=0, **LIMITS)),
    "gradient boosting": (
        GradientBoosting("squared error", **BOOSTING),
        ensemble.GradientBoostingRegressor(random_state=0, **BOOSTING),
    ),
}


def squared_errors(model, X, y):
    """Of each example, each time that it was not learnt from."""
    folds = RepeatedKFold(n_splits=5, n_repeats=2, random_state=0).split(X)
    return np.concatenate([(model.fit(X[train], y[train]).predict(X[test]) - y[test]) ** 2 for train, test in folds])


@pytest.mark.parametrize("name", REGRESSORS)
def test_it_misses_diabetes_by_as_much_as_its_library(name):
    ours, theirs = (squared_errors(model, *datasets.load_diabetes(return_X_y=True)) for model in REGRESSORS[name])
    assert ours.mean() == pytest.approx(theirs.mean(), abs=theirs.std() / math.sqrt(len(theirs) / 2))


# --- libraries that are not installed here --------------------------------------------------------

RIVALS = stored("rivals")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("cnn", lambda seed: CNN(rng=seed, **rivals.CNN)),
        ("transformer", lambda seed: TransformerClassifier(rng=seed, **rivals.TRANSFORMER)),
    ],
)
def test_it_reads_as_well_as_pytorchs(name, make):
    images, theirs = CLASSES["digits"][0][: rivals.IMAGES].reshape(-1, 8, 8) / 16, float(RIVALS[f"{name}_accuracy"])
    ours = accuracy(make, images, CLASSES["digits"][1][: rivals.IMAGES], n_repeats=rivals.FOLDS["n_repeats"])
    assert ours == pytest.approx(theirs, abs=standard_error(theirs, rivals.IMAGES))


@pytest.mark.parametrize("method", ["als", "svd"])
def test_hidden_pixels_are_guessed_as_well_as_by_surprise(method):
    pixels = CLASSES["digits"][0]
    hidden = np.random.default_rng(0).uniform(size=pixels.shape) < rivals.HIDDEN
    model = Recommender(rivals.FACTORS, method=method, regularization=30).fit(np.where(hidden, np.nan, pixels))
    assert model.rmse(np.where(hidden, pixels, np.nan)) < RIVALS["surprise_rmse"] * 1.01

"""What all algorithms have in common: scikit-learn's conventions, and what each says of data that cannot be learnt."""

import copy
import importlib
import inspect
import pickle
import pkgutil

import numpy as np
import pytest
from numpy.testing import assert_equal

from mathml import algorithms
from mathml.algorithms.cnn import CNN
from mathml.algorithms.dbscan import DBSCAN
from mathml.algorithms.decision_tree import DecisionTree
from mathml.algorithms.elastic_net import ElasticNet
from mathml.algorithms.gmm import GMM
from mathml.algorithms.gradient_boosting import GradientBoosting
from mathml.algorithms.kmeans import KMeans
from mathml.algorithms.lasso import Lasso
from mathml.algorithms.linear_models import LinearModel
from mathml.algorithms.linear_regression import LinearRegression
from mathml.algorithms.logistic_regression import LogisticRegression
from mathml.algorithms.mlp import MLP
from mathml.algorithms.naive_bayes import NaiveBayes
from mathml.algorithms.nearest_neighbors import NearestNeighbors
from mathml.algorithms.pca import PCA
from mathml.algorithms.random_forest import RandomForest
from mathml.algorithms.recommender import Recommender
from mathml.algorithms.regression_tree import RegressionTree
from mathml.algorithms.ridge import Ridge
from mathml.algorithms.spectral_clustering import SpectralClustering
from mathml.algorithms.svm import SVM
from mathml.algorithms.transformer import Transformer
from mathml.algorithms.transformer_classifier import TransformerClassifier
from mathml.algorithms.tsne import TSNE
from mathml.algorithms.umap import UMAP
from mathml.algorithms.word2vec import Word2Vec

X = np.random.default_rng(0).normal(size=(12, 3))
Y = np.arange(12) % 2
IMAGES = np.random.default_rng(0).uniform(size=(12, 4, 4))

REGRESSORS = {
    LinearRegression: LinearRegression(),
    Ridge: Ridge(),
    Lasso: Lasso(0.1),
    ElasticNet: ElasticNet(0.1),
    RegressionTree: RegressionTree(),
}
CLASSIFIERS = {
    LogisticRegression: LogisticRegression(),
    SVM: SVM(),
    NaiveBayes: NaiveBayes(),
    DecisionTree: DecisionTree(),
    RandomForest: RandomForest(3, rng=0),
    GradientBoosting: GradientBoosting(n_estimators=3),
    MLP: MLP((4,), epochs=2, rng=0),
}
READERS = {  # of images, and of examples with several tokens
    CNN: CNN(2, size=3, epochs=2, rng=0),
    TransformerClassifier: TransformerClassifier(d=4, heads=1, epochs=2, rng=0),
}
OF_POINTS = {
    KMeans: KMeans(2, rng=0),
    GMM: GMM(2, rng=0),
    DBSCAN: DBSCAN(),
    SpectralClustering: SpectralClustering(2, rng=0),
    NearestNeighbors: NearestNeighbors(3),
    PCA: PCA(2),
    TSNE: TSNE(perplexity=3, max_iter=20, rng=0),
    UMAP: UMAP(3, n_epochs=5, rng=0),
}
OTHERS = {  # of a table, of sequences of tokens, of sentences
    Recommender: (Recommender(1), (np.where(X > 1, np.nan, X),)),
    Transformer: (Transformer(1, d=4, heads=1, epochs=2, rng=0), ([[0, 1, 2, 1], [1, 2, 0, 1]],)),
    Word2Vec: (Word2Vec(2, min_count=1, sample=1, epochs=1, rng=0), ([["a", "vector", "has", "a", "length"]] * 3,)),
}
LEARNERS = (
    {kind: (model, (X, Y)) for kind, model in (REGRESSORS | CLASSIFIERS).items()}
    | {kind: (model, (IMAGES, Y)) for kind, model in READERS.items()}
    | {kind: (model, (X,)) for kind, model in OF_POINTS.items()}
    | OTHERS
)
ASKED = {"predict", "transform", "kneighbors"}  # what a fitted model is asked of rows with as many features

each = pytest.mark.parametrize("kind", LEARNERS)
each_of_rows = pytest.mark.parametrize("kind", [*REGRESSORS, *CLASSIFIERS, *OF_POINTS])
each_of_classes = pytest.mark.parametrize("kind", [*CLASSIFIERS, *READERS])


def learner(kind):
    """A model that has learnt nothing, and what it can learn from."""
    model, examples = LEARNERS[kind]
    return copy.deepcopy(model), copy.deepcopy(examples)


def learnt(model):
    """All that it knows, bit by bit."""
    return pickle.dumps(vars(model))


def changed(examples, row):
    """The examples with this first row."""
    first, *rest = examples
    return [np.concatenate([[row], first[1:]]), *rest]


def test_none_is_forgotten():
    modules = [
        importlib.import_module(f"{algorithms.__name__}.{module.name}")
        for module in pkgutil.iter_modules(algorithms.__path__)
    ]
    public = {getattr(module, name) for module in modules for name in module.__all__}
    learners = {one for one in public if inspect.isclass(one) and hasattr(one, "fit")}
    assert learners - {LinearModel} == set(LEARNERS)


# --- scikit-learn's conventions -------------------------------------------------------------------


@each
def test_what_it_is_asked_to_do_is_kept_and_what_it_learns_ends_in_an_underscore(kind):
    model, examples = learner(kind)
    asked = dict(vars(model))
    assert set(inspect.signature(kind).parameters) <= set(asked)
    assert model.fit(*examples) is model
    assert {name: vars(model)[name] for name in asked} == asked
    learnt = [name for name in vars(model) if name not in asked]
    assert learnt
    assert all(name.startswith("_") or name.endswith("_") for name in learnt)


@each
def test_what_it_learns_from_is_left_as_it_was(kind):
    model, examples = learner(kind)
    model.fit(*examples)
    assert_equal(examples, LEARNERS[kind][1])


@each
def test_it_learns_the_same_again(kind):
    model, examples = learner(kind)
    assert learnt(model.fit(*examples)) == learnt(model.fit(*examples))


# --- what cannot be learnt ------------------------------------------------------------------------


def refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@each
def test_before_fit_it_says_so(kind):
    model, examples = learner(kind)
    asked = [name for name in dir(kind) if name in ASKED]
    for name in asked:
        method = getattr(model, name)
        arguments = examples[:1] if inspect.signature(method).parameters else ()
        refused(
            lambda method=method, arguments=arguments: method(*arguments),
            f"^{kind.__name__} must be fitted before .*: call fit",
        )
    assert asked or not hasattr(kind, "predict")


@each_of_rows
def test_a_number_that_is_none_is_named_and_the_fit_before_is_kept(kind):
    model, examples = learner(kind)
    model.fit(*examples)
    before = learnt(model)
    refused(lambda: model.fit(*changed(examples, [0, np.nan, 1])), r"^X must be finite, but X\[0, 1\] is nan$")
    refused(lambda: model.fit(*changed(examples, [0, 1, np.inf])), r"^X must be finite, but X\[0, 2\] is inf$")
    assert learnt(model) == before


@each_of_rows
def test_no_rows_and_rows_of_another_width_are_refused(kind):
    model, examples = learner(kind)
    refused(lambda: model.fit(*(part[:0] for part in examples)), "^X must not be empty")
    model.fit(*examples)
    for name in ASKED & set(dir(kind)):
        method = getattr(model, name)
        refused(lambda method=method: method(X[:, :2]), "^[XQ] must have 3 columns, as in fit, but 2 came$")
        refused(lambda method=method: method(X * np.nan), r"^[XQ] must be finite, but [XQ]\[0, 0\] is nan$")


@each_of_classes
def test_one_class_alone_and_labels_that_are_missing_are_refused(kind):
    model, (examples, y) = learner(kind)
    refused(lambda: model.fit(examples, 0 * y), "^y must hold two classes or more, but all of it is 0$")
    refused(lambda: model.fit(examples, y[1:]), "must have the same length, but .* 12 and y has 11$")
    refused(lambda: model.fit(examples, np.where(y, np.nan, 0)), r"^y must hold labels, but y\[1\] is NaN$")


@pytest.mark.parametrize("kind", READERS)
def test_images_that_are_no_numbers_are_refused(kind):
    model, (images, y) = learner(kind)
    refused(lambda: model.fit(np.where(images > 0.9, np.nan, images), y), "must not hold NaN, but .* is nan$")


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (KMeans(13), "n_clusters must be at most 12, the number of points, but 13 came"),
        (GMM(13), "n_components must be at most 12, the number of points, but 13 came"),
        (SpectralClustering(13), "n_clusters must be at most 12, the number of points, but 13 came"),
        (PCA(4), "n_components must be"),
        (TSNE(perplexity=12), "perplexity must be"),
        (UMAP(13), "n_neighbors must be at most 12, the number of points, but 13 came"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_more_than_there_are_points_is_refused(model, message):
    refused(lambda: model.fit(X), message)


@pytest.mark.parametrize("kind", [TSNE, UMAP, GMM, PCA])
def test_one_point_alone_has_no_neighbours_and_no_spread(kind):
    refused(lambda: learner(kind)[0].fit(X[:1]), r"^(X|n_neighbors) must .* 1")

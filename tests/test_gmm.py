"""GMM: EM climbs, to where scikit-learn's stays."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from sklearn import mixture
from sklearn.metrics import adjusted_rand_score

from mathml.algorithms.gmm import GMM
from mathml.algorithms.kmeans import KMeans
from mathml.matrices import covariance
from mathml.vectors import standardize_columns
from tests.classifying import CLASSES

IRIS, SPECIES = CLASSES["iris"]
WINE = standardize_columns(CLASSES["wine"][0])
CANCER = standardize_columns(CLASSES["breast_cancer"][0])[:, 4:10]

points = st.integers(4, 20).flatmap(lambda n: hnp.arrays(float, (n, 2), elements=st.integers(-5, 5).map(float)))


def theirs(k, like=None, **options):
    """Scikit-learn's mixture; one that starts where `like` has come to."""
    if like is not None:
        options |= {"weights_init": like.weights_, "means_init": like.means_}
        options |= {"precisions_init": np.linalg.inv(like.covariances_)}
    return mixture.GaussianMixture(k, random_state=0, **options)


def log_likelihoods(X, weights, components):
    joint = [
        w * stats.multivariate_normal(c.mean, c.covariance).pdf(X) for w, c in zip(weights, components, strict=True)
    ]
    return np.log(np.sum(joint, axis=0))


# --- scikit-learn's -------------------------------------------------------------------------------


@pytest.mark.parametrize(("X", "k"), [(IRIS, 3), (WINE, 3), (CANCER, 2)], ids=["iris", "wine", "cancer"])
def test_from_our_optimum_scikit_learn_moves_nowhere(X, k):
    ours = GMM(k, tol=1e-10, max_iter=1000, rng=0).fit(X)
    reference = theirs(k, like=ours, tol=1e-10, max_iter=200).fit(X)
    assert ours.converged_
    assert_allclose(reference.means_, ours.means_, atol=1e-3)
    assert_allclose(reference.covariances_, ours.covariances_, atol=1e-3)
    assert_allclose(reference.weights_, ours.weights_, atol=1e-3)
    assert ours.score(X) == pytest.approx(reference.score(X), abs=1e-5)


@pytest.mark.parametrize(
    ("X", "k"), [(IRIS, 2), (IRIS, 3), (WINE, 3), (CANCER, 2)], ids=lambda v: str(np.shape(v) or v)
)
def test_the_likelihood_is_as_good_as_scikit_learns(X, k):
    ours, reference = GMM(k, n_init=3, rng=0).fit(X), theirs(k, n_init=3).fit(X)
    assert ours.score(X) > reference.score(X) - 0.01


def test_answers_are_scikit_learns():
    ours = GMM(3, tol=1e-10, max_iter=1000, rng=0).fit(IRIS)
    reference = theirs(3, like=ours, tol=1e-10, max_iter=200).fit(IRIS)
    assert_array_equal(ours.predict(IRIS), reference.predict(IRIS))
    assert_allclose(ours.predict_proba(IRIS), reference.predict_proba(IRIS), atol=1e-3)
    assert_allclose(ours.score_samples(IRIS), reference.score_samples(IRIS), atol=1e-2)
    assert ours.bic(IRIS) == pytest.approx(reference.bic(IRIS), abs=0.01)


def test_the_species_of_iris_are_found_better_than_by_k_means():
    gaussians, means = GMM(3, rng=0).fit(IRIS), KMeans(3, rng=0).fit(IRIS)
    assert adjusted_rand_score(SPECIES, gaussians.predict(IRIS)) == pytest.approx(0.90, abs=0.01)
    assert adjusted_rand_score(SPECIES, means.labels_) == pytest.approx(0.73, abs=0.01)


# --- what EM promises -----------------------------------------------------------------------------


@given(points, st.integers(1, 3), st.sampled_from([1e-6, 1e-2, 1.0]), st.integers(0, 9))
def test_no_round_lowers_the_penalised_likelihood_but_a_reset(X, k, reg_covar, seed):
    model = GMM(k, reg_covar=reg_covar, tol=0, max_iter=25, rng=seed).fit(X)
    fresh = {round_ for round_, _ in model.resets_}
    falls = np.flatnonzero(np.diff(model.path_) < -1e-7) + 1
    assert set(falls.tolist()) <= fresh


@pytest.mark.parametrize(("X", "k"), [(IRIS, 3), (WINE, 3), (CANCER, 4)], ids=["iris", "wine", "cancer"])
def test_on_real_data_it_only_climbs(X, k):
    model = GMM(k, tol=1e-8, reg_covar=1e-4, rng=1).fit(X)
    assert model.resets_ == []
    assert np.all(np.diff(model.path_) >= -1e-11)


def test_the_path_is_the_penalised_likelihood():
    model = GMM(3, reg_covar=0.1, rng=0).fit(IRIS)
    assert len(model.path_) == len(model.history_) == model.n_iter_ + 1
    for value, (weights, components) in zip(model.path_, model.history_, strict=True):
        penalty = 0.1 / 6 * sum(np.trace(np.linalg.inv(c.covariance)) for c in components)
        assert value == pytest.approx(log_likelihoods(IRIS, weights, components).mean() - penalty)


def test_no_small_step_from_the_optimum_raises_the_penalised_likelihood(rng):
    X, lam = IRIS[:, :2], 0.05
    model = GMM(2, reg_covar=lam, tol=1e-13, max_iter=3000, rng=0).fit(X)

    def objective(weights, means, covariances):
        normals = [stats.multivariate_normal(*of) for of in zip(means, covariances, strict=True)]
        likelihood = np.log(sum(w * normal.pdf(X) for w, normal in zip(weights, normals, strict=True))).mean()
        return likelihood - lam / 4 * np.trace(np.linalg.inv(covariances), axis1=1, axis2=2).sum()

    best = objective(model.weights_, model.means_, model.covariances_)
    assert best == pytest.approx(model.path_[-1])
    for _ in range(50):
        step = 1e-3 * rng.normal(size=(2, 2, 2))
        shift = 1e-3 * rng.normal()
        moved = model.covariances_ + step + step.transpose(0, 2, 1)
        assert objective(model.weights_ + [shift, -shift], model.means_ + 1e-3 * rng.normal(size=(2, 2)), moved) < best


def test_one_component_is_the_gaussian_of_the_data():
    model = GMM(1, reg_covar=0.5).fit(IRIS)
    assert_allclose(model.means_[0], IRIS.mean(axis=0))
    assert_allclose(model.covariances_[0], covariance(IRIS, ddof=0) + 0.5 * np.eye(4))
    assert_allclose(model.covariances_, theirs(1, reg_covar=0.5).fit(IRIS).covariances_)


@pytest.mark.parametrize("offset", [0, 1e6])
def test_clouds_that_are_plain_to_see_are_found_at_any_offset(rng, offset):
    truth = np.repeat([0, 1, 2], [100, 50, 150])
    X = (
        rng.normal(size=(300, 2)) * np.array([[1, 1], [0.2, 2], [3, 0.1]])[truth]
        + np.array([[0, 9], [9, 0], [-9, -9]])[truth]
    )
    model = GMM(3, rng=0).fit(X + offset)
    assert adjusted_rand_score(truth, model.predict(X + offset)) == 1
    assert_allclose(np.sort(model.weights_), [50 / 300, 100 / 300, 150 / 300], atol=1e-6)


def test_the_criterion_knows_how_many_there_are(rng):
    X = np.vstack([rng.normal(size=(80, 2)), rng.normal(size=(80, 2)) + 7, rng.normal(size=(80, 2)) - [7, -7]])
    assert min(range(1, 6), key=lambda k: GMM(k, n_init=2, rng=0).fit(X).bic(X)) == 3


def test_a_seed_decides_everything():
    a, b = GMM(3, rng=3).fit(WINE), GMM(3, rng=np.random.default_rng(3)).fit(WINE)
    assert_array_equal(a.means_, b.means_)
    assert a.path_ == b.path_


def test_more_starts_are_never_worse():
    one, five = (GMM(3, n_init=n, rng=5).fit(WINE).path_[-1] for n in (1, 5))
    assert five >= one


# --- edges ----------------------------------------------------------------------------------------


def test_a_component_that_is_left_with_one_point_starts_again(rng):
    X = np.vstack([rng.normal(size=(30, 2)), [[1e3, 1e3]]])
    model = GMM(2, rng=0).fit(X)
    assert model.resets_[0][0] == 0  # k-means gives the point far out a cluster of its own
    assert model.path_[1] > model.path_[0]


def test_where_many_points_are_one_the_likelihood_still_has_a_maximum():
    X = np.vstack([np.zeros((20, 2)), np.random.default_rng(0).normal(5, 1, (20, 2))])
    model = GMM(2, reg_covar=1e-3, rng=0).fit(X)
    assert np.isfinite(model.path_).all()
    assert model.resets_ == []
    assert_allclose(model.covariances_[np.argmin(np.abs(model.means_[:, 0]))], 1e-3 * np.eye(2), rtol=1e-6)


def test_points_that_coincide_leave_components_over():
    model = GMM(3, reg_covar=0.1, rng=0).fit([[1, 1]] * 6 + [[5, 5]] * 6)
    assert model.weights_.sum() == pytest.approx(1)
    assert np.isfinite(model.path_).all()


def test_without_a_penalty_a_component_that_collapses_starts_again():
    X = np.vstack([np.zeros((5, 2)), np.random.default_rng(0).normal(8, 1, (30, 2))])
    model = GMM(2, reg_covar=0, rng=0).fit(X)
    assert model.resets_
    assert np.isfinite(model.path_).all()


def test_there_may_be_as_many_components_as_points():
    model = GMM(4, reg_covar=0.1, max_iter=5, rng=0).fit([[0.0], [1], [2], [3]])
    assert np.isfinite(model.path_).all()


def test_max_iter_bounds_the_rounds():
    model = GMM(3, max_iter=2, tol=0, rng=0).fit(IRIS)
    assert (model.n_iter_, model.converged_) == (2, False)


def test_small_whole_numbers_are_computed_with_as_float64():
    X = CLASSES["digits"][0][:100, 18:22]
    small, wide = (GMM(2, reg_covar=0.1, rng=0).fit(X.astype(dtype)) for dtype in (np.int8, np.float64))
    assert_array_equal(small.means_, wide.means_)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: GMM(0).fit(IRIS), ValueError, "n_components must be at least 1, but n_components = 0 came"),
        (
            lambda: GMM(3).fit([[1, 2], [3, 4]]),
            ValueError,
            "n_components must be at most 2, the number of points, but 3 came",
        ),
        (lambda: GMM(1).fit([[1, 2]]), ValueError, "X must have at least 2 rows for a covariance, but 1 came"),
        (lambda: GMM(1, n_init=0).fit(IRIS), ValueError, "n_init must be at least 1, but n_init = 0 came"),
        (lambda: GMM(1, max_iter=0).fit(IRIS), ValueError, "max_iter must be at least 1, but max_iter = 0 came"),
        (lambda: GMM(1, tol=-1).fit(IRIS), ValueError, "tol must be at least 0, but tol = -1 came"),
        (
            lambda: GMM(1, reg_covar=-1).fit(IRIS),
            ValueError,
            "reg_covar must be at least 0 and finite, but reg_covar = -1 came",
        ),
        (
            lambda: GMM(1, reg_covar=0).fit([[1, 2], [2, 4], [3, 6]]),
            ValueError,
            "reg_covar must be larger: columns of X depend on one another, and reg_covar = 0 came",
        ),
        (lambda: GMM(1).fit([[1, math.nan]]), ValueError, "X must be finite, but X[0, 1] is nan"),
        (lambda: GMM(1).predict(IRIS), ValueError, "GMM must be fitted before it can predict: call fit first"),
        (lambda: GMM(1).bic(IRIS), ValueError, "GMM must be fitted before it can predict: call fit first"),
        (
            lambda: GMM(1).fit(IRIS).predict([[1, 2]]),
            ValueError,
            "X must have 4 columns, as in fit, but 2 came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message

"""Recommender: both ways go down the same slope, and what was hidden comes back."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets, decomposition, linear_model

from mathml.algorithms.recommender import Recommender
from mathml.matrices import low_rank

DIGITS = datasets.load_digits().data[:120]
METHODS = ["als", "svd"]

# Made up: nobody rated these films. Three of them are set in space, three are love stories.
_ = math.nan
RATINGS = np.array(
    [
        # Far Orbit, Star Dust, Red Planet; First Kiss, Summer Rain, The Letter
        [5, 4, _, 1, _, 2],  # Ada likes space
        [4, _, 5, 1, 2, _],  # Ben too
        [_, 5, 4, _, 1, 1],  # Cleo too
        [5, 5, 4, 2, _, 1],  # Dan too
        [1, 2, _, 5, 5, 4],  # Eva likes love
        [2, _, 1, _, 4, 5],  # Finn too
        [_, 1, 2, 4, _, 5],  # Gus too
        [1, 1, _, 4, 5, _],  # Hana too
        [5, 4, 5, 4, _, 5],  # Ivo likes everything
        [_, 2, 1, 2, 1, 2],  # Jane likes nothing
    ]
)

every_method = pytest.mark.parametrize("method", METHODS)


@st.composite
def tables_with_holes(draw):
    """A table, each column of which has a known entry."""
    shape = draw(st.tuples(st.integers(1, 7), st.integers(1, 5)))
    table = draw(hnp.arrays(float, shape, elements=st.integers(-5, 5).map(float)))
    holes = draw(hnp.arrays(bool, shape))
    holes[draw(hnp.arrays(int, shape[1], elements=st.integers(0, shape[0] - 1))), np.arange(shape[1])] = False
    return np.where(holes, np.nan, table)


def hide(table, part, seed=0):
    """The table with holes in so large a part of it, and what was there, with holes elsewhere."""
    hidden = np.random.default_rng(seed).uniform(size=table.shape) < part
    return np.where(hidden, np.nan, table), np.where(hidden, table, np.nan)


def rmse_of_column_means(seen, unseen):
    return math.sqrt(np.nanmean((unseen - np.nanmean(seen, axis=0)) ** 2))


def loss(model, table, strength):
    errors = np.nan_to_num(table - model.predict())
    sizes = np.sum(model.row_factors_**2) + np.sum(model.column_factors_**2)
    return (np.sum(errors**2) + strength * sizes) / 2


# --- the oracle -----------------------------------------------------------------------------------


@every_method
@pytest.mark.parametrize("k", [1, 5, 20])
def test_without_holes_and_penalty_it_is_scikit_learns_pca(k, method):
    pca = decomposition.PCA(k, svd_solver="full").fit(DIGITS)
    model = Recommender(k, method=method, regularization=1e-9).fit(DIGITS)
    assert_allclose(model.predict(), pca.inverse_transform(pca.transform(DIGITS)), atol=1e-6)


def test_at_the_end_of_als_each_row_is_scikit_learns_ridge_regression_on_the_columns():
    strength, model = 0.5, Recommender(2, regularization=0.5, tol=0, max_iter=2000).fit(RATINGS)
    for ratings, factors in zip(RATINGS, model.row_factors_, strict=True):
        seen = ~np.isnan(ratings)
        ridge = linear_model.Ridge(alpha=strength, fit_intercept=False)
        ridge.fit(model.column_factors_[seen], (ratings - model.column_means_)[seen])
        assert_allclose(factors, ridge.coef_, atol=1e-6)


def test_the_start_is_the_truncated_svd_of_the_table_filled_with_column_means():
    means = np.nanmean(RATINGS, axis=0)
    filled = np.where(np.isnan(RATINGS), means, RATINGS)
    model = Recommender(2, max_iter=0).fit(RATINGS)
    assert_allclose(model.predict(), means + low_rank(filled - means, 2), atol=1e-12)
    assert_allclose(model.column_means_, means)
    assert model.n_iter_ == 0


# --- laws -----------------------------------------------------------------------------------------


@given(tables_with_holes(), st.sampled_from(METHODS), st.sampled_from([0.01, 1.0, 30.0]), st.data())
def test_no_step_raises_the_loss(table, method, strength, data):
    k = data.draw(st.integers(1, min(table.shape)))
    model = Recommender(k, method=method, regularization=strength, tol=0, max_iter=30).fit(table)
    assert all(after <= before * (1 + 1e-12) + 1e-12 for before, after in itertools.pairwise(model.losses_))
    assert model.losses_[-1] == pytest.approx(loss(model, table, strength))
    assert len(model.losses_) == model.n_iter_ + 1


@every_method
def test_no_step_raises_the_loss_on_digits(method):
    seen, _ = hide(DIGITS, 0.4)
    losses = Recommender(8, method=method, regularization=5).fit(seen).losses_
    assert len(losses) > 4
    assert all(after < before for before, after in itertools.pairwise(losses))


@pytest.mark.parametrize("strength", [0.5, 2, 5])
def test_both_methods_come_to_the_same_table_where_k_leaves_room(strength):
    # With k as large as the table allows, the loss has one minimum: that of the nuclear norm.
    als, svd = (
        Recommender(6, method=method, regularization=strength, tol=0, max_iter=3000).fit(RATINGS) for method in METHODS
    )
    assert_allclose(als.predict(), svd.predict(), atol=1e-4)
    assert als.losses_[-1] == pytest.approx(svd.losses_[-1], rel=1e-8)


@every_method
def test_what_few_numbers_explain_is_found_again(rng, method):
    table = rng.normal(size=(30, 2)) @ rng.normal(size=(2, 10)) + rng.normal(size=10)
    seen, unseen = hide(table, 0.2)
    # The means of what is known are not those of all: the difference takes a third number.
    model = Recommender(3, method=method, regularization=1e-2, tol=1e-4, max_iter=500).fit(seen)
    assert model.rmse(unseen) < 0.1 * rmse_of_column_means(seen, unseen)


@every_method
def test_the_order_of_rows_and_columns_does_not_matter(rng, method):
    rows, columns = rng.permutation(10), rng.permutation(6)
    here, there = (Recommender(2, method=method).fit(table) for table in (RATINGS, RATINGS[rows][:, columns]))
    assert_allclose(there.predict(), here.predict()[rows][:, columns], atol=1e-8)


@every_method
def test_a_stronger_penalty_makes_smaller_factors(method):
    sizes = [
        np.sum(Recommender(2, method=method, regularization=strength).fit(RATINGS).row_factors_ ** 2)
        for strength in (0.1, 1, 3, 10)
    ]
    assert sizes == sorted(sizes, reverse=True)


# --- on data --------------------------------------------------------------------------------------


@every_method
@pytest.mark.parametrize("part", [0.1, 0.3, 0.5])
def test_hidden_pixels_are_guessed_far_better_than_by_their_means(part, method):
    seen, unseen = hide(DIGITS, part)
    model = Recommender(10, method=method, regularization=20).fit(seen)
    assert model.rmse(unseen) < 0.8 * rmse_of_column_means(seen, unseen)
    assert model.rmse(seen) < model.rmse(unseen)


def test_without_a_penalty_what_is_known_is_learned_by_heart():
    seen, unseen = hide(DIGITS, 0.3)
    free, held = (Recommender(20, method="svd", regularization=strength, max_iter=15).fit(seen) for strength in (0, 20))
    assert free.rmse(seen) < held.rmse(seen)
    assert free.rmse(unseen) > 1.2 * held.rmse(unseen)


@every_method
def test_who_likes_space_is_told_of_space(method):
    guess = Recommender(2, method=method, regularization=0.5).fit(RATINGS).predict()
    ada, ben, cleo, dan, eva, finn, gus, hana, ivo, jane = range(10)
    liked = [(ada, 2), (ben, 1), (cleo, 0), (finn, 3), (gus, 4), (hana, 5), (ivo, 4)]
    not_liked = [(ada, 4), (ben, 5), (cleo, 3), (dan, 4), (eva, 2), (finn, 1), (gus, 0), (hana, 2), (jane, 0)]
    assert {*liked, *not_liked} == {*zip(*np.nonzero(np.isnan(RATINGS)), strict=True)}
    assert min(guess[i, j] for i, j in liked) > 3.9
    assert max(guess[i, j] for i, j in not_liked) < 2.1


# --- edges ----------------------------------------------------------------------------------------


@every_method
def test_a_row_that_is_all_holes_is_predicted_to_be_the_mean_row(method):
    model = Recommender(2, method=method, max_iter=500, tol=1e-12).fit(np.vstack([RATINGS, np.full(6, np.nan)]))
    assert_allclose(model.predict()[-1], model.column_means_, atol=1e-3)


@every_method
def test_where_all_is_known_and_the_same_there_is_nothing_to_explain(method):
    model = Recommender(2, method=method).fit(np.full((4, 3), 7.0))
    assert_array_equal(model.predict(), np.full((4, 3), 7.0))
    assert model.losses_[-1] == 0


@every_method
def test_one_number_is_predicted_to_be_itself(method):
    assert Recommender(1, method=method).fit([[5]]).predict().tolist() == [[5]]


@every_method
def test_a_table_may_be_wider_than_high(method):
    model = Recommender(2, method=method, regularization=0.5).fit(RATINGS.T)
    assert model.predict().shape == (6, 10)
    assert (model.row_factors_.shape, model.column_factors_.shape) == ((6, 2), (10, 2))


@pytest.mark.parametrize("dtype", [float, object])
def test_the_callers_table_keeps_its_holes(dtype):
    table = RATINGS.astype(dtype)
    Recommender(2).fit(table).rmse(table)
    assert_array_equal(table.astype(float), RATINGS)


def test_max_iter_bounds_the_steps():
    assert Recommender(2, max_iter=1, tol=0).fit(RATINGS).n_iter_ == 1


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: Recommender(0).fit(RATINGS), ValueError, "k must be at least 1, but k = 0 came"),
        (
            lambda: Recommender(7).fit(RATINGS),
            ValueError,
            "k must be at most 6, the shorter side of the table, but 7 came",
        ),
        (
            lambda: Recommender(1, method="sgd").fit(RATINGS),
            ValueError,
            'method must be "als" or "svd", but \'sgd\' came',
        ),
        (
            lambda: Recommender(1, regularization=-1).fit(RATINGS),
            ValueError,
            "regularization must be at least 0 and finite, but -1 came",
        ),
        (
            lambda: Recommender(1, regularization=0).fit(RATINGS),
            ValueError,
            'regularization must be above 0 for method="als": a row may know fewer than k numbers, but 0 came',
        ),
        (
            lambda: Recommender(1, max_iter=-1).fit(RATINGS),
            ValueError,
            "max_iter must be at least 0, but max_iter = -1 came",
        ),
        (lambda: Recommender(1, tol=-1).fit(RATINGS), ValueError, "tol must be at least 0, but tol = -1 came"),
        (
            lambda: Recommender(1).fit([[1, _], [2, _]]),
            ValueError,
            "table must have a known entry in each column, but column 1 has none",
        ),
        (
            lambda: Recommender(1).fit([1, _]),
            ValueError,
            "table must be a matrix: rows of equal length, but an array of shape (2,) came",
        ),
        (lambda: Recommender(1).fit([[]]), ValueError, "table must not be empty, but its shape is (1, 0)"),
        (
            lambda: Recommender(1).fit([[_, math.inf]]),
            ValueError,
            "table must be finite, but table[0, 1] is inf",
        ),
        (
            lambda: Recommender(1).fit([[_, "good"]]),
            TypeError,
            "table must be a matrix: rows of equal length, but the text 'good' came",
        ),
        (
            lambda: Recommender(1).predict(),
            ValueError,
            "Recommender must be fitted before it can predict: call fit first",
        ),
        (
            lambda: Recommender(1).fit(RATINGS).rmse([[1, 2]]),
            ValueError,
            "table must have the shape (10, 6) of fit, but (1, 2) came",
        ),
        (
            lambda: Recommender(1).fit(RATINGS).rmse(np.full((10, 6), _)),
            ValueError,
            "table must have a known entry, but all are NaN",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message

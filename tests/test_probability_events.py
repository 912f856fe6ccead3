"""Events: the rules of probability hold exactly, Bayes' theorem agrees with counting, and what cannot be is refused."""

import math
from fractions import Fraction
from itertools import product as pairs

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from sklearn.naive_bayes import CategoricalNB

from mathml.probability import Screening, Space, bayes, bayes_table, independent, product

# Any warning (overflow, 0/0, log 0) is a failure here.
pytestmark = pytest.mark.filterwarnings("error")

DIE = Space(range(1, 7))
DICE = product(DIE, DIE)
OUTCOMES = range(6)
WEIGHTS = st.lists(st.integers(0, 9), min_size=6, max_size=6).filter(any)
SPACES = st.builds(Space, st.just(OUTCOMES), WEIGHTS)
EVENTS = st.sets(st.sampled_from(OUTCOMES))
PARTS = st.floats(0, 1)


def even(roll):
    return roll % 2 == 0


# --- the rules ------------------------------------------------------------------------------------


@given(SPACES, EVENTS, EVENTS)
def test_of_two_events_what_is_in_both_counts_once(space, A, B):
    P = space.probability
    assert P(A | B) == P(A) + P(B) - P(A & B)
    assert P(set(OUTCOMES) - A) == 1 - P(A)
    assert P(OUTCOMES) == 1
    assert P([]) == 0


@given(SPACES, EVENTS, EVENTS)
def test_what_is_given_is_the_new_whole(space, A, B):
    assume(space.probability(B) > 0)
    assert space.given(B).probability(A) == space.probability(A & B) / space.probability(B)
    assert space.given(B).probability(B) == 1


@given(SPACES, EVENTS, EVENTS)
def test_bayes_theorem_turns_it_around(space, A, B):
    assume(space.probability(A) > 0 < space.probability(B))
    P, given_A, given_B = space.probability, space.given(A).probability, space.given(B).probability
    assert given_B(A) == given_A(B) * P(A) / P(B)


@given(SPACES, EVENTS, EVENTS)
def test_independent_means_that_what_is_known_changes_nothing(space, A, B):
    assume(space.probability(B) > 0)
    assert independent(space, A, B) == (space.given(B).probability(A) == space.probability(A))


@given(SPACES, SPACES, EVENTS, EVENTS)
def test_events_of_two_experiments_are_independent(one, other, A, B):
    both = product(one, other)
    assert independent(both, lambda outcome: outcome[0] in A, lambda outcome: outcome[1] in B)
    assert both.probability(pairs(A, B)) == one.probability(A) * other.probability(B)


@given(SPACES)
def test_an_expectation_is_a_weighted_sum_and_a_variable_has_the_same(space):
    exact = space.expectation(lambda outcome: outcome**2)
    assert exact == sum(outcome**2 * space.probability([outcome]) for outcome in space)
    assert_allclose(space.variable(lambda outcome: outcome**2).mean, float(exact), rtol=1e-13)


def test_two_dice():
    assert DICE.probability(lambda rolls: sum(rolls) >= 10) == Fraction(1, 6)
    assert DICE.given(lambda rolls: sum(rolls) >= 10).probability(lambda rolls: rolls[0] == rolls[1]) == Fraction(1, 3)
    assert DICE.expectation(sum) == 7
    assert len(DICE) == 36
    assert_allclose(DICE.variable(sum).pmf([2, 7, 12]), [1 / 36, 6 / 36, 1 / 36])


def test_an_event_is_a_set_or_a_question():
    assert DIE.probability(even) == DIE.probability({2, 4, 6}) == DIE.probability(range(2, 7, 2)) == Fraction(1, 2)
    assert DIE.event(even) == {2, 4, 6}


def test_weights_are_in_any_unit_and_whole_ones_stay_exact():
    assert (
        Space("ab", [1, 2]).probability("b")
        == Space("ab", [np.int64(3), np.int8(6)]).probability("b")
        == Fraction(2, 3)
    )
    assert Space("ab", [Fraction(1, 7), 0]).probability("a") == 1
    thirds = Space("abc", [0.1, 0.1, 0.1])
    assert isinstance(thirds.probability("a"), float)
    assert thirds.probability("abc") == 1


def test_independence_of_floats_is_up_to_rounding():
    space = product(Space("ab", [0.1, 0.9]), Space("ab", [0.3, 0.7]))
    assert independent(space, lambda o: o[0] == "a", lambda o: o[1] == "a")
    assert not independent(space, lambda o: o[0] == "a", lambda o: o == ("a", "a"))


def test_a_space_shows_what_it_holds():
    assert repr(Space("ab", [1, 2])) == "Space('a': 1/3, 'b': 2/3)"
    assert repr(Space(range(9))).endswith("5: 1/9, …)")


# --- Bayes ----------------------------------------------------------------------------------------


def normalized(x):
    return x / x.sum()


PRIORS = hnp.arrays(np.float64, 3, elements=st.integers(1, 9).map(float)).map(normalized)
LIKELIHOODS = hnp.arrays(np.float64, (3, 4), elements=st.floats(1e-3, 1e3))


@given(PRIORS, LIKELIHOODS)
def test_the_posterior_is_the_product_over_its_sum(prior, likelihood):
    assert_allclose(bayes(prior, likelihood), normalized(prior * likelihood.prod(axis=1)), rtol=1e-10)


@given(PRIORS, LIKELIHOODS)
def test_evidence_may_come_at_once_or_piece_by_piece(prior, likelihood):
    belief = prior
    for piece in likelihood.T:
        belief = bayes(belief, piece)
    assert_allclose(bayes(prior, likelihood), belief, rtol=1e-10)


def test_it_is_what_scikit_learns_naive_bayes_does(rng):
    X, y = rng.integers(3, size=(60, 4)), rng.integers(2, size=60)
    model = CategoricalNB().fit(X, y)
    tables = [np.exp(table) for table in model.feature_log_prob_]  # for each feature (class, category)
    for x, theirs in zip(X, model.predict_proba(X), strict=True):
        likelihood = np.column_stack([table[:, value] for table, value in zip(tables, x, strict=True)])
        assert_allclose(bayes(np.exp(model.class_log_prior_), likelihood), theirs, rtol=1e-10)


def test_thousands_of_pieces_of_evidence_do_not_underflow():
    assert_allclose(bayes([0.5, 0.5], [[1e-3] * 5000, [1e-3] * 4999 + [3e-3]]), [0.25, 0.75], rtol=1e-9)


def test_what_was_certain_stays_certain():
    assert_array_equal(bayes([1, 0], [1e-9, 1]), [1, 0])
    assert_array_equal(bayes([0.5, 0.5], [0, 1e-300]), [0, 1])


def test_the_table_has_every_step():
    table = bayes_table(["ill", "well"], [0.01, 0.99], [0.9, 0.09])
    assert [row.hypothesis for row in table] == ["ill", "well"]
    assert_allclose([row.product for row in table], [0.009, 0.0891])
    assert_allclose([row.posterior for row in table], bayes([0.01, 0.99], [0.9, 0.09]))
    assert_allclose(table.evidence, 0.0981)
    assert len({len(line) for line in repr(table).splitlines()}) == 1


# --- a medical test -------------------------------------------------------------------------------


@given(PARTS, PARTS, PARTS, st.floats(1, 1e6), st.booleans())
def test_counting_people_is_bayes(prior, sensitivity, specificity, people, positive):
    test = Screening(prior, sensitivity, specificity, people)
    counts = [test.ill_positive, test.ill_negative, test.well_positive, test.well_negative]
    assert_allclose(sum(counts), people)
    likelihood = [sensitivity, 1 - specificity] if positive else [1 - sensitivity, specificity]
    assume(prior * likelihood[0] + (1 - prior) * likelihood[1] > 1e-250)
    assert_allclose(test.posterior(positive), bayes([prior, 1 - prior], likelihood)[0], rtol=1e-9, atol=1e-250)


def test_a_thousand_people_of_whom_ten_are_ill():
    test = Screening(0.01, 0.9, 0.91)
    assert_allclose(test.posterior(), 9 / 98.1)
    assert_allclose(test.posterior(positive=False), 1 / 901.9)


def test_simulated_people_agree(rng):
    ill = rng.random(200_000) < 0.2
    positive = rng.random(200_000) < np.where(ill, 0.9, 0.3)
    hits, n = np.sum(ill & positive), np.sum(positive)
    low, high = stats.binomtest(int(hits), int(n)).proportion_ci(0.9999)
    assert low < Screening(0.2, 0.9, 0.7).posterior() < high


def test_a_result_that_nobody_has_says_nothing():
    test = Screening(0, 0.9, 1)
    with pytest.raises(ValueError, match=r"^somebody must test positive, but nobody can$"):
        test.posterior()
    assert str(test).splitlines()[1].endswith("–")
    assert test.posterior(positive=False) == 0


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Space([]), "outcomes must not be empty"),
        (lambda: Space("aba"), "outcomes must differ, but 'a' came 2 times"),
        (lambda: Space("ab", [1]), "weights must be one for each outcome, but there are 2 outcomes and 1 weights"),
        (lambda: Space("ab", [1, -2]), "weights must be at least 0, but -2 came"),
        (lambda: Space("ab", [0, 0]), "weights must add up to a finite number above 0, but their sum is 0"),
        (lambda: Space("ab", [1, math.inf]), "weights must add up to a finite number above 0, but their sum is inf"),
        (lambda: Space("ab", [1, math.nan]), "weights must be at least 0, but nan came"),
        (lambda: DIE.probability({7}), "an event must be a set of outcomes of the space, but 7 is none"),
        (lambda: DIE.given([]), "what is given must have a probability above 0, but it has 0"),
        (lambda: product(), "product needs at least one space, but none came"),
        (lambda: bayes([0.5, 0.4], [1, 1]), "prior must sum to 1, but its sum is 0.9"),
        (lambda: bayes([1.5, -0.5], [1, 1]), "prior must not hold a negative probability, but -0.5 came"),
        (lambda: bayes([0.5, 0.5], [1, -1]), "likelihood must hold finite numbers from 0 on, but -1 came"),
        (
            lambda: bayes([1, 0], [[[1]]]),
            "likelihood must be (k,) for one piece of evidence, or (k, m), but its shape is (1, 1, 1)",
        ),
        (
            lambda: bayes([0.5, 0.5], [1]),
            "prior and likelihood must have the same number of hypotheses, but prior has 2 and likelihood has 1",
        ),
        (
            lambda: bayes([1, 0], [0, 1]),
            "the evidence must be possible, but under every hypothesis either its prior is 0 or its likelihood is",
        ),
        (
            lambda: bayes_table(["ill"], [0.5, 0.5], [1, 1]),
            "hypotheses must be one name for each prior, but 1 came for 2",
        ),
        (lambda: Screening(1.1, 0, 0), "prior must be a probability from 0 to 1, but prior = 1.1 came"),
        (lambda: Screening(0.1, 0, 0, people=0), "people must be above 0, but people = 0 came"),
    ],
)
def test_what_is_wrong_is_said(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole message is compared
        call()
    assert str(error.value) == message


def test_text_is_no_weight():
    with pytest.raises(TypeError, match=r"^a weight or a value must be a number, but str '1' came$"):
        Space("a", ["1"])

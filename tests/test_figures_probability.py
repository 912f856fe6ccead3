"""The pictures of lesson 4 tell the truth: at any setting, the numbers on the artists satisfy the theorem."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgba
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from sklearn import datasets, ensemble, tree
from sklearn.metrics import log_loss

from mathml.figures import probability as figures
from mathml.figures.style import BROWN
from mathml.figures.triangles import CORNERS
from tests.test_figures_vectors import area, line, number_after, picture

few = settings(max_examples=8)
DICE = list(itertools.product(range(1, 7), repeat=2))


def outline(shown, name):
    return shown.artist(name).get_xy()


def bars(shown, name):
    """Where bars stand, and how high they are: each is four points of one outline."""
    corners = outline(shown, name)
    corners = corners[: len(corners) // 4 * 4].reshape(-1, 4, 2)
    return corners[:, :, 0].mean(axis=1), corners[:, 1, 1]


def under(points):
    """The area between a curve (n, 2) and the axis, with its sign: the trapezoidal rule."""
    x, height = np.asarray(points).T
    return float(np.sum(np.diff(x) * (height[1:] + height[:-1]) / 2))


# --- events ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", figures.EVENTS)
@pytest.mark.parametrize("known", figures.EVENTS)
def test_what_is_known_leaves_as_many_dice_as_can_be_counted(event, known):
    shown = picture(figures.two_dice).update(event=event, given=known)
    left = [outcome for outcome in DICE if figures.EVENTS[known](outcome)]
    hits = [outcome for outcome in left if figures.EVENTS[event](outcome)]
    assert shown.artist("after").get_width() == pytest.approx(len(hits) / len(left))
    edged = np.all(np.isclose(shown.artist("outcomes").get_edgecolor(), to_rgba(BROWN)), axis=1)
    assert edged.sum() == len(hits)


@few
@given(prior=st.integers(0, 100), sensitivity=st.integers(0, 100), specificity=st.integers(0, 100))
@example(prior=0, sensitivity=90, specificity=100)  # nobody tests positive
def test_a_thousand_people_are_as_bayes_says(prior, sensitivity, specificity):
    shown = picture(figures.people_grid).update(prior=prior, sensitivity=sensitivity, specificity=specificity)
    names = ["ill, positive", "well, positive", "well, negative", "ill, negative"]
    a, b, c = prior / 100, sensitivity / 100, specificity / 100
    expected = [1000 * part for part in (a * b, (1 - a) * (1 - c), (1 - a) * c, a * (1 - b))]
    counts = [area(outline(shown, name)) for name in names]
    assert sum(counts) == pytest.approx(1000)
    assert_allclose(counts, expected, atol=1)
    assert area(line(shown, "positive")) == pytest.approx(counts[0] + counts[1])


# --- distributions --------------------------------------------------------------------------------


@few
@given(dice=st.integers(1, 12))
def test_the_sum_of_dice_is_what_counting_gives(dice):
    shown = picture(figures.dice_sum).update(dice=dice)
    ways = np.ones(1)
    for _ in range(dice):
        ways = np.convolve(ways, np.ones(6) / 6)
    places, heights = bars(shown, "bars")
    assert_allclose(places, np.arange(dice, 6 * dice + 1))
    assert_allclose(heights, ways, atol=1e-12)
    low, high = line(shown, "σ")[:, 0]
    assert (high - low) / 2 == pytest.approx(math.sqrt(35 / 12 * dice))


@few
@given(n=st.integers(1, 50), p=st.floats(0.01, 0.99), rate=st.floats(0.5, 20))
def test_counts_are_scipys(n, p, rate):
    shown = picture(figures.counts).update(n=n, p=p, rate=rate)
    places, heights = bars(shown, "binomial")
    assert_allclose(heights, stats.binom(n, p).pmf(np.round(places)), rtol=1e-9)
    assert heights.sum() == pytest.approx(1)
    k, others = line(shown, "Poisson").T
    assert_allclose(others, stats.poisson(rate).pmf(k), rtol=1e-9)
    k, below = line(shown, "binomial cdf")[1:].T
    assert_allclose(below, stats.binom(n, p).cdf(k), atol=1e-12)


@few
@given(
    shape=st.sampled_from(["normal", "uniform"]),
    mean=st.floats(-2, 2),
    deviation=st.floats(0.3, 2),
    ends=st.tuples(st.floats(-4, 4), st.floats(-4, 4)),
)
def test_the_area_is_the_rise_of_the_cumulative_curve(shape, mean, deviation, ends):
    low, high = sorted(ends)
    shown = picture(figures.densities).update(shape=shape, mean=mean, deviation=deviation, low=low, high=high)
    reach = math.sqrt(3) * deviation
    X = stats.norm(mean, deviation) if shape == "normal" else stats.uniform(mean - reach, 2 * reach)
    bottom, top = line(shown, "rise")[:, 1]
    assert top - bottom == pytest.approx(X.cdf(high) - X.cdf(low), abs=1e-12)
    assert under(outline(shown, "area")[1:-1]) == pytest.approx(top - bottom, abs=0.03)  # a uniform one jumps
    assert number_after("lies an area of", shown.text) == pytest.approx(top - bottom, abs=1e-4)


@few
@given(place=st.tuples(st.floats(0, 1), st.floats(0, 1)), n=st.integers(1, 30))
def test_each_way_to_fall_out_is_as_likely_as_scipy_says(place, n):
    shown = picture(figures.shares).update(place=place, n=n)
    (at,) = line(shown, "p")
    p = np.linalg.solve(np.vstack([CORNERS.T, np.ones(3)]), [*at, 1])
    p = np.clip(p, 0, 1) / np.clip(p, 0, 1).sum()
    offsets, sizes = shown.artist("outcomes").get_offsets(), shown.artist("outcomes").get_sizes()
    assert len(offsets) == (n + 1) * (n + 2) // 2
    height = np.asarray(offsets)[:, 1]
    third = np.round(n * height)
    first = np.round(n * (1 - np.asarray(offsets)[:, 0] - height / 2))
    masses = stats.multinomial(n, p).pmf(np.column_stack([first, n - first - third, third]))
    assert_allclose(sizes / sizes.max(), masses / masses.max(), atol=1e-6)
    rings = shown.update(sample=200).artist("sample")
    assert rings.get_sizes().sum() == pytest.approx(sizes.sum(), rel=1e-6)  # all draws are as many as all chances
    assert {tuple(at) for at in np.round(rings.get_offsets(), 9)} <= {tuple(at) for at in np.round(offsets, 9)}
    for j in range(3):
        k, alone = line(shown, f"count {j + 1}").T
        assert_allclose(alone, stats.binom(n, p[j]).pmf(k), atol=1e-6)


# --- limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", figures.SOURCES)
@pytest.mark.parametrize("n", [1, 5, 25, 100])
def test_means_come_together_like_the_root_of_n_but_cauchys_do_not(source, n):
    shown = picture(figures.central_limit).update(n=n, source=source)
    means = line(shown, "means")[:, 0]
    assert len(means) == 1000
    quarter, three_quarters = np.quantile(means, [0.25, 0.75])
    if source == "Cauchy":
        assert (three_quarters - quarter) / 2 == pytest.approx(1, rel=0.15)  # as far as a single draw's
    else:
        assert means.std() == pytest.approx(1 / math.sqrt(n), rel=0.1)
        assert under(outline(shown, "histogram")[1:-1]) == pytest.approx(1, abs=0.02)


@few
@given(level=st.sampled_from([50, 80, 90, 95, 99]), n=st.integers(3, 50))
def test_of_many_intervals_as_many_miss_as_are_expected(level, n):
    shown, missed = picture(figures.hundred_intervals), 0
    for seed in range(5):
        shown.update(level=level, n=n, seed=seed)
        segments = np.array(shown.artist("intervals").get_segments())
        outside = (segments[:, 0, 1] > 0) | (segments[:, 1, 1] < 0)
        assert len(line(shown, "missed")) == outside.sum()
        missed += outside.sum()
    likely = stats.binom(500, 1 - level / 100).ppf([1e-6, 1 - 1e-6])
    assert likely[0] <= missed <= likely[1]


# --- several features -----------------------------------------------------------------------------


@few
@given(rho=st.floats(-0.95, 0.95), seen=st.floats(-2.5, 2.5))
def test_the_slice_is_the_density_along_the_line_made_to_one(rho, seen):
    shown = picture(figures.gaussian_slice).update(correlation=rho, seen=seen)
    C = np.array([[1, rho], [rho, 1]])
    for k, ring in enumerate(shown.artist("rings").get_segments(), start=1):
        assert_allclose(np.einsum("ij,jk,ik->i", ring, np.linalg.inv(C), ring), k * k, rtol=1e-9)
    heights, up = outline(shown, "slice")[1:-2].T
    along = stats.multivariate_normal([0, 0], C).pdf(np.column_stack([np.full(len(up), seen), up]))
    assert_allclose(heights, along / stats.norm.pdf(seen), rtol=1e-6, atol=1e-12)
    assert_allclose(line(shown, "expected"), [(seen, rho * seen)], atol=1e-12)


def test_each_round_of_em_is_likelier():
    shown = picture(figures.em_steps)
    found = [number_after("the log-likelihood is", shown.update(step=k).text) for k in range(15)]
    assert found == sorted(found)
    assert_allclose(line(shown, "path")[:, 1], found, atol=0.05)
    assert shown.update(step=30).text == shown.update(step=14).text


# --- trees in a row -------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "rate"), [(0, 0.3), (1, 0.3), (6, 1.0), (40, 0.1)])
def test_boosting_shows_what_scikit_learns_trees_say_and_what_they_leave(step, rate):
    shown = picture(figures.boosting_steps).update(step=step, learning_rate=rate)
    radius, malignant, is_new = tumours()
    options = {"learning_rate": rate, "max_depth": 1, "min_samples_leaf": 5}
    theirs = ensemble.GradientBoostingClassifier(n_estimators=40, random_state=0, **options)
    theirs.fit(radius[~is_new], malignant[~is_new])
    stages = [np.full(len(radius), malignant[~is_new].mean())]
    stages += [p[:, 1] for p in theirs.staged_predict_proba(radius)]
    p = stages[step]
    for name, kind in (("benign", 0), ("malignant", 1)):
        chosen = ~is_new & (malignant == kind)
        assert_allclose(
            line(shown, f"missing {name}"), np.column_stack([radius[chosen, 0], kind - p[chosen]]), atol=1e-9
        )
    x, height = line(shown, "predicted").T
    assert_allclose(np.interp(18.6, x, height), stages[step][np.abs(radius[:, 0] - 18.6).argmin()], atol=1e-9)
    assert number_after("the loss is", shown.text) == pytest.approx(log_loss(malignant[~is_new], p[~is_new]), abs=6e-5)
    assert number_after("of tumours not seen", shown.text) == pytest.approx(
        log_loss(malignant[is_new], p[is_new]), abs=6e-5
    )
    right = np.mean((p[is_new] > 0.5) == malignant[is_new])
    assert number_after("of which", shown.text) == pytest.approx(100 * right, abs=0.06)


@pytest.mark.parametrize("depth", [1, 3])
def test_the_next_tree_is_scikit_learns_for_what_is_missing(depth):
    shown = picture(figures.boosting_steps).update(step=4, max_depth=depth)
    missing = np.concatenate([line(shown, f"missing {name}") for name in ("benign", "malignant")])
    theirs = tree.DecisionTreeRegressor(max_depth=depth, min_samples_leaf=5).fit(missing[:, :1], missing[:, 1])
    x, proposed = line(shown, "next tree").T
    clear = np.abs(np.subtract.outer(x, theirs.tree_.threshold)).min(axis=1) > 1e-5  # theirs are in single precision
    assert_allclose(proposed[clear], theirs.predict(x[clear, np.newaxis]), atol=1e-12)


def test_what_boosting_has_learned_by_heart_is_no_help_with_others():
    shown = picture(figures.boosting_steps)
    losses = [
        number_after("of tumours not seen", shown.update(step=k, learning_rate=1.0, max_depth=3).text)
        for k in range(41)
    ]
    assert min(losses) < 0.5 * losses[0]
    assert losses[-1] > 2 * min(losses)


def tumours():
    """Their worst radius, whether they are malignant, and every third, which is not learnt from."""
    cancer = datasets.load_breast_cancer()
    return cancer.data[:, [20]], 1 - cancer.target, np.arange(569) % 3 == 2


# --- a sample, and tests --------------------------------------------------------------------------


@few
@given(x=st.lists(st.integers(0, 20), min_size=7, max_size=7))
@example(x=[20] * 7)
@example(x=list(range(7)))  # no number comes more often than the others
def test_the_beam_balances_and_the_median_has_as_many_on_either_side(x):
    shown = picture(figures.draggable_sample).update(x=[(value, 0) for value in x])
    fulcrum = outline(shown, "mean")[0, 0]
    assert sum(value - fulcrum for value in x) == pytest.approx(0, abs=1e-9)
    middle = line(shown, "median")[0, 0]
    assert sum(value < middle for value in x) <= 3
    assert sum(value > middle for value in x) <= 3
    box = shown.artist("box")
    assert_allclose([box.get_x(), box.get_x() + box.get_width()], np.percentile(x, [25, 75]))
    low, high = line(shown, "deviation")[:, 0]
    assert (high - low) / 2 == pytest.approx(np.std(x, ddof=1))
    most = np.max(np.unique(x, return_counts=True)[1])
    often = {value for value in x if x.count(value) == most}
    assert set(line(shown, "modes")[:, 0]) == (often if len(often) == 1 or len(often) < len(set(x)) else set())


@few
@given(alpha=st.sampled_from([0.001, 0.01, 0.05, 0.1, 0.2]), effect=st.floats(0, 1), n=st.integers(5, 50))
def test_the_areas_are_alpha_beta_and_the_power(alpha, effect, n):
    shown = picture(figures.two_curves).update(alpha=alpha, effect=effect, n=n)
    threshold = line(shown, "threshold")[0, 0]
    assert stats.t(n - 1).sf(threshold) == pytest.approx(alpha)
    power = stats.nct(n - 1, effect * math.sqrt(n)).sf(threshold)
    assert number_after("and the power,", shown.text) == pytest.approx(power, abs=1e-4)
    assert area(outline(shown, "beta")) == pytest.approx(1 - power, abs=0.01)


@few
@given(shift=st.integers(-20, 20), total=st.sampled_from([50, 100, 200, 400]))
def test_the_cells_are_as_large_as_their_counts(shift, total):
    shown = picture(figures.chi_square_cells).update(shift=shift, total=total)
    observed = np.array(
        [float(part) for part in shown.text.split("observed ")[1].split(", expected")[0].split(", ")]
    ).reshape(2, 2)
    assert observed.sum() == total
    heights = np.array([shown.artist(f"cell {k}").get_height() for k in range(4)]).reshape(2, 2)
    assert_allclose(heights, np.maximum(observed / observed.sum(axis=0) - 0.016, 0), atol=1e-9)
    found = stats.chi2_contingency(observed, correction=False)
    assert number_after(" = ", shown.text.split("χ² is")[1]) == pytest.approx(found.statistic, abs=1e-3)
    assert_allclose(line(shown, "expected")[:, 1], found.expected_freq[1, 0] / found.expected_freq[:, 0].sum())


@few
@given(mean=st.floats(-1, 7), deviation=st.floats(0.5, 4))
def test_the_stems_multiplied_are_the_likelihood_and_no_bell_is_likelier_than_the_star(mean, deviation):
    shown = picture(figures.likelihood).update(bell=(mean, deviation))
    stems = np.array(shown.artist("stems").get_segments())
    data = stems[:, 0, 0]
    assert_array_equal(data, [1, 2, 3, 6])
    assert_allclose(stems[:, 1, 1], stats.norm(mean, deviation).pdf(data))
    (star,) = line(shown, "MLE")
    assert_allclose(star, stats.norm.fit(data))
    assert np.sum(np.log(stems[:, 1, 1])) <= stats.norm(*star).logpdf(data).sum() + 1e-12
    (pulled,) = line(shown.update(prior=True), "MAP")
    assert 0 < pulled[0] < star[0]

    def posterior(m, s):
        return stats.norm(m, s).logpdf(data).sum() + stats.norm.logpdf(m)

    assert posterior(mean, deviation) <= posterior(*pulled) + 1e-6


# --- information ----------------------------------------------------------------------------------


@few
@given(place=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_the_bars_together_are_the_entropy(place):
    shown = picture(figures.entropy_triangle).update(place=place)
    tiles = [shown.artist(f"bar {k}") for k in range(3)]
    p = [tile.get_width() for tile in tiles]
    assert sum(p) == pytest.approx(1)
    assert sum(tile.get_width() * tile.get_height() for tile in tiles) == pytest.approx(stats.entropy(p, base=2))
    assert_allclose(line(shown, "entropy")[:, 1], stats.entropy(p, base=2), atol=1e-12)


@few
@given(predicted=st.floats(0.01, 0.99), truth=st.sampled_from([0, 1]))
def test_the_slope_by_the_score_is_the_error(predicted, truth):
    shown = picture(figures.binary_cross_entropy).update(predicted=predicted, truth=truth)
    loss = -math.log(predicted if truth else 1 - predicted)
    assert_allclose(line(shown, "dot by probability"), [(predicted, loss)], rtol=1e-9)
    assert_allclose(line(shown, "dot by score"), [(math.log(predicted / (1 - predicted)), loss)], rtol=1e-9)
    (x0, y0), (x1, y1) = line(shown, "tangent by score")
    assert (y1 - y0) / (x1 - x0) == pytest.approx(predicted - truth, abs=1e-6)


@few
@given(ends=st.tuples(*[st.floats(-1.5, 1.5), st.floats(0.6, 1)] * 2))
def test_the_cost_of_a_wrong_belief_is_an_area_and_depends_on_the_way(ends):
    truth, belief = ends[:2], ends[2:]
    shown = picture(figures.kl_both_ways).update(truth=truth, belief=belief)
    for way, (m, s), (o, r) in [("p to q", truth, belief), ("q to p", belief, truth)]:
        expected = math.log(r / s) + (s * s + (m - o) ** 2) / (2 * r * r) - 0.5
        assert under(outline(shown, way)) == pytest.approx(expected, abs=0.02)


@few
@given(threshold=st.floats(0, 8), feature=st.sampled_from(datasets.load_iris().feature_names))
def test_the_gain_is_the_entropy_less_what_is_left(threshold, feature):
    iris = datasets.load_iris()
    shown = picture(figures.threshold).update(feature=feature, threshold=threshold)
    below = iris.data[:, iris.feature_names.index(feature)] < threshold

    def bits(chosen):
        return stats.entropy(np.bincount(iris.target[chosen], minlength=3), base=2) if chosen.any() else 0

    expected = math.log2(3) - np.mean(below) * bits(below) - np.mean(~below) * bits(~below)
    assert_allclose(line(shown, "here"), [(threshold, expected)], atol=1e-9)
    for heap, chosen in enumerate([np.full(150, True), below, ~below]):
        counts = [shown.artist(f"{name} {heap}").get_height() for name in iris.target_names]
        assert_allclose(counts, np.bincount(iris.target[chosen], minlength=3))

"""The pictures of losses, penalties and constraints tell the truth: what is on them satisfies the theorem."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import optimize
from sklearn import datasets, linear_model, svm

from mathml.figures import budgets, chords, constraints, margins, penalties, polygons, pulls, weights
from mathml.figures.core import Figure
from tests.test_figures_vectors import line, number_after, picture

few = settings(max_examples=12)
PENALTIES = ["L1", "L2", "elastic net"]
PLACES = st.tuples(st.floats(-3, 3), st.floats(-2.4, 2.4))


def spot(shown, name):
    """Where a single dot is."""
    (place,) = line(shown, name)
    return place


# --- losses ---------------------------------------------------------------------------------------


@few
@given(loss=st.sampled_from(["logistic", "hinge", "squared", "exponential"]), margin=st.floats(-2, 3))
@example(loss="hinge", margin=1.0)
def test_a_tangent_has_the_slope_of_the_curve_on_its_side(loss, margin):
    shown = picture(pulls.losses).update(loss=loss, margin=margin)
    x, height = line(shown, loss).T
    before, after = shown.artist("tangents").get_segments()
    for (start, end), side in ((before, -1), (after, 1)):
        slope = (end[1] - start[1]) / (end[0] - start[0])
        near = (side * (x - margin) > 1e-6) & (side * (x - margin) < 0.08)
        near &= (x - 1) * (margin - 1) >= 0  # not beyond the hinge's kink
        if near.sum() > 1 and height[near].max() < 4.5:
            assert slope == pytest.approx(np.polyfit(x[near], height[near], 1)[0], abs=0.15)
    assert (loss == "hinge" and margin == 1) == ("before" in shown.artist("tangents").figure.texts[0].get_text())


def test_nothing_pulls_by_the_zero_one_loss():
    for margin in (-2, 0, 2):
        assert "zero-one 0.00" in picture(pulls.losses).update(loss="zero-one", margin=margin).text


@few
@given(point=st.tuples(st.floats(-2.5, 2.5), st.floats(-4, 6)), delta=st.floats(0.1, 3))
def test_both_lines_are_as_low_as_scipy_finds(point, delta):
    shown = picture(pulls.outlier).update(point=point, delta=delta)
    x, y = np.vstack([line(shown, "data"), spot(shown, "outlier")]).T

    def huber(weights):
        miss = np.abs(weights[0] + weights[1] * x - y)
        return np.sum(np.where(miss <= delta, miss**2 / 2, delta * (miss - delta / 2)))

    for name, loss in (("squared error", lambda w: np.sum((w[0] + w[1] * x - y) ** 2)), ("Huber", huber)):
        (left, low), (right, high) = line(shown, name)
        slope = (high - low) / (right - left)
        found = loss([low - slope * left, slope])
        best = optimize.minimize(loss, [1, 0.6], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10})
        assert found <= best.fun + 1e-6
    residual, pull = np.vstack([line(shown, "pulls Huber"), spot(shown, "pull Huber")]).T
    assert_allclose(pull, np.clip(residual, -delta, delta), atol=1e-9)
    assert pull.sum() == pytest.approx(0, abs=1e-5)  # the pulls hold each other
    assert pull @ x == pytest.approx(0, abs=1e-5)


# --- chords ---------------------------------------------------------------------------------------

CONVEX = {"x²/2", "|x|", "cross-entropy", "hinge"}


@few
@given(name=st.sampled_from(list(chords.CURVES)), left=st.floats(-3, 3), right=st.floats(-3, 3), t=st.floats(0, 1))
def test_a_chord_is_between_its_ends_and_red_only_below_the_curve(name, left, right, t):
    shown = picture(chords.chord).update(f=chords.CURVES[name], left=left, right=right, t=t)
    (a, at_a), (b, at_b) = line(shown, "ends")
    assert_allclose(spot(shown, "on the chord"), [t * a + (1 - t) * b, t * at_a + (1 - t) * at_b], atol=1e-9)
    assert spot(shown, "on the curve")[1] == pytest.approx(float(chords.CURVES[name](x=t * a + (1 - t) * b)))
    x, height = line(shown, "chord").T
    curve = chords.CURVES[name](x=x)
    assert ("not convex" in shown.text) == bool((height < curve - 1e-9).any())
    if name in CONVEX:
        assert "not convex" not in shown.text


@pytest.mark.parametrize("name", sorted(set(chords.CURVES) - CONVEX))
def test_whoever_looks_finds_a_witness_where_there_is_one(name):
    ends = np.linspace(-3, 3, 7)
    told = [
        picture(chords.chord).update(f=chords.CURVES[name], left=a, right=b).text for a in ends for b in ends if a < b
    ]
    assert any("not convex" in text for text in told)


# --- penalties ------------------------------------------------------------------------------------


@few
@given(a=st.floats(-3, 3), strength=st.floats(0, 3), penalty=st.sampled_from(PENALTIES))
def test_the_sum_is_nowhere_lower_than_at_the_weight_that_is_shown(a, strength, penalty):
    shown = picture(penalties.shrink).update(a=a, strength=strength, penalty=penalty)
    best, lowest = spot(shown, "least")
    w, total = line(shown, "sum").T
    share = {"L1": 1, "L2": 0, "elastic net": 0.5}[penalty]
    expected = (w - a) ** 2 / 2 + strength * (share * np.abs(w) + (1 - share) * w**2 / 2)
    assert_allclose(total, expected, atol=1e-9)
    assert lowest <= total.min() + 1e-9
    assert_allclose(spot(shown, "now"), [a, best])
    places, shrunken = line(shown, "map").T
    assert np.abs(places).max() <= abs(a) + 1e-9  # no more than was reached
    assert_allclose(np.interp(a, places, shrunken), best, atol=0.03)
    assert ("exactly 0" in shown.text) == (best == 0)


@pytest.mark.parametrize("penalty", PENALTIES)
@pytest.mark.parametrize("strength", [0.1, 2, 10, 100])
def test_the_weights_are_scikit_learns(penalty, strength):
    shown = picture(weights.regularization_path).update(penalty=penalty, strength=strength)
    X, y = datasets.load_diabetes(return_X_y=True, scaled=False)
    seen = np.arange(len(y)) % 10 == 0
    scaled = (X - X[seen].mean(axis=0)) / X[seen].std(axis=0)
    model = {
        "L2": linear_model.Ridge(alpha=seen.sum() * strength),
        "L1": linear_model.Lasso(alpha=strength, tol=1e-10, max_iter=100_000),
        "elastic net": linear_model.ElasticNet(alpha=strength, l1_ratio=0.5, tol=1e-10, max_iter=100_000),
    }[penalty].fit(scaled[seen], y[seen])
    assert_allclose(line(shown, "weights")[:, 1], model.coef_, atol=1e-3)
    error = math.sqrt(np.mean((model.predict(scaled[~seen]) - y[~seen]) ** 2))
    assert spot(shown, "error")[1] == pytest.approx(error, abs=1e-3)
    assert f"{(model.coef_ == 0).sum()} of 10 weights exactly 0" in shown.text
    for name, weight in zip(datasets.load_diabetes().feature_names, model.coef_, strict=True):
        x, path = line(shown, name).T
        assert np.interp(math.log(strength), np.log(x[::-1]), path[::-1]) == pytest.approx(weight, abs=0.2)


# --- budgets --------------------------------------------------------------------------------------

H = np.array([[1.0, 0.5], [0.5, 1.0]])
SHARES = {"L1": 1, "L2": 0, "elastic net": 0.5}


def cost(w, share):
    return share * np.abs(w).sum(axis=-1) + (1 - share) * (w**2).sum(axis=-1) / 2


@few
@given(optimum=PLACES, penalty=st.sampled_from(PENALTIES), budget=st.floats(0.2, 2.5))
@example(optimum=(2.6, 0.4), penalty="L1", budget=1.0)
def test_what_the_budget_allows_satisfies_the_kkt_conditions(optimum, penalty, budget):
    shown = picture(budgets.diamond_and_circle).update(optimum=optimum, penalty=penalty, budget=budget)
    share = SHARES[penalty]
    w, pull = spot(shown, "best"), H @ (np.array(optimum) - spot(shown, "best"))
    limit = cost(np.array([budget, 0.0]), share)
    assert_allclose(cost(line(shown, "budget"), share), limit, rtol=1e-9)
    assert cost(w, share) <= limit + 1e-7
    if cost(np.array(optimum), share) <= limit:
        assert_allclose(w, optimum, atol=1e-9)
        return
    assert cost(w, share) == pytest.approx(limit, abs=1e-6)
    multiplier = number_after("is", shown.text.partition("There −∇f")[2])
    normal = share * np.sign(w) + (1 - share) * w
    for k in range(2):
        gap = pull[k] - multiplier * normal[k]
        assert abs(gap) <= (multiplier * share if w[k] == 0 else 0) + 0.01
    edge = line(shown, "budget")
    assert (pull @ (edge - w).T <= 1e-6).all()  # no allowed weights lie further downhill


def side(p, a, b):
    """Above zero if p lies to the left of the way from a to b."""
    return float((b - a)[0] * (p - a)[1] - (b - a)[1] * (p - a)[0])


@few
@given(optimum=PLACES, penalty=st.sampled_from(["L1", "elastic net"]), budget=st.floats(0.3, 1.5))
def test_a_weight_is_zero_where_the_shade_says_so(optimum, penalty, budget):
    shown = picture(budgets.diamond_and_circle).update(optimum=optimum, penalty=penalty, budget=budget, zeros=True)
    zones = [path.vertices[:3] for path in shown.artist("zeros").get_paths()]
    sides = [[side(optimum, a, b) for a, b in zip(zone, np.roll(zone, -1, axis=0), strict=True)] for zone in zones]
    if 0 in optimum or min(abs(x) for zone in sides for x in zone) < 1e-6:
        return  # on an edge
    inside = any(min(zone) > 0 or max(zone) < 0 for zone in sides)
    assert inside == bool((spot(shown, "best") == 0).any())
    assert ("exactly 0" in shown.text) == inside


# --- constraints ----------------------------------------------------------------------------------


@few
@given(angle=st.floats(0, 360), name=st.sampled_from(list(constraints.HEIGHTS)))
def test_what_can_be_gained_is_the_part_of_the_gradient_along_the_ellipse(angle, name):
    f = constraints.HEIGHTS[name]
    shown = picture(constraints.constraint).update(angle=angle, f=f)
    p = spot(shown, "now")
    assert (p[0] / 2) ** 2 + (p[1] / 1.25) ** 2 == pytest.approx(1)
    rise, across, along = (shown.artist(part).tip - p for part in ("∇f", "∇g", "along"))
    assert along @ across == pytest.approx(0, abs=1e-6)
    assert (rise - along) @ along == pytest.approx(0, abs=1e-6)
    angles, heights = line(shown, "way").T
    assert angles.max() == pytest.approx(angle)
    assert heights[-1] == pytest.approx(float(f(x=p[0], y=p[1])))


@pytest.mark.parametrize("name", constraints.HEIGHTS)
def test_at_each_stationary_place_the_gradients_line_up(name):
    stars = []
    for angle in range(0, 361):
        shown = picture(constraints.constraint).update(angle=angle, f=constraints.HEIGHTS[name])
        stars += [place.tolist() for place in line(shown, "stationary")]
        if "λ =" in shown.text:
            multiplier = number_after("λ =", shown.text)
            p = spot(shown, "now")
            rise, across = (shown.artist(part).tip - p for part in ("∇f", "∇g"))
            assert_allclose(rise, multiplier * across, atol=0.12)
    several = np.unique(np.round(stars, 3), axis=0)
    angles = np.radians(np.arange(0, 360, 0.25))
    heights = constraints.HEIGHTS[name](x=2 * np.cos(angles), y=1.25 * np.sin(angles))
    turns = np.sign(heights - np.roll(heights, 1)) != np.sign(np.roll(heights, -1) - heights)
    assert len(several) >= turns.sum() // 2 >= 1


@few
@given(target=st.tuples(st.floats(-3.5, 3.5), st.floats(-2.8, 2.8)))
@example(target=(-3.0, 2.6))
@example(target=(0.2, 0.1))
def test_the_nearest_point_of_the_polygon_satisfies_the_kkt_conditions(target):
    shown = picture(polygons.kkt).update(target=target)
    x = spot(shown, "nearest")
    corners = shown.artist("allowed").get_xy()[:-1]
    edges = np.roll(corners, -1, axis=0) - corners
    crossed = edges[:, 0] * (x - corners)[:, 1] - edges[:, 1] * (x - corners)[:, 0]
    assert (crossed >= -1e-7).all()  # x is inside: the corners go round to the left
    assert ((corners - x) @ (np.array(target) - x) <= 1e-7).all()  # and nothing inside is nearer
    pushes = [shown.artist(f"push {k}") for k in range(1, 6)]
    assert_allclose(sum(arrow.tip - arrow.tail for arrow in pushes), np.array(target) - x, atol=1e-7)


# --- margins --------------------------------------------------------------------------------------


@few
@given(moved=st.tuples(PLACES, PLACES, PLACES), C=st.sampled_from([0.1, 1, 10]))
def test_the_street_is_the_one_that_libsvm_finds(moved, C):
    shown = picture(margins.margin).update(moved=np.array(moved), C=C)
    blue, orange = line(shown, "blue"), line(shown, "orange")
    X, y = np.vstack([blue, orange]), np.repeat([1, -1], [len(blue), len(orange)])
    other = svm.SVC(kernel="linear", C=C, tol=1e-6).fit(X, y)
    (x0, y0), (x1, y1) = line(shown, "line")
    for place in ((x0, y0), (x1, y1)):
        assert other.decision_function([place])[0] == pytest.approx(0, abs=0.02 * (1 + np.abs(place).max()))
    width = number_after("width 2/‖w‖ =", shown.text)
    assert width == pytest.approx(2 / np.linalg.norm(other.coef_), rel=0.02)


def test_the_first_that_can_be_dragged_are_one_blue_and_two_orange():
    start = margins.margin().parameters["moved"]
    shown = margins.margin()
    assert np.isclose(line(shown, "blue"), start[0]).all(axis=1).any()
    assert all(np.isclose(line(shown, "orange"), at).all(axis=1).any() for at in start[1:])


@pytest.mark.parametrize(("gamma", "C"), [(0.05, 1), (0.5, 1), (5, 100), (30, 10)])
def test_the_bent_line_is_where_libsvm_decides(gamma, C):
    shown = picture(margins.kernel_margin).update(gamma=gamma, C=C)
    blue, orange = line(shown, "blue"), line(shown, "orange")
    X, y = np.vstack([blue, orange]), np.repeat([1, -1], [len(blue), len(orange)])
    other = svm.SVC(kernel="rbf", gamma=gamma, C=C, tol=1e-6).fit(X, y)
    on_it = np.vstack(shown.artist("line").get_segments())
    assert np.abs(other.decision_function(on_it)).max() < 0.1
    assert number_after("Right:", shown.text) == (other.predict(X) == y).sum()


def test_the_narrower_the_bell_the_more_is_memorised_and_the_less_is_learned():
    said = [picture(margins.kernel_margin).update(gamma=gamma, C=10).text for gamma in (0.5, 30)]
    seen, new = ([number_after(word, text) for text in said] for word in ("Right:", "seen,"))
    assert seen[1] == 40 >= seen[0]
    assert new[1] < new[0]


@pytest.mark.parametrize(
    "draw",
    [
        pulls.losses, pulls.outlier, chords.chord, penalties.shrink, weights.regularization_path,
        budgets.diamond_and_circle, constraints.constraint, polygons.kkt, margins.margin, margins.kernel_margin,
    ],
)  # fmt: skip
def test_is_no_wider_than_the_page(draw):
    shown = draw()
    assert isinstance(shown, Figure)
    assert shown.figure.get_figwidth() <= 9.4

"""The pictures of descents in lesson 5 tell the truth: what is on them satisfies the theorem, at any setting."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.text import Text
from numpy.testing import assert_allclose
from sklearn import datasets, linear_model

from mathml import optimization
from mathml.figures import optimization as figures
from mathml.figures.races import BEST_RATES
from tests.test_figures_vectors import line, number_after, picture

few = settings(max_examples=10)
PLACES = st.tuples(st.floats(-4.4, 4.4), st.floats(-2.8, 2.8))
BENDS = np.array([1.0, 10.0])  # of the bowl


def spot(shown, name):
    """Where a single dot is."""
    (place,) = line(shown, name)
    return place


# --- every picture, at the ends of its controls ---------------------------------------------------

CORNERS = [(-4.4, 2.8), (4.4, -2.8), (0, 0)]
ENDS = [
    *((figures.bowl, {"rate": rate, "start": start}) for rate in (0.05, 2, 2.2) for start in CORNERS),
    *((figures.scaled, {"factor": factor}) for factor in (1, 1.5, 5.5, 30)),
    *((figures.batch_size, {"size": size, "rate": rate}) for size in (1, 128) for rate in (0.02, 0.4)),
    *((figures.schedule, {"plan": plan, "length": n}) for plan in figures.PLANS for n in (20, 400)),
    *((figures.schedule, {"rate": rate}) for rate in (0.05, 1.5)),
    *((figures.momentum_map, {"choice": choice}) for choice in itertools.product((0.05, 2, 4), (0, 0.5, 0.99))),
    *((figures.race, {"surface": surface, "steps": steps}) for surface in figures.GROUNDS for steps in (1, 200)),
    *((figures.line_search, {"start": start}) for start in [(1, 1), (-1.8, -0.6), (1.8, 2), (0, 0)]),
    *((figures.line_search, {"first": a, "shrink": b, "enough": 0.9}) for a in (0.1, 3) for b in (0.1, 0.9)),
    *((figures.line_search, {"first": a, "enough": 0.001}) for a in (0.1, 3)),
    *((figures.quasi_newton, {"steps": steps, "start": (x, 2.4)}) for steps in (0, 8) for x in (-3.8, 0, 3.8)),
    (figures.quasi_newton, {"steps": 8, "start": (0, 0)}),
]


@pytest.mark.parametrize(("draw", "setting"), ENDS, ids=lambda part: getattr(part, "__name__", str(part)))
@pytest.mark.filterwarnings("error")
def test_no_words_are_cut_off_at_the_ends_of_the_controls_and_nothing_is_warned_of(draw, setting):
    shown = draw().update(**setting)
    shown.canvas.draw()
    left, bottom, right, top = shown.figure.bbox.extents
    for text in shown.figure.findobj(Text):
        if text.get_visible() and text.get_text() and (text.axes is None or text.axes.axison):
            box = text.get_window_extent()
            assert left <= box.x0 <= box.x1 <= right, text
            assert bottom <= box.y0 <= box.y1 <= top, text
    assert "nan" not in shown.text


# --- the learning rate ----------------------------------------------------------------------------


@few
@given(rate=st.floats(0.05, 2.2), start=PLACES)
def test_each_step_multiplies_each_coordinate_by_one_less_rate_times_curvature(rate, start):
    shown = picture(figures.bowl).update(rate=rate, start=start)
    path = line(shown, "path")
    assert len(path) == 31 or not np.any(start)
    assert_allclose(path, start * (1 - rate / 10 * BENDS) ** np.arange(len(path))[:, np.newaxis], atol=1e-9)
    heights = line(shown, "heights")[:, 1]
    assert_allclose(heights, np.maximum(path**2 @ BENDS / 2, 1e-6), rtol=1e-6, atol=1e-12)
    apart = [line(shown, f"height from {name}")[:, 1] for name in ("x", "y")]
    assert_allclose(sum(apart), heights, atol=2e-6, rtol=1e-9)


@pytest.mark.parametrize(
    ("rate", "words"), [(0.5, "glides"), (1.5, "zigzags"), (2, "swings for ever"), (2.1, "diverges")]
)
def test_the_words_say_what_the_rate_does(rate, words):
    shown = picture(figures.bowl).update(rate=rate, start=(-4.0, 1.2))
    heights = line(shown, "heights")[:, 1]
    assert words in shown.text
    assert (heights[-1] < heights[0]) == (rate <= 2)


def test_a_descent_that_climbs_looks_like_one():
    class Climb(optimization.GradientDescent):
        def step(self, x, gradient):
            return super().step(x, -gradient)

    heights = line(figures.bowl(GradientDescent=Climb), "heights")[:, 1]
    assert np.all(np.diff(heights) > 0)


@few
@given(factor=st.floats(1, 30))
@example(factor=1)
def test_so_many_steps_lead_to_a_millionth_and_not_one_less(factor):
    shown = picture(figures.scaled).update(factor=factor)
    needed, goal = spot(shown, "arrived")
    curvatures = np.array([1, factor**2])
    kept = np.abs(1 - 2 / curvatures.sum() * curvatures)
    start = np.array([-2, -2 / factor])

    def part(steps):
        return (start * kept**steps) ** 2 @ curvatures / (start**2 @ curvatures)

    assert goal == 1e-6
    assert part(needed) <= 1e-6 * (1 + 1e-6) < part(needed - 1)
    assert_allclose(line(shown, "path")[0], start)
    for height in (0.2, 7):
        assert_allclose(line(shown, f"level {height:g}") ** 2 @ curvatures / 2, height)


# --- mini-batches and schedules -------------------------------------------------------------------


def patients():
    data, progression = datasets.load_diabetes(return_X_y=True, scaled=False)
    x = data[:128, 2]
    return (x - x.mean()) / x.std(), progression[:128] / 100


def test_the_star_is_the_line_of_least_squares_and_losses_are_above_its_own():
    shown = picture(figures.batch_size)
    x, y = patients()
    fitted = linear_model.LinearRegression().fit(x[:, np.newaxis], y)
    assert_allclose(spot(shown, "lowest"), [fitted.coef_[0], fitted.intercept_], rtol=1e-9)
    lowest = np.mean((y - fitted.predict(x[:, np.newaxis])) ** 2)
    for size in (1, 16, 128):
        shown.update(size=size, rate=0.1)
        seen, above = line(shown, "losses").T
        losses = np.array([np.mean((y - w * x - b) ** 2) for w, b in line(shown, "path")])
        assert_allclose(above, np.maximum(losses - lowest, 1e-5), atol=1e-9)
        assert_allclose(seen, np.arange(len(seen)) * size)
        assert seen[-1] == 384


def test_all_examples_in_one_batch_are_gradient_descent():
    shown = picture(figures.batch_size).update(size=128, rate=0.2, seed=3)
    way = line(shown, "path") - spot(shown, "lowest")
    assert_allclose(way, way[0] * 0.6 ** np.arange(4)[:, np.newaxis], atol=1e-9)  # x is standardised: curvature 2
    assert_allclose(line(shown, "kicks") - spot(shown, "lowest"), 0, atol=1e-12)


def test_the_noise_shrinks_like_the_root_of_the_size():
    shown = picture(figures.batch_size)
    for size in (1, 4, 16, 64):
        found = []
        for seed in range(1, 6):
            shown.update(size=size, rate=0.1, seed=seed)
            kicks = line(shown, "kicks") - spot(shown, "lowest")
            spread = math.sqrt(np.mean(np.sum(kicks**2, axis=1)))
            ring = line(shown, "ring") - spot(shown, "lowest")
            assert_allclose(np.hypot(*ring.T), spread)
            assert number_after("misses it by", shown.text) == pytest.approx(spread, rel=0.06)
            found.append(spread)
        x, y = patients()
        w, b = spot(shown, "lowest")
        pulls = 2 * (w * x + b - y)[:, np.newaxis] * np.column_stack([x, np.ones(128)])
        expected = 0.1 * math.sqrt(np.mean(np.sum(pulls**2, axis=1)) / size * (128 - size) / 127)  # without replacement
        assert np.mean(found) == pytest.approx(expected, rel=0.15)


@few
@given(plan=st.sampled_from(figures.PLANS), length=st.integers(20, 400), rate=st.floats(0.05, 1.5))
def test_the_plan_is_the_one_that_its_name_says(plan, length, rate):
    shown = picture(figures.schedule).update(plan=plan, length=length, rate=rate)
    t = np.arange(length)
    wave = (1 + np.cos(np.pi * t / length)) / 2
    part = {
        "constant": np.ones(length),
        "stairs": 0.3 ** (t // (length // 4)),
        "exponential": 0.01 ** (t / length),
        "cosine": wave,
        "warm-up and cosine": wave * np.minimum(1, (t + 1) / (length // 10)),
        "1/t": 1 / (1 + 20 * t / length),
    }[plan]
    assert_allclose(line(shown, "rates")[:-1], np.column_stack([t, rate * part]), rtol=1e-9)
    assert len(line(shown, "mean height")) == length + 1


def test_at_a_constant_rate_noise_stays_and_a_rate_that_falls_takes_it_away():
    shown = picture(figures.schedule)
    ends = {}
    for plan in figures.PLANS:
        ends[plan] = line(shown.update(plan=plan, length=300, rate=1.0), "mean height")[-50:, 1].mean()
    expected = sum(0.1 * 2.0**2 / (2 * (2 - 0.1 * bend)) for bend in BENDS)  # the variance that a step keeps
    assert ends.pop("constant") == pytest.approx(expected, rel=0.1)
    assert max(ends.values()) < expected / 5


def test_a_schedule_that_is_not_kept_looks_like_a_constant_one():
    class Forgetful(optimization.Scheduled):
        def __init__(self, optimizer, schedule):
            super().__init__(optimizer, lambda t: schedule(0))

    broken = line(figures.schedule(Scheduled=Forgetful).update(plan="cosine"), "mean height")
    assert_allclose(
        broken, line(picture(figures.schedule).update(plan="constant", length=100, rate=1.0), "mean height")
    )


# --- momentum -------------------------------------------------------------------------------------


@few
@given(rate=st.floats(0.05, 4), momentum=st.floats(0, 0.99))
def test_the_radius_is_the_largest_eigenvalue_in_size(rate, momentum):
    shown = picture(figures.momentum_map).update(choice=(rate, momentum))
    radii = []
    for bend in (1, 100):
        eta = rate / 100
        radii.append(np.abs(np.linalg.eigvals([[1 - eta * bend, -eta * momentum], [bend, momentum]])).max())
    assert number_after("counts, ρ =", shown.text) == pytest.approx(max(radii), abs=6e-4)
    assert ("diverges" in shown.text) == (rate > 2 * (1 + momentum))
    law = line(shown, "law")[:, 1]
    inside = (law > 1e-7) & (law < 1e2)
    assert_allclose(law[inside], (law[0] * max(radii) ** np.arange(81))[inside], rtol=1e-3)


@pytest.mark.parametrize("choice", [(0.5, 0.2), (1.5, 0.4), (2.5, 0.8)])
def test_the_ball_comes_down_as_quickly_as_the_radius_says(choice):
    shown = picture(figures.momentum_map).update(choice=choice)
    distances = line(shown, "distances")[:, 1]
    slope = np.polyfit(np.arange(30, 81), np.log(distances[30:]), 1)[0]
    assert slope == pytest.approx(math.log(number_after("counts, ρ =", shown.text)), rel=0.15)


def test_the_edge_is_where_the_radius_is_one_and_the_start_is_far_from_the_best():
    shown = figures.momentum_map()
    rates, momenta = line(shown, "edge").T
    assert_allclose(optimization.momentum_radius(rates / 100, momenta, 100), 1, atol=1e-7)
    assert number_after("counts, ρ =", shown.text) > 0.98
    best = optimization.best_momentum(1, 100)
    found = shown.update(choice=(best.learning_rate * 100, best.momentum))
    assert number_after("counts, ρ =", found.text) == pytest.approx(9 / 11, abs=1e-3)


# --- the race -------------------------------------------------------------------------------------

RACERS = {
    "gradient descent": optimization.GradientDescent,
    "momentum": optimization.Momentum,
    "Nesterov": optimization.Nesterov,
    "AdaGrad": optimization.AdaGrad,
    "RMSProp": lambda rate: optimization.RMSProp(rate, decay=0.9),
    "Adam": optimization.Adam,
}
RATES = [float(f"{digits}e{power}") for power in range(-4, 0) for digits in (1, 1.5, 2, 3, 5, 7)] + [1.0]


def how_good(make, rate, surface):
    """How high a run ends, and since which step it is as low as that; nothing if it leaves."""
    run = optimization.minimize(surface.f, surface.start, make(rate), surface.gradient, steps=200, tol=0)
    if len(run.values) < 201:
        return math.inf, 0
    above = np.maximum(run.values - surface.lowest, 1e-6)
    higher = np.flatnonzero(above > above[-1] + 1e-6)
    return round(above[-1], 6), int(higher[-1]) + 1 if len(higher) else 0


@pytest.mark.parametrize("ground", figures.GROUNDS)
def test_each_racer_has_the_rate_that_is_best_for_it(ground):
    surface, _, _ = figures.GROUNDS[ground]
    for (name, make), rate in zip(RACERS.items(), BEST_RATES[ground], strict=True):
        assert rate in RATES
        assert min(RATES, key=lambda other: how_good(make, other, surface)) == rate, name


@few
@given(ground=st.sampled_from(list(figures.GROUNDS)), steps=st.integers(0, 200))
def test_every_racer_is_as_high_as_the_place_where_it_is(ground, steps):
    shown = picture(figures.race).update(surface=ground, steps=steps)
    surface, middle, half = figures.GROUNDS[ground]
    for name in RACERS:
        place = spot(shown, name) * half + middle
        step, height = spot(shown, f"{name} height")
        assert step == steps
        if np.abs(place).max() < 100:
            assert height == pytest.approx(max(surface.f(place) - surface.lowest, 1e-8), rel=1e-6, abs=1e-9)
        assert len(line(shown, f"{name} path")) == steps + 1


def test_a_turned_ravine_is_the_same_ground_for_those_who_do_not_look_at_single_coordinates():
    shown = picture(figures.race)

    def after(ground, name):
        return line(shown.update(surface=ground, steps=100), f"{name} heights")[:, 1]

    assert_allclose(after("tilted ravine", "gradient descent"), after("ravine", "gradient descent"), rtol=1e-6)
    assert after("tilted ravine", "AdaGrad")[-1] > 1e4 * after("ravine", "AdaGrad")[-1]


@pytest.mark.parametrize("ground", figures.GROUNDS)
@pytest.mark.parametrize("steps", [0, 7, 60, 200])
def test_the_names_of_the_racers_do_not_cover_each_other(ground, steps):
    shown = picture(figures.race).update(surface=ground, steps=steps)
    shown.canvas.draw()
    heights = shown.artist("Adam height").axes
    boxes = [text.get_window_extent() for text in heights.texts]
    assert {text.get_text() for text in heights.texts} == set(RACERS)
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_an_optimiser_that_never_moves_stays_at_the_start():
    class Asleep(optimization.Adam):
        def step(self, x, gradient):
            return np.asarray(x)

    shown = figures.race(Adam=Asleep).update(steps=150)
    assert len(np.unique(line(shown, "Adam heights")[:, 1])) == 1
    assert line(shown, "momentum heights")[-1, 1] < 1e-4


# --- steps that look at the ground ----------------------------------------------------------------


@few
@given(
    start=st.tuples(st.floats(-1.8, 1.8), st.floats(-0.6, 2)),
    first=st.floats(0.1, 3),
    shrink=st.floats(0.1, 0.9),
    enough=st.floats(0.001, 0.9),
)
def test_the_step_that_is_taken_is_the_first_that_is_worth_its_length(start, first, shrink, enough):
    shown = picture(figures.line_search).update(start=start, first=first, shrink=shrink, enough=enough)
    f, gradient = optimization.ROSENBROCK.f, optimization.ROSENBROCK.gradient
    x, slope = np.array(start), gradient(np.array(start))
    steepness = np.hypot(*slope)
    rates = [*line(shown, "too long")[:, 0], spot(shown, "taken")[0]]
    assert_allclose(rates, first * shrink ** np.arange(len(rates)))
    worth = [f(x - rate * slope / steepness) <= f(x) - enough * rate * steepness for rate in rates]
    assert not any(worth[:-1])
    assert worth[-1]
    green = shown.artist("worth").get_segments()
    for along, height in line(shown, "profile"):
        below = height <= 1 - enough * along * steepness / f(x)
        assert not any(a < along < b for (a, _), (b, _) in green) or below


def test_the_search_starts_where_several_lengths_are_too_long():
    assert len(line(figures.line_search(), "too long")) > 1


def curvature_of(shown, name, at):
    """The matrix M with (p − x)ᵀ M (p − x) = 0.4 for all p on an ellipse."""
    d = line(shown, name) - at
    quadratic = np.column_stack([d[:, 0] ** 2, 2 * d[:, 0] * d[:, 1], d[:, 1] ** 2])
    a, b, c = np.linalg.lstsq(quadratic, np.full(len(d), 0.4), rcond=None)[0]
    return np.array([[a, b], [b, c]])


@few
@given(steps=st.integers(1, 4), start=st.tuples(st.floats(-3.8, 3.8), st.floats(-2.4, 2.4)))
def test_bfgs_has_learned_the_curvature_along_its_last_step(steps, start):
    H = np.array([(0.975, -1.169), (-1.169, 2.325)])
    shown = picture(figures.quasi_newton).update(steps=steps, start=start)
    path = line(shown, "BFGS")
    at, moved = path[-1], path[-1] - path[-2]
    assert_allclose(curvature_of(shown, "true", at), H, rtol=1e-6)
    if np.hypot(*moved) > 1e-3:
        believed = curvature_of(shown, "believed", at)
        assert_allclose(believed @ moved, H @ moved, rtol=1e-4, atol=1e-6)
        assert_allclose(believed @ (shown.artist("aim").tip - at), -H @ at, rtol=1e-4, atol=1e-6)


def test_in_the_end_bfgs_knows_the_bowl_and_is_far_below_gradient_descent():
    shown = picture(figures.quasi_newton).update(steps=8, start=(-3.2, -0.6))
    believed = curvature_of(shown, "believed", spot(shown, "now"))
    assert_allclose(np.linalg.eigvalsh(believed), [0.3, 3], rtol=0.1)
    assert line(shown, "BFGS heights")[-1, 1] < 1e-6 * line(shown, "gradient descent heights")[-1, 1]

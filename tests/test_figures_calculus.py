"""The pictures of lesson 3 tell the truth: at any setting, the numbers on the artists satisfy the theorem."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from matplotlib.path import Path
from numpy.testing import assert_allclose, assert_array_less

from mathml import autodiff, calculus, optimization
from mathml.figures import calculus as figures
from tests.test_figures_matrices import segments
from tests.test_figures_vectors import line, number_after, picture

few = settings(max_examples=8)
places = st.floats(-1.4, 1.4).map(lambda x: round(x, 2))
points = st.tuples(places, places)
degrees = st.integers(0, 359)

SLOPES = {
    "sin x": np.cos,
    "x²": lambda x: 2 * x,
    "x³ − x": lambda x: 3 * x**2 - 1,
    "eˣ": np.exp,
    "1/(1 + x²)": lambda x: -2 * x / (1 + x**2) ** 2,
    "√(1 + x²)": lambda x: x / np.sqrt(1 + x**2),
}
functions = st.sampled_from(list(SLOPES))


def slope_of(points):
    (x1, y1), (x2, y2) = points[[0, -1]]
    return (y2 - y1) / (x2 - x1)


def dot(shown, name):
    """Where the one dot of an artist is."""
    (place,) = line(shown, name)
    return place


def result_of(shown):
    """The number after the last "=" of the line above the picture."""
    return float(shown.figure.texts[0].get_text().rpartition("=")[2].replace("−", "-"))


# --- slopes ---------------------------------------------------------------------------------------


@few
@given(name=functions, x=places, h=st.sampled_from([1.0, 0.3, 0.01]))
def test_the_secant_passes_through_both_ends_and_the_tangent_has_the_slope_of_f(name, x, h):
    f = figures.FUNCTIONS[name]
    shown = picture(figures.secant).update(f=f, x=x, h=h)
    assert_allclose(line(shown, "ends"), [(x, f(x)), (x + h, f(x + h))])
    for name_of_line, at in (("secant", x), ("secant", x + h), ("tangent", x)):
        straight = line(shown, name_of_line)
        assert straight[0, 1] + slope_of(straight) * (at - straight[0, 0]) == pytest.approx(f(at), abs=1e-9)
    assert slope_of(line(shown, "secant")) == pytest.approx((f(x + h) - f(x)) / h, abs=1e-9)
    assert slope_of(line(shown, "tangent")) == pytest.approx(SLOPES[name](x), abs=1e-9)


@pytest.mark.parametrize("name", ["sin x", "eˣ", "x³ − x"])
def test_the_errors_fall_with_h_or_its_square_and_rise_with_its_inverse(name):
    shown = picture(figures.secant).update(f=figures.FUNCTIONS[name], x=0.7)
    errors = {method: line(shown, method) for method in ("forward", "central", "complex")}

    def order(method, low, high):
        h, error = errors[method][(errors[method][:, 0] > low) & (errors[method][:, 0] < high)].T
        return np.polyfit(np.log(h), np.log(error), 1)[0]

    assert order("forward", 1e-6, 0.1) == pytest.approx(1, abs=0.1)
    assert order("central", 1e-4, 0.2) == pytest.approx(2, abs=0.1)
    assert order("complex", 1e-4, 0.2) == pytest.approx(2, abs=0.1)
    assert order("forward", 1e-15, 1e-9) == pytest.approx(-1, abs=0.35)
    assert order("central", 1e-15, 1e-7) == pytest.approx(-1, abs=0.35)
    assert_array_less(errors["complex"][errors["complex"][:, 0] < 1e-8, 1], 1e-15)


@few
@given(h=st.sampled_from([1.0, 1e-3, 1e-8, 1e-15]))
def test_the_dots_stand_at_the_present_h(h):
    shown = picture(figures.secant).update(f=figures.FUNCTIONS["sin x"], x=0.5, h=h)
    dots = line(shown, "errors")
    assert_allclose(dots[:, 0], h)
    steepness = slope_of(line(shown, "secant"))
    assert abs(steepness - math.cos(0.5)) == pytest.approx(dots[1, 1], rel=1e-3, abs=1e-9)
    assert number_after("slope", shown.text.replace(",", " ")) == pytest.approx(steepness, abs=1e-4)


def test_a_derivative_that_forgets_to_divide_looks_broken():
    def undivided(f, x, method="central", h=1.0):
        return f(x + h) - f(x) if method != "complex" else f(x + 1j * h).imag

    shown = figures.secant(derivative=undivided).update(h=0.1)
    assert slope_of(line(shown, "secant")) < 0.1
    assert_array_less(0.01, line(shown, "central")[:, 1])


@few
@given(name=functions, at=places, degree=st.integers(0, 6))
def test_the_polynomial_leaves_f_no_faster_than_the_first_power_that_it_lacks(name, at, degree):
    f = figures.FUNCTIONS[name]
    shown = picture(figures.taylor).update(f=f, at=at, degree=degree)
    x, p = line(shown, "polynomial").T
    error = np.abs(f(x=x) - p)
    assert_allclose(line(shown, "error")[:, 1], np.maximum(error, 1e-10), rtol=1e-9)
    near = np.abs(x - at) < 0.3
    assert_array_less(error[near], 8 * np.abs(x[near] - at) ** (degree + 1) + 1e-12)
    assert_allclose(np.diff(p, degree + 1), 0, atol=1e-6 * max(1, np.abs(p).max()))  # of this degree, and no higher
    assert_allclose(dot(shown, "at"), (at, f(at)))


@few
@given(name=functions, at=places, degree=st.integers(1, 6))
def test_the_bar_of_a_taylor_polynomial_covers_where_it_is_within_a_hundredth(name, at, degree):
    shown = picture(figures.taylor).update(f=figures.FUNCTIONS[name], at=at, degree=degree)
    (near, _), (far, _) = line(shown, "within")
    x, error = line(shown, "error").T
    assert near <= at <= far
    assert_array_less(error[(x > near + 1e-9) & (x < far - 1e-9)], 0.01 + 1e-12)


def test_coefficients_without_the_factorial_look_broken():
    factorials = [math.factorial(k) for k in range(4)]
    shown = figures.taylor(taylor=lambda f, at, degree: calculus.taylor(f, at, degree) * factorials)
    assert number_after("off by", shown.text) > 0.5


# --- the rules ------------------------------------------------------------------------------------

SIDES = {
    "x": (lambda x: x, lambda x: 1),
    "x + 1": (lambda x: x + 1, lambda x: 1),
    "x²/2": (lambda x: x**2 / 2, lambda x: x),
    "√x": (np.sqrt, lambda x: 1 / (2 * np.sqrt(x))),
    "eˣ/5": (lambda x: np.exp(x) / 5, lambda x: np.exp(x) / 5),
}
sides = st.sampled_from(list(SIDES))


def size(shown, name):
    rectangle = shown.artist(name)
    return rectangle.get_width(), rectangle.get_height()


@few
@given(u=sides, v=sides, x=st.floats(0.5, 2), dx=st.floats(0.001, 1))
def test_two_strips_and_a_corner_fill_what_the_product_grows_by(u, v, x, dx):
    shown = picture(figures.product_rule).update(u=figures.SIDES[u], v=figures.SIDES[v], x=x, dx=dx)
    (of_u, slope_u), (of_v, slope_v) = SIDES[u], SIDES[v]
    areas = [math.prod(size(shown, name)) for name in ("v du", "u dv", "du dv")]
    growth = of_u(x + dx) * of_v(x + dx) - of_u(x) * of_v(x)
    assert_allclose(size(shown, "u v"), (of_u(x), of_v(x)))
    assert sum(areas) == pytest.approx(growth)
    rule = slope_u(x) * of_v(x) + of_u(x) * slope_v(x)
    shares = [size(shown, f"{name} rate")[1] for name in ("v du", "u dv", "du dv")]
    assert_allclose(np.array(shares) * rule * dx, areas)
    assert number_after("u v′  =", shown.text.replace(",", " ")) == pytest.approx(rule, abs=6e-4)


def test_the_corner_vanishes_faster_than_the_strips():
    shown = picture(figures.product_rule)
    heights = []
    for dx in (0.1, 0.01, 0.001):
        shown.update(u=figures.SIDES["x"], v=figures.SIDES["x"], x=1.5, dx=dx)
        heights.append([size(shown, f"{name} rate")[1] for name in ("v du", "u dv", "du dv")])
    assert_allclose(np.array(heights)[:, :2], 0.5)  # (x²)′ is the two strips
    assert_allclose(np.array(heights)[:, 2] * [10, 100, 1000], 1 / 3)


def test_the_product_of_the_derivatives_is_no_product_rule():
    wrong = figures.product_rule(differentiate=lambda f, x: calculus.differentiate(f, x) ** 2)
    tops = [size(wrong.update(dx=0.001), f"{name} rate")[1] for name in ("v du", "u dv", "du dv")]
    assert abs(sum(tops) - 1) > 0.1  # the bar misses the line


@few
@given(x=st.floats(-1.6, 1.6), dx=st.floats(0.01, 0.4))
def test_a_step_is_carried_through_the_chain_and_its_slopes_multiply(x, dx):
    shown = picture(figures.chain_of_rates).update(x=x, dx=dx)
    steps = segments(shown, "steps")[:, :, 0]
    for column, start in enumerate((x, x + dx)):
        u = start**2
        assert_allclose(steps[:, column], (start, u, math.sin(u), math.exp(math.sin(u))), atol=1e-12)
    assert_allclose(line(shown, "values")[:, 0], steps[:, 0])
    slope = 2 * x * math.cos(x**2) * math.exp(math.sin(x**2))
    assert result_of(shown) == pytest.approx(slope, abs=6e-4)


def test_a_short_step_is_stretched_by_the_product():
    shown = picture(figures.chain_of_rates).update(x=0.8, dx=1e-5)
    steps = segments(shown, "steps")[:, :, 0]
    slopes = np.diff(steps)[1:, 0] / np.diff(steps)[:-1, 0]
    assert_allclose(slopes, (1.6, math.cos(0.64), math.exp(math.sin(0.64))), rtol=1e-4)


# --- functions of two variables -------------------------------------------------------------------

GRADIENTS = {
    "a valley": lambda x, y: (x - y / 2, 2 * y - x / 2),
    "a bowl": lambda x, y: (x, y),
    "a saddle": lambda x, y: (x, -y),
    "hills": lambda x, y: (3 * np.cos(x) * np.cos(y), -3 * np.sin(x) * np.sin(y)),
    "a slope": lambda x, y: (2, -1),
}
HESSIANS = {
    "a valley": lambda x, y: [(1, -0.5), (-0.5, 2)],
    "a saddle": lambda x, y: [(1, 0), (0, -1)],
    "hills": lambda x, y: (
        -3 * np.array([(np.sin(x) * np.cos(y), np.cos(x) * np.sin(y)), (np.cos(x) * np.sin(y), np.sin(x) * np.cos(y))])
    ),
}


@few
@given(name=st.sampled_from(list(GRADIENTS)), point=points, angle=degrees)
def test_the_gradient_stands_on_the_level_curve(name, point, angle):
    shown = picture(figures.level_curves).update(f=figures.SURFACES[name], point=point, angle=angle)
    arrow = shown.artist("gradient")
    rise = arrow.tip - arrow.tail
    assert_allclose(rise, GRADIENTS[name](*point), atol=1e-7)
    assume(math.hypot(*rise) > 0.3)
    curve = np.vstack(shown.artist("level curve").get_segments())
    from_here = curve - point
    apart = np.hypot(*from_here.T)
    assert apart.min() < 0.05  # it passes through the point
    close = (apart > 0.01) & (apart < 0.12)
    assert_array_less(np.abs(from_here[close] @ rise) / apart[close] / math.hypot(*rise), 0.35)


@few
@given(name=st.sampled_from(list(GRADIENTS)), point=points, angle=degrees)
def test_the_slope_all_round_is_a_cosine_as_high_as_the_gradient_is_long(name, point, angle):
    shown = picture(figures.level_curves).update(f=figures.SURFACES[name], point=point, angle=angle)
    rise = np.array(GRADIENTS[name](*point), dtype=float)
    turns, slopes = line(shown, "wave").T
    length, towards = math.hypot(*rise), math.degrees(math.atan2(rise[1], rise[0]))
    assert_allclose(slopes, length * np.cos(np.radians(turns - towards)), atol=1e-6)
    assert_allclose(dot(shown, "slope"), (angle, length * math.cos(math.radians(angle - towards))), atol=1e-6)
    direction = shown.artist("direction")
    assert_allclose((direction.tip - direction.tail) @ rise, dot(shown, "slope")[1], atol=1e-6)


@pytest.mark.parametrize("name", list(GRADIENTS))
def test_every_curve_is_level_and_every_band_lies_between_two_levels(name):
    f = figures.SURFACES[name]
    shown = picture(figures.level_curves).update(f=f)
    for curve in shown.artist("levels").get_segments():
        heights = f(x=curve[:, 0], y=curve[:, 1])
        assert_allclose(heights, round(heights.mean()), atol=0.02)
    levels = np.arange(-4, 7)
    places = np.random.default_rng(1).uniform((-2.8, -2.4), (2.8, 2.4), (60, 2))
    for x, y in places:
        inside = [covers(band, (x, y)) for band in shown.artist("bands").get_paths()]
        height = f(x=x, y=y)
        assert inside.count(True) == 1
        assert inside.index(True) == np.searchsorted(levels, height) or abs(height - round(height)) < 0.02


def covers(band, place):
    """Whether a place lies in a band, and not in one of its holes."""
    outlines = [Path(outline) for outline in band.to_polygons()]
    return sum(outline.contains_point(place) for outline in outlines) % 2 == 1


def test_a_gradient_with_a_wrong_sign_does_not_stand_on_the_level_curve():
    wrong = figures.level_curves(gradient=lambda f, x: calculus.gradient(f, x) * (1, -1))
    arrow = wrong.artist("gradient")
    assert abs((arrow.tip - arrow.tail) @ (-1.0, 0.8)) > 0.3  # the level curve's direction there


@few
@given(name=st.sampled_from(list(HESSIANS)), point=points)
def test_the_arrows_of_the_curvature_are_eigenvectors_of_the_hessian(name, point):
    shown = picture(figures.curvature).update(f=figures.SURFACES[name], point=point)
    H = np.array(HESSIANS[name](*point), dtype=float)
    values = np.linalg.eigvalsh(H)
    for k, value in enumerate(values, 1):
        arrow = shown.artist(f"q{k}")
        way = arrow.tip - arrow.tail
        assert_allclose(H @ way, value * way, atol=2e-5)
        distance, heights = line(shown, f"parabola {k}").T
        assert_allclose(np.polyfit(distance, heights, 2)[0], value / 2, atol=2e-5)
    assert ("bowl" in shown.text) == (values[0] > 5e-3)
    assert ("saddle" in shown.text.rpartition(":")[2]) == (values[0] < -5e-3 and values[1] > 5e-3)


@few
@given(name=st.sampled_from(list(HESSIANS)), point=points)
def test_the_parabolas_touch_the_slices_to_second_order(name, point):
    shown = picture(figures.curvature).update(f=figures.SURFACES[name], point=point)
    for k in (1, 2):
        (distance, fit), real = line(shown, f"parabola {k}").T, line(shown, f"slice {k}")[:, 1]
        assert_array_less(np.abs(fit - real), 3 * np.abs(distance) ** 3 + 1e-6)


@few
@given(point=points)
def test_of_a_quadratic_function_the_fitted_levels_are_the_real_ones(point):
    shown = picture(figures.curvature).update(f=figures.SURFACES["a valley"], point=point)
    for name in ("levels nearby", "fitted levels"):
        x, y = np.vstack(shown.artist(name).get_segments()).T
        rises = x**2 / 2 - x * y / 2 + y**2 - (point[0] ** 2 / 2 - point[0] * point[1] / 2 + point[1] ** 2)
        assert_allclose(rises, np.round(2 * rises) / 2, atol=0.01)


# --- descents -------------------------------------------------------------------------------------


def few_points():
    shown = picture(figures.line_descent)
    return line(shown, "data").T


@few
@given(rate=st.floats(0.02, 0.9), steps=st.integers(0, 25))
def test_each_step_goes_against_the_gradient_of_the_loss(rate, steps):
    shown = picture(figures.line_descent).update(learning_rate=rate, steps=steps)
    (x, y), path = few_points(), line(shown, "path")
    assert len(path) == steps + 1
    A = np.column_stack([x, np.ones_like(x)])
    downhill = 2 / len(x) * (y - path[:-1] @ A.T) @ A
    assert_allclose(np.diff(path, axis=0), rate * downhill, rtol=1e-9, atol=1e-9)
    ends = line(shown, "line")
    assert_allclose(ends[:, 1], path[-1, 0] * ends[:, 0] + path[-1, 1])
    misses = segments(shown, "misses")
    assert_allclose(misses[:, 1, 1] - misses[:, 0, 1], A @ path[-1] - y, atol=1e-9)


def test_the_star_is_the_line_of_least_squares():
    x, y = few_points()
    assert_allclose(dot(picture(figures.line_descent), "lowest"), np.polyfit(x, y, 1), rtol=1e-8)


@pytest.mark.parametrize(
    ("times", "how"), [(0.5, "glides down"), (0.99, "glides down"), (1.5, "zigzags down"), (1.99, "zigzags down")]
)
def test_below_two_over_the_curvature_the_loss_falls(times, how):
    x, _ = few_points()
    largest = np.linalg.eigvalsh(2 / len(x) * np.array([(x @ x, x.sum()), (x.sum(), len(x))]))[-1]
    shown = picture(figures.line_descent).update(learning_rate=times / largest, steps=40)
    assert how in shown.text
    across = line(shown, "path") @ np.linalg.eigh(np.array([(x @ x, x.sum()), (x.sum(), len(x))]))[1][:, -1]
    turns = np.diff(np.sign(np.diff(across)[:6])) != 0
    assert turns.all() if "zigzags" in how else not turns.any()
    assert np.all(np.diff(losses(shown)) < 1e-12)


def test_beyond_two_over_the_curvature_it_diverges():
    shown = picture(figures.line_descent).update(learning_rate=0.8, steps=30)
    assert "it diverges" in shown.text
    assert losses(shown)[-1] > 1e6


def losses(shown):
    x, y = few_points()
    path = line(shown, "path")
    return np.mean((y - path[:, :1] * x - path[:, 1:]) ** 2, axis=1)


def test_a_step_up_the_gradient_looks_broken():
    def uphill(w, b, x, y, learning_rate):
        dw, db = calculus.line_gradient(w, b, x, y)
        return w + learning_rate * dw, b + learning_rate * db

    path = line(figures.line_descent(step=uphill).update(learning_rate=0.1, steps=10), "path")
    assert math.dist(path[-1], (1.2, 0.8)) > math.dist(path[0], (1.2, 0.8))


@few
@given(start=st.floats(-0.95, 0.95), steps=st.integers(0, 6))
def test_newton_on_the_root_goes_from_x_to_minus_x_cubed(start, steps):
    shown = picture(figures.newton).update(start=start, steps=steps, f=figures.VALLEYS["√(1 + x²)"])
    x = start
    for _ in range(steps):
        x = -(x**3)
    assert_allclose(dot(shown, "newton now")[0], x, atol=1e-12)
    assert_allclose(dot(shown, "lowest")[0], -(x**3), atol=1e-12)


@few
@given(name=st.sampled_from(list(figures.VALLEYS)), start=st.floats(-2, 2), steps=st.integers(0, 3))
def test_the_next_place_is_the_lowest_of_a_parabola_that_touches_f(name, start, steps):
    f = figures.VALLEYS[name]
    shown = picture(figures.newton).update(f=f, start=start, steps=steps)
    x, height = dot(shown, "newton now")
    assume(abs(x) < 3)
    assert height == pytest.approx(f(x))
    bend, tilt, level = np.polyfit(*line(shown, "parabola").T, 2)
    assert bend > -1e-9  # a bowl, also where f bends down
    assert np.polyval((bend, tilt, level), x) == pytest.approx(height, abs=1e-7)
    assert 2 * bend * x + tilt == pytest.approx(calculus.derivative(lambda t: f(x=t), x), abs=1e-6)
    assert dot(shown, "lowest")[0] == pytest.approx(-tilt / (2 * bend), rel=1e-5, abs=1e-6)


def test_newton_squares_the_steepness_and_gradient_descent_only_shrinks_it():
    shown = picture(figures.newton).update(start=0.5, steps=3, learning_rate=0.5, f=figures.VALLEYS["√(1 + x²)"])
    by_newton, by_descent = line(shown, "newton slopes")[:, 1], line(shown, "gradient descent slopes")[:, 1]
    assert by_newton[3] < by_newton[2] ** 2 < 1e-3
    assert by_descent[3] > 0.02


def test_newton_with_the_inverse_of_the_wrong_thing_looks_broken():
    class Wrong(optimization.Newton):
        def step(self, x, gradient):
            return super().step(x, -gradient)

    shown = figures.newton(newton=Wrong)
    assert dot(shown, "lowest")[1] > min(line(shown, "parabola")[:, 1])  # not the lowest point at all


# --- local maps -----------------------------------------------------------------------------------


@few
@given(point=points, side=st.floats(0.02, 1))
def test_the_dashed_edges_are_the_columns_of_the_jacobian(point, side):
    shown = picture(figures.local_map).update(f=figures.MAPS["round"], point=point, side=side)
    x, y = point
    J = np.array([(math.cos(y), -x * math.sin(y)), (math.sin(y), x * math.cos(y))])
    for k in (0, 1):
        arrow = shown.artist(f"column {k + 1}")
        assert_allclose(arrow.tip - arrow.tail, J[:, k], atol=1e-7)
    square = (line(shown, "square")[:48] - point) / side
    assert_allclose(line(shown, "linear")[:48], square @ J.T, atol=1e-7)
    assert number_after("det J =", shown.text.replace(". ", " ")) == pytest.approx(x, abs=0.006)


@few
@given(name=st.sampled_from(list(figures.MAPS)), point=points, side=st.floats(0.02, 1))
def test_magnified_the_bent_image_is_as_far_from_the_linear_one_as_the_square_is_wide(name, point, side):
    shown = picture(figures.local_map).update(f=figures.MAPS[name], point=point, side=side)
    bent, flat = line(shown, "magnified")[:48], line(shown, "linear")[:48]
    assert_array_less(np.hypot(*(bent - flat).T), 1.3 * side + 1e-6)
    there = dot(shown, "image of the point")
    assert_allclose(line(shown, "image")[:48], there + side * bent, atol=1e-9)


def test_a_matrix_is_its_own_jacobian_everywhere():
    for point in [(0.0, 0.0), (1.2, -0.7)]:
        shown = picture(figures.local_map).update(f=figures.MAPS["a matrix"], point=point, side=0.8)
        assert_allclose(line(shown, "magnified"), line(shown, "linear"), atol=1e-7)
        assert_allclose(shown.artist("column 1").tip - shown.artist("column 1").tail, (1, 0.5), atol=1e-7)


def test_a_transposed_jacobian_looks_broken():
    shown = figures.local_map(jacobian=lambda f, x: calculus.jacobian(f, x).T).update(side=0.02)
    assert np.hypot(*(line(shown, "magnified") - line(shown, "linear")).T).max() > 0.1


# --- backpropagation ------------------------------------------------------------------------------

inputs = st.lists(st.floats(-1.5, 1.5).map(lambda x: round(x, 2)), min_size=4, max_size=4)


def local_slopes(shown):
    """The local derivative on each edge (child, parent), as it is written."""
    found = [
        (name.split()[1:], artist.get_text()) for name, artist in shown.artists.items() if name.startswith("slope")
    ]
    return {(int(i), int(j)): float(text[1:].replace("−", "-")) for (i, j), text in found if text}


@few
@given(numbers=inputs)
def test_along_the_path_the_local_derivatives_multiply_to_the_gradient(numbers):
    w1, x, w2, y = numbers
    shown = picture(figures.computation_graph).update(node=0, step=13, inputs=numbers)
    slopes = local_slopes(shown)
    L2 = math.tanh(w1 * x)
    out = math.tanh(w2 * L2)
    by_hand = {(4, 0): x, (4, 1): w1, (5, 4): 1 - L2**2, (6, 2): L2, (6, 5): w2, (7, 6): 1 - out**2, (8, 7): 1}
    by_hand |= {(8, 3): -1, (9, 8): 2 * (out - y)}
    assert slopes.keys() == by_hand.keys()
    assert all(slopes[edge] == pytest.approx(by_hand[edge], abs=0.006) for edge in by_hand)
    path = [(9, 8), (8, 7), (7, 6), (6, 5), (5, 4), (4, 0)]
    gradient = math.prod(by_hand[edge] for edge in path)
    assert result_of(shown) == pytest.approx(gradient, abs=6e-4)


def test_values_come_forward_and_gradients_back_one_operation_at_a_step():
    shown = picture(figures.computation_graph)
    known = []
    for step in range(14):
        shown.update(node=0, step=step, inputs=(0.8, 1.5, 1.2, 0.2))
        texts = [text.get_text() for text in shown.ax.texts]
        known.append((len(local_slopes(shown)), sum(text.startswith("∂") for text in texts)))
    edges, gradients = zip(*known, strict=True)
    assert edges == (0, 2, 3, 5, 6, 8, *[9] * 8)
    assert gradients == (*[0] * 7, 1, 2, 4, 5, 7, 8, 10)


@few
@given(node=st.integers(0, 9))
def test_the_path_of_a_node_leads_from_it_to_the_loss(node):
    shown = picture(figures.computation_graph).update(node=node, step=13, inputs=(0.8, 1.5, 1.2, 0.2))
    places = line(shown, "nodes")
    assert_allclose(dot(shown, "chosen"), places[node])
    ways = shown.artist("paths").get_segments()
    assert len(ways) == {0: 6, 1: 6, 2: 4, 3: 2}.get(node, 9 - node)
    if ways:
        ends = np.array([[way[0], way[-1]] for way in ways])
        assert math.dist(ends[-1, 0], places[node]) < 0.45  # drawn from the loss back
        assert math.dist(ends[0, 1], places[9]) < 0.45


def test_over_two_paths_the_products_add_up():
    def diamond(a, b):
        u = a * b
        return np.sin(u) * u + np.exp(b)

    shown = figures.computation_graph(f=diamond, names=("u", "s", "p", "e", "z"), start=(1.2, 0.7))
    u = 1.2 * 0.7
    by_hand = 0.7 * (u * math.cos(u) + math.sin(u))
    assert result_of(shown) == pytest.approx(by_hand, abs=6e-4)
    products = shown.figure.texts[0].get_text().split("=")[1]
    added = sum(math.prod(float(factor) for factor in product.split("×")) for product in products.split("+"))
    assert added == pytest.approx(by_hand, abs=0.02)


def test_a_graph_with_a_forgotten_factor_looks_broken():
    def forgetful(f, *numbers):
        return [node._replace(slopes=tuple(1.0 for _ in node.slopes)) for node in autodiff.graph(f, *numbers)]

    assert set(local_slopes(figures.computation_graph(graph=forgetful)).values()) == {1.0}

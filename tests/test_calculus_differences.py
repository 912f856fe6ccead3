"""Derivatives by small steps: SymPy's, SciPy's and NumPy's numbers, the laws of calculus, and what is refused."""

import math

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy import differentiate

from mathml.calculus import derivative, directional_derivative, gradient, hessian, jacobian, partial
from mathml.functions import log_sum_exp, sigmoid, sigmoid_derivative, softmax, softmax_jacobian

ENTRY = st.floats(-3, 3).map(lambda x: round(x, 3))
SMALL_WHOLE = st.integers(-4, 4).map(float)
POINT = hnp.arrays(np.float64, 3, elements=ENTRY)
ANGLES = st.floats(-math.pi, math.pi)

# How many digits each method has, relative to 1: measured, and a little more.
ACCURACY = {"forward": 1e-6, "central": 3e-9, "richardson": 3e-12, "complex": 3e-15}
SMOOTH = {
    "sin": (np.sin, np.cos),
    "exp": (np.exp, np.exp),
    "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
    "cube": (lambda x: x**3, lambda x: 3 * x**2),
    "a rational function": (lambda x: x / (1 + x**2), lambda x: (1 - x**2) / (1 + x**2) ** 2),
}

pytestmark = pytest.mark.filterwarnings("error")


def valley(x):
    """Rosenbrock's function."""
    return (1 - x[0]) ** 2 + 10 * (x[1] - x[0] ** 2) ** 2


def wave(x):
    return np.sin(x[0]) * np.exp(x[1]) + x[0] * x[2] ** 2


def polar(x):
    """From radius and angle to the plane."""
    return np.array([x[0] * np.cos(x[1]), x[0] * np.sin(x[1])])


# --- one number moves -----------------------------------------------------------------------------


@pytest.mark.parametrize("method", ACCURACY)
@pytest.mark.parametrize(("f", "slope"), SMOOTH.values(), ids=SMOOTH.keys())
@given(x=ENTRY)
def test_each_method_has_its_digits(f, slope, method, x):
    assert_allclose(derivative(f, x, method), slope(x), rtol=ACCURACY[method], atol=ACCURACY[method])


@pytest.mark.parametrize("method", ACCURACY)
def test_each_method_has_more_digits_than_the_one_before_it(method):
    x = np.linspace(-2, 2, 41)
    errors = {name: np.max(np.abs(derivative(np.sin, x, name) - np.cos(x))) for name in ACCURACY}
    worse = list(errors)[: list(errors).index(method)]
    assert all(errors[method] < errors[name] / 10 for name in worse)


@given(ENTRY)
def test_the_derivative_is_scipys(x):
    scipys = differentiate.derivative(sigmoid, x)
    assert scipys.success
    assert_allclose(derivative(sigmoid, x), scipys.df, rtol=1e-8)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3, 1e8, 1e100])
@pytest.mark.parametrize("method", ACCURACY)
def test_the_step_grows_with_x(method, scale):
    assert_allclose(
        derivative(lambda x: np.log(x) if method != "complex" else np.log(x + 0j), 5 + scale, method),
        1 / (5 + scale),
        rtol=ACCURACY[method],
    )


@given(hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=3), elements=ENTRY), st.sampled_from([*ACCURACY]))
def test_every_entry_of_an_array_has_the_slope_it_has_alone(x, method):
    slopes = derivative(np.sin, x, method)
    assert slopes.shape == x.shape
    assert_array_equal(slopes.ravel(), [derivative(np.sin, t, method) for t in x.ravel()])


@given(ENTRY, ENTRY, ENTRY)
def test_the_derivative_is_linear(x, a, b):
    combined = derivative(lambda t: a * np.sin(t) + b * np.exp(t), x)
    assert_allclose(combined, a * derivative(np.sin, x) + b * derivative(np.exp, x), atol=1e-7)


@given(ENTRY)
def test_the_product_rule_and_the_chain_rule(x):
    slope = derivative(lambda t: np.sin(t) * np.exp(t), x)
    assert_allclose(slope, derivative(np.sin, x) * np.exp(x) + np.sin(x) * derivative(np.exp, x), atol=1e-7)
    assert_allclose(derivative(lambda t: np.sin(np.exp(t)), x), np.cos(np.exp(x)) * np.exp(x), atol=1e-6)


@given(ENTRY, ENTRY, ENTRY, ENTRY)
def test_a_parabola_has_no_error_but_rounding_in_a_central_difference(a, b, c, x):
    slope = derivative(lambda t: a * t**2 + b * t + c, x, h=0.5)
    assert_allclose(slope, 2 * a * x + b, atol=1e-12)


@pytest.mark.parametrize(("method", "order"), [("forward", 1), ("central", 2), ("richardson", 8)])
def test_half_the_step_has_the_error_of_its_order(method, order):
    coarse, fine = (abs(derivative(np.exp, 1.0, method, h) - math.e) for h in (1.0, 0.5))
    assert_allclose(math.log2(coarse / fine), order, atol=0.35)


@pytest.mark.parametrize("method", ["forward", "central"])
def test_the_error_has_the_shape_of_a_v_with_its_bottom_near_the_default_step(method):
    steps = 2.0 ** -np.arange(1, 52)
    errors = np.array([abs(derivative(np.exp, 1.0, method, h) - math.e) for h in steps])
    assert abs(derivative(np.exp, 1.0, method) - math.e) < 100 * np.median(np.sort(errors)[:5])
    assert errors[0] > 1e3 * errors.min() < errors[-1]


def test_the_complex_step_may_be_as_small_as_one_likes():
    assert derivative(np.exp, 1.0, "complex", h=1e-300) == math.exp(1)


@given(ENTRY)
def test_a_number_gives_a_float_and_f_is_given_one(x):
    assert isinstance(derivative(lambda t: math.sin(t), x), float)
    assert isinstance(derivative(np.sin, np.array(x)), float)


def test_whole_numbers_are_taken_as_numbers():
    assert_allclose(derivative(np.square, 3), 6, rtol=1e-9)
    assert_allclose(derivative(np.square, [1, 2]), [2, 4], rtol=1e-9)


def test_f_may_change_the_array_it_is_given():
    x = np.array([1.0, 2.0])

    def careless(t):
        t *= t
        return t

    assert_allclose(derivative(careless, x), [2, 4])
    assert_array_equal(x, [1, 2])


@pytest.mark.parametrize(
    ("f", "x", "options", "error", "message"),
    [
        (
            np.sin,
            1.0,
            {"method": "centre"},
            ValueError,
            r'^method must be one of "forward", "central", .*\'centre\' came$',
        ),
        (np.sin, 1.0, {"h": 0}, ValueError, r"^h must be above 0 and finite, but h = 0 came$"),
        (np.sin, 1.0, {"h": math.nan}, ValueError, r"^h must be a number, but NaN came$"),
        (np.sin, 1.0, {"h": 1e-17}, ValueError, r"^h must be large enough to change x"),
        (np.sin, math.inf, {}, ValueError, r"^x must be finite, but infinity came$"),
        (np.sin, "1", {}, TypeError, r"^x must be an array of numbers, but the text '1' came$"),
        (
            np.log,
            0.0,
            {},
            ValueError,
            r"^f must be finite close to x, but f gives nan at -8.733e-06: is h too large\?$",
        ),
        (lambda x: x / 0.0 * np.sign(x), [1.0], {}, ValueError, r"^f must be finite close to x, but f gives inf at"),
        (np.sum, [1.0, 2.0], {}, ValueError, r"^f must give the shape \(2,\), but \(\) came$"),
        (lambda x: "high", 1.0, {}, TypeError, r"^f must give real numbers, but <U4 came$"),
        (lambda x: x + 1j, 1.0, {}, TypeError, r"^f must give real numbers, but complex128 came$"),
        (np.abs, 1.0, {"method": "complex"}, TypeError, r"^f must give complex numbers, but float64 came$"),
    ],
)
def test_what_has_no_derivative_is_said(f, x, options, error, message):
    with pytest.raises(error, match=message):
        derivative(f, x, **options)


# --- one entry moves, the others are held ---------------------------------------------------------


def symbolic(formula):
    symbols = sympy.symbols("x0 x1 x2")
    return symbols, formula(symbols)


WAVE = symbolic(lambda x: sympy.sin(x[0]) * sympy.exp(x[1]) + x[0] * x[2] ** 2)


@given(POINT)
def test_the_gradient_and_the_hessian_are_sympys(x):
    symbols, formula = WAVE
    expected = np.array(sympy.lambdify(symbols, [sympy.diff(formula, s) for s in symbols])(*x), dtype=float)
    curvature = np.array(sympy.lambdify(symbols, sympy.hessian(formula, symbols))(*x), dtype=float)
    assert_allclose(gradient(wave, x), expected, rtol=1e-8, atol=1e-8)
    assert_allclose(hessian(wave, x), curvature, rtol=1e-6, atol=3e-6)


@given(POINT)
def test_the_gradient_is_made_of_the_partial_derivatives(x):
    assert_array_equal(gradient(wave, x), [partial(wave, x, j) for j in range(3)])


def test_the_gradient_on_a_grid_is_numpys():
    t = np.linspace(0, 1, 201)
    heights = np.array([[valley([a, b]) for b in t[:60]] for a in t])
    down, across = np.gradient(heights, t, t[:60], edge_order=2)
    for i, j in [(20, 20), (100, 3), (180, 50)]:
        assert_allclose(gradient(valley, [t[i], t[j]]), [down[i, j], across[i, j]], atol=2e-3)


@given(POINT, POINT)
def test_the_gradient_of_a_dot_product_is_the_other_vector(w, x):
    assert_allclose(gradient(lambda x: w @ x, x), w, atol=1e-8)
    assert_allclose(gradient(lambda x: x @ x, x), 2 * x, atol=1e-8)


@given(POINT)
def test_the_gradient_of_log_sum_exp_is_softmax_and_its_hessian_softmaxs_jacobian(x):
    assert_allclose(gradient(log_sum_exp, x), softmax(x), atol=1e-9)
    assert_allclose(hessian(log_sum_exp, x), softmax_jacobian(x), atol=3e-7)


@pytest.mark.parametrize("j", [-1, 3])
def test_an_entry_that_is_not_there_has_no_partial_derivative(j):
    with pytest.raises(ValueError, match=r"^j must be "):
        partial(wave, [1, 2, 3], j)
    with pytest.raises(TypeError, match=r"^j must be a whole number"):
        partial(wave, [1, 2, 3], 0.5)


@pytest.mark.parametrize("of", [gradient, hessian, lambda f, x: partial(f, x, 0)])
def test_f_must_give_one_finite_number(of):
    with pytest.raises(ValueError, match=r"^f must give the shape \(\), but \(2,\) came$"):
        of(lambda x: x, [1, 2])
    with pytest.raises(ValueError, match=r"^f must be finite close to x, but f gives nan"):
        of(lambda x: np.log(x[0]), [-1, 2])
    with pytest.raises(ValueError, match=r"^x must be a vector"):
        of(wave, [[1, 2]])


# --- in a direction -------------------------------------------------------------------------------


@given(POINT, hnp.arrays(np.float64, 3, elements=SMALL_WHOLE).filter(np.any))
def test_a_directional_derivative_is_the_shadow_of_the_gradient(x, direction):
    u = direction / np.linalg.norm(direction)
    assert_allclose(directional_derivative(wave, x, direction), gradient(wave, x) @ u, rtol=1e-7, atol=1e-7)


@given(ANGLES)
def test_against_the_angle_it_is_a_cosine(angle):
    x = [0.3, -0.2]
    slope = gradient(valley, x)
    steepest = math.atan2(slope[1], slope[0])
    rise = directional_derivative(valley, x, [math.cos(angle), math.sin(angle)])
    assert_allclose(rise, np.linalg.norm(slope) * math.cos(angle - steepest), atol=1e-7)


@given(POINT, st.floats(0.01, 100))
def test_the_length_of_the_direction_does_not_count_and_the_way_back_falls_as_much(x, length):
    direction = np.array([1.0, -2.0, 2.0])
    rise = directional_derivative(wave, x, direction)
    assert_allclose(directional_derivative(wave, x, length * direction), rise, rtol=1e-6, atol=1e-6)
    assert_allclose(directional_derivative(wave, x, -direction), -rise, rtol=1e-9, atol=1e-9)


def test_a_direction_must_point_somewhere():
    with pytest.raises(ValueError, match=r"^direction must not be the zero vector: it points nowhere$"):
        directional_derivative(wave, [1, 2, 3], [0, 0, 0])
    with pytest.raises(
        ValueError, match=r"^x and direction must have the same length, but x has 3 and direction has 2$"
    ):
        directional_derivative(wave, [1, 2, 3], [0, 1])


# --- Jacobian -------------------------------------------------------------------------------------


@given(hnp.arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=SMALL_WHOLE), st.data())
def test_the_jacobian_of_a_linear_map_is_its_matrix(A, data):
    x = data.draw(hnp.arrays(np.float64, A.shape[1], elements=ENTRY))
    J = jacobian(lambda x: A @ x, x)
    assert J.shape == A.shape
    assert_allclose(J, A, atol=1e-9)


@given(st.floats(0.1, 5), ANGLES)
def test_the_jacobian_is_sympys_and_its_determinant_is_the_area_that_polar_coordinates_stretch(r, angle):
    radius, phi = sympy.symbols("r phi")
    plane = sympy.Matrix([radius * sympy.cos(phi), radius * sympy.sin(phi)])
    expected = np.array(plane.jacobian([radius, phi]).subs({radius: r, phi: angle}), dtype=float)
    J = jacobian(polar, [r, angle])
    assert_allclose(J, expected, atol=1e-9)
    assert_allclose(np.linalg.det(J), r, atol=1e-8)


def test_the_jacobian_and_the_hessian_are_scipys():
    x = np.array([0.4, -0.7])
    assert_allclose(jacobian(polar, x), differentiate.jacobian(polar, x).df, atol=1e-9)
    assert_allclose(hessian(valley, x), differentiate.hessian(valley, x).ddf, rtol=1e-6)


@given(POINT)
def test_the_chain_rule_is_a_product_of_jacobians(x):
    A = np.array([[1.0, 2.0, -1.0], [0.5, 0.0, 1.0]])
    through = jacobian(lambda x: polar(A @ np.sin(x)), x)
    assert_allclose(through, jacobian(polar, A @ np.sin(x)) @ A @ np.diag(np.cos(x)), atol=1e-7)


@given(POINT)
def test_the_jacobian_of_what_works_entry_by_entry_is_diagonal(x):
    assert_allclose(jacobian(sigmoid, x), np.diag(sigmoid_derivative(x)), atol=1e-9)
    assert_allclose(np.diag(jacobian(sigmoid, x)), derivative(sigmoid, x), atol=1e-12)


@pytest.mark.parametrize(
    ("f", "x", "message"),
    [
        (lambda x: x @ x, [1, 2], r"^f\(x\) must be a vector: one row of numbers, but an array of shape \(\) came$"),
        (lambda x: np.log(x - 1), [2, 1.000001], r"^f must be finite close to x, but f gives nan"),
        (lambda x: x[x <= 2], [1, 2], r"^f must give the shape \(2,\), but \(1,\) came$"),
    ],
    ids=["a number", "not a number", "of another length"],
)
def test_f_must_give_a_vector_always_of_the_same_length(f, x, message):
    with pytest.raises(ValueError, match=message):
        jacobian(f, x)


# --- Hessian --------------------------------------------------------------------------------------


@given(POINT)
def test_the_hessian_is_exactly_symmetric(x):
    H = hessian(wave, x)
    assert_array_equal(H, H.T)


@given(hnp.arrays(np.float64, (3, 3), elements=SMALL_WHOLE), POINT)
def test_the_hessian_of_a_quadratic_form_is_twice_its_symmetric_part(A, x):
    assert_allclose(hessian(lambda x: x @ A @ x, x), A + A.T, atol=1e-5)


@given(POINT)
def test_the_hessian_is_the_jacobian_of_the_gradient(x):
    def slopes(x):
        return np.array([np.cos(x[0]) * np.exp(x[1]) + x[2] ** 2, np.sin(x[0]) * np.exp(x[1]), 2 * x[0] * x[2]])

    assert_allclose(hessian(wave, x), jacobian(slopes, x), rtol=1e-6, atol=3e-6)


def test_the_hessian_of_one_variable_is_the_second_derivative():
    assert_allclose(hessian(lambda x: np.sin(x[0]), [1.0]), [[-math.sin(1)]], atol=1e-7)

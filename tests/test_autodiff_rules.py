"""Every rule against autograd and against finite differences, at all shapes, and once more for its own derivative."""

import math

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from mathml import functions
from mathml.autodiff import grad, vjp
from mathml.autodiff.recording import COMPOSED, RULES

FINITE = st.floats(-3, 3)
FAR = np.array([-800.0, -40.0, -1.0, 0.0, 1.0, 40.0, 800.0])

# Any warning (overflow, 0/0, log 0) is a failure here.
pytestmark = pytest.mark.filterwarnings("error")

# Where each is smooth, and away from its corners.
ALONE = {
    **dict.fromkeys([np.negative, np.square, np.exp, np.exp2, np.expm1], (-2, 2)),
    **dict.fromkeys([np.sin, np.cos, np.arctan, np.sinh, np.cosh, np.tanh], (-2, 2)),
    **dict.fromkeys([np.sqrt, np.log, np.log2, np.log10, np.log1p, np.reciprocal, np.absolute], (0.5, 3)),
    np.tan: (-1, 1),
}
TOGETHER = [np.add, np.subtract, np.multiply, np.divide, np.power, np.logaddexp, np.maximum, np.minimum, np.matmul]
TOGETHER += [np.dot, np.outer]

# A is (3, 3, 2), in which no two numbers are equal. m is NumPy, ours or autograd's.
SHAPED = {
    np.sum: [
        lambda m, A: m.sum(A),
        lambda m, A: m.sum(A, 1),
        lambda m, A: m.sum(A, axis=-1, keepdims=True),
        lambda m, A: m.sum(A, axis=(0, -1)),
        lambda m, A: A.sum(axis=(0, 2), keepdims=True),
    ],
    np.mean: [
        lambda m, A: m.mean(A),
        lambda m, A: m.mean(A, axis=-1),
        lambda m, A: m.mean(A, axis=(0, 2)),
        lambda m, A: A.mean(axis=1, keepdims=True),
    ],
    np.max: [
        lambda m, A: m.max(A),
        lambda m, A: m.max(A, axis=0),
        lambda m, A: m.max(A, axis=(1, -1), keepdims=True),
        lambda m, A: A.max(axis=2),
    ],
    np.min: [lambda m, A: m.min(A), lambda m, A: m.min(A, axis=(0, 1)), lambda m, A: A.min(axis=-1, keepdims=True)],
    np.var: [lambda m, A: m.var(A), lambda m, A: m.var(A, axis=1, ddof=1), lambda m, A: A.var(axis=0, keepdims=True)],
    np.std: [lambda m, A: m.std(A), lambda m, A: m.std(A, axis=-1), lambda m, A: A.std(axis=1, ddof=1, keepdims=True)],
    np.reshape: [
        lambda m, A: m.reshape(A, (2, 9)),
        lambda m, A: m.reshape(A, -1),
        lambda m, A: A.reshape(9, -1),
        lambda m, A: A.reshape((6, 3)),
    ],
    np.ravel: [lambda m, A: m.ravel(A), lambda m, A: A.ravel()],
    np.squeeze: [lambda m, A: m.squeeze(A[:1]), lambda m, A: m.squeeze(A[:, :1], axis=1)],
    np.expand_dims: [lambda m, A: m.expand_dims(A, 0), lambda m, A: m.expand_dims(A, axis=-1)],
    np.broadcast_to: [lambda m, A: m.broadcast_to(A[:, :1], A.shape)],
    np.transpose: [
        lambda m, A: m.transpose(A),
        lambda m, A: m.transpose(A, (2, 0, 1)),
        lambda m, A: m.transpose(A, axes=(1, 2, 0)),
        lambda m, A: A.T,
    ],
    np.swapaxes: [lambda m, A: m.swapaxes(A, 0, -1), lambda m, A: A.swapaxes(1, 2)],
    np.moveaxis: [lambda m, A: m.moveaxis(A, 0, -1), lambda m, A: m.moveaxis(A, (0, 1), (1, 2))],
    np.concatenate: [
        lambda m, A: m.concatenate([A, np.ones((2, 3, 2)), 2 * A]),
        lambda m, A: m.concatenate([A, A[:, :, :1]], axis=-1),
        lambda m, A: m.concatenate((A[:, 1:], A), 1),
    ],
    np.stack: [lambda m, A: m.stack([A, A * A]), lambda m, A: m.stack([A[0], np.ones((3, 2)), A[1]], axis=-1)],
    np.where: [
        lambda m, A: m.where(A > 0, A, 0.0),
        lambda m, A: m.where(A[..., :1] > 0, 2 * A, A * A),
        lambda m, A: m.where([True, False], 1.0, A),
    ],
    np.clip: [lambda m, A: m.clip(A, -0.5, 0.5)],
}


def expressions():
    for function, cases in SHAPED.items():
        for i, case in enumerate(cases):
            yield pytest.param(case, id=f"{function.__name__}-{i}")


def weighted(m, result):
    """A number that depends on each entry of the result in its own way."""
    return m.sum(result * np.cos(np.arange(np.size(result))).reshape(np.shape(result)))


def curved(f):
    """The gradient of this is linear in the Hessian of f, so that it tells whether the rules of f can be recorded."""
    return lambda x: np.sum(np.sin(grad(f)(x)))


def slope_along(f, x, v, h=1e-5):
    return (f(x + h * v) - f(x - h * v)) / (2 * h)


def different_numbers(rng, *shape):
    return rng.permutation(np.linspace(-1.6, 1.7, int(np.prod(shape)))).reshape(shape)


def both(f):
    """f with our NumPy, and with autograd's."""
    return (lambda *x: f(np, *x)), (lambda *x: f(anp, *x))


# --- each rule ------------------------------------------------------------------------------------


def test_every_rule_is_tested_here():
    numpys = {function for function in [*RULES, *COMPOSED] if function is getattr(np, function.__name__, None)}
    assert numpys == {*ALONE, *TOGETHER, *SHAPED, np.positive, np.copy}


@pytest.mark.parametrize("function", ALONE, ids=lambda function: function.__name__)
def test_a_function_of_one_number(function, rng):
    x, v = rng.uniform(*ALONE[function], size=(2, 3)), rng.normal(size=(2, 3))
    ours, theirs = both(lambda m, x: weighted(m, getattr(m, function.__name__)(x)))
    assert_allclose(grad(ours)(x), autograd.grad(theirs)(x), rtol=1e-12)
    assert_allclose(np.sum(grad(ours)(x) * v), slope_along(ours, x, v), rtol=1e-7)
    assert_allclose(np.sum(grad(curved(ours))(x) * v), slope_along(curved(ours), x, v), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("case", [*expressions()])
def test_a_function_of_an_array(case, rng):
    x, v = different_numbers(rng, 3, 3, 2), rng.normal(size=(3, 3, 2))
    ours, theirs = both(lambda m, x: weighted(m, case(m, x * x * x + x)))
    assert_allclose(grad(ours)(x), autograd.grad(theirs)(x), rtol=1e-11, atol=1e-12)
    assert_allclose(np.sum(grad(ours)(x) * v), slope_along(ours, x, v), rtol=1e-6)
    assert_allclose(np.sum(grad(curved(ours))(x) * v), slope_along(curved(ours), x, v), rtol=1e-5)


def test_other_ways_to_write_the_same():
    x = np.arange(1.0, 7.0).reshape(2, 3)
    for f in [
        lambda m, x: x.clip(2.5, 4.5),
        lambda m, x: m.maximum(x, 2.5),
        lambda m, x: -x + 2 * x - x / 3 - 3 / x,
        lambda m, x: x**3 - 2**x,
        lambda m, x: abs(x - 2.5),
        lambda m, x: x @ x.T,
        lambda m, x: np.ones(2) @ x,
        lambda m, x: sum(row[0] * row for row in x),
        lambda m, x: x.squeeze().ravel().mean() * x.max() * x.std(),
    ]:
        ours, theirs = both(lambda m, x, f=f: weighted(m, f(m, x)))
        assert_allclose(grad(ours)(x), autograd.grad(theirs)(x), rtol=1e-12)


@pytest.mark.parametrize(
    "f",
    [
        lambda A: +A * A.copy(),
        lambda A: np.copy(A) ** 2,
        lambda A: A.transpose(0, 2, 1) ** 2,
        lambda A: A.transpose((2, 0, 1)) ** 2,
        lambda A: A.transpose() ** 2,
        lambda A: np.broadcast_to(A[0, 0] ** 2, (4, 3, 2)),
        lambda A: np.broadcast_to(A * A, shape=(2, 3, 3, 2)),
        lambda A: np.where(A[..., :1] > 0, A[0], A * A),
        lambda A: np.concatenate([A, [[[1.0, 2.0]] * 3]]) ** 2,
        lambda A: np.concatenate([A, A[0]], axis=None) ** 2,
        lambda A: np.clip(A * A, a_min=0.1, a_max=1.1),
        lambda A: np.clip(A * A, None, 1.1),
        lambda A: np.maximum([0, 0], A),
        lambda A: np.outer(A, A[0]),
        lambda A: A.dot(A[0, 1]),
    ],
)
def test_what_autograd_has_not(f, rng):
    x, v = different_numbers(rng, 3, 3, 2), rng.normal(size=(3, 3, 2))
    number = lambda x: weighted(np, f(x))  # noqa: E731
    assert_allclose(np.sum(grad(number)(x) * v), slope_along(number, x, v), rtol=1e-7)


# --- broadcasting ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["add", "subtract", "multiply", "divide", "power", "logaddexp", "maximum", "minimum"])
@given(data=st.data())
def test_what_was_copied_forward_is_added_up_backward(name, data):
    shapes = data.draw(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=4, max_side=3))
    # Whole numbers and halves: no tie, and nothing near 0.
    x = [
        data.draw(hnp.arrays(np.float64, shape, elements=st.integers(1, 5))) + offset
        for shape, offset in zip(shapes.input_shapes, [0, 0.5], strict=True)
    ]
    ours, theirs = both(lambda m, x: weighted(m, getattr(m, name)(*x)))
    for a, back, expected in zip(x, grad(ours)(x), autograd.grad(theirs)(x), strict=True):
        assert np.shape(back) == np.shape(a)
        assert_allclose(back, expected, rtol=1e-10, atol=1e-12)


@given(hnp.mutually_broadcastable_shapes(num_shapes=3, max_dims=4, max_side=3))
def test_where_adds_up_what_comes_back_to_copies(shapes):
    c, a, b = map(np.ones, shapes.input_shapes)
    back_a, back_b = grad(lambda ab: np.sum(np.where(c > 0, *ab)))([a, b])
    assert_array_equal(back_a, np.full(a.shape, np.prod(shapes.result_shape) / a.size))
    assert_array_equal(back_b, np.zeros(b.shape))


# --- matrix products ------------------------------------------------------------------------------


@given(hnp.mutually_broadcastable_shapes(signature=np.matmul.signature, max_dims=2, max_side=3), st.integers(0, 9))
def test_a_product_of_vectors_matrices_and_stacks(shapes, seed):
    x = [np.random.default_rng(seed).normal(size=shape) for shape in shapes.input_shapes]
    ours, theirs = both(lambda m, x: weighted(m, m.matmul(*x)))
    for back, expected in zip(grad(ours)(x), autograd.grad(theirs)(x), strict=True):
        assert_allclose(back, expected, rtol=1e-11, atol=1e-12)


SHAPES = [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 4)), ((5, 2, 3), (3, 4)), ((5, 2, 3), (3,))]
SHAPES += [((3,), (5, 3, 2)), ((2, 3), (5, 3, 4)), ((5, 2, 3), (5, 3, 4)), ((5, 2, 3), (6, 1, 3, 4))]


@pytest.mark.parametrize(("a", "b"), SHAPES)
def test_a_product_has_second_derivatives(a, b, rng):
    x, v = ([rng.normal(size=shape) for shape in (a, b)] for _ in range(2))

    def bent(x):
        return sum(np.sum(np.sin(back)) for back in grad(lambda x: weighted(np, np.tanh(x[0] @ x[1])))(x))

    def moved(t):
        return bent([start + t * step for start, step in zip(x, v, strict=True)])

    slope = sum(np.sum(back * step) for back, step in zip(grad(bent)(x), v, strict=True))
    assert_allclose(slope, slope_along(moved, 0.0, 1.0), rtol=1e-6)


DOTS = [("dot", a, b) for a, b in [((3,), (3,)), ((2, 3), (3, 4)), ((5, 2, 3), (3, 4)), ((), (3,)), ((2, 3), ())]]


@pytest.mark.parametrize(("name", "a", "b"), [*DOTS, ("outer", (2,), (3,))])
def test_dot_and_outer(name, a, b, rng):
    x = [rng.normal(size=shape) for shape in (a, b)]
    ours, theirs = both(lambda m, x: weighted(m, getattr(m, name)(*x)))
    for back, expected in zip(grad(ours)(x), autograd.grad(theirs)(x), strict=True):
        assert_allclose(back, expected, rtol=1e-12)


# --- indices --------------------------------------------------------------------------------------

INDICES = [0, -1, slice(None), slice(None, None, -2), ..., None, (0, 1), (..., 1), (None, 1, slice(1, 3)), np.int64(2)]
INDICES += [[0, 2], [1, 1, 1], np.array([[0, 0], [2, 1]]), ([0, 0, 2], [1, 1, 0]), (slice(None), [2, 2]), ([1, 1], 0)]
INDICES += [np.array([True, False, True]), np.eye(3) > 0, (slice(None), [True, True, False]), (0, ..., [0, 0])]


@pytest.mark.parametrize("index", INDICES, ids=str)
def test_what_comes_back_through_an_index_lands_where_it_was_taken_from(index, rng):
    A = rng.normal(size=(3, 3, 2))
    ours, theirs = both(lambda m, A: weighted(m, A[index] ** 2))
    assert_allclose(grad(ours)(A), autograd.grad(theirs)(A), rtol=1e-12)
    assert_allclose(grad(curved(ours))(A), autograd.grad(curved_by_autograd(theirs))(A), rtol=1e-11, atol=1e-14)


def curved_by_autograd(f):
    return lambda x: anp.sum(anp.sin(autograd.grad(f)(x)))


@given(hnp.arrays(np.int64, hnp.array_shapes(max_dims=2, max_side=6), elements=st.integers(-4, 3)))
def test_an_entry_that_was_taken_k_times_gets_back_k_times_as_much(places):
    counts = np.bincount(places.ravel() % 4, minlength=4)
    assert_array_equal(grad(lambda x: np.sum(x[places]))(np.zeros(4)), counts)


@given(hnp.basic_indices((4, 3, 2), allow_newaxis=True))
def test_any_slice(index):
    A = np.arange(24.0).reshape(4, 3, 2)
    taken = np.zeros_like(A)
    taken[index] = 1
    assert_array_equal(grad(lambda A: np.sum(A[index]))(A), taken)


# --- corners --------------------------------------------------------------------------------------


def test_places_that_share_a_maximum_share_its_slope():
    assert_array_equal(grad(np.max)([1.0, 3.0, 3.0]), [0, 0.5, 0.5])
    assert_array_equal(grad(lambda A: np.sum(np.min(A, axis=0)))([[1.0, 2.0], [1.0, 3.0]]), [[0.5, 1], [0.5, 0]])


def test_the_slopes_of_a_tie_add_up_to_one():
    for function in np.maximum, np.minimum:
        assert grad(lambda x: function(x, x))(2.0) == 1  # noqa: B023
        assert sum(grad(lambda ab: function(*ab))([np.array(2.0), np.array(2.0)])) == 1  # noqa: B023


@pytest.mark.parametrize("degree", range(5))
def test_powers_have_all_their_derivatives_at_zero(degree):
    derivative = lambda x: x**degree  # noqa: E731
    for k in range(7):
        assert derivative(0.0) == (math.factorial(k) if k == degree else 0)
        derivative = grad(derivative)


def test_powers_of_zero():
    assert_array_equal(grad(lambda x: np.sum(x ** np.array([0, 1, 2])))(np.zeros(3)), [0, 1, 0])
    assert grad(lambda b: 0.0**b)(2.0) == 0


def test_absolute_values_have_slope_zero_at_zero():
    assert grad(np.abs)(0.0) == 0


# --- mathml.functions, unchanged ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "derivative"),
    [
        (functions.sigmoid, functions.sigmoid_derivative),
        (functions.log_sigmoid, lambda z: functions.sigmoid(-z)),
        (functions.relu, functions.relu_derivative),
        (
            functions.sigmoid_derivative,
            lambda z: functions.sigmoid_derivative(z) * (functions.sigmoid(-z) - functions.sigmoid(z)),
        ),
    ],
)
def test_the_slope_of_a_shared_function_also_far_out(f, derivative):
    z = np.concatenate([FAR, np.linspace(-30, 30, 41)])
    assert_allclose(grad(lambda z: np.sum(f(z)))(z), derivative(z), rtol=1e-11, atol=1e-300)


@given(hnp.arrays(np.float64, (2, 4), elements=st.floats(-800, 800)), st.sampled_from([0, 1, -1]))
def test_the_gradient_of_log_sum_exp_is_softmax(z, axis):
    slope = grad(lambda z: np.sum(functions.log_sum_exp(z, axis=axis)))(z)
    assert_allclose(slope, functions.softmax(z, axis=axis), rtol=1e-11, atol=1e-15)


@given(hnp.arrays(np.float64, 4, elements=st.floats(-800, 800)))
def test_the_rows_of_softmax_jacobian_come_back(z):
    _, pull = vjp(functions.softmax, z)
    assert_allclose([pull(e) for e in np.eye(4)], functions.softmax_jacobian(z), atol=1e-14)
    _, pull = vjp(functions.log_softmax, z)
    assert_allclose([pull(e) for e in np.eye(4)], np.eye(4) - functions.softmax(z), atol=1e-14)


def test_a_masked_score_gets_nothing_back():
    z = np.array([0.0, -np.inf, 1.0])
    _, pull = vjp(functions.softmax, z)
    assert_allclose([pull(e) for e in np.eye(3)], functions.softmax_jacobian(z), atol=1e-15)
    assert_allclose(grad(functions.log_sum_exp)(z), functions.softmax(z), atol=1e-15)


@given(hnp.arrays(np.float64, 3, elements=st.floats(-30, 30)), hnp.arrays(np.float64, 3, elements=FINITE))
def test_the_curvature_of_log_sum_exp_is_the_jacobian_of_softmax(z, v):
    bend = grad(lambda z: grad(functions.log_sum_exp)(z) @ v)(z)
    assert_allclose(bend, functions.softmax_jacobian(z) @ v, atol=1e-13)


def test_a_recorded_function_is_the_function(rng):
    for name in functions.__all__:
        f, z = getattr(functions, name), np.append(rng.normal(size=5), [-800, 800])
        assert_array_equal(vjp(f, z)[0], f(z))

"""Gradients as functions: of anything, of each other, through any graph; and what is refused, not done wrongly."""

import gc
import math
import sys
import threading
import weakref
from typing import NamedTuple

import autograd
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from micrograd.engine import Value
from numpy.testing import assert_allclose, assert_array_equal

from mathml import calculus
from mathml.arrays import as_array, as_matrix, as_nonzero_rows, as_vector
from mathml.autodiff import grad, graph, no_grad, value_and_grad, vjp

NUMBER = st.floats(-3, 3)
vectors = hnp.arrays(np.float64, st.integers(1, 5), elements=NUMBER)

pytestmark = pytest.mark.filterwarnings("error")


def rosenbrock(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


# --- oracles --------------------------------------------------------------------------------------


@given(hnp.arrays(np.float64, 4, elements=NUMBER))
def test_the_gradient_is_that_of_differences(x):
    assert_allclose(grad(rosenbrock)(x), calculus.gradient(rosenbrock, x), rtol=1e-6, atol=1e-5)


@given(hnp.arrays(np.float64, 4, elements=NUMBER), hnp.arrays(np.float64, 4, elements=NUMBER))
def test_a_hessian_times_a_vector_takes_two_lines(x, v):
    gradient = grad(rosenbrock)
    product = grad(lambda x: gradient(x) @ v)(x)
    assert_allclose(product, autograd.hessian(rosenbrock)(x) @ v, rtol=1e-11, atol=1e-9)


def test_a_whole_hessian_is_one_product_for_each_row(rng):
    x = rng.normal(size=5)
    _, pull = vjp(grad(rosenbrock), x)
    H = np.array([pull(e) for e in np.eye(5)])
    assert_allclose(H, autograd.hessian(rosenbrock)(x), rtol=1e-12)
    assert_allclose(H, H.T)


@pytest.mark.parametrize(
    "f",
    [
        lambda m, x: m.exp(m.sin(x) * x),
        lambda m, x: m.log(1 + x**2) / (2 + m.cos(x)),
        lambda m, x: m.tanh(x) ** 3 - x**-2,
        lambda m, x: m.sqrt(x + m.exp(-x)),
    ],
)
def test_derivatives_of_derivatives_agree_with_sympy(f):
    t, ours = sympy.symbols("t"), lambda x: f(np, x)
    for order in range(1, 5):
        ours = grad(ours)
        assert ours(0.7) == pytest.approx(float(f(sympy, t).diff(t, order).subs(t, 0.7)), rel=1e-11)


@given(st.lists(NUMBER, min_size=3, max_size=3))
def test_a_scalar_engine_finds_the_same(numbers):
    def f(a, b, c):
        d = a * b + b**3
        e = d * c + a * d
        return (e - d) * (e + a / 2)

    values = [Value(number) for number in numbers]
    f(*values).backward()
    assert_allclose([grad(f, i)(*numbers) for i in range(3)], [value.grad for value in values], rtol=1e-10, atol=1e-10)


# --- laws -----------------------------------------------------------------------------------------


@given(vectors, NUMBER, NUMBER)
def test_the_gradient_is_linear_in_the_function(x, s, t):
    f, g = lambda x: np.sum(np.sin(x)), lambda x: np.sum(x**3)
    both = grad(lambda x: s * f(x) + t * g(x))(x)
    assert_allclose(both, s * grad(f)(x) + t * grad(g)(x), rtol=1e-10, atol=1e-10)


@given(hnp.arrays(np.float64, (3, 4), elements=NUMBER), hnp.arrays(np.float64, 4, elements=NUMBER))
def test_pull_is_the_transposed_jacobian(A, x):
    value, pull = vjp(lambda x: np.tanh(A @ x), x)
    J = (1 - value**2)[:, np.newaxis] * A
    assert_allclose([pull(e) for e in np.eye(3)], J, rtol=1e-12, atol=1e-15)
    assert_allclose(pull([1.0, 2.0, 3.0]), np.array([1, 2, 3]) @ J, rtol=1e-11, atol=1e-12)


def test_pull_gives_what_the_shape_of_x_has_for_a_value_of_any_shape(rng):
    value, pull = vjp(lambda x: np.sin(x)[..., np.newaxis] * np.ones(4), rng.normal(size=(2, 3)))
    assert value.shape == (2, 3, 4)
    assert pull(np.ones((2, 3, 4))).shape == (2, 3)


# --- graphs of every form -------------------------------------------------------------------------


def test_what_is_used_often_gets_back_the_sum():
    assert grad(lambda x: x * x + x * 2 + x)(3.0) == 9
    assert grad(lambda x: x + x + x)(3.0) == 3


@pytest.mark.parametrize("depth", [1, 2, 10, 40])
def test_a_row_of_diamonds_costs_as_many_steps_as_nodes(depth):
    def f(x):
        for _ in range(depth):
            x = 0.5 * x + 0.5 * x  # 2 to the power of depth paths
        return x

    nodes = graph(f, 1.0)
    assert len(nodes) == 3 * depth + 1
    assert nodes[0].gradient == 1


def test_a_node_waits_for_all_that_it_went_into():
    def f(x):
        early = x * 2.0
        late = np.sin(np.sin(np.sin(early)))
        return early * late + x

    assert grad(f)(0.3) == pytest.approx(calculus.derivative(f, 0.3), rel=1e-9)


def test_a_chain_of_a_hundred_thousand_links_needs_no_recursion():
    links = 100_000
    assert links > sys.getrecursionlimit()

    def f(x):
        for _ in range(links):
            x = x + 1.0
        return x * x

    assert value_and_grad(f)(2.0) == ((links + 2) ** 2, 2 * (links + 2))


def test_branches_and_loops_of_python_are_followed():
    def power(x, n):
        return 1.0 if n == 0 else x * power(x, n - 1)

    assert grad(power)(2.0, 5) == 80
    assert [grad(lambda x: x**2 if x > 0 else -x)(x) for x in (3.0, -3.0)] == [6, -1]


def test_the_sum_of_a_list_and_a_running_total():
    def f(x):
        total = 0.0
        for entry in x:
            total += entry**2
        return total + sum([*x])

    assert_array_equal(grad(f)([1.0, 2.0]), [3, 5])


# --- gradients of gradients -----------------------------------------------------------------------


def test_the_levels_are_kept_apart():
    assert grad(lambda x: x * grad(lambda y: x + y)(2.0))(1.0) == 1
    assert grad(lambda x: x * grad(lambda y: x * y)(2.0))(3.0) == 6


def test_an_inner_gradient_by_the_outer_variable_itself():
    assert grad(lambda x: grad(lambda y: x * y**2)(x))(3.0) == 4 * 3  # x ↦ 2x²


def test_three_levels_at_once():
    f = grad(lambda x: x * grad(lambda y: y * grad(lambda z: x * y * z**2)(y))(x))
    # d/dz = 2xyz at z = y: 2xy², times y: 2xy³; d/dy = 6xy² at y = x: 6x³, times x: 6x⁴; d/dx = 24x³
    assert f(2.0) == pytest.approx(24 * 8)


def test_what_an_inner_gradient_lets_out_still_counts_outside():
    def f(x):
        kept = []

        def inner(y):
            kept.append(x * y)
            return y * y

        grad(inner)(2.0)
        return x * kept[0]  # x · 2x

    assert grad(f)(3.0) == 12


@given(hnp.arrays(np.float64, 3, elements=NUMBER))
def test_a_gradient_step_can_be_differentiated(x):
    f = lambda x: np.sum(np.cos(x) * x[::-1])  # noqa: E731
    after = lambda x: f(x - 0.1 * grad(f)(x))  # noqa: E731
    assert_allclose(grad(after)(x), calculus.gradient(after, x), atol=1e-7)


# --- what may come for x --------------------------------------------------------------------------


@pytest.mark.parametrize("x", [3, 3.0, np.float32(3), np.int8(3), np.array(3), True + 2])
def test_of_a_number_the_gradient_is_a_float(x):
    value, gradient = value_and_grad(lambda x: x**2)(x)
    assert (value, gradient) == (9, 6)
    assert type(value) is type(gradient) is float


@pytest.mark.parametrize("x", [[1, 2], (1, 2), np.array([1, 2]), np.array([1, 2], dtype=np.uint8)])
def test_whole_numbers_are_computed_with_as_floats(x):
    gradient = grad(lambda x: np.sum(x / 4 - x**3))(x)
    assert gradient.dtype == np.float64
    assert_array_equal(gradient, [0.25 - 3, 0.25 - 12])


class Layer(NamedTuple):
    W: np.ndarray
    b: np.ndarray


def test_of_a_collection_the_gradient_is_made_alike(rng):
    W, b = rng.normal(size=(3, 2)), rng.normal(size=2)
    x = {"layers": [Layer(W, b), (W.T, 1.5)], "scale": 2}

    def f(x):
        (W, b), (V, c) = x["layers"]
        return x["scale"] * np.sum(np.tanh(np.ones(3) @ W + b) @ V + c)

    gradient = grad(f)(x)
    assert type(gradient["layers"][0]) is Layer
    assert type(gradient["layers"][1]) is tuple
    assert [np.shape(g) for layer in gradient["layers"] for g in layer] == [(3, 2), (2,), (2, 3), ()]
    assert gradient["scale"] == pytest.approx(f(x) / 2)
    assert_allclose(gradient["layers"][0].b, grad(lambda b: f({**x, "layers": [Layer(W, b), (W.T, 1.5)]}))(b))


def test_a_list_of_numbers_is_one_array_and_can_be_taken_apart():
    def f(parameters):
        w, b = parameters
        return w**2 * b

    assert_array_equal(grad(f)([3.0, 4.0]), [24, 9])
    assert_array_equal(grad(lambda A: np.sum(A @ A))([[1.0, 2.0], [3.0, 4.0]]), [[7, 11], [9, 13]])


def test_any_argument_may_be_the_one():
    f = lambda a, b, scale=1.0: scale * a * b**2  # noqa: E731
    assert (grad(f)(2.0, 3.0), grad(f, 1)(2.0, 3.0), grad(f, 1)(2.0, 3.0, scale=10)) == (9, 12, 120)


def test_the_gradient_of_a_constant_is_zero():
    assert_array_equal(grad(lambda x: 7.0)([1.0, 2.0]), [0, 0])
    assert_array_equal(grad(lambda x: np.argmax(x))([1.0, 2.0]), [0, 0])
    assert_array_equal(grad(lambda x: np.sum(x > 1))([1.0, 2.0]), [0, 0])
    assert grad(grad(lambda x: 3 * x))(2.0) == 0
    assert [g.tolist() for g in grad(lambda ab: np.sum(ab[0]))([np.ones(2), np.ones(3)])] == [[1, 1], [0, 0, 0]]


def test_f_may_give_back_its_argument():
    assert grad(lambda x: x)(2.0) == 1
    assert_array_equal(vjp(lambda x: x, [1.0, 2.0])[1]([3.0, 4.0]), [3, 4])


def test_results_belong_to_the_caller():
    x = np.ones(3)
    value, pull = vjp(lambda x: x + 0, x)
    value *= 7
    x *= 7
    first = pull(np.ones(3))
    first *= 7
    assert_array_equal(pull(np.ones(3)), np.ones(3))
    a, b = grad(lambda ab: np.sum(ab[0] + ab[1]))([np.ones(3), np.ones(3)])
    a += 1
    assert_array_equal(b, np.ones(3))


def test_the_argument_is_left_as_it_was():
    x = np.arange(3.0)
    grad(rosenbrock)(x)
    assert_array_equal(x, [0, 1, 2])


def test_recorded_arrays_pass_the_checks_of_what_comes(rng):
    def f(X):
        X = as_nonzero_rows(as_matrix(X, "X"), "X")
        return as_vector(X[0], "x") @ as_array(X[1], "y")

    assert_array_equal(grad(f)([[1.0, 2.0], [3.0, 4.0]]), [[3, 4], [1, 2]])
    with pytest.raises(
        ValueError, match=r"^x must be a vector: one row of numbers, but an array of shape \(2, 2\) came$"
    ):
        grad(lambda X: np.sum(as_vector(X, "x")))(np.eye(2))
    with pytest.raises(ValueError, match=r"^x must be finite, but x\[1\] is "):
        grad(lambda x: np.sum(as_vector(x, "x")))([1.0, np.inf])


# --- no_grad --------------------------------------------------------------------------------------


def test_without_recording_a_result_is_a_constant():
    def f(x):
        with no_grad():
            constant = x * 2
        assert type(constant) is np.float64
        return x * constant

    assert grad(f)(3.0) == 6


def test_a_gradient_within_no_grad_works_and_is_a_constant_outside():
    def f(x):
        with no_grad():
            slope = grad(lambda y: x * y**2)(3.0)
        return slope * x

    assert grad(f)(2.0) == 12
    with no_grad():
        assert grad(grad(lambda x: x**3))(2.0) == 12


def test_recording_goes_on_after_an_error_within_no_grad():
    def f(x):
        with pytest.raises(ZeroDivisionError), no_grad():
            1 / 0  # noqa: B018
        return x * x

    assert grad(f)(3.0) == 6


def test_no_grad_holds_for_its_own_thread_only():
    found = []
    with no_grad():
        thread = threading.Thread(target=lambda: found.append(grad(lambda x: x * x)(3.0)))
        thread.start()
        thread.join()
    assert found == [6]


# --- memory ---------------------------------------------------------------------------------------


@pytest.fixture
def no_collector():
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
def test_what_was_recorded_is_freed_at_once_without_the_collector():
    kept = []

    def f(x):
        y = np.exp(x)
        kept.append(weakref.ref(y.value))
        return np.sum(y * y)

    grad(f)(np.ones(3))
    grad(lambda x: np.sum(grad(f)(x)))
    _, pull = vjp(f, np.ones(3))
    assert [ref() is None for ref in kept] == [True, False]
    del pull
    assert [ref() is None for ref in kept] == [True, True]


# --- the graph ------------------------------------------------------------------------------------


def test_a_graph_names_its_nodes_and_their_slopes():
    nodes = graph(lambda w, x, b: np.tanh(w * x + b), 2.0, 3, -5.0)
    assert [node.name for node in nodes] == ["w", "x", "b", "multiply", "add", "tanh"]
    assert [node.parents for node in nodes] == [(), (), (), (0, 1), (3, 2), (4,)]
    assert [node.value for node in nodes] == [2, 3, -5, 6, 1, math.tanh(1)]
    slope = 1 - math.tanh(1) ** 2
    assert_allclose([s for node in nodes for s in node.slopes], [3, 2, 1, 1, slope])
    assert_allclose([node.gradient for node in nodes], np.array([3, 2, 1, 1, 1, 1 / slope]) * slope)


@given(st.lists(NUMBER, min_size=2, max_size=2))
def test_each_gradient_is_the_sum_over_edges_of_gradient_times_slope(numbers):
    nodes = graph(lambda a, b: np.sin(a * b) * a + np.exp(a) - b, *numbers)
    for i, node in enumerate(nodes[:-1]):
        back = [
            above.gradient * slope
            for above in nodes
            for parent, slope in zip(above.parents, above.slopes, strict=True)
            if parent == i
        ]
        assert node.gradient == pytest.approx(sum(back), rel=1e-12, abs=1e-12)


def test_a_graph_of_arrays(rng):
    X, w = rng.normal(size=(4, 3)), rng.normal(size=3)
    nodes = graph(lambda X, w: np.sum((X @ w) ** 2), X, w)
    assert [node.name for node in nodes] == ["X", "w", "matmul", "power", "sum"]
    assert_allclose(nodes[1].gradient, 2 * X.T @ X @ w)
    assert_allclose(nodes[3].slopes[0], 2 * X @ w)


def test_an_argument_that_plays_no_part_is_left_out():
    assert [node.name for node in graph(lambda a, b: a * a, 1.0, 2.0)] == ["a", "multiply"]
    assert len(graph(lambda a: 5.0, 1.0)) == 1


# --- what is refused ------------------------------------------------------------------------------


def changed(x):
    x[0] = 1.0
    return x


def added(x):
    x += 1
    return x


def collected(x):
    total = np.zeros(2)
    total += x
    return total


IN_PLACE = "a recorded array cannot be changed in place: make a new one, as by x = x + 1 or np.where"
TO_PLAIN = "a recorded array cannot become a plain one: use np.exp, not math.exp; np.stack, not np.array"
NO_RULE = "mathml.autodiff has no rule for "
ONE_NUMBER = "f(x) must be one number, for only then has it a gradient, but an array of shape"


@pytest.mark.parametrize(
    ("f", "message"),
    [
        (changed, IN_PLACE),
        (added, IN_PLACE),
        (collected, IN_PLACE),
        (lambda x: np.exp(x, out=np.ones(2)), IN_PLACE),
        (lambda x: np.array([x[0], x[1]]), TO_PLAIN),
        (lambda x: np.asarray(x), TO_PLAIN),
        (lambda x: [x[0], x[1]], TO_PLAIN),
        (
            lambda x: float(x[0]),
            TO_PLAIN,
        ),
        (
            lambda x: math.exp(x[0]),
            TO_PLAIN,
        ),
        (lambda x: np.linalg.norm(x), NO_RULE + "numpy.linalg.norm"),
        (lambda x: np.sort(x), NO_RULE + "numpy.sort"),
        (lambda x: np.arcsinh(x), NO_RULE + "numpy.arcsinh"),
        (lambda x: x % 2, NO_RULE + "numpy.remainder"),
        (lambda x: np.add.reduce(x), NO_RULE + "numpy.add.reduce"),
        (lambda x: np.multiply.outer(x, x), NO_RULE + "numpy.multiply.outer"),
        (lambda x: np.sum(x, dtype=np.float32), NO_RULE + "numpy.sum with dtype"),
        (
            lambda x: np.max(x, where=x > 0, initial=0),
            NO_RULE + "numpy.max with initial and where",
        ),
        (lambda x: np.exp(x, where=x > 0), NO_RULE + "numpy.exp with where"),
        (lambda x: np.sum(a=x), NO_RULE + "numpy.sum with a"),
        (lambda x: np.reshape(x, (2,), order="F"), NO_RULE + "numpy.reshape with order"),
        (lambda x: np.var(x, mean=0), NO_RULE + "numpy.var with mean"),
        (
            lambda x: np.dot(x, np.ones((3, 2, 2))),
            NO_RULE + "numpy.dot with a stack of matrices on the right: use @",
        ),
        (lambda x: None, "f(x) must be an array of numbers, but None came"),
        (lambda x: "high", "f(x) must be an array of numbers, but the text 'high' came"),
    ],
)
def test_what_would_lose_a_derivative_is_a_type_error(f, message):
    with pytest.raises(TypeError) as caught:
        grad(f)([1.0, 2.0])
    assert str(caught.value) == message


def test_an_entry_of_a_plain_array_cannot_be_recorded():
    def f(x):
        out = np.zeros(2)
        out[0] = x[0]
        return np.sum(out)

    with pytest.raises(ValueError, match="setting an array element") as caught:
        grad(f)([1.0, 2.0])
    assert str(caught.value.__cause__) == TO_PLAIN


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: grad(np.sin)([1.0, 2.0]), ValueError, f"{ONE_NUMBER} (2,) came"),
        (lambda: graph(lambda a: a[np.newaxis], 1.0), ValueError, f"{ONE_NUMBER} (1,) came"),
        (lambda: grad(np.sum)([]), ValueError, "x must not be empty, but its shape is (0,)"),
        (lambda: grad(np.sum)([1.0, np.nan]), ValueError, "x must not hold NaN, but x[1] is nan"),
        (lambda: grad(np.sum)("high"), TypeError, "x must be an array of numbers, but the text 'high' came"),
        (lambda: grad(np.sum)(a=[1]), ValueError, "argument 0 of f must be given by its position, but 0 were"),
        (lambda: grad(np.sum, -1), ValueError, "argument must be at least 0, but argument = -1 came"),
        (lambda: vjp(np.sin, [1, 2])[1](1.0), ValueError, "g must have the shape (2,) of f(x), but () came"),
    ],
)
def test_an_error_names_what_was_expected_and_what_came(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message


def test_a_recorded_array_says_what_it_is():
    shown = []
    grad(lambda x: shown.append(repr(x)) or np.sum(x))([1.0, 2.0])
    assert shown == ["Variable(array([1., 2.]))"]

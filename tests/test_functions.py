"""The shared functions against SciPy, against their own derivatives, and far out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy import special

from mathml import functions
from mathml.functions import (
    log_sigmoid,
    log_softmax,
    log_sum_exp,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    softmax_jacobian,
)

SCORE = st.floats(-1e4, 1e4)
scores = hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=3, max_side=5), elements=SCORE)
FAR = np.array([-1e4, -800.0, -709.0, -40.0, -1e-300, 0.0, 1e-300, 40.0, 709.0, 800.0, 1e4])
ALL = [getattr(functions, name) for name in functions.__all__]

# Any warning (overflow, 0/0, log 0) is a failure here.
pytestmark = pytest.mark.filterwarnings("error")


# --- oracles --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "scipys"),
    [
        (sigmoid, special.expit),
        (log_sigmoid, special.log_expit),
        (log_sum_exp, lambda z: special.logsumexp(z, axis=-1)),
        (softmax, lambda z: special.softmax(z, axis=-1)),
        (log_softmax, lambda z: special.log_softmax(z, axis=-1)),
    ],
)
@given(z=scores)
def test_agrees_with_scipy(ours, scipys, z):
    assert_allclose(ours(z), scipys(z), rtol=1e-11, atol=1e-15)


@given(scores, st.data())
def test_any_axis_may_be_the_one(z, data):
    axis = data.draw(st.integers(-z.ndim, z.ndim - 1))
    assert_allclose(softmax(z, axis), special.softmax(z, axis=axis), rtol=1e-12)
    assert_allclose(log_softmax(z, axis), special.log_softmax(z, axis=axis), rtol=1e-12)
    assert_allclose(log_sum_exp(z, axis), special.logsumexp(z, axis=axis), rtol=1e-12, atol=1e-12)


def test_relu_keeps_the_positive():
    assert_array_equal(relu([-2, 0, 3]), [0, 0, 3])


# --- laws -----------------------------------------------------------------------------------------


@given(scores)
def test_sigmoid_of_the_opposite_score_is_the_other_probability(z):
    assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=1e-12)


@given(st.floats(-30, 30))
def test_sigmoid_is_softmax_of_a_score_against_zero(z):
    assert_allclose(sigmoid(z), softmax([z, 0.0])[0], rtol=1e-12)


@given(scores)
def test_log_sigmoid_of_opposite_scores_differs_by_the_score(z):
    assert_allclose(log_sigmoid(z) - log_sigmoid(-z), z, rtol=1e-12, atol=1e-12)


@given(scores)
def test_softmax_weights_are_positive_and_sum_to_one(z):
    assert (softmax(z) >= 0).all()
    assert_allclose(softmax(z).sum(axis=-1), 1, rtol=1e-12)


@given(scores, SCORE)
def test_softmax_does_not_see_what_is_added_to_every_score(z, shift):
    assert_allclose(softmax(z + shift), softmax(z), atol=1e-11)


@given(scores, SCORE)
def test_log_sum_exp_rises_by_what_is_added_to_every_score(z, shift):
    assert_allclose(log_sum_exp(z + shift), log_sum_exp(z) + shift, atol=1e-10)


@given(scores)
def test_log_sum_exp_is_the_largest_score_or_at_most_log_n_above_it(z):
    above = log_sum_exp(z) - z.max(axis=-1)
    assert (above >= 0).all()
    assert (above <= np.log(z.shape[-1]) + 1e-11).all()


@given(scores)
def test_log_softmax_is_the_logarithm_of_softmax(z):
    assert_allclose(np.exp(log_softmax(z)), softmax(z), rtol=1e-11, atol=1e-300)


@given(scores)
def test_relu_of_a_number_less_relu_of_its_opposite_is_the_number(z):
    assert_array_equal(relu(z) - relu(-z), z)


@given(scores)
def test_the_jacobian_of_softmax_is_symmetric_and_its_rows_sum_to_zero(z):
    J = softmax_jacobian(z)
    assert J.shape == (*z.shape, z.shape[-1])
    assert_array_equal(J, np.swapaxes(J, -1, -2))
    assert_allclose(J.sum(axis=-1), 0, atol=1e-12)


# --- derivatives ----------------------------------------------------------------------------------


def central_difference(f, z, h=1e-5):
    return (f(z + h) - f(z - h)) / (2 * h)


@given(hnp.arrays(np.float64, 4, elements=st.floats(-30, 30)))
def test_sigmoid_derivative_is_the_slope_of_sigmoid(z):
    assert_allclose(sigmoid_derivative(z), central_difference(sigmoid, z), atol=1e-9)


@given(hnp.arrays(np.float64, 4, elements=st.floats(-30, 30)))
def test_sigmoid_derivative_agrees_with_a_complex_step_through_the_textbook_formula(z):
    h = 1e-200
    assert_allclose(sigmoid_derivative(z), (1 / (1 + np.exp(-(z + 1j * h)))).imag / h, rtol=1e-12)


@given(hnp.arrays(np.float64, 4, elements=st.floats(-30, 30)))
def test_the_slope_of_log_sigmoid_is_sigmoid_of_the_opposite(z):
    assert_allclose(central_difference(log_sigmoid, z), sigmoid(-z), atol=1e-9)


@given(hnp.arrays(np.float64, 4, elements=st.floats(1e-3, 1e4) | st.floats(-1e4, -1e-3)))
def test_relu_derivative_is_the_slope_of_relu_off_the_corner(z):
    assert_allclose(relu_derivative(z), central_difference(relu, z), atol=1e-6)


def test_relu_derivative_is_zero_at_the_corner():
    assert_array_equal(relu_derivative([-1.0, -0.0, 0.0, 1.0]), [0, 0, 0, 1])


@given(hnp.arrays(np.float64, 4, elements=st.floats(-10, 10)))
def test_softmax_jacobian_holds_the_slope_of_each_weight_in_each_score(z):
    columns = [central_difference(lambda t, e=e: softmax(z + t * e), 0.0) for e in np.eye(4)]
    assert_allclose(softmax_jacobian(z), np.stack(columns, axis=-1), atol=1e-9)


@given(hnp.arrays(np.float64, 4, elements=st.floats(-10, 10)))
def test_softmax_jacobian_agrees_with_a_complex_step_through_the_textbook_formula(z):
    powers = np.exp(z[:, np.newaxis] + 1e-200j * np.eye(4))  # column j steps in score j
    assert_allclose(softmax_jacobian(z), (powers / powers.sum(axis=0)).imag / 1e-200, rtol=1e-9, atol=1e-15)


@given(hnp.arrays(np.float64, 4, elements=st.floats(-10, 10)))
def test_the_gradient_of_log_sum_exp_is_softmax(z):
    gradient = [central_difference(lambda t, e=e: log_sum_exp(z + t * e), 0.0) for e in np.eye(4)]
    assert_allclose(softmax(z), gradient, atol=1e-9)


# --- far out, and at the edge ---------------------------------------------------------------------


@pytest.mark.parametrize("function", ALL, ids=functions.__all__)
def test_no_function_overflows_or_warns_far_out(function):
    assert np.isfinite(function(FAR)).all()


def test_sigmoid_and_its_slope_keep_their_digits_in_the_tail():
    tail = np.array([-700.0, -100.0, -40.0])
    assert_allclose(sigmoid(tail), np.exp(tail), rtol=1e-12)
    assert_allclose(sigmoid_derivative(-tail), np.exp(tail), rtol=1e-12)
    assert_allclose(log_sigmoid(-tail), -np.exp(tail), rtol=1e-12)


def test_sigmoid_reaches_its_limits():
    assert_array_equal(sigmoid([-np.inf, -1e4, 0, 1e4, np.inf]), [0, 0, 0.5, 1, 1])


def test_a_masked_score_gets_no_weight():
    assert_array_equal(softmax([0.0, -np.inf, 0.0]), [0.5, 0, 0.5])
    assert_array_equal(log_softmax([0.0, -np.inf]), [0, -np.inf])
    assert_array_equal(log_sum_exp([3.0, -np.inf]), 3)


def test_log_sum_exp_of_nothing_but_masks_is_minus_infinity():
    assert_array_equal(log_sum_exp([[-np.inf, -np.inf], [0.0, np.inf]]), [-np.inf, np.inf])


@pytest.mark.parametrize("function", ALL, ids=functions.__all__)
@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.float16, np.bool_])
def test_a_small_dtype_is_computed_with_as_float64(function, dtype):
    z = np.array([1, 0, 1], dtype=dtype) * dtype(100)
    assert_array_equal(function(z), function(z.astype(np.float64)))
    assert function(z).dtype == np.float64


@pytest.mark.parametrize("function", ALL, ids=functions.__all__)
def test_the_argument_is_left_as_it_was(function):
    z = FAR.copy()
    function(z)
    assert_array_equal(z, FAR)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", ALL, ids=functions.__all__)
@pytest.mark.parametrize(
    ("z", "error", "message"),
    [
        ("high", TypeError, "z must be an array of numbers, but the text 'high' came"),
        ([1, None], TypeError, "z must be an array of numbers, but None came"),
        ([], ValueError, "z must not be empty, but its shape is (0,)"),
        ([1, np.nan], ValueError, "z must not hold NaN, but z[1] is nan"),
        ([[1, 2], [3]], ValueError, "z must be an array of numbers, but rows of different lengths came"),
    ],
)
def test_bad_scores_are_named(function, z, error, message):
    with pytest.raises(error) as caught:
        function(z)
    assert str(caught.value) == message


@pytest.mark.parametrize("function", [softmax, log_softmax, log_sum_exp])
def test_an_axis_that_is_not_there_is_named(function):
    with pytest.raises(ValueError, match=r"^axis must be one of the 1 axes of z, but axis = 1 came$"):
        function([1.0, 2.0], axis=1)


@pytest.mark.parametrize("function", [softmax, log_softmax])
@pytest.mark.parametrize("z", [[-np.inf, -np.inf], [np.inf, 0.0]])
def test_softmax_of_nothing_but_masks_is_refused(function, z):
    with pytest.raises(ValueError, match=r"^z must have a finite highest score along axis -1, but ±∞ came$"):
        function(z)


# --- an array that records derivatives ------------------------------------------------------------


SLOPES = {
    np.exp: (lambda out, a: out,),
    np.log: (lambda out, a: 1 / a,),
    np.negative: (lambda out, a: -1.0,),
    np.add: (lambda out, a, b: 1.0, lambda out, a, b: 1.0),
    np.subtract: (lambda out, a, b: 1.0, lambda out, a, b: -1.0),
    np.multiply: (lambda out, a, b: b, lambda out, a, b: a),
    np.divide: (lambda out, a, b: 1 / b, lambda out, a, b: -a / b**2),
    np.logaddexp: (lambda out, a, b: np.exp(a - out), lambda out, a, b: np.exp(b - out)),
    np.maximum: (lambda out, a, b: a > b, lambda out, a, b: b > a),
    np.heaviside: (lambda out, a, b: 0.0, lambda out, a, b: 0.0),
}


class Dual(np.lib.mixins.NDArrayOperatorsMixin):
    """Values with their slopes: just enough of forward differentiation to pass through the functions."""

    def __init__(self, value, slope):
        self.value, self.slope = value, slope

    ndim = property(lambda self: np.ndim(self.value))
    shape = property(lambda self: np.shape(self.value))

    def __getitem__(self, key):
        return Dual(self.value[key], self.slope[key])

    def __array_ufunc__(self, ufunc, method, *inputs):
        assert method == "__call__"
        values = [x.value if isinstance(x, Dual) else x for x in inputs]
        out = ufunc(*values)
        if ufunc is np.isfinite:
            return out
        rules = zip(SLOPES[ufunc], inputs, strict=True)
        return Dual(out, sum(rule(out, *values) * x.slope for rule, x in rules if isinstance(x, Dual)))

    def __array_function__(self, function, types, args, kwargs):
        if function is np.max:  # at a place without ties, the slope of the largest
            at = np.expand_dims(np.argmax(args[0].value, axis=kwargs["axis"]), kwargs["axis"])
            return args[0].map(lambda part: np.take_along_axis(part, at, axis=kwargs["axis"]))
        if function is np.where:
            condition, yes, no = args
            return Dual(np.where(condition, yes.value, no), np.where(condition, yes.slope, 0.0))
        assert function in {np.sum, np.squeeze}
        return args[0].map(lambda part: function(part, *args[1:], **kwargs))

    def map(self, function):
        return Dual(function(self.value), function(self.slope))


@pytest.mark.parametrize("function", ALL, ids=functions.__all__)
def test_an_array_that_records_derivatives_passes_through(function, rng):
    z, direction = rng.normal(size=(2, 5, 3))
    out = function(Dual(z, direction))
    assert_allclose(out.value, function(z), rtol=1e-12)
    assert_allclose(out.slope, central_difference(lambda t: function(z + t * direction), 0.0), atol=1e-8)


@pytest.mark.parametrize("T", [1e-320, 1e-3, 0.5, 3.0, 1e300])
def test_a_temperature_divides_the_scores_and_nothing_overflows(T):
    z = np.array([[1.0, 3.0, -np.inf, 2.0], [1e4, -1e4, 0.0, 1e4]])
    weights = softmax(z, temperature=T)
    assert_allclose(weights.sum(axis=1), 1)
    assert weights[0, 2] == 0
    if 1e-10 < T < 1e10:
        assert_allclose(weights, softmax(z / T))
    with pytest.raises(ValueError, match="temperature must be finite and above 0, but temperature = -1 came"):
        softmax(z, temperature=-1)

"""AdaGrad, RMSProp and Adam: PyTorch's paths, and that the size of a gradient does not matter to them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from mathml.optimization import (
    BFGS,
    ROSENBROCK,
    SADDLE,
    AdaGrad,
    Adam,
    GradientDescent,
    LineSearch,
    Momentum,
    Nesterov,
    Newton,
    RMSProp,
    Scheduled,
    bowl,
    cosine,
    minimize,
)
from tests.torch_reference import TORCH, walk

GRADIENTS = hnp.arrays(float, (12, 3), elements=st.floats(-100, 100).filter(lambda g: abs(g) > 1e-3))
FACTORS = hnp.arrays(float, 3, elements=st.floats(1e-3, 1e3))
KINDS = [AdaGrad, RMSProp, Adam]


def follow(optimizer, gradients):
    path = [np.zeros(gradients.shape[1])]
    for gradient in gradients:
        path.append(optimizer.step(path[-1], gradient))
    return np.array(path)


@pytest.mark.parametrize(
    ("optimizer", "name"),
    [
        (AdaGrad(0.1), "adagrad"),
        (RMSProp(0.1), "rmsprop"),
        (RMSProp(0.1, decay=0.5, eps=1e-3), "rmsprop_short"),
        (Adam(0.1), "adam"),
        (Adam(0.1, beta1=0.5, beta2=0.6, eps=1e-3), "adam_short"),
    ],
)
def test_each_step_is_pytorchs(optimizer, name):
    assert_allclose(walk(optimizer), TORCH[name], rtol=1e-12, atol=1e-12)


# --- laws -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@given(gradients=GRADIENTS, factors=FACTORS)
def test_they_do_not_care_for_the_units_of_a_gradient(kind, gradients, factors):
    here, there = (follow(kind(0.1, eps=0), g) for g in (gradients, gradients * factors))
    assert_allclose(here, there, rtol=1e-9, atol=1e-12)


@given(GRADIENTS)
def test_adams_first_step_is_the_sign(gradients):
    assert_allclose(Adam(0.1).step(np.zeros(3), gradients[0]), -0.1 * np.sign(gradients[0]), rtol=1e-4)


@given(GRADIENTS, st.floats(0, 0.99), st.floats(0, 0.99))
def test_adams_means_are_means_of_what_came(gradients, beta1, beta2):
    optimizer = Adam(0.1, beta1, beta2)
    follow(optimizer, gradients)
    for beta, came, values in ((beta1, optimizer.mean_, gradients), (beta2, optimizer.squares_, gradients**2)):
        weights = beta ** np.arange(11, -1, -1.0)  # the last counts most
        corrected = came / (1 - beta**optimizer.steps_)
        assert_allclose(corrected, np.average(values, axis=0, weights=weights), rtol=1e-9, atol=1e-9)


@given(GRADIENTS, st.floats(0, 0.99))
def test_without_momentum_adam_is_rmsprop_corrected(gradients, decay):
    adam, rmsprop = Adam(0.1, beta1=0, beta2=decay, eps=0), RMSProp(0.1, decay=decay, eps=0)
    corrections = np.sqrt(1 - decay ** np.arange(1.0, 13))[:, np.newaxis]
    ours, theirs = np.diff(follow(adam, gradients), axis=0), np.diff(follow(rmsprop, gradients), axis=0)
    assert_allclose(ours, corrections * theirs, rtol=1e-9, atol=1e-12)


def test_adagrads_steps_fall_as_one_over_the_root():
    lengths = -np.diff(follow(AdaGrad(0.3, eps=0), np.full((50, 1), 7.0)), axis=0)[:, 0]
    assert_allclose(lengths, 0.3 / np.sqrt(np.arange(1, 51)))


def test_rmsprops_first_step_is_too_long_and_its_later_ones_are_not():
    lengths = -np.diff(follow(RMSProp(0.1), np.full((1000, 1), 7.0)), axis=0)[:, 0]
    assert lengths[0] == pytest.approx(0.1 / np.sqrt(1 - 0.99))
    assert lengths[-1] == pytest.approx(0.1, rel=1e-3)


@pytest.mark.parametrize("ground", [bowl(1, 20), SADDLE, ROSENBROCK], ids=["ravine", "saddle", "Rosenbrock"])
def test_a_race_is_a_loop(ground):
    racers = [
        GradientDescent(1e-3),
        Momentum(1e-4),
        Nesterov(1e-4),
        AdaGrad(0.5),
        RMSProp(1e-2),
        Adam(1e-2),
        Scheduled(Adam(), cosine(0.1, 300)),
        LineSearch(ground.f),
        BFGS(ground.f, ground.gradient),
        Newton(ground.hessian),
    ]
    for optimizer in racers:
        run = minimize(ground.f, ground.start, optimizer, ground.gradient, steps=300)
        assert not run.diverged
        assert run.values[-1] < run.values[0]


# --- edges ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_coordinate_that_is_never_pushed_stays_though_nothing_is_added_below(kind):
    gradients = np.zeros((5, 2))
    gradients[:, 0] = 1
    assert follow(kind(0.1, eps=0), gradients)[-1, 1] == 0


@pytest.mark.parametrize("optimizer", [AdaGrad(0.5), RMSProp(1e-3), Adam(0.05)], ids=lambda o: type(o).__name__)
def test_each_run_begins_without_a_memory_and_comes_down(optimizer):
    ground = bowl(1, 100)
    first, second = (
        minimize(ground.f, ground.start, optimizer, ground.gradient, steps=1500, tol=1e-5) for _ in range(2)
    )
    assert_array_equal(first.path, second.path)
    assert optimizer.squares_ is None
    assert first.values[-1] < 1e-3


def test_what_they_remember_is_replaced_and_never_changed():
    optimizer = Adam(0.1)
    optimizer.step([0], [2])
    mean, squares = optimizer.mean_, optimizer.squares_
    optimizer.step([0], [3])
    assert mean == pytest.approx(0.2)
    assert squares == pytest.approx(0.004)


# --- errors ---------------------------------------------------------------------------------------


def another_length(optimizer):
    optimizer.step([1, 2], [1, 2])
    optimizer.step([1], [1])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: AdaGrad(0), ValueError, "learning_rate must be above 0, but learning_rate = 0 came"),
        (lambda: AdaGrad(0.1, eps=-1), ValueError, "eps must be finite and at least 0, but eps = -1 came"),
        (lambda: RMSProp(0.1, decay=1), ValueError, "decay must be at least 0 and below 1, but decay = 1 came"),
        (lambda: Adam(beta1=-0.1), ValueError, "beta1 must be at least 0 and below 1, but beta1 = -0.1 came"),
        (lambda: Adam(beta2="long"), TypeError, "beta2 must be a number, but the text 'long' came"),
        (lambda: Adam().step([1], [np.inf]), ValueError, "gradient must be finite, but gradient[0] is inf"),
        *[
            (
                lambda kind=kind, name=name: another_length(kind(0.1)),
                ValueError,
                f"{name} and gradient must have the same length (an optimiser belongs to one run), but {name} has 2",
            )
            for kind, name in ((AdaGrad, "squares_"), (RMSProp, "squares_"), (Adam, "mean_"))
        ],
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error) as raised:
        call()
    assert str(raised.value).startswith(message)

"""Five optimisers: two steps of each by hand, in place, saved and restored bit for bit."""

import math

import numpy as np
import pytest

from rnn.optimisers import OPTIMISERS, make_optimiser

# Two steps of rate 0.5 from (1, -2), with the gradients (2, -1) and then (-4, 0).
START = (1.0, -2.0)
GRADIENTS = ((2.0, -1.0), (-4.0, 0.0))
RATE = 0.5


def taken(optimiser, dtype=np.float64):
    """The parameters after each of the two steps."""
    flat = np.array(START, dtype)
    after = []
    for gradient in GRADIENTS:
        optimiser.step(flat, np.array(gradient, dtype), RATE)
        after.append(flat.tolist())
    return after


def test_sgd_by_hand():
    # 1 - 0.5*2    -2 + 0.5*1      0 + 0.5*4    -1.5 - 0
    assert taken(make_optimiser("sgd")) == [[0.0, -1.5], [2.0, -1.5]]


def test_momentum_by_hand():
    # v = (2, -1); then 0.5*(2, -1) + (-4, 0) = (-3, -0.5): w = (0 + 1.5, -1.5 + 0.25)
    assert taken(make_optimiser("momentum", momentum=0.5)) == [[0.0, -1.5], [1.5, -1.25]]


def test_adagrad_by_hand():
    first, second = taken(make_optimiser("adagrad"))
    # the sums of squares are (4, 1): each moves by the rate, whatever its gradient
    assert first == pytest.approx([1.0 - 0.5, -2.0 + 0.5], abs=1e-7)
    # then (20, 1): 0.5 + 0.5*4/sqrt(20), and a gradient of 0 moves nothing
    assert second == pytest.approx([0.5 + 2.0 / math.sqrt(20.0), -1.5], abs=1e-7)


def test_rmsprop_by_hand():
    first, second = taken(make_optimiser("rmsprop", decay=0.75))
    # s = (1, 0.25): 1 - 0.5*2/1 and -2 + 0.5*1/0.5
    assert first == pytest.approx([0.0, -1.0], abs=1e-7)
    # s = (0.75 + 4, 0.1875): 0 + 0.5*4/sqrt(4.75)
    assert second == pytest.approx([2.0 / math.sqrt(4.75), -1.0], abs=1e-7)


def test_adam_by_hand():
    first, second = taken(make_optimiser("adam", beta1=0.5, beta2=0.75))
    # m = (1, -0.5), s = (1, 0.25), corrected (2, -1) and (4, 1): the first step is the rate
    assert first == pytest.approx([1.0 - 0.5, -2.0 + 0.5], abs=1e-7)
    # m = (0.5 - 2, -0.25) / 0.75 = (-2, -1/3); s = (0.75 + 4, 0.1875) / 0.4375
    by_hand = [0.5 + 0.5 * 2.0 / math.sqrt(4.75 / 0.4375)]
    by_hand.append(-1.5 + 0.5 * (1.0 / 3.0) / math.sqrt(0.1875 / 0.4375))
    assert second == pytest.approx(by_hand, abs=1e-7)


def test_adam_puts_epsilon_where_algorithm_1_does():
    # with one gradient g the corrected moments are g and g^2: the step is rate g / (|g| + epsilon)
    flat = np.zeros(1)
    make_optimiser("adam", epsilon=0.25).step(flat, np.array([0.75]), 1.0)
    assert flat[0] == pytest.approx(-0.75 / (0.75 + 0.25), rel=1e-12)


def test_epsilon_stands_outside_the_root():
    for name, square in (("adagrad", 1.0), ("rmsprop", 0.1)):
        flat = np.zeros(1)
        make_optimiser(name, epsilon=0.25).step(flat, np.array([1.0]), 1.0)
        assert flat[0] == pytest.approx(-1.0 / (math.sqrt(square) + 0.25), rel=1e-12)


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_step_is_in_place_and_leaves_the_gradient_alone(name, dtype):
    owner = np.ones(6, dtype)
    flat = owner[1:5]
    gradient = np.array([1.0, -2.0, 0.0, 0.5], dtype)
    before = gradient.copy()
    make_optimiser(name).step(flat, gradient, 0.1)
    assert owner[0] == owner[5] == 1.0
    assert (owner[[1, 2, 4]] != 1.0).all()
    assert owner[3] == 1.0  # a gradient of 0 moves nothing at the first step
    assert owner.dtype == dtype
    np.testing.assert_array_equal(gradient, before)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_float32_is_float64_to_its_own_precision(name):
    single, double = (taken(make_optimiser(name), dtype) for dtype in (np.float32, np.float64))
    np.testing.assert_allclose(single, double, rtol=1e-6)


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_restored_moments_go_on_bit_for_bit(name, dtype):
    rng = np.random.default_rng(1)
    gradients = rng.normal(size=(7, 5)).astype(dtype)
    whole, halves = np.ones(5, dtype), np.ones(5, dtype)
    optimiser = make_optimiser(name)
    for gradient in gradients:
        optimiser.step(whole, gradient, 0.01)
    first = make_optimiser(name)
    for gradient in gradients[:3]:
        first.step(halves, gradient, 0.01)
    saved = first.moments()
    first.step(halves.copy(), gradients[0], 0.01)  # what is saved does not move on
    second = make_optimiser(name)
    second.restore(saved)
    for gradient in gradients[3:]:
        second.step(halves, gradient, 0.01)
    np.testing.assert_array_equal(whole, halves)
    for moment, value in optimiser.moments().items():
        np.testing.assert_array_equal(value, second.moments()[moment])


@pytest.mark.parametrize("name", OPTIMISERS)
def test_restoring_nothing_starts_anew(name):
    used = make_optimiser(name)
    taken(used)
    used.restore({})
    assert used.moments() == {}
    assert taken(used) == taken(make_optimiser(name))


@pytest.mark.parametrize("name", OPTIMISERS)
def test_each_goes_down_a_bowl(name):
    flat = np.array([3.0, -2.0])
    optimiser = make_optimiser(name)
    for _ in range(400):
        optimiser.step(flat, flat * [1.0, 10.0], 0.05)
    assert np.abs(flat).max() < (1.5 if name == "adagrad" else 0.1)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_the_settings_make_a_twin(name):
    optimiser = make_optimiser(name)
    assert make_optimiser(name, **optimiser.settings()).settings() == optimiser.settings()


@pytest.mark.parametrize("rate", [1e9, math.nan, -1.0, math.inf])
def test_a_rate_out_of_range_is_refused(rate):
    flat = np.ones(2)
    with pytest.raises(ValueError, match="learning rate must be from 0 to 10; got"):
        make_optimiser("adam").step(flat, np.ones(2), rate)
    assert flat.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("gradient", [np.ones(3), np.ones(1), np.ones(2, np.float32)])
def test_a_gradient_that_does_not_fit_is_refused(gradient):
    with pytest.raises(ValueError, match=r"gradient must be float64 of shape \(2,\)"):
        make_optimiser("sgd").step(np.ones(2), gradient, 0.1)


def test_moments_of_another_network_are_refused():
    optimiser = make_optimiser("momentum")
    optimiser.restore({"velocity": np.ones(3)})
    with pytest.raises(ValueError, match=r"velocity must be float64 of shape \(2,\)"):
        optimiser.step(np.ones(2), np.ones(2), 0.1)


@pytest.mark.parametrize(
    ("moments", "reason"),
    [
        ({"velocity": np.ones(2)}, "moments of adam must be mean, squares, steps; got 'velocity'"),
        (
            {"mean": np.ones(2), "squares": np.array([1.0, np.nan]), "steps": np.ones(1)},
            "squares must be finite",
        ),
        (
            {"mean": np.ones(2), "squares": np.ones(2), "steps": np.array([1.5])},
            "steps must be one whole number from 1; got",
        ),
        (
            {"mean": np.ones(2), "squares": np.ones(2), "steps": np.ones(2)},
            "steps must be one whole number from 1; got",
        ),
    ],
)
def test_moments_that_are_not_its_own_are_refused(moments, reason):
    with pytest.raises(ValueError, match=reason):
        make_optimiser("adam").restore(moments)


@pytest.mark.parametrize(
    ("name", "settings", "reason"),
    [
        ("adamw", {}, "optimiser must be one of sgd, momentum, adagrad, rmsprop, adam; got"),
        ("sgd", {"momentum": 0.9}, "settings of sgd are none; got 'momentum'"),
        ("adam", {"beta": 0.9}, "settings of adam are beta1, beta2, epsilon; got 'beta'"),
        ("momentum", {"momentum": 1.0}, "momentum must be from 0 to below 1; got 1.0"),
        ("rmsprop", {"decay": -0.1}, "decay must be from 0 to 1; got -0.1"),
        ("adam", {"beta2": math.nan}, "beta2 must be a number from 0 to 1; got nan"),
        ("adagrad", {"epsilon": 0.0}, "epsilon must be from 1e-30 to 1; got 0.0"),
    ],
)
def test_bad_settings_are_refused(name, settings, reason):
    with pytest.raises(ValueError, match=reason):
        make_optimiser(name, **settings)


def test_refused_moments_of_adam_leave_its_own_as_they_were():
    adam, flat = make_optimiser("adam"), np.zeros(2)
    adam.step(flat, np.ones(2), 0.1)
    before = adam.moments()
    for steps in ([0.0], [1.5], [np.nan], [np.inf], [1e300], [1.0, 2.0]):
        lie = {"mean": np.full(2, 7.0), "squares": np.full(2, 7.0), "steps": np.array(steps)}
        with pytest.raises(ValueError, match="steps must be one whole number from 1"):
            adam.restore(lie)
        for name, moment in adam.moments().items():
            np.testing.assert_array_equal(moment, before[name])

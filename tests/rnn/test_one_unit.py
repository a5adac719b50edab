"""The one-unit network against a pencil, and what is known about its gradient through time."""

import math

import pytest

from rnn.activations import ACTIVATIONS
from rnn.one_unit import Weights, backward, forward, mean_squared_error

LN3 = math.log(3.0)


def both(weights, inputs, targets, activation, h_0=0.0):
    f = ACTIVATIONS[activation]
    trace = forward(weights, inputs, f, h_0)
    return trace, backward(weights, inputs, targets, trace, f, h_0)


def test_linear_by_hand():
    # h_1 = 0.5*1 - 1*0    + 0.25 = 0.75    y_1 = 2*0.75 - 0.5 = 1
    # h_2 = 0.5*2 - 1*0.75 + 0.25 = 0.5     y_2 = 2*0.5  - 0.5 = 0.5
    # h_3 = 0.5*3 - 1*0.5  + 0.25 = 1.25    y_3 = 2*1.25 - 0.5 = 2
    weights = Weights(w_x=0.5, w_h=-1.0, w_y=2.0, b_h=0.25, b_y=-0.5)
    trace, back = both(weights, [1.0, 2.0, 3.0], [1.0, 2.0, 0.5], "linear")
    assert trace.hidden == [0.75, 0.5, 1.25]
    assert trace.outputs == [1.0, 0.5, 2.0]
    # y - target = 0, -1.5, 1.5: L = (0 + 2.25 + 2.25)/3 = 1.5 and e = 2/3 (y - target) = 0, -1, 1
    assert mean_squared_error(trace.outputs, [1.0, 2.0, 0.5]) == 1.5
    # d_3 = 2*1 = 2    d_2 = 2*(-1) + (-1)*2 = -4    d_1 = 2*0 + (-1)*(-4) = 4
    assert back.error_signals == [4.0, -4.0, 2.0]
    # w_x: 4*1 - 4*2 + 2*3 = 2    w_h: 4*0 - 4*0.75 + 2*0.5 = -2    b_h: 4 - 4 + 2 = 2
    # w_y: 0*0.75 - 1*0.5 + 1*1.25 = 0.75                           b_y: 0 - 1 + 1 = 0
    assert back.gradient == Weights(w_x=2.0, w_h=-2.0, w_y=0.75, b_h=2.0, b_y=0.0)


def test_a_first_memory_by_hand():
    # h_0 = 2: h_1 = 3*1 + 0.5*2 = 4, y_1 = 4; target 1: e = 2*3 = 6 = d_1
    trace, back = both(Weights(3.0, 0.5, 1.0, 0.0, 0.0), [1.0], [1.0], "linear", h_0=2.0)
    assert (trace.hidden, trace.outputs) == ([4.0], [4.0])
    # w_x: 6*1    w_h: 6*h_0 = 12    w_y: 6*4 = 24    b_h: 6    b_y: 6
    assert back.gradient == Weights(6.0, 12.0, 24.0, 6.0, 6.0)


def test_tanh_by_hand():
    # a_1 = x_1 - 1 = ln 3 / 2, h_1 = 1/2, slope 3/4;   a_2 = 0 + 2*1/2 - 1 = 0, h_2 = 0, slope 1
    x_1 = LN3 / 2 + 1.0
    weights = Weights(w_x=1.0, w_h=2.0, w_y=4.0, b_h=-1.0, b_y=0.0)
    trace, back = both(weights, [x_1, 0.0], [1.0, -1.0], "tanh")
    assert trace.hidden == pytest.approx([0.5, 0.0], abs=1e-15)
    # y = 2, 0: both 1 above their targets, e = 1, 1
    # d_2 = 4*1*1 = 4    d_1 = (4*1 + 2*4) * 3/4 = 9
    assert back.error_signals == pytest.approx([9.0, 4.0])
    # w_x: 9 x_1    w_h: 4*1/2 = 2    w_y: 1*1/2 + 1*0 = 1/2    b_h: 9 + 4    b_y: 1 + 1
    assert back.gradient == pytest.approx(Weights(9.0 * x_1, 2.0, 0.5, 13.0, 2.0))


def test_sigmoid_by_hand():
    # a_1 = 0, h_1 = 1/2, slope 1/4;   a_2 = (ln 3 - 1/2) + 1/2 = ln 3, h_2 = 3/4, slope 3/16
    weights = Weights(w_x=1.0, w_h=1.0, w_y=2.0, b_h=0.0, b_y=0.0)
    trace, back = both(weights, [0.0, LN3 - 0.5], [0.0, 0.5], "sigmoid")
    assert trace.outputs == pytest.approx([1.0, 1.5])
    # e = 1, 1    d_2 = 2 * 3/16 = 3/8    d_1 = (2 + 1 * 3/8) * 1/4 = 19/32
    assert back.error_signals == pytest.approx([19 / 32, 3 / 8])
    # w_h: 3/8 * 1/2 = 3/16    w_y: 1/2 + 3/4 = 5/4    b_h: 19/32 + 12/32 = 31/32
    assert back.gradient == pytest.approx(Weights(3 / 8 * (LN3 - 0.5), 3 / 16, 5 / 4, 31 / 32, 2.0))


def test_relu_by_hand():
    # a = 1, 1 - 2*1 = -1, 3 - 2*0 = 3: the unit is off at step 2, and so is its slope
    trace, back = both(Weights(1.0, -2.0, 1.0, 0.0, 0.0), [1.0, 1.0, 3.0], [0.0, 3.0, 0.0], "relu")
    assert trace.hidden == [1.0, 0.0, 3.0]
    # e = 2/3 * (1, -3, 3)    d_3 = 2    d_2 = (-2 - 2*2) * 0    d_1 = 2/3 - 2*0
    assert back.error_signals == pytest.approx([2 / 3, 0.0, 2.0])
    # w_x: 2/3 + 0 + 6    w_h: 0*1 + 2*0    w_y: 2/3 + 0 + 6    b_h: 8/3    b_y: 2/3
    assert back.gradient == pytest.approx(Weights(20 / 3, 0.0, 20 / 3, 8 / 3, 2 / 3))


def test_a_step_without_a_target_does_not_count():
    # y = 0.75 2 - 0.5 = 1, 0.5, 2 as above; only the last is asked for 0.5: L = 1.5^2, e_3 = 2 1.5
    weights = Weights(w_x=0.5, w_h=-1.0, w_y=2.0, b_h=0.25, b_y=-0.5)
    trace, back = both(weights, [1.0, 2.0, 3.0], [None, None, 0.5], "linear")
    assert mean_squared_error(trace.outputs, [None, None, 0.5]) == 2.25
    # d_3 = 2*3 = 6    d_2 = -1*6    d_1 = -1*-6
    assert back.error_signals == [6.0, -6.0, 6.0]
    assert back.gradient == Weights(6 - 12 + 18, 6 * 0.5 - 6 * 0.75, 3 * 1.25, 6.0, 3.0)


def test_no_target_at_all_is_refused():
    with pytest.raises(ValueError, match="at least one step must have a target"):
        mean_squared_error([1.0], [None])


@pytest.mark.parametrize(
    ("truncate", "signals"),
    [(1, [0, -2, 2]), (2, [2, -2, 2]), (3, [4, -4, 2]), (9, [4, -4, 2]), (None, [4, -4, 2])],
)
def test_truncated_by_hand(truncate, signals):
    # the linear example: w_y e = 0, -2, 2, and from the right comes -1 times the signal, or nothing
    weights = Weights(w_x=0.5, w_h=-1.0, w_y=2.0, b_h=0.25, b_y=-0.5)
    inputs, targets, f = [1.0, 2.0, 3.0], [1.0, 2.0, 0.5], ACTIVATIONS["linear"]
    trace = forward(weights, inputs, f)
    back = backward(weights, inputs, targets, trace, f, truncate=truncate)
    assert back.error_signals == signals
    d_1, d_2, d_3 = signals
    assert back.gradient.w_x == d_1 + 2 * d_2 + 3 * d_3
    assert back.gradient.w_y == 0.75  # the output's own gradient never flows through time


@pytest.mark.parametrize("truncate", [0, -2, 1.5])
def test_truncation_is_a_whole_number_from_1(truncate):
    trace = forward(Weights(1, 1, 1, 0, 0), [1.0], ACTIVATIONS["tanh"])
    with pytest.raises(ValueError, match="truncate must be a whole number from 1"):
        backward(Weights(1, 1, 1, 0, 0), [1.0], [1.0], trace, ACTIVATIONS["tanh"], 0.0, truncate)


def slope_through_time(w_h, steps, activation):
    """dh_T/dh_0: the gradient of a loss whose slope is 1 at the last prediction, 0 elsewhere."""
    weights, inputs, f = Weights(1.0, w_h, 1.0, 0.0, 0.0), [0.0] * steps, ACTIVATIONS[activation]
    trace = forward(weights, inputs, f)
    targets = [*trace.outputs[:-1], trace.outputs[-1] - steps / 2]  # 2/T * T/2 = 1
    return w_h * backward(weights, inputs, targets, trace, f).error_signals[0]


@pytest.mark.parametrize(
    ("w_h", "steps", "left"),
    [(0.9, 10, 0.349), (0.9, 20, 0.122), (0.9, 50, 0.00515), (1.1, 10, 2.59), (1.1, 20, 6.73)],
)
def test_a_linear_memory_keeps_w_h_to_the_number_of_steps(w_h, steps, left):
    slope = slope_through_time(w_h, steps, "linear")
    assert slope == pytest.approx(w_h**steps, rel=1e-9)
    assert f"{slope:.3g}" == f"{left:.3g}"  # as the book prints it


def test_above_one_it_explodes():
    assert f"{slope_through_time(1.1, 50, 'linear'):.1f}" == "117.4"


def test_a_sigmoid_keeps_at_most_a_quarter_per_step():
    assert 0.0 < slope_through_time(1.0, 20, "sigmoid") <= 0.25**20
    assert f"{0.25**20:.1e}" == "9.1e-13"


def test_a_trace_has_one_entry_per_step():
    trace = forward(Weights(1.0, 1.0, 1.0, 0.0, 0.0), [1.0] * 2000, ACTIVATIONS["tanh"])
    assert len(trace.hidden) == len(trace.outputs) == 2000


def test_mean_squared_error_by_hand():
    assert mean_squared_error([1.0, 2.0, 6.0], [1.0, 4.0, 2.0]) == (0 + 4 + 16) / 3


def test_mean_squared_error_of_huge_values_is_infinite_and_raises_nothing():
    assert mean_squared_error([1e200], [-1e200]) == math.inf
    assert math.isnan(mean_squared_error([math.nan], [0.0]))


@pytest.mark.parametrize(("outputs", "targets"), [([1.0], []), ([], []), ([1.0, 2.0], [1.0])])
def test_mean_squared_error_refuses_unequal_or_empty(outputs, targets):
    rule = f"equally long and not empty; got {len(outputs)} and {len(targets)}"
    with pytest.raises(ValueError, match=rule):
        mean_squared_error(outputs, targets)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("huge", [1e10, -1e10, 1e300, -1e308])
def test_huge_weights_raise_nothing(activation, huge):
    trace, back = both(Weights(*[huge] * 5), [2.0**t for t in range(20)], [1.0] * 20, activation)
    assert len(trace.outputs) == len(back.error_signals) == 20


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_nan_reaches_the_loss(activation):
    weights = Weights(math.nan, 0.5, 1.0, 0.0, 0.0)
    trace, back = both(weights, [1.0, 2.0], [0.0, 0.0], activation)
    assert math.isnan(mean_squared_error(trace.outputs, [0.0, 0.0]))
    assert any(map(math.isnan, back.gradient))

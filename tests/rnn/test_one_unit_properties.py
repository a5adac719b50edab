"""What holds for the one-unit network whatever its weights and whatever it reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn.activations import ACTIVATIONS
from rnn.one_unit import Weights, backward, forward, mean_squared_error

NUMBERS = st.floats(-2.0, 2.0)
WEIGHTS = st.builds(Weights, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
SERIES = st.lists(NUMBERS, min_size=1, max_size=12)
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=12)
ANY = st.sampled_from(list(ACTIVATIONS.values()))


def columns(pairs):
    return [list(column) for column in zip(*pairs, strict=True)]


def gradient_of(weights, inputs, targets, f):
    return backward(weights, inputs, targets, forward(weights, inputs, f), f)


@given(weights=WEIGHTS, inputs=SERIES, f=ANY, data=st.data())
def test_forward_is_causal(weights, inputs, f, data):
    at = data.draw(st.integers(0, len(inputs) - 1))
    changed = [*inputs[:at], *data.draw(st.lists(NUMBERS, min_size=1))]
    before, after = forward(weights, inputs, f), forward(weights, changed, f)
    assert before.hidden[:at] == after.hidden[:at]
    assert before.outputs[:at] == after.outputs[:at]


@given(weights=WEIGHTS, first=SERIES, second=SERIES, f=ANY)
def test_the_memory_is_all_that_is_carried(weights, first, second, f):
    whole = forward(weights, first + second, f)
    head = forward(weights, first, f)
    tail = forward(weights, second, f, h_0=head.hidden[-1])
    assert whole.hidden == head.hidden + tail.hidden
    assert whole.outputs == head.outputs + tail.outputs


@given(weights=WEIGHTS, inputs=SERIES, f=ANY, w_y=NUMBERS, b_y=NUMBERS)
def test_the_output_layer_never_touches_the_memory(weights, inputs, f, w_y, b_y):
    other = weights._replace(w_y=w_y, b_y=b_y)
    assert forward(weights, inputs, f).hidden == forward(other, inputs, f).hidden


@given(weights=WEIGHTS, pairs=PAIRS, f=ANY, data=st.data())
def test_no_error_signal_after_the_last_mistake(weights, pairs, f, data):
    inputs, targets = columns(pairs)
    last = data.draw(st.integers(0, len(inputs) - 1))
    targets[last:] = forward(weights, inputs, f).outputs[last:]
    back = gradient_of(weights, inputs, targets, f)
    assert back.error_signals[last:] == [0.0] * (len(inputs) - last)


@given(weights=WEIGHTS, inputs=SERIES, f=ANY)
def test_a_perfect_prediction_has_no_gradient(weights, inputs, f):
    outputs = forward(weights, inputs, f).outputs
    assert mean_squared_error(outputs, outputs) == 0.0
    assert gradient_of(weights, inputs, outputs, f).gradient == Weights(0, 0, 0, 0, 0)


@given(weights=WEIGHTS, pairs=PAIRS, f=ANY)
def test_the_gradient_is_the_sum_of_its_shares(weights, pairs, f):
    inputs, targets = columns(pairs)
    before_each = [0.0, *forward(weights, inputs, f).hidden[:-1]]
    gradient, signals = gradient_of(weights, inputs, targets, f)
    shares = [d * h for d, h in zip(signals, before_each, strict=True)]
    assert gradient.w_h == pytest.approx(sum(shares), rel=1e-9, abs=1e-9)
    assert gradient.b_h == pytest.approx(sum(signals), rel=1e-9, abs=1e-9)


@given(weights=WEIGHTS, pairs=PAIRS, f=ANY)
def test_twice_the_mistake_is_twice_the_gradient(weights, pairs, f):
    inputs, targets = columns(pairs)
    outputs = forward(weights, inputs, f).outputs
    doubled = [y - 2.0 * (y - target) for y, target in zip(outputs, targets, strict=True)]
    once = gradient_of(weights, inputs, targets, f).gradient
    twice = gradient_of(weights, inputs, doubled, f).gradient
    scale = max(map(abs, once), default=0.0)
    assert twice == pytest.approx(
        [2.0 * slope for slope in once], rel=1e-9, abs=1e-9 + 1e-9 * scale
    )


@given(
    weights=WEIGHTS, pairs=PAIRS, f=st.sampled_from([ACTIVATIONS[n] for n in ("tanh", "linear")])
)
def test_an_odd_memory_can_be_turned_around(weights, pairs, f):
    # f(-a) = -f(a): turning the signs on both sides of the memory changes no prediction
    inputs, targets = columns(pairs)
    turned = weights._replace(w_x=-weights.w_x, w_y=-weights.w_y, b_h=-weights.b_h)
    before, after = forward(weights, inputs, f), forward(turned, inputs, f)
    assert after.outputs == before.outputs
    assert after.hidden == [-h for h in before.hidden]
    one, other = (gradient_of(w, inputs, targets, f).gradient for w in (weights, turned))
    assert other == one._replace(w_x=-one.w_x, w_y=-one.w_y, b_h=-one.b_h)


@given(weights=WEIGHTS, pairs=PAIRS, f=ANY, data=st.data())
def test_without_a_loop_order_does_not_matter(weights, pairs, f, data):
    deaf = weights._replace(w_h=0.0)
    shuffled = data.draw(st.permutations(pairs))
    one, other = (gradient_of(deaf, *columns(each), f).gradient for each in (pairs, shuffled))
    for name in ("w_x", "w_y", "b_h", "b_y"):  # w_h's looks at the memory before, so order counts
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-9, abs=1e-9)


@given(pairs=PAIRS)
def test_the_loss_is_symmetric_and_never_negative(pairs):
    outputs, targets = columns(pairs)
    loss = mean_squared_error(outputs, targets)
    assert loss == mean_squared_error(targets, outputs) >= 0.0

"""Every derivative of the one-unit network, for every activation, against central differences."""

import pytest

from rnn.activations import ACTIVATIONS
from rnn.gradient_check import central_differences, relative_error
from rnn.one_unit import Weights, backward, forward, mean_squared_error
from tests.rnn.problems import draw

NAMES = [*Weights._fields, "h_0"]


def errors(analytic, numeric):
    return dict(zip(NAMES, map(relative_error, analytic, numeric), strict=True))


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("steps", [1, 2, 3, 9, 19])
@pytest.mark.parametrize("seed", range(6))
def test_all_five_weights_and_the_first_memory(activation, steps, seed):
    problem = draw(activation, steps, seed)
    weights, inputs, targets, h_0, f = problem
    trace = forward(weights, inputs, f, h_0)
    gradient, signals = backward(weights, inputs, targets, trace, f, h_0)
    analytic = [*gradient, weights.w_h * signals[0]]  # h_0 enters a_1 with the factor w_h
    numeric = central_differences(problem.loss, [*weights, h_0])
    wrong = {name: e for name, e in errors(analytic, numeric).items() if not e <= 1e-6}
    assert not wrong, f"analytic {analytic}, numeric {numeric}"


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("seed", range(6))
def test_every_error_signal(activation, seed):
    # x_t enters a_t with the factor w_x, so dL/dx_t = w_x d_t
    weights, inputs, targets, h_0, f = draw(activation, 8, seed)

    def loss(changed):
        return mean_squared_error(forward(weights, changed, f, h_0).outputs, targets)

    trace = forward(weights, inputs, f, h_0)
    signals = backward(weights, inputs, targets, trace, f, h_0).error_signals
    numeric = central_differences(loss, inputs)
    for signal, slope in zip(signals, numeric, strict=True):
        assert relative_error(weights.w_x * signal, slope) <= 1e-6


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_memory_starts_at_zero_unless_told(activation):
    weights, inputs, targets, _, f = draw(activation, 5, 0)
    trace = forward(weights, inputs, f)
    assert trace == forward(weights, inputs, f, 0.0)
    default = backward(weights, inputs, targets, trace, f)
    assert default == backward(weights, inputs, targets, trace, f, 0.0)

"""Every gradient of the fast path against central differences, by itself."""

import numpy as np
import pytest

from rnn.fast.network import Network
from rnn.gradient_check import check_gradients
from rnn.parameters import Parameters
from rnn.stack import make_stack

SYMBOLS, HIDDEN, BATCH = 4, 3, 2


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("layers", [1, 2])
def test_every_parameter_and_the_first_states(kind, layers):
    rng = np.random.default_rng([7, layers])
    stack = make_stack(kind, SYMBOLS, HIDDEN, layers)
    firsts = {
        f"first{depth}.{place}": array.shape
        for depth, state in enumerate(stack.zero_states(BATCH))
        for place, array in enumerate(state)
    }
    head = {"head.W_hy": (SYMBOLS, HIDDEN), "head.b_y": (SYMBOLS,)}
    point = Parameters({**stack.shapes, **head, **firsts})
    point.flat[...] = rng.normal(0.0, 0.7, point.flat.shape)
    inputs, targets = rng.integers(0, SYMBOLS, (2, 5, BATCH))
    network = Network(kind, SYMBOLS, HIDDEN, layers, 0.0, np.float64)

    def parts(of):
        return [of.part(f"layer{depth}.") for depth in range(layers)], of.part("head.")

    def states(of):
        return tuple(tuple(of.part(f"first{depth}.").values()) for depth in range(layers))

    def loss():
        return network.loss(*parts(point), inputs, targets, states(point))[0]

    gradients = point.zeros()
    found, _, d_first = network.loss_and_gradients(
        *parts(point), inputs, targets, states(point), *parts(gradients)
    )
    assert found == pytest.approx(loss(), rel=1e-15)
    for places, values in zip(states(gradients), d_first, strict=True):
        for place, value in zip(places, values, strict=True):
            place[...] = value
    wrong = [each for each in check_gradients(loss, point, gradients) if not each.error <= 1e-6]
    assert not wrong

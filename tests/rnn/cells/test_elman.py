"""One step of an Elman network against a pencil, and its Jacobian against differences."""

import math

import numpy as np
import pytest

from rnn.cells.elman import Elman
from rnn.parameters import Parameters

LN3 = math.log(3.0)


def by_hand(activation):
    """Two units, one input, a batch of two; the sums are worked out in the tests."""
    weights = Parameters.holding(
        {"W_xh": [[2.0], [-1.0]], "W_hh": [[0.5, 1.0], [0.0, -2.0]], "b_h": [1.0, -0.5]}
    )
    x, h_before = np.array([[1.0], [0.0]]), np.array([[2.0, -1.0], [-4.0, 0.5]])
    return Elman(1, 2, activation), weights, x, h_before


def test_a_linear_step_by_hand():
    # first:  2*1 + (0.5*2 + 1*-1) + 1 = 3      -1*1 + (0*2 - 2*-1) - 0.5 = 0.5
    # second: 2*0 + (0.5*-4 + 0.5) + 1 = -0.5   -1*0 + (0 - 2*0.5) - 0.5 = -1.5
    cell, weights, x, h_before = by_hand("linear")
    (h,), _ = cell.forward(weights, x, (h_before,))
    assert h.tolist() == [[3.0, 0.5], [-0.5, -1.5]]


def test_a_relu_step_forward_and_back_by_hand():
    # The sums as above; ReLU lets 3 and 0.5 through and is flat at -0.5 and -1.5.
    cell, weights, x, h_before = by_hand("relu")
    (h,), cache = cell.forward(weights, x, (h_before,))
    assert h.tolist() == [[3.0, 0.5], [0.0, 0.0]]
    gradients = weights.zeros()
    d_x, (d_h_before,) = cell.backward(
        weights, cache, (np.array([[1.0, 2.0], [5.0, 5.0]]),), gradients
    )
    # d = (1, 2) in the first, nothing in the second
    assert gradients["W_xh"].tolist() == [[1.0], [2.0]]  # d x
    assert gradients["W_hh"].tolist() == [[2.0, -1.0], [4.0, -2.0]]  # d h_before^T
    assert gradients["b_h"].tolist() == [1.0, 2.0]
    assert d_x.tolist() == [[0.0], [0.0]]  # 2*1 - 1*2
    assert d_h_before.tolist() == [[0.5, -3.0], [0.0, 0.0]]  # (0.5*1, 1*1 - 2*2)


@pytest.mark.parametrize(
    ("activation", "h", "slope"), [("tanh", 0.8, 0.36), ("sigmoid", 0.75, 0.1875)]
)
def test_a_curved_step_by_hand(activation, h, slope):
    # tanh(ln 3) = (9 - 1)/(9 + 1) and 1 - 0.64; sigmoid(ln 3) = 3/4 and 3/4 * 1/4
    cell = Elman(1, 1, activation)
    weights = Parameters.holding({"W_xh": [[LN3]], "W_hh": [[2.0]], "b_h": [-2.0]})
    (after,), cache = cell.forward(weights, np.ones((1, 1)), (np.ones((1, 1)),))
    assert after.item() == pytest.approx(h, abs=1e-15)
    gradients = weights.zeros()
    d_x, (d_h_before,) = cell.backward(weights, cache, (np.full((1, 1), 10.0),), gradients)
    assert d_x.item() == pytest.approx(10 * slope * LN3)
    assert d_h_before.item() == pytest.approx(10 * slope * 2.0)
    assert gradients.flat.tolist() == pytest.approx([10 * slope] * 3)  # x = h_before = 1
    assert cell.jacobian(weights, cache).item() == pytest.approx(slope * 2.0)


def test_the_jacobian_by_hand():
    # diag(f') W_hh: 1 where ReLU is awake, 0 where it sleeps
    cell, weights, x, h_before = by_hand("relu")
    _, cache = cell.forward(weights, x, (h_before,))
    assert cell.jacobian(weights, cache).tolist() == [[[0.5, 1.0], [0.0, -2.0]], [[0, 0], [0, 0]]]


def test_only_the_hidden_state_can_be_read_out():
    cell, weights, x, h_before = by_hand("tanh")
    (h,), cache = cell.forward(weights, x, (h_before,))
    assert list(cell.readout(cache)) == ["hidden_state"]
    assert cell.readout(cache)["hidden_state"] is h


def test_refuses_an_unknown_activation():
    with pytest.raises(
        ValueError, match="activation must be one of tanh, relu, sigmoid, linear; got 'softsign'"
    ):
        Elman(1, 1, "softsign")

"""One step of a GRU against a pencil, and proof that the reset comes after the product."""

import math

import numpy as np
import pytest

from rnn.cells.gru import GRU
from rnn.parameters import Parameters

LN3 = math.log(3.0)
ONE = np.ones((1, 1))


def by_hand():
    # x = h_before = 1.  r: ln 3 + 0 -> 3/4.  z: 0 - ln 3 -> 1/4.
    # recalled = 4 + b_hn = 4 - 4 + ln 3 = ln 3; n = tanh(x part + 3/4 ln 3), and the x part makes
    # up for it: 1/4 ln 3 - 1/2 ln 3 + 3/4 ln 3 = ln 3 / 2 -> 1/2.
    weights = Parameters.holding(
        {
            "W_xh": [[LN3], [0.0], [0.25 * LN3]],
            "W_hh": [[0.0], [-LN3], [4.0]],
            "b_h": [0.0, 0.0, -0.5 * LN3],
            "b_hn": [LN3 - 4.0],
        }
    )
    return GRU(1, 1), weights


def test_a_step_by_hand():
    cell, weights = by_hand()
    (h,), cache = cell.forward(weights, ONE, (ONE,))
    read = {name: array.item() for name, array in cell.readout(cache).items()}
    assert read == pytest.approx(
        {"reset_gate": 0.75, "update_gate": 0.25, "candidate": 0.5, "hidden_state": 0.625}
    )  # h = 3/4 * 1/2 + 1/4 * 1
    assert h.item() == pytest.approx(0.625)


def test_a_step_back_by_hand():
    cell, weights = by_hand()
    _, cache = cell.forward(weights, ONE, (ONE,))
    gradients = weights.zeros()
    d_x, (d_h_before,) = cell.backward(weights, cache, (8.0 * ONE,), gradients)
    d_n = 8 * 0.75 * 0.75  # dL/dh (1 - z) (1 - n^2) = 4.5
    d_z = 8 * (1 - 0.5) * 0.1875
    d_r = d_n * LN3 * 0.1875
    assert gradients["b_h"].tolist() == pytest.approx([d_r, d_z, d_n])
    assert gradients["W_xh"].ravel().tolist() == pytest.approx([d_r, d_z, d_n])
    assert gradients["W_hh"].ravel().tolist() == pytest.approx([d_r, d_z, 0.75 * d_n])
    assert gradients["b_hn"].tolist() == pytest.approx([0.75 * d_n])
    assert d_x.item() == pytest.approx(LN3 * d_r + 0.25 * LN3 * d_n)
    assert d_h_before.item() == pytest.approx(8 * 0.25 - LN3 * d_z + 4 * 0.75 * d_n)


def test_the_reset_comes_after_the_product():
    # Two units whose candidates read each other: after the product r_1 scales unit 1's candidate,
    # before it r_1 would scale what unit 2 reads.
    cell = GRU(1, 2)
    weights = Parameters(cell.shapes)
    weights["W_hh"][4:] = [[0.0, 1.0], [1.0, 0.0]]
    weights["b_h"][:2] = [-1000.0, 1000.0]  # r = (0, 1)
    weights["b_h"][2:4] = -1000.0  # z = 0: all new
    (h,), _ = cell.forward(weights, np.zeros((1, 1)), (np.array([[0.5, 0.5]]),))
    assert h[0].tolist() == pytest.approx([0.0, math.tanh(0.5)])


def test_an_update_gate_of_one_keeps_the_old():
    cell = GRU(1, 1)
    weights = Parameters(cell.shapes)
    weights["b_h"][...] = [0.0, 1000.0, 3.0]
    (h,), cache = cell.forward(weights, ONE, (0.3 * ONE,))
    assert h.item() == 0.3
    assert cell.jacobian(weights, cache).item() == 1.0

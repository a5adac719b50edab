"""One step of an LSTM against a pencil: gates of 1/2, 3/4, 1/4 make tidy fractions."""

import math

import numpy as np
import pytest

from rnn.cells.lstm import LSTM
from rnn.parameters import Parameters

LN3 = math.log(3.0)
ONE = np.ones((1, 1))


def by_hand():
    # i = sigmoid(0) = 1/2, f = sigmoid(ln 3) = 3/4, g = tanh(ln 3 / 2) = 1/2, o = sigmoid(-ln 3)
    # = 1/4: with x = 1, h_before = 0 only W_xh counts.
    weights = Parameters.holding(
        {
            "W_xh": [[0.0], [LN3], [LN3 / 2], [-LN3]],
            "W_hh": [[1.0], [2.0], [3.0], [4.0]],
            "b_h": [0.0] * 4,
        }
    )
    c_before = (LN3 - 0.25) / 0.75  # so that c = 3/4 c_before + 1/2 * 1/2 = ln 3, tanh(c) = 4/5
    return LSTM(1, 1), weights, (0.0 * ONE, c_before * ONE)


def test_a_step_by_hand():
    cell, weights, state = by_hand()
    (h, c), cache = cell.forward(weights, ONE, state)
    assert c.item() == pytest.approx(LN3)
    assert h.item() == pytest.approx(0.25 * 0.8)
    read = {name: array.item() for name, array in cell.readout(cache).items()}
    assert read == pytest.approx(
        {
            "input_gate": 0.5,
            "forget_gate": 0.75,
            "candidate": 0.5,
            "output_gate": 0.25,
            "cell_state": LN3,
            "hidden_state": 0.2,
        }
    )


def test_a_step_back_by_hand():
    cell, weights, state = by_hand()
    c_before = state[1].item()
    _, cache = cell.forward(weights, ONE, state)
    gradients = weights.zeros()
    d_x, (d_h_before, d_c_before) = cell.backward(weights, cache, (2.0 * ONE, 3.0 * ONE), gradients)
    d_c = 3.0 + 2.0 * 0.25 * (1 - 0.8**2)  # 3.18
    d_i = d_c * 0.5 * (0.5 * 0.5)
    d_f = d_c * c_before * (0.75 * 0.25)
    d_g = d_c * 0.5 * (1 - 0.5**2)
    d_o = 2.0 * 0.8 * (0.25 * 0.75)
    assert gradients["b_h"].tolist() == pytest.approx([d_i, d_f, d_g, d_o])
    assert gradients["W_xh"].ravel().tolist() == pytest.approx([d_i, d_f, d_g, d_o])  # x = 1
    assert gradients["W_hh"].ravel().tolist() == [0.0] * 4  # h_before = 0
    assert d_x.item() == pytest.approx(LN3 * d_f + LN3 / 2 * d_g - LN3 * d_o)
    assert d_h_before.item() == pytest.approx(d_i + 2 * d_f + 3 * d_g + 4 * d_o)
    assert d_c_before.item() == pytest.approx(0.75 * d_c)


def test_with_the_gates_shut_and_open_the_cell_is_a_memory():
    # i = 0, f = 1: whatever comes in, c stays, and so does its gradient
    weights = Parameters(LSTM(1, 1).shapes)
    weights["b_h"][...] = [-1000.0, 1000.0, 5.0, 1000.0]
    state = (0.3 * ONE, -1.7 * ONE)
    (h, c), cache = LSTM(1, 1).forward(weights, 9.0 * ONE, state)
    assert c.item() == -1.7
    assert h.item() == math.tanh(-1.7)
    _, (_, d_c) = LSTM(1, 1).backward(weights, cache, (0.0 * ONE, 5.0 * ONE), weights.zeros())
    assert d_c.item() == 5.0


@pytest.mark.parametrize("bias", [1.0, 0.0, -2.5])
def test_the_forget_gates_start_at_their_bias(bias):
    cell = LSTM(2, 3, forget_bias=bias)
    weights = Parameters(cell.shapes)
    cell.initialise(weights, np.random.default_rng(0))
    assert weights["b_h"].tolist() == [0.0] * 3 + [bias] * 3 + [0.0] * 6


def test_a_forget_bias_of_one_keeps_seventy_three_percent():
    cell = LSTM(1, 1)
    weights = Parameters(cell.shapes)
    weights["b_h"][1] = cell.forget_bias
    (_, c), _ = cell.forward(weights, ONE, (0.0 * ONE, ONE))
    assert c.item() == pytest.approx(0.731, abs=5e-4)


@pytest.mark.parametrize("bias", [math.nan, math.inf, "1", 1e9])
def test_refuses_a_forget_bias_that_is_no_number_of_use(bias):
    with pytest.raises(ValueError, match=r"forget_bias must be .*from -100 to 100; got"):
        LSTM(1, 1, bias)

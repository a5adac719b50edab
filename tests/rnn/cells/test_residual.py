"""One step of a residual cell against a pencil, and the way around its layer."""

import math

import numpy as np
import pytest

from rnn import unroll
from rnn.cells.elman import Elman
from rnn.cells.residual import Residual
from rnn.flow import state_flow
from rnn.parameters import Parameters
from tests.rnn.sequence_problems import draw_point, initial_state


def test_a_step_forward_and_back_by_hand():
    # tanh(ln 3) = 0.8, of slope 0.36; h = 1 + 0.5 * 0.8
    cell = Residual(1, 1, "tanh", alpha=0.5)
    weights = Parameters.holding({"W_xh": [[math.log(3.0)]], "W_hh": [[2.0]], "b_h": [-2.0]})
    (after,), cache = cell.forward(weights, np.ones((1, 1)), (np.ones((1, 1)),))
    assert after.item() == pytest.approx(1.4, abs=1e-15)
    gradients = weights.zeros()
    d_x, (d_before,) = cell.backward(weights, cache, (np.full((1, 1), 10.0),), gradients)
    d = 0.5 * 10 * 0.36
    assert gradients.flat.tolist() == pytest.approx([d] * 3)  # x = h_before = 1
    assert d_x.item() == pytest.approx(d * math.log(3.0))
    assert d_before.item() == pytest.approx(10 + d * 2.0)
    assert cell.jacobian(weights, cache).item() == pytest.approx(1 + 0.5 * 0.36 * 2.0)


def test_a_relu_asleep_leaves_the_state_and_its_gradient_alone():
    cell = Residual(1, 1, "relu")
    weights = Parameters.holding({"W_xh": [[0.0]], "W_hh": [[-1.0]], "b_h": [0.0]})
    walked = unroll.forward(cell, weights, np.zeros((30, 1, 1)), (np.full((1, 1), 2.0),))
    assert walked.final_state[0].item() == 2.0
    assert (state_flow(cell, weights, walked).products["h"] == 1.0).all()


def test_without_a_correction_nothing_moves():
    cell = Residual(2, 3, alpha=0.0)
    point = draw_point(cell, 5, 2, np.random.default_rng(0))
    walked = unroll.forward(cell, point, point["inputs"], initial_state(cell, point))
    assert (walked.final_state[0] == point["h_0"]).all()


def test_with_alpha_one_it_is_elmans_layer_added_to_the_state():
    point = draw_point(Elman(2, 3), 1, 4, np.random.default_rng(0))
    before = (point["h_0"],)
    (plain,), _ = Elman(2, 3).forward(point, point["inputs"][0], before)
    (added,), _ = Residual(2, 3).forward(point, point["inputs"][0], before)
    assert added == pytest.approx(point["h_0"] + plain)


def test_what_can_be_read_out():
    cell = Residual(1, 2)
    weights = Parameters(cell.shapes)
    _, cache = cell.forward(weights, np.ones((1, 1)), (np.ones((1, 2)),))
    assert list(cell.readout(cache)) == ["added", "hidden_state"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"activation": "softsign"}, "activation must be one of tanh, relu, sigmoid, linear"),
        ({"alpha": -0.1}, "alpha must be from 0 to 100; got -0.1"),
        ({"alpha": float("nan")}, "alpha must be a number from 0 to 100; got nan"),
    ],
)
def test_refuses_what_is_wrong(settings, words):
    with pytest.raises(ValueError, match=words):
        Residual(1, 1, **settings)

"""Both rules on the same gradient: by value turns it, by norm only shortens it."""

import math

import numpy as np
import pytest

from lab.clipping.figures import clip, turned
from rnn.activations import ACTIVATIONS
from rnn.landscape import Problem, losses
from rnn.one_unit import Weights
from tests.lab.clipping.playing import arrows, opened, summary


def angle(vector):
    return math.degrees(math.atan2(vector[1], vector[0]))


def test_the_gradient_of_the_default_by_hand():
    # y = w_x w_h^14, L = (y - 1)^2: dL/dw_x = 2 (y - 1) w_h^14, dL/dw_h = 2 (y - 1) 14 w_x w_h^13
    y = 0.5 * 1.3**14
    by_hand = (2 * (y - 1) * 1.3**14, 2 * (y - 1) * 14 * 0.5 * 1.3**13)
    before = arrows(opened())["before"]
    assert before == pytest.approx(by_hand)
    assert math.hypot(*before) == pytest.approx(8059, rel=1e-4)


@pytest.mark.parametrize("activation", ["linear", "tanh", "relu", "sigmoid"])
def test_the_gradient_is_that_of_the_loss_it_names(activation):
    settings = {"w_x": 0.3, "w_h": 1.1, "length": 6, "target": 0.4, "activation": activation}
    problem = Problem([1.0] + [0.0] * 5, [None] * 5 + [0.4], ACTIVATIONS[activation])

    def loss(w_x, w_h):
        place = np.array([w_x]), np.array([w_h])
        return losses(Weights(0.0, 0.0, 1.0, 0.0, 0.0), problem, *place).item()

    numeric = (
        (loss(0.3 + 1e-6, 1.1) - loss(0.3 - 1e-6, 1.1)) / 2e-6,
        (loss(0.3, 1.1 + 1e-6) - loss(0.3, 1.1 - 1e-6)) / 2e-6,
    )
    assert arrows(opened(**settings))["before"] == pytest.approx(numeric, rel=1e-5)


def test_by_value_turns_it_and_by_norm_does_not():
    lab = opened()
    drawn = arrows(lab)
    assert drawn["by value"] == (1.0, 1.0)
    assert math.hypot(*drawn["by norm"]) == pytest.approx(1.0)
    assert angle(drawn["by norm"]) == pytest.approx(angle(drawn["before"]))
    assert angle(drawn["before"]) - angle(drawn["by value"]) == pytest.approx(34.5, abs=0.05)
    told = summary(lab, "arrows")
    assert "By value: length 1.41, turned by 34.5°" in told
    assert "By norm: length 1.00, direction kept" in told


def test_a_gradient_by_hand():
    # (3, 4) is 5 long; by value within 2 both become 2; by norm both are multiplied by 2/5.
    lab = opened("hand", g_x=3, g_h=4, limit=2)
    drawn = arrows(lab)
    assert drawn["before"] == (3.0, 4.0)
    assert drawn["by value"] == (2.0, 2.0)
    assert drawn["by norm"] == pytest.approx((1.2, 1.6))
    table = lab.snapshot(["arrows"])["figures"]["arrows"]["tables"][0]
    assert table["data"][2] == pytest.approx([5.0, math.sqrt(8), 2.0])
    assert table["data"][3] == pytest.approx(
        [0.0, math.degrees(math.atan(4 / 3)) - 45.0, 0.0], abs=1e-9
    )


def test_within_the_limit_all_three_are_one():
    lab = opened("short")
    drawn = arrows(lab)
    assert drawn["before"] == drawn["by value"] == drawn["by norm"]
    assert "neither rule touches it" in summary(lab, "arrows")


def test_between_box_and_circle_only_the_norm_is_cut():
    lab = opened("hand", g_x=0.9, g_h=0.9, limit=1)
    drawn = arrows(lab)
    assert drawn["by value"] == drawn["before"]
    assert math.hypot(*drawn["by norm"]) == pytest.approx(1.0)
    assert "By value: not touched. By norm: length 1.00, direction kept" in summary(lab, "arrows")


def test_moving_the_tip_takes_it_by_hand_and_moving_a_weight_gives_it_back():
    lab = opened()
    lab.set({"g_x": 1.5, "g_h": -0.25})
    assert lab.snapshot([])["values"]["source"] == "hand"
    assert arrows(lab)["before"] == (1.5, -0.25)
    assert (
        lab.snapshot([])["note"] == opened().snapshot([])["note"]
    )  # nothing above the plane moves
    lab.set({"w_h": 1.2})
    assert lab.snapshot([])["values"]["source"] == "network"
    assert {"w_h", "g_x", "g_h"} <= set(lab.snapshot([])["changed"])


@pytest.mark.parametrize("tip", [0.3, 1.0, 1.9, 3.0, 4.9, 9.8])
def test_a_tip_within_the_plane_does_not_move_the_plane(tip):
    lab = opened("hand", g_x=tip)
    reach = lab.snapshot(["arrows"])["figures"]["arrows"]["reach"]
    lab.set({"g_x": 0.98 * reach})
    assert lab.snapshot(["arrows"])["figures"]["arrows"]["reach"] == reach


@pytest.mark.parametrize("limit", [1e-6, 0.1, 0.37, 1.0, 10.0, 1e6])
def test_the_limit_is_always_well_inside_the_plane(limit):
    reach = opened(limit=limit).snapshot(["arrows"])["figures"]["arrows"]["reach"]
    assert 1.5 * limit < reach < 10 * limit


def test_angles_of_huge_and_of_no_vectors():
    huge = np.array([1e300, 1e300])
    assert turned(huge, np.array([1.0, 0.0])) == pytest.approx(45.0)
    assert turned(np.zeros(2), huge) == 0.0
    assert clip(huge, 1.0).norm == pytest.approx([0.5**0.5] * 2)


def test_a_gradient_beyond_all_numbers_is_told():
    lab = opened(w_h=1e6, length=200)
    assert arrows(lab) == {}
    assert "no longer a finite number" in summary(lab, "arrows")
    lab.snapshot()

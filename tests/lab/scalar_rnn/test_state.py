"""What the reader sets: seeds, steps and numbers of their own, and an address that tells it."""

import math

import numpy as np
import pytest

from lab.kit import ControlError
from lab.scalar_rnn.state import initial_weights
from rnn.one_unit import Weights
from tests.lab.scalar_rnn.playing import enabled, epochs, opened, values, weights, work

# Seeds


def test_a_seed_draws_three_weights_and_no_bias():
    for seed in (0, 1, 55, 2**32 - 1):
        drawn = initial_weights(seed)
        assert drawn == initial_weights(seed)
        assert all(-1.0 <= weight < 1.0 for weight in drawn[:3])
        assert drawn[3:] == (0.0, 0.0)
    spread = np.array([initial_weights(seed) for seed in range(500)])
    assert np.abs(spread.mean(axis=0)).max() < 0.1


def test_setting_the_seed_draws_its_weights_but_given_weights_stand():
    lab = opened()
    lab.set({"seed": "7"})
    assert weights(lab) == initial_weights(7)
    lab.set({"seed": 8, "w_h": 0.25})
    assert weights(lab) == initial_weights(8)._replace(w_h=0.25)


def test_randomise_takes_the_next_seed_and_starts_anew():
    lab = opened()
    seed = values(lab)["seed"]
    lab.act("train")
    work(lab, 5)
    lab.act("randomise")
    assert values(lab)["seed"] == seed + 1
    assert weights(lab) == initial_weights(seed + 1)
    assert (epochs(lab), lab.snapshot()["running"]) == (0, "")
    assert lab.snapshot()["said"] == f"New weights from seed {seed + 1}."


def test_the_seed_after_the_last_is_the_first():
    lab = opened(seed=2**32 - 1)
    lab.act("randomise")
    assert values(lab)["seed"] == 0


def test_reset_goes_to_the_weights_given_or_drawn_last():
    lab = opened(w_h=0.5)
    given = weights(lab)
    lab.set({"w_h": -1, "b_y": 2})
    lab.act("reset_weights")
    assert weights(lab) == given
    lab.act("randomise")
    drawn = weights(lab)
    lab.set({"w_h": -1})
    lab.act("reset_weights")
    assert weights(lab) == drawn
    lab.set({"seed": 7})
    lab.set({"w_h": -1})
    lab.act("reset_weights")
    assert weights(lab) == initial_weights(7)
    assert lab.snapshot()["said"] == "Weights reset to where they started."


# Steps


def test_stepping_stays_on_the_sequence():
    lab = opened(length=5, step=1)  # five values: four predictions
    assert lab.snapshot()["steps"] == 4
    assert not enabled(lab, "step_back")
    seen = []
    for action in ["step_back"] + ["step_forward"] * 5 + ["step_back", "first_step", "first_step"]:
        lab.act(action)
        seen.append(values(lab)["step"])
    assert seen == [1, 2, 3, 4, 4, 4, 3, 1, 1]
    lab.set({"step": "4"})
    assert not enabled(lab, "step_forward")
    assert enabled(lab, "first_step")


@pytest.mark.parametrize("step", [5, 19, 1000, "1e300"])
def test_a_step_beyond_the_end_is_the_last_one(step):
    lab = opened(length=5)
    lab.set({"step": step})
    assert values(lab)["step"] == 4


def test_a_shorter_sequence_takes_the_step_along():
    lab = opened(length=20, step=19)
    lab.set({"length": 8})
    assert (values(lab)["step"], lab.snapshot()["steps"]) == (7, 7)
    lab.set({"sequence": "custom", "numbers": "1 2 3"})
    assert (values(lab)["step"], lab.snapshot()["steps"]) == (2, 2)


def test_a_sequence_made_longer_again_shows_the_chosen_step():
    lab = opened(length=20, step=19)
    seen = []
    for length in (8, 12, 5, 20):
        lab.set({"length": length})
        seen.append(values(lab)["step"])
    assert seen == [7, 11, 4, 19]
    assert "step" not in lab.snapshot()["changed"]


def test_a_step_chosen_on_a_short_sequence_stays_when_it_grows():
    lab = opened(length=20, step=19)
    lab.set({"length": 8})
    lab.act("step_back")
    lab.set({"length": 20})
    assert values(lab)["step"] == 6
    lab.set({"length": 5})
    lab.set({"step": 1000})
    lab.set({"length": 20})
    assert values(lab)["step"] == 4


# Numbers of one's own


def series(lab, name):
    return lab.snapshot()["figures"]["network"][name].tolist()


def test_custom_numbers_are_used_in_place_of_a_rule():
    lab = opened(sequence="custom", numbers="3; 5, −1 7", normalise="off")
    assert series(lab, "inputs") == [3.0, 5.0, -1.0]
    assert series(lab, "targets") == [5.0, -1.0, 7.0]
    lab.set({"normalise": "on"})  # middle 3, half the range 4
    assert series(lab, "inputs") == [0.0, 0.5, -1.0]
    assert series(lab, "targets") == [0.5, -1.0, 1.0]
    lab.set({"length": 20})
    assert lab.snapshot()["steps"] == 3


def test_bad_numbers_name_the_piece_and_keep_the_good_ones():
    lab = opened(sequence="custom", numbers="3 5 7")
    with pytest.raises(ControlError, match=r"“five” is not a number; write for example 1, 2.5, -3"):
        lab.set({"numbers": "3 five 7"})
    assert values(lab)["numbers"] == "3 5 7"
    assert series(lab, "inputs") == [-1.0, 0.0]


def test_a_constant_sequence_is_zero_and_trains():
    lab = opened(sequence="custom", numbers="4 4 4 4")
    assert series(lab, "inputs") == [0.0] * 3
    lab.act("train")
    work(lab, 20)
    assert all(map(math.isfinite, weights(lab)))


# Sharing


def test_the_page_may_set_anything_and_nothing_counts_as_changed():
    lab = opened(preset="two-values", w_h="1.2", clip="off", step=3)
    snapshot = lab.snapshot()
    assert snapshot["changed"] == []
    assert snapshot["start"] == snapshot["values"]
    lab.set({"w_h": 0.5, "clip": "on"})
    assert set(lab.snapshot()["changed"]) == {"w_h", "clip"}
    lab.set({"w_h": 1.2})
    assert lab.snapshot()["changed"] == ["clip"]


@pytest.mark.parametrize("preset", ["counting", "exploding"])
@pytest.mark.parametrize("epochs_trained", [0, 1])
def test_drawn_weights_can_be_shared(preset, epochs_trained):
    lab = opened(preset=preset)
    lab.act("randomise")
    lab.set({"seed": values(opened(preset=preset))["seed"]})  # and back: drawn, not the preset's
    lab.act("train")
    work(lab, epochs_trained)
    snapshot = lab.snapshot()
    again = opened(preset=preset)
    again.set({name: str(snapshot["values"][name]) for name in snapshot["changed"]})
    assert weights(again) == weights(lab)
    assert isinstance(weights(again), Weights)


def test_a_seed_in_the_address_tells_which_weights_are_not_its_own():
    lab = opened()
    lab.act("randomise")
    assert lab.snapshot()["changed"] == ["seed"]
    lab.act("undo")  # the weights first given, under the new seed
    assert set(lab.snapshot()["changed"]) == {"seed", "w_x", "w_h", "w_y"}


def test_what_a_page_sets_on_top_of_a_preset_comes_back_with_it():
    page = {"sequence": "sine", "length": 7, "w_h": 0.5}
    lab = opened(**page)
    given = values(lab)
    assert lab.snapshot()["changed"] == []
    lab.set({"preset": "exploding"})
    lab.set({"preset": "counting"})
    assert values(lab) == given
    lab.set({"w_h": 2})
    address = {"preset": "counting", "w_h": "2"}
    again = opened(**page)
    again.set(address)
    assert values(again) == values(lab)

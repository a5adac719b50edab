"""What the reader sets: undo, seeds, steps and numbers of their own, and a way to share it."""

import math

import numpy as np
import pytest

from lab.kit import ControlError
from lab.scalar_rnn.state import initial_weights
from rnn.one_unit import Weights
from tests.lab.scalar_rnn.playing import enabled, epochs, opened, values, weights, work

# Undo


def test_there_is_nothing_to_undo_at_first():
    lab = opened(w_h=2)
    assert not enabled(lab, "undo")
    before = weights(lab)
    lab.act("undo")
    assert weights(lab) == before


def test_a_drag_is_one_change():
    lab = opened()
    before = weights(lab)
    for position in (0.1, 0.2, 0.3, 0.4):
        lab.set({"w_h": position})
    lab.act("undo")
    assert weights(lab) == before
    assert not enabled(lab, "undo")


def test_two_drags_are_two_changes():
    lab = opened()
    before = weights(lab)
    for name in ("w_h", "w_x", "w_h"):
        for position in (0.1, 0.2, 0.3 + len(name)):
            lab.set({name: position})
        lab.set({name: 0.7})
    lab.act("undo")
    assert weights(lab) == before._replace(w_h=0.7, w_x=0.7)
    lab.act("undo")
    assert weights(lab) == before._replace(w_h=0.7)
    lab.act("undo")
    assert weights(lab) == before


@pytest.mark.parametrize("last", ["w_h", "w_x"])
def test_a_drag_after_an_undo_is_a_change_of_its_own(last):
    lab = opened()
    lab.set({"w_h": 0.5})
    lab.set({last: 0.6})
    lab.act("undo")
    between = weights(lab)
    lab.set({"w_h": 0.9})
    lab.act("undo")
    assert weights(lab) == between


@pytest.mark.parametrize(
    "change",
    [{"seed": 9}, {"preset": "bptt-wins"}, {"w_x": 1, "w_y": 2}, {"w_h": 0, "clip": "off"}],
)
def test_whatever_moves_weights_can_be_undone(change):
    lab = opened()
    before = weights(lab)
    lab.set(change)
    assert weights(lab) != before
    lab.act("undo")
    assert weights(lab) == before


@pytest.mark.parametrize(
    "change", [{"sequence": "sine"}, {"clip": "off"}, {"step": 2}, {"learning_rate": 0.5}, {}]
)
def test_what_moves_no_weight_leaves_nothing_to_undo(change):
    lab = opened()
    lab.set(change)
    assert not enabled(lab, "undo")


def test_a_refused_value_leaves_nothing_to_undo():
    lab = opened()
    with pytest.raises(ControlError):
        lab.set({"w_h": 1, "w_x": "abc"})
    assert not enabled(lab, "undo")


def test_a_training_run_is_undone_as_a_whole():
    lab = opened()
    before = weights(lab)
    lab.act("train")
    work(lab, 30)
    lab.act("train")
    lab.act("undo")
    assert weights(lab) == before
    assert lab.snapshot()["said"] == "Back to the weights before."


@pytest.mark.parametrize("action", ["randomise", "reset_weights", "restore"])
def test_every_button_that_moves_weights_can_be_undone(action):
    lab = opened()
    lab.set({"w_h": 0.123})
    before = weights(lab)
    lab.act(action)
    assert weights(lab) != before
    lab.act("undo")
    assert weights(lab) == before


def test_undo_remembers_fifty_changes():
    lab = opened()
    for count in range(60):
        lab.set({"w_x" if count % 2 else "w_h": 10.0 + count})
    for _ in range(50):
        assert enabled(lab, "undo")
        lab.act("undo")
    assert not enabled(lab, "undo")
    assert weights(lab)[:2] == (19.0, 18.0)  # what the tenth change left


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

"""Undo: one entry for each thing the reader did to the weights, and none for what they did not."""

import pytest

from lab.kit import ControlError
from tests.lab.scalar_rnn.playing import enabled, opened, weights, work


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
    assert lab.snapshot()["said"] == "All undone."


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

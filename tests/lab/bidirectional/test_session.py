"""One way beside both ways: every control, every number, and who wins."""

import numpy as np
import pytest

from lab.bidirectional import LAB
from lab.bidirectional.declaration import DECLARATION
from lab.kit.controls import ControlError
from rnn.tasks.enclosed import Enclosed
from tests.lab.contests import figure, status, trained, values, words

TEXT = "one (two) and (four (five) six"
RIGHT = [character in "12345" for character in "    11111           222222    "]


def test_the_first_row_is_the_right_answer():
    tags = figure(LAB({}), "tags")
    assert tags["columns"] == list(TEXT)
    assert [value > 0 for value in tags["values"][0]] == RIGHT
    assert tags["rows"] == ["right answer", "one way", "both ways"]
    assert tags["row_notes"][1].endswith("of 30")


def test_the_other_rows_are_the_networks_probabilities():
    lab = LAB({"text": "a(b)c"})
    tags = figure(lab, "tags")
    inputs = np.eye(3)[[0, 1, 0, 2, 0]][:, None]
    for row, rival in zip(tags["values"][1:], lab.race.rivals, strict=True):
        chances = rival.chances(inputs)[:, 0, 1]
        np.testing.assert_allclose((row + 1.0) / 2.0, chances, atol=6e-4)
    np.testing.assert_allclose(tags["tables"][0]["data"][0], [0, 1, 1, 1, 0])


def test_parameters_are_about_equal_and_said():
    lab = LAB({})
    assert status(lab)["One way, 722 parameters"].endswith("right")
    assert status(lab)["Both ways, 706 parameters"].endswith("right")


def test_references_are_the_tasks_own():
    references = figure(LAB({}), "losses")["references"]
    assert [each["y"] for each in references] == [Enclosed().baseline, Enclosed().one_way]


def test_both_ways_wins_by_far_and_says_so():
    lab = trained(LAB({}))
    one, both = lab.race.results
    floor = Enclosed().one_way
    assert both.loss < 0.02 < 0.9 * floor < one.loss
    assert both.right > 0.99
    said = lab.snapshot(())["said"]
    assert said.startswith("After 600 mini-batches one way")
    assert said.endswith("Better: both ways.")
    assert "both ways 30" in figure(lab, "tags")["summary"]
    assert status(lab)["State"] == "Finished"
    assert not lab.snapshot(())["actions"]["train"]["enabled"]


def test_training_pauses_goes_on_and_starts_over():
    lab = LAB({"hidden": 6})
    lab.act("train")
    lab.advance(0.0)
    lab.act("train")
    assert lab.snapshot(())["running"] == ""
    assert lab.snapshot(())["actions"]["train"]["label"] == "Train on"
    assert "After 1 mini-batches" in lab.snapshot(())["said"]
    lab.act("train")
    lab.advance(0.0)
    assert lab.race.step == 2
    lab.set({"learning_rate": 0.1})
    assert lab.snapshot(())["running"] == "train"
    lab.set({"seed": 2})
    assert lab.snapshot(())["running"] == ""
    assert lab.race.step == 0
    lab.act("train")
    lab.advance(0.0)
    lab.act("reset")
    assert lab.race.step == 0


def test_the_readout_follows_the_step():
    lab = LAB({"step": 5})
    assert words(lab).startswith("Character 5, “(”, is within brackets.")
    lab.set({"step": 4})
    assert words(lab).startswith("Character 4, the space, is not within brackets.")


def test_another_text_is_one_that_could_have_been_learned_from():
    lab = LAB({})
    lab.act("another")
    text = values(lab)["text"]
    assert len(text) == 30
    assert set(text) <= set("x()")


@pytest.mark.parametrize("text", ["", "a", "a\nb", "x" * 49])
def test_what_cannot_be_read_is_refused(text):
    lab = LAB({})
    with pytest.raises(ControlError, match=r"^text"):
        lab.set({"text": text})
    assert values(lab)["text"] == TEXT


@pytest.mark.parametrize("preset", DECLARATION.presets, ids=lambda preset: preset.name)
def test_every_preset_opens(preset):
    snapshot = LAB({"preset": preset.name}).snapshot()
    assert snapshot["note"] == preset.note
    assert snapshot["changed"] == []


@pytest.mark.parametrize("preset", ["never-closed", "never-opened"])
def test_nothing_counts_where_the_notes_say_so(preset):
    assert (figure(LAB({"preset": preset}), "tags")["values"][0] < 0).all()


def test_a_rate_far_too_high_stops_with_a_reason_or_learns_nothing():
    lab = trained(LAB({"learning_rate": 10.0, "hidden": 4}), 20)
    assert lab.snapshot(())["problem"] or lab.race.results[1].loss > Enclosed().one_way


def test_unknown_actions_are_refused():
    with pytest.raises(ControlError, match="not an action"):
        LAB({}).act("fly")

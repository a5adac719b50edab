"""Wide beside deep: every control, every number, and who wins."""

import numpy as np
import pytest

from lab.depth import LAB
from lab.depth.declaration import DECLARATION
from lab.kit.controls import ControlError
from rnn.tasks.triples import Triples
from tests.lab.contests import figure, status, values, words


def test_the_first_row_marks_the_triples():
    counts = figure(LAB({"text": "abcaabc"}), "counts")
    assert counts["values"][0].tolist() == [0, 0, 1, 1, 0, 0, 1]
    assert counts["row_notes"][0] == "3"
    assert counts["tables"][0]["data"][0].tolist() == [0, 0, 1, 2, 2, 2, 0]


def test_the_other_rows_are_the_probability_of_the_right_count():
    lab = LAB({"text": "abc"})
    counts = figure(lab, "counts")
    for row, rival in zip(counts["values"][1:], lab.race.rivals, strict=True):
        chances = rival.chances(np.eye(3)[:, None])[:, 0]
        right = [chances[0, 0], chances[1, 0], chances[2, 1]]
        np.testing.assert_allclose((row + 1.0) / 2.0, right, atol=6e-4)


def test_parameters_are_about_equal_and_said():
    lab = LAB({})
    assert "One layer, 747 parameters" in status(lab)
    assert "Three layers, 707 parameters" in status(lab)
    lab.set({"layers": 2})
    assert "Two layers, 703 parameters" in status(lab)


def test_the_reference_is_the_tasks_own():
    assert figure(LAB({}), "losses")["references"][0]["y"] == Triples().baseline


def test_the_verdict_is_that_of_the_results():
    """That three layers win is tested where the page's figures are, in tests/publish."""
    lab = LAB({"hidden": 8})
    lab.act("train")
    for _ in range(26):
        lab.advance(0.0)
    lab.act("train")
    one, three = lab.race.results
    said = lab.snapshot(())["said"]
    assert f"{one.loss:.3g}" in said
    assert f"{three.loss:.3g}" in said
    assert said.endswith("Neither is clearly better.")


def test_training_pauses_and_layers_begin_anew():
    lab = LAB({"hidden": 6})
    lab.act("train")
    lab.advance(0.0)
    lab.act("train")
    assert "After 1 mini-batches" in lab.snapshot(())["said"]
    lab.set({"layers": 4})
    assert lab.race.step == 0


def test_the_readout_follows_the_step():
    lab = LAB({"text": "abcab", "step": 5})
    assert words(lab).startswith("After 5 letters there were 3 triples, modulo 3 that is 0.")


def test_another_text_is_one_that_could_have_been_learned_from():
    lab = LAB({})
    lab.act("another")
    assert len(values(lab)["text"]) == 16
    assert set(values(lab)["text"]) <= set("abc")


@pytest.mark.parametrize("text", ["", "ab", "abd", "ABC", "a" * 33])
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(ControlError, match=r"^text"):
        LAB({}).set({"text": text})


@pytest.mark.parametrize("preset", DECLARATION.presets, ids=lambda preset: preset.name)
def test_every_preset_opens(preset):
    snapshot = LAB({"preset": preset.name}).snapshot()
    assert snapshot["note"] == preset.note
    assert snapshot["changed"] == []

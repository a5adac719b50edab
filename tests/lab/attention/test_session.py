"""The laboratory of attention: every button and control, and every number of its figures."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from lab.attention import LAB
from lab.attention.declaration import CHECKED, DECLARATION
from lab.attention.presets import PRESETS
from lab.attention.session import MODEL
from lab.kit.controls import ControlError
from rnn.checkpoints import CheckpointError
from rnn.dates import drawing
from rnn.dates.drawing import STOP
from rnn.dates.reader import DateReader

FILE = Path(__file__).parents[3] / "models" / f"{MODEL}.safetensors"


@cache
def data() -> bytes:
    return FILE.read_bytes()


def opened(**options):
    lab = LAB(options)
    if lab.snapshot(())["wants"]:
        lab.give(MODEL, data())
    return lab


def figure(lab, name="alignment"):
    return lab.snapshot([name])["figures"][name]


def values(lab):
    return lab.snapshot(())["values"]


def status(lab):
    return {fact["name"]: fact["value"] for fact in lab.snapshot(())["status"]}


def buttons(lab):
    return lab.snapshot(())["actions"]


def run(lab, slices=200):
    for _ in range(slices):
        if not lab.snapshot(())["running"]:
            return lab
        lab.advance(5.0)
    return lab


def test_it_wants_the_trained_network_and_says_so_until_it_is_there():
    lab = LAB({})
    assert lab.snapshot(())["wants"] == MODEL
    assert "Waiting" in status(lab)["State"]
    assert figure(lab)["rows"] == []
    for name in ("choices", "share", "losses", "answers"):
        assert figure(lab, name)["summary"]
    with pytest.raises(ControlError, match="not arrived"):
        lab.act("check")
    lab.give(MODEL, data())
    assert lab.snapshot(())["wants"] is None
    assert figure(lab)["rows"][-1] == "end"


def test_another_file_is_refused_and_still_wanted():
    lab = LAB({})
    with pytest.raises(CheckpointError):
        lab.give(MODEL, b"not a checkpoint")
    assert lab.snapshot(())["wants"] == MODEL


def test_the_matrix_is_the_networks():
    lab = opened(date="03.05.1999")
    wrote = DateReader.from_checkpoint(data()).write("03.05.1999")
    matrix = figure(lab)
    np.testing.assert_allclose(matrix["values"], wrote.alignments, atol=5.1e-4)
    assert "".join(matrix["rows"][:-1]) == wrote.text == "1999-05-03"
    assert matrix["columns"] == list("03.05.1999")
    assert matrix["tables"][0]["rows"][0] == "1 1"
    assert "written as 1999-05-03" in matrix["summary"]


def test_between_points_the_day_comes_first_and_is_written_last():
    matrix = figure(opened(date="03.05.1999"))["values"]
    assert matrix[6].argmax() == 4  # the 5 of the month
    assert matrix[9].argmax() == 1  # the 3 of the day
    assert matrix[3].argmax() == 9  # the last figure of the year


def test_the_choices_are_the_probabilities_at_the_step():
    lab = opened(date="05/13/1999", step=10)
    wrote = DateReader.from_checkpoint(data()).write("05/13/1999")
    chart = figure(lab, "choices")
    best = chart["rows"][0]
    assert best["drawn"]
    assert best["probability"] == pytest.approx(wrote.probabilities[9].max())
    told = sum(row["probability"] for row in chart["rows"]) + chart["others"]["probability"]
    assert told == pytest.approx(1.0, abs=1e-6)
    assert len(chart["rows"]) + chart["others"]["count"] == STOP + 1


def test_stepping():
    lab = opened()
    assert values(lab)["step"] == 11
    assert not buttons(lab)["step_forward"]["enabled"]
    lab.act("first_step")
    assert values(lab)["step"] == 1
    assert not buttons(lab)["step_back"]["enabled"]
    lab.act("step_forward")
    lab.act("step_forward")
    lab.act("step_back")
    assert values(lab)["step"] == 2
    assert lab.snapshot(())["place"] == "character 2 of 11"
    assert "After “1” it writes “9”" in lab.snapshot(())["readout"][0][0]["text"]
    lab.set({"date": "3 May 2001"})
    assert values(lab)["step"] == 11


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "at least one"),
        ("   ", "at least one"),
        ("3 Mäi 1999", "'ä'"),
        ("3" * 49, "at most 48"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_rule(text, words):
    lab = opened()
    with pytest.raises(ControlError, match=words):
        lab.set({"date": text})
    assert values(lab)["date"] == DECLARATION.control("date").default


def test_another_date_is_held_out_and_its_answer_is_said():
    lab = opened()
    lab.act("another")
    first = values(lab)["date"]
    lab.act("another")
    assert values(lab)["date"] != first
    said = lab.snapshot(())["said"]
    assert values(lab)["date"] in said
    assert figure(lab)["summary"].split("written as ")[1][:10] in said


def test_checking_puts_held_out_dates_and_counts():
    lab = opened()
    lab.act("check")
    assert lab.snapshot(())["running"] == "check"
    assert not buttons(lab)["train"]["enabled"]
    run(lab)
    assert status(lab)["Held out"].startswith(f"{CHECKED} of {CHECKED} exact (ours)")
    assert f"Of {CHECKED} held-out dates ours wrote {CHECKED} exactly" in lab.snapshot(())["said"]
    assert all(row["right"] for row in figure(lab, "answers")["rows"])


def test_checking_can_be_stopped():
    lab = opened()
    lab.act("check")
    lab.advance(0.0)
    lab.act("check")
    assert lab.snapshot(())["running"] == ""
    assert "Stopped after 20" in lab.snapshot(())["said"]


def test_mistakes_are_listed_first():
    lab = opened(reader="own", hidden=4)
    lab.act("check")
    lab.advance(0.0)
    rows = figure(lab, "answers")["rows"]
    assert not rows[0]["right"]
    assert rows[0]["given"] != rows[0]["wanted"]
    assert "became" in figure(lab, "answers")["summary"]


def test_training_learns_pauses_and_starts_over():
    lab = opened(hidden=8)
    lab.act("train")
    assert values(lab)["reader"] == "own"
    assert not buttons(lab)["check"]["enabled"]
    assert buttons(lab)["train"]["label"] == "Pause"
    for _ in range(60):
        lab.advance(4.0)
    lab.act("train")
    assert "Paused after" in lab.snapshot(())["said"]
    assert buttons(lab)["train"]["label"] == "Train on"
    loss, share = figure(lab, "losses")["series"][0], figure(lab, "share")["series"][0]
    assert loss["y"][-1] < loss["y"][0]
    assert 0.0 <= share["y"].min() <= share["y"].max() <= 1.0
    assert status(lab)["Exact"]
    lab.act("reset")
    assert all(not len(each["x"]) for each in figure(lab, "share")["series"])
    assert buttons(lab)["train"]["label"] == "Train"


def test_the_same_seed_trains_the_same_network():
    def trained(seed):
        lab = opened(hidden=4, seed=seed)
        lab.act("train")
        for _ in range(5):
            lab.advance(0.0)
        return figure(lab, "losses")["series"][0]["y"]

    np.testing.assert_array_equal(trained(3), trained(3))
    assert not np.array_equal(trained(3), trained(4))


def test_the_learning_rate_changes_while_it_learns_and_the_size_begins_anew():
    lab = opened(hidden=4)
    lab.act("train")
    lab.advance(0.0)
    lab.set({"learning_rate": 0.001})
    assert lab.snapshot(())["running"] == "train"
    assert status(lab)["Spellings read"].startswith("32")
    lab.set({"hidden": 6})
    assert "Spellings read" not in status(lab)
    assert lab.snapshot(())["running"] == ""


def test_a_rate_too_high_is_explained():
    lab = opened(hidden=4, learning_rate=10.0)
    lab.act("train")
    run(lab, 80)
    snapshot = lab.snapshot(())
    if snapshot["problem"]:  # clipping may save it; then it only does not learn
        assert "learning rate" in snapshot["problem"]
        assert snapshot["running"] == ""
    else:
        assert np.isfinite(figure(lab, "losses")["series"][0]["y"]).all()


def test_an_unknown_action_is_refused():
    with pytest.raises(ControlError, match="not an action"):
        opened().act("fly")


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_opens_with_its_note(preset):
    lab = opened(preset=preset.name)
    snapshot = lab.snapshot()
    assert snapshot["note"] == preset.note
    assert snapshot["changed"] == ["step"] or snapshot["changed"] == []


# What the notes claim


def written(preset):
    lab = opened(preset=preset)
    text = figure(lab)["rows"]
    return "".join(text[: text.index("end")])


@pytest.mark.parametrize(
    ("preset", "answer"),
    [
        ("month-first", "1999-05-03"),
        ("weekday", "1999-05-03"),
        ("spelled", "1984-09-21"),
        ("points", "1999-05-03"),
        ("two-figures", "2049-05-03"),
        ("strokes", "1999-05-05"),
        ("no-such-day", "1999-02-31"),
        ("too-early", "1989-07-14"),
        ("typing-error", "1999-04-03"),
        ("no-date", "20111-01-11"),
    ],
)
def test_what_the_presets_show(preset, answer):
    assert written(preset) == answer


def test_the_weekday_stays_pale():
    lab = opened(preset="weekday")
    weekday = figure(lab)["values"][:, : len("MONDAY")].sum()
    assert weekday < 0.25  # of 11 characters' attention


def test_the_century_turns_at_fifty():
    lab = opened(preset="two-figures")
    lab.set({"date": "May 3, '50"})
    assert figure(lab)["summary"].startswith("“May 3, '50” was written as 1950-05-03")


def test_no_such_day_is_certain_and_no_date_is_not():
    reader = DateReader.from_checkpoint(data())
    assert reader.write("31 February 1999").probabilities.max(axis=1).min() > 0.99
    assert reader.write("hello").probabilities.max(axis=1).min() < 0.5


def test_the_trained_network_is_right_on_held_out_dates():
    dates = drawing.draw(np.random.default_rng(123), 300, "held out")
    assert DateReader.from_checkpoint(data()).right(dates) >= 285  # 95 %; the card says more

"""One line and many: what is said of them, what the buttons do, and what is refused."""

import json

import numpy as np
import pytest

from lab.classify import LAB
from lab.classify.presets import PRESETS
from lab.classify.session import MODEL, TEXTS
from lab.kit.controls import ControlError
from lab.kit.registry import FileRefused, first_frame, give
from publish.models import read
from rnn.lines import LineReader, Lines

PROSE = "".join(
    f"It was the day number {n} and nobody had seen the whale at all.\n" for n in range(60)
)
CODE = "".join(f"self.values[{n}] = [f(x) for x in range({n})]\n" for n in range(60))


@pytest.fixture(scope="module")
def model():
    return read(MODEL)


def opened(model, **options):
    lab = LAB(options)
    give(lab, MODEL, model)
    return lab


def figure(lab, name):
    return lab.snapshot((name,))["figures"][name]


def with_texts(lab):
    for name, text in zip(TEXTS, (PROSE, CODE), strict=True):
        assert lab.snapshot(())["wants"] == name
        give(lab, name, text.encode())
    return lab


def test_without_its_network_it_says_so():
    lab = LAB({})
    seen = lab.snapshot()
    assert seen["wants"] == MODEL
    assert all(data["summary"].endswith(".") for data in seen["figures"].values())
    assert seen["actions"]["train"]["enabled"] is False


@pytest.mark.parametrize(
    ("preset", "kind", "words"),
    [
        ("prose", "prose", "sure since character 3."),
        ("code", "code", "sure since character 5."),
        ("turns", "code", "it changed its mind 3 times"),
        ("words", "prose", "it changed its mind once."),
        ("comment", "prose", "it changed its mind once."),
    ],
)
def test_what_each_preset_says(model, preset, kind, words):
    lab = opened(model, preset=preset)
    assert f"for {kind}, with " in figure(lab, "text")["summary"]
    assert words in figure(lab, "text")["summary"]
    assert lab.snapshot(())["status"][1] == {"name": "Taken for", "value": kind}
    assert preset in [each.name for each in PRESETS]


def test_the_figures_hold_the_engines_opinions(model):
    lab = opened(model, preset="turns", step=5)
    line = lab.snapshot(())["values"]["line"]
    reader = LineReader(Lines(), np.random.default_rng(0))
    reader.load(model)
    chances = reader.opinions([line])[0]
    curve = figure(lab, "opinion")["series"][0]
    np.testing.assert_allclose(curve["y"], chances, atol=1e-4)
    assert curve["x"].tolist() == list(range(1, len(line) + 1))
    text = figure(lab, "text")
    np.testing.assert_allclose(text["tint"], 2 * chances - 1, atol=1e-3)
    assert "".join(text["characters"]) == line
    assert lab.snapshot(())["readout"][0][0]["text"].startswith("After ‘e’, character 5")


def test_the_confusion_is_the_files(model):
    lab = opened(model)
    data = figure(lab, "confusion")
    assert data["counts"].tolist() == [[1830, 9], [6, 1787]]
    assert "gets 3,617 of 3,632 held-out lines right, 99.6 %" in data["summary"]


def test_mistakes_are_shown_in_turn_and_are_mistakes(model):
    lab = opened(model)
    for number in range(1, 13):
        lab.act("mistake")
        seen = lab.snapshot()
        kind = "prose" if seen["said"].startswith("A line of prose") else "code"
        assert f"number {number} of 12" in seen["said"]
        assert seen["status"][1]["value"] != kind
    lab.act("mistake")
    assert "number 1 of 12" in lab.snapshot(())["said"]


def test_training_fetches_both_texts_and_learns(model):
    lab = opened(model)
    lab.act("train")
    assert lab.snapshot(())["actions"]["train"]["label"] == "Pause"
    with_texts(lab)
    assert lab.snapshot(())["running"] == "train"
    for _ in range(60):
        lab.advance(0)
    seen = lab.snapshot()
    assert seen["values"]["reader"] == "own"
    assert seen["status"][2] == {"name": "Update", "value": "60"}
    assert seen["figures"]["losses"]["series"][0]["y"][-1] < 1.0
    assert "The network trained here gets " in seen["figures"]["confusion"]["summary"]
    lab.act("train")
    assert lab.snapshot(())["said"] == "Paused after 60 updates."
    lab.act("train")
    assert lab.snapshot(())["status"][2]["value"] == "60"
    lab.set({"reader": "ours"})
    assert figure(lab, "confusion")["summary"].startswith("Our network")
    lab.set({"seed": 3})
    assert lab.snapshot(())["running"] == ""
    lab.act("train")
    assert lab.snapshot(())["wants"] is None  # both texts are there
    lab.advance(0)
    lab.act("train")
    lab.act("start_over")
    assert figure(lab, "losses")["summary"] == "Nothing is trained here yet."


def test_waiting_can_be_given_up(model):
    lab = opened(model)
    lab.act("train")
    lab.act("train")
    assert lab.snapshot(())["wants"] is None


def test_a_file_that_is_no_line_reader_is_refused():
    with pytest.raises(FileRefused, match=MODEL):
        give(LAB({}), MODEL, b"no")
    reader = LineReader(Lines(), np.random.default_rng(0))
    for facts in ({}, {"confusion": "[]", "mistakes": "[]"}, {"confusion": "x", "mistakes": "[]"}):
        lab = LAB({})
        with pytest.raises(FileRefused, match="facts"):
            give(lab, MODEL, reader.to_bytes(facts))
        assert lab.snapshot(())["wants"] == MODEL


@pytest.mark.parametrize("line", ["", "two\nlines", "x" * 81, "half \ud800 a character"])
def test_a_line_that_is_none_is_refused(model, line):
    lab = opened(model)
    before = lab.snapshot(())["values"]
    with pytest.raises(ControlError, match="line"):
        lab.set({"line": line})
    assert lab.snapshot(())["values"] == before


def test_any_letters_can_be_read(model):
    lab = opened(model, line="Καλημέρα 👩‍🚀 é")
    assert len(figure(lab, "opinion")["series"][0]["x"]) == len("Καλημέρα 👩‍🚀 é")


def test_the_first_frame_needs_one_small_file(model):
    frame = first_frame("classify", {}, {MODEL: model}.__getitem__)
    assert frame["files"] == [MODEL]
    assert len(model) < 40_000
    assert json.dumps(frame["description"])

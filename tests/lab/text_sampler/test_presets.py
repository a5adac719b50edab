"""Every preset opens, with its own model, and its sentence is true until something changes."""

import pytest

from lab.text_sampler.declaration import DECLARATION
from tests.lab.small_models import ASCII, file, finish, serve
from tests.lab.text_sampler.playing import figure, opened, sampled, set_to, text, values

PRESETS = [preset.name for preset in DECLARATION.presets]


@pytest.mark.parametrize("name", PRESETS)
def test_it_opens_written_and_its_note_stands(name):
    lab = opened(preset=name)
    snapshot = lab.snapshot()
    assert snapshot["problem"] is None
    assert snapshot["note"] == DECLARATION.preset(name).note
    assert snapshot["changed"] == []
    for control, value in DECLARATION.preset(name).values.items():
        assert snapshot["values"][control] == value
    assert len(text(lab)) == 300 + max(1, len(values(lab)["seed_text"]))
    sampled(lab)
    assert lab.snapshot()["note"] == DECLARATION.preset(name).note
    set_to(lab, method="greedy")
    assert lab.snapshot()["note"].startswith("Changed from the preset ")


@pytest.mark.parametrize("name", PRESETS)
def test_choosing_it_is_opening_it(name):
    lab = set_to(opened(temperature=1.9, method="greedy"), preset=name)
    serve(lab)
    finish(lab)
    there = opened(preset=name)
    page = {"temperature": 1.9, "method": "greedy"} if name == "balanced" else {}
    there = set_to(there, **page)
    assert text(lab) == text(there)
    assert values(lab) == values(there)


def test_each_model_brings_its_own_seed_text():
    lab = opened()
    for model, seed_text in (
        ("python-lstm", "def "),
        ("first-names-lstm", ""),
        ("moby-dick-gru", "The whale"),
    ):
        serve(set_to(lab, model=model))
        assert values(lab)["seed_text"] == seed_text
    set_to(lab, seed_text="My own")
    serve(set_to(lab, model="python-lstm"))
    assert values(lab)["seed_text"] == "My own"


def test_code_is_set_in_a_fixed_width():
    assert figure(opened(preset="code"))["face"] == "mono"
    assert figure(opened())["face"] == "serif"


def test_a_preset_stops_what_was_running():
    lab = opened(written=3)
    lab.act("sample")
    set_to(lab, preset="wild")
    assert lab.snapshot()["running"] == ""
    assert values(lab)["written"] == 300


def test_an_empty_seed_text_starts_on_a_new_line():
    assert text(opened(preset="names")).startswith("\n")
    lab = opened(file(ASCII[1:]), preset="names")
    assert lab.snapshot()["problem"] == (
        "seed_text must hold at least 1 character: the model first-names-lstm never saw a new "
        "line, which an empty text stands for"
    )
    assert text(set_to(lab, seed_text="Ann")).startswith("Ann")
    assert lab.snapshot()["problem"] is None

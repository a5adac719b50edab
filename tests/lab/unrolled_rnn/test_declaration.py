"""The table of the laboratory: every control, button and preset works and says what it refuses."""

import re

import pytest

from lab.kit import ControlError
from lab.kit.controls import Choice, Slider, Toggle
from lab.kit.wire import to_json, to_packet
from lab.unrolled_rnn.declaration import DECLARATION
from rnn.sequences import SEQUENCES
from tests.lab.packets import decode, decode_text
from tests.lab.unrolled_rnn.playing import opened, train, values

CONTROLS = {control.name: control for control in DECLARATION.controls}


def test_it_holds_what_the_laboratory_promises():
    options = [option.value for option in CONTROLS["sequence"].options]
    assert options == [*SEQUENCES, "latch", "parity", "custom"]
    assert (CONTROLS["hidden"].minimum, CONTROLS["hidden"].maximum) == (1, 16)
    assert [figure.name for figure in DECLARATION.figures if not figure.more] == [
        "network",
        "hidden",
        "prediction",
    ]


def test_names_are_unique_and_groups_exist():
    for part in (DECLARATION.controls, DECLARATION.actions, DECLARATION.presets):
        assert len({each.name for each in part}) == len(part)
    for each in (*DECLARATION.controls, *DECLARATION.actions):
        assert each.group in {*DECLARATION.groups, "time", "scrub"}


@pytest.mark.parametrize("name", CONTROLS)
def test_every_control_says_what_it_does_and_accepts_its_default(name):
    control = CONTROLS[name]
    assert control.accept(control.default) == control.default
    options = getattr(control, "options", ())
    assert control.help or (options and all(option.help for option in options)) or name == "unit"


@pytest.mark.parametrize("preset", DECLARATION.presets, ids=lambda preset: preset.name)
def test_every_preset_opens_and_its_snapshot_travels(preset):
    lab = opened(preset=preset.name)
    train(lab, 2)
    snapshot = lab.snapshot()
    assert snapshot["note"] == preset.note
    packed = decode(to_packet(snapshot))
    embedded = decode_text(to_json(snapshot))
    assert packed["values"] == embedded["values"] == snapshot["values"]
    assert all(figure["summary"] for figure in snapshot["figures"].values())


@pytest.mark.parametrize("name", [n for n, c in CONTROLS.items() if isinstance(c, Slider)])
def test_every_slider_takes_both_ends(name):
    slider = CONTROLS[name]
    lab = opened()
    for end in (slider.low, slider.high):
        lab.set({name: end})
    assert lab.snapshot()["figures"]


@pytest.mark.parametrize("name", [n for n, c in CONTROLS.items() if isinstance(c, Choice | Toggle)])
def test_every_choice_works(name):
    control = CONTROLS[name]
    lab = opened(length=6)
    allowed = [o.value for o in control.options] if isinstance(control, Choice) else [True, False]
    for value in allowed:
        lab.set({name: value})
        assert values(lab)[name] == value
        train(lab, 1)


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("hidden", 17, "hidden must be in [1, 16]; got 17"),
        ("hidden", 2.5, "hidden must be a whole number; got 2.5"),
        ("length", 4, "length must be in [5, 20]; got 4"),
        ("example", 25, "example must be in [1, 24]; got 25"),
        ("learning_rate", 2, "learning_rate must be in [0.0001, 1]; got 2"),
        ("epoch", -1, "epoch must be in [0, 100000]; got -1"),
        ("step", 0, "step must be in [1, 20]; got 0"),
        ("unit", 18, "unit must be in [0, 17]; got 18"),
        ("clip_limit", 0, "clip_limit must be in [1e-06, 1000000]; got 0"),
        ("sequence", "square", "sequence: 'square' is not allowed; allowed: fibonacci"),
        ("numbers", "1, x, 2", "“x” is not a number"),
        ("numbers", "1 2", "numbers must hold 3 to 20 numbers; got 2"),
    ],
)
def test_a_refusal_names_the_value_and_the_rule_and_changes_nothing(name, value, rule):
    lab = opened()
    before = repr(lab.snapshot())
    with pytest.raises(ControlError, match=re.escape(rule)):
        lab.set({"activation": "relu", name: value, "normalise": False})
    assert repr(lab.snapshot()) == before


def test_an_unknown_button_is_refused():
    with pytest.raises(ControlError, match="'fly' is not an action; actions: first_step"):
        opened().act("fly")

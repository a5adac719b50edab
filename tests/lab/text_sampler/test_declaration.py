"""The one table: every control in it accepts, refuses and describes as it says."""

import re

import pytest

from lab.kit import ControlError
from lab.kit.controls import Choice, Slider, Toggle
from lab.text_sampler.declaration import DECLARATION
from tests.lab.small_models import finish
from tests.lab.text_sampler.playing import opened, set_to, text, values

CONTROLS = {control.name: control for control in DECLARATION.controls}


def of_kind(kind):
    return [name for name, control in CONTROLS.items() if isinstance(control, kind)]


def test_it_holds_what_the_sampler_promises():
    assert set(CONTROLS) == {
        *("model", "seed_text", "temperature", "method", "top_k", "top_p"),
        *("compare", "temperature_2", "pace", "length", "seed", "written", "step"),
    }
    assert [option.value for option in CONTROLS["method"].options] == [
        *("all", "greedy", "top-k", "top-p")
    ]
    assert (CONTROLS["temperature"].low, CONTROLS["temperature"].high) == (0.1, 2.0)
    assert (CONTROLS["length"].low, CONTROLS["length"].high) == (100, 2000)
    for words in ("0.1 to 0.5: careful, repetitive", "0.8 to 1.2", "1.5 to 2.0: inventive"):
        assert words in CONTROLS["temperature"].help
    assert {action.name for action in DECLARATION.actions} == {"sample", "step", "clear"}
    assert [figure.name for figure in DECLARATION.figures if figure.compact] == [
        *("text", "choices", "strip")
    ]


def test_names_are_unique_and_groups_exist():
    for part in (DECLARATION.controls, DECLARATION.actions, DECLARATION.presets):
        assert len({each.name for each in part}) == len(part)
    for each in (*DECLARATION.controls, *DECLARATION.actions):
        assert each.group in {*DECLARATION.groups, "time"}
        assert each.label


@pytest.mark.parametrize("name", CONTROLS)
def test_every_default_is_accepted_as_it_is(name):
    assert CONTROLS[name].accept(CONTROLS[name].default) == CONTROLS[name].default


@pytest.mark.parametrize("name", sorted(set(of_kind(Slider)) - {"step"}))
def test_every_slider_takes_both_ends_of_its_thumb(name):
    for end in (CONTROLS[name].low, CONTROLS[name].high):
        assert values(set_to(opened(), **{name: str(end)}))[name] == end


@pytest.mark.parametrize("name", sorted(set(of_kind(Choice)) - {"model"}))
def test_every_option_of_every_choice_works(name):
    for option in CONTROLS[name].options:
        lab = set_to(opened(written=20, length=20), **{name: option.value})
        assert values(lab)[name] == option.value
        assert len(text(lab)) == 29
        lab.act("step")
        assert len(text(finish(lab))) == 30


@pytest.mark.parametrize("name", of_kind(Toggle))
def test_every_toggle_takes_the_words_of_an_address(name):
    for word, on in (("on", True), ("off", False), ("true", True)):
        assert values(set_to(opened(), **{name: word}))[name] is on


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("temperature", 0, "temperature must be in [0.01, 100]; got 0"),
        ("temperature", "nan", "temperature must be finite; got 'nan'"),
        ("temperature_2", -1, "temperature_2 must be in [0.01, 100]; got -1"),
        ("top_k", 0, "top_k must be in [1, 1000000]; got 0"),
        ("top_k", 2.5, "top_k must be a whole number; got 2.5"),
        ("top_p", 0, "top_p must be in [0.001, 1]; got 0"),
        ("top_p", 1.1, "top_p must be in [0.001, 1]; got 1.1"),
        ("length", 0, "length must be in [1, 2000]; got 0"),
        ("length", 2001, "length must be in [1, 2000]; got 2001"),
        ("written", 2001, "written must be in [0, 2000]; got 2001"),
        ("seed", -1, "seed must be in [0, 4294967295]; got -1"),
        ("step", -1, "step must be at least 0; got -1"),
        ("method", "beam", "method: 'beam' is not allowed; allowed: all, greedy, top-k, top-p"),
        ("model", "../secret", "model: '../secret' is not allowed; allowed: moby-dick-lstm, "),
        ("compare", "maybe", "compare must be on or off; got 'maybe'"),
        ("seed_text", "a" * 201, "seed_text must be at most 200 characters; got 201"),
        ("preset", "tame", "preset: 'tame' is not allowed; allowed: balanced, careful, wild"),
        ("colour", 1, "'colour' is not a control of text-sampler; controls: preset, model, "),
    ],
)
def test_a_refusal_names_the_value_and_the_rule_and_changes_nothing(name, value, rule):
    lab = opened(written=12)
    before = repr(lab.snapshot())
    with pytest.raises(ControlError, match=re.escape(rule)):
        lab.set({"method": "top-k", name: value, "pace": "full"})
    assert repr(lab.snapshot()) == before

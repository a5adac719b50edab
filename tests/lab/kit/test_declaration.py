"""A declaration finds its parts by name and checks all values before any takes effect."""

import json

import pytest

from lab.kit.controls import Choice, ControlError, Option, Slider
from lab.kit.declaration import Action, Declaration, Figure, Preset

WEIGHT = Slider(name="w", label="Weight", group="g", default=0.5, low=-1, high=1)
KIND = Choice(
    name="kind", label="Kind", group="g", default="a", options=(Option("a", "A"), Option("b", "B"))
)
TOY = Declaration(
    name="toy",
    title="Toy",
    question="Why?",
    groups={"g": "Group"},
    controls=(WEIGHT, KIND),
    actions=(Action(name="go", label="Go", group="g"),),
    figures=(Figure(name="plot", kind="bars", title="Plot", caption=""),),
    presets=(Preset(name="first", label="First", values={"w": 1}, note="One."),),
    more="nothing",
    how_to=("Press Go.",),
)


def test_defaults():
    assert TOY.defaults() == {"w": 0.5, "kind": "a"}


def test_controls_and_presets_by_name():
    assert TOY.control("kind") is KIND
    assert TOY.preset("first").values == {"w": 1}


def test_an_unknown_control_is_refused_with_those_there_are():
    with pytest.raises(ControlError) as caught:
        TOY.control("v")
    assert str(caught.value) == "'v' is not a control of toy; controls: preset, w, kind"


@pytest.mark.parametrize("name", ["second", None, 1])
def test_an_unknown_preset_is_refused_with_those_there_are(name):
    with pytest.raises(ControlError) as caught:
        TOY.preset(name)
    assert str(caught.value) == f"preset: {name!r} is not allowed; allowed: first"


def test_accept_stores_each_value_as_its_control_does():
    assert TOY.accept({"w": "1.2", "kind": "b"}) == {"w": 1.2, "kind": "b"}
    assert TOY.accept({}) == {}


@pytest.mark.parametrize("values", [{"w": 1, "kind": "c"}, {"w": 1, "v": 2}, {"w": "x"}])
def test_one_bad_value_refuses_them_all(values):
    with pytest.raises(ControlError):
        TOY.accept(values)


def test_a_description_is_json_and_names_every_kind():
    described = json.loads(json.dumps(TOY.describe(), allow_nan=False))
    assert [control["kind"] for control in described["controls"]] == ["slider", "choice"]
    assert described["actions"][0]["label"] == "Go"
    assert described["figures"][0]["kind"] == "bars"
    assert described["groups"] == {"g": "Group"}

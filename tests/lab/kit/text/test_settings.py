"""Settings are presets and what lies on top; what an address must name leads back to them."""

import pytest

from lab.kit import ControlError
from lab.kit.controls import Slider, Text
from lab.kit.declaration import Declaration, Preset
from lab.kit.text.settings import Settings


def slider(name, default):
    return Slider(name=name, label=name, group="all", low=0, high=9, default=default)


DECLARATION = Declaration(
    name="test",
    title="",
    question="",
    groups={"all": "All"},
    controls=(slider("a", 1), slider("b", 2), Text(name="c", label="c", group="all", default="x")),
    actions=(),
    figures=(),
    presets=(
        Preset(name="plain", label="Plain", values={}, note="Plain it is."),
        Preset(name="high", label="High", values={"a": 7}, note="High it is."),
    ),
    how_to=(),
    more="",
)


def follow(before, accepted):
    """A new a brings a b that is twice as large."""
    return {"b": 2 * accepted["a"], **accepted} if "a" in accepted else accepted


def opened(**options):
    return Settings.opened(DECLARATION, options, follow)


def test_the_page_lies_on_top_of_its_preset():
    settings = opened(preset="high", c="y")
    assert dict(settings.values) == {"a": 7, "b": 14, "c": "y"}
    assert settings.changed == []


def test_another_preset_forgets_the_page_and_coming_back_remembers_it():
    settings = opened(c="y").changed_by({"preset": "high"})
    assert (settings.preset, settings["c"]) == ("high", "x")
    assert settings.changed_by({"preset": "plain"})["c"] == "y"


def test_a_change_makes_new_settings_and_leaves_the_old():
    before = opened()
    after = before.changed_by({"a": 3})
    assert (before["a"], after["a"], after["b"]) == (1, 3, 6)
    assert after.moved(b=9)["b"] == 9


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"a": 3},
        {"b": 5},
        {"a": 3, "b": 2},  # b is as given, but a alone would move it
        {"a": 3, "c": "ü ☃"},
        {"preset": "high", "b": 1},
    ],
)
def test_an_address_leads_to_the_same_settings(changes):
    there = opened().changed_by(changes)
    address = {"preset": there.preset, **{name: str(there[name]) for name in there.changed}}
    assert opened().changed_by(address).values == there.values


@pytest.mark.parametrize("options", [{"a": "x"}, {"d": 1}, {"preset": "low"}, {"c": "y" * 500}])
def test_what_a_control_does_not_accept_is_refused(options):
    with pytest.raises(ControlError):
        opened(**options)
    with pytest.raises(ControlError):
        opened().changed_by({"a": 2, **options})


def test_a_note_holds_while_only_the_readers_own_state_changed():
    settings = opened().changed_by({"c": "y"})
    assert settings.note(frozenset({"c"})) == "Plain it is."
    assert settings.note(frozenset()) == "Changed from the preset Plain."

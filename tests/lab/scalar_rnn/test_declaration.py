"""The one table: every control in it accepts, refuses and describes as it says."""

import re

import pytest

from lab.kit import ControlError
from lab.kit.controls import Choice, Numbers, Slider, Toggle
from lab.scalar_rnn.declaration import DECLARATION, HIGH, LOW
from rnn.activations import ACTIVATIONS
from rnn.one_unit import Weights
from rnn.sequences import SEQUENCES
from tests.lab.scalar_rnn.playing import opened, values

CONTROLS = {control.name: control for control in DECLARATION.controls}
OF_KIND = {
    kind: [name for name, control in CONTROLS.items() if isinstance(control, kind)]
    for kind in (Slider, Choice, Toggle, Numbers)
}


def test_it_holds_what_the_laboratory_promises():
    assert set(CONTROLS) == {
        *("sequence", "numbers", "length", "normalise"),
        *("w_x", "w_h", "w_y", "b_h", "b_y", "activation"),
        *("learning_rate", "pace", "clip", "clip_limit", "seed", "step"),
    }
    assert [option.value for option in CONTROLS["sequence"].options] == [*SEQUENCES, "custom"]
    assert [option.value for option in CONTROLS["activation"].options] == list(ACTIVATIONS)
    assert [option.value for option in CONTROLS["pace"].options] == ["one", "slow", "full"]
    assert [figure.name for figure in DECLARATION.figures][:2] == ["network", "tracks"]


def test_names_are_unique_and_groups_exist():
    for part in (DECLARATION.controls, DECLARATION.actions, DECLARATION.presets):
        assert len({each.name for each in part}) == len(part)
    shown = {*DECLARATION.groups, "time", "problem"}  # these two stand beside the figure
    for each in (*DECLARATION.controls, *DECLARATION.actions):
        assert each.group in shown
        assert each.label


def test_random_search_draws_from_the_thumb_ranges():
    assert Weights(-3, -3, -3, -2, -2) == LOW
    assert Weights(3, 3, 3, 2, 2) == HIGH


@pytest.mark.parametrize("name", CONTROLS)
def test_every_default_is_accepted_as_it_is(name):
    assert CONTROLS[name].accept(CONTROLS[name].default) == CONTROLS[name].default


@pytest.mark.parametrize("name", OF_KIND[Slider])
def test_every_slider_takes_both_ends_of_its_thumb(name):
    slider = CONTROLS[name]
    lab = opened(length=20)
    for end in (slider.low, slider.high):
        lab.set({name: end})
        assert values(lab)[name] == end
        lab.set({name: str(end)})
        assert values(lab)[name] == end


@pytest.mark.parametrize("name", [*Weights._fields, "clip_limit"])
@pytest.mark.parametrize("value", [12.5, "1e6", 1e10])
def test_beyond_the_thumb_any_finite_number_holds(name, value):
    lab = opened()
    lab.set({name: value})
    assert values(lab)[name] == float(value)


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("length", 4, "length must be in [5, 20]; got 4"),
        ("length", 21, "length must be in [5, 20]; got 21"),
        ("length", 7.5, "length must be a whole number; got 7.5"),
        ("learning_rate", 0, "learning_rate must be in [0.0001, 1]; got 0"),
        ("learning_rate", 3, "learning_rate must be in [0.0001, 1]; got 3"),
        ("clip_limit", 0, "clip_limit must be at least 1e-06; got 0"),
        ("seed", -1, "seed must be in [0, 4294967295]; got -1"),
        ("seed", 1.5, "seed must be a whole number; got 1.5"),
        ("step", 0, "step must be at least 1; got 0"),
        ("w_h", "abc", "w_h must be a number; got 'abc'"),
        ("w_x", "nan", "w_x must be finite; got 'nan'"),
        ("b_y", "inf", "b_y must be finite; got 'inf'"),
        ("pace", "fast", "pace: 'fast' is not allowed; allowed: one, slow, full"),
        ("clip", "maybe", "clip must be on or off; got 'maybe'"),
        ("normalise", 2, "normalise must be on or off; got 2"),
        (
            "activation",
            "softmax",
            "activation: 'softmax' is not allowed; allowed: tanh, relu, sigmoid, linear",
        ),
        ("numbers", "1, 2, x", "“x” is not a number; write for example 1, 2.5, -3"),
        ("numbers", "1 2", "numbers must hold 3 to 20 numbers; got 2"),
        ("numbers", "7 " * 21, "numbers must hold 3 to 20 numbers; got 21"),
        ("numbers", "1 " * 300, "numbers must be at most 400 characters; got 600"),
        ("w_z", 1, "'w_z' is not a control of scalar-rnn; controls: preset, sequence, numbers, "),
    ],
)
def test_a_refusal_names_the_value_and_the_rule_and_changes_nothing(name, value, rule):
    lab = opened()
    before = repr(lab.snapshot())
    with pytest.raises(ControlError, match=re.escape(rule)):
        lab.set({"w_x": 2.0, "sequence": "sine", name: value, "b_h": 1.0})
    assert repr(lab.snapshot()) == before


@pytest.mark.parametrize("name", OF_KIND[Choice])
def test_every_option_of_every_choice_works(name):
    lab = opened()
    for option in CONTROLS[name].options:
        lab.set({name: option.value})
        assert values(lab)[name] == option.value


@pytest.mark.parametrize("name", OF_KIND[Toggle])
@pytest.mark.parametrize(
    ("word", "on"), [("on", True), ("off", False), ("true", True), (False, False)]
)
def test_every_toggle_takes_the_words_of_an_address(name, word, on):
    lab = opened()
    lab.set({name: word})
    assert values(lab)[name] is on

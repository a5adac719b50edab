"""Labs are found by name; a first frame is what a page shows before any Python."""

import json
import re

import pytest

from lab.kit import ControlError, UnknownLab, first_frame
from lab.kit.registry import lab_names, open_lab


def test_the_labs_there_are():
    assert "scalar-rnn" in lab_names()
    assert "kit" not in lab_names()
    assert lab_names() == sorted(lab_names())


@pytest.mark.parametrize("name", lab_names())
def test_every_lab_opens_under_its_own_name(name):
    assert open_lab(name, {}).declaration.name == name


@pytest.mark.parametrize("name", lab_names())
def test_a_dependent_control_names_real_values_of_the_one_it_depends_on(name):
    declaration = open_lab(name, {}).declaration
    for control in declaration.controls:
        for other, allowed in control.shown_when.items():
            for value in allowed:
                assert declaration.control(other).accept(value) == value


@pytest.mark.parametrize("name", lab_names())
def test_the_result_of_an_action_is_a_figure_of_the_lab(name):
    declaration = open_lab(name, {}).declaration
    figures = {figure.name for figure in declaration.figures}
    assert {action.result for action in declaration.actions} <= {"", *figures}


@pytest.mark.parametrize("name", lab_names())
def test_every_description_is_strict_json(name):
    declaration = open_lab(name, {}).declaration
    described = json.loads(json.dumps(declaration.describe(), allow_nan=False))
    names = [control["name"] for control in described["controls"]]
    assert names == [control.name for control in declaration.controls]


@pytest.mark.parametrize(
    "name", ["", "kit", "scalar_rnn", "Scalar-Rnn", "scalar-rnn.session", "../rnn", "os", "x\n"]
)
def test_an_unknown_lab_is_refused_with_those_there_are(name):
    with pytest.raises(UnknownLab, match=re.escape(f"there is no lab {name!r}; labs: ")) as caught:
        open_lab(name, {})
    assert "scalar-rnn" in str(caught.value)


def test_a_first_frame():
    frame = first_frame("scalar-rnn", {"w_h": "1.2", "sequence": "sine"})
    assert frame["layout"] == "full"
    assert frame["description"]["name"] == "scalar-rnn"
    assert frame["snapshot"]["values"]["w_h"] == 1.2
    assert frame["snapshot"]["values"]["sequence"] == "sine"
    assert frame["snapshot"]["changed"] == []  # what the page sets is no change of the reader's


def test_layouts():
    assert first_frame("scalar-rnn", {"layout": "compact"})["layout"] == "compact"
    with pytest.raises(ControlError) as caught:
        first_frame("scalar-rnn", {"layout": "tiny"})
    assert str(caught.value) == "layout: 'tiny' is not allowed; allowed: full, compact"


def test_a_bad_option_names_itself_and_what_is_allowed():
    with pytest.raises(ControlError) as caught:
        first_frame("scalar-rnn", {"sequence": "fibonaci"})
    assert str(caught.value) == (
        "sequence: 'fibonaci' is not allowed; allowed: "
        "fibonacci, linear, alternating, exponential, sine, custom"
    )


def test_frames_do_not_share_state():
    one = first_frame("scalar-rnn", {"w_x": 2})
    other = first_frame("scalar-rnn", {})
    assert one["snapshot"]["values"]["w_x"] != other["snapshot"]["values"]["w_x"]

"""The door between page and labs: every request, and every way to get one wrong."""

import json

import pytest

from lab.kit import ControlError, UnknownLab
from lab.kit.controls import Slider
from lab.kit.host import ClosedSession, call
from lab.kit.registry import lab_names, open_lab
from tests.lab.packets import decode


def ask(op, **rest):
    return decode(call(json.dumps({"op": op, **rest})))


@pytest.fixture
def session():
    number = ask("open", lab="scalar-rnn", options={"preset": "alternating"})["session"]
    yield number
    ask("close", session=number)


def test_open_gives_a_number_a_description_and_a_snapshot():
    reply = ask("open", lab="scalar-rnn", options={"w_h": 1.5})
    assert set(reply) == {"session", "description", "snapshot"}
    assert reply["description"]["name"] == "scalar-rnn"
    assert reply["snapshot"]["values"]["w_h"] == 1.5
    ask("close", session=reply["session"])


@pytest.mark.parametrize("rest", [{}, {"options": None}, {"options": {}}])
def test_options_may_be_left_out(rest):
    reply = ask("open", lab="scalar-rnn", **rest)
    assert reply["snapshot"]["preset"] == "counting"
    ask("close", session=reply["session"])


def test_set(session):
    reply = ask("set", session=session, values={"w_h": "1.2", "clip": "off"})
    assert set(reply) == {"session", "snapshot"}
    assert reply["session"] == session
    values = reply["snapshot"]["values"]
    assert (values["w_h"], values["clip"]) == (1.2, False)


def test_act_and_advance(session):
    assert ask("act", session=session, action="train")["snapshot"]["running"] == "train"
    reply = ask("advance", session=session, budget_ms=0)
    assert {"name": "Epoch", "value": "1"} in reply["snapshot"]["status"]
    paused = ask("act", session=session, action="train", argument=None)
    assert paused["snapshot"]["running"] == ""


def test_sessions_live_beside_each_other(session):
    other = ask("open", lab="scalar-rnn")["session"]
    assert other != session
    ask("set", session=other, values={"w_x": 2.5})
    assert ask("set", session=session, values={})["snapshot"]["values"]["w_x"] != 2.5
    assert {session, other} <= set(ask("sessions")["open"])
    assert ask("close", session=other) == {}
    assert other not in ask("sessions")["open"]
    assert session in ask("sessions")["open"]


def test_numbers_are_never_used_again():
    first = ask("open", lab="scalar-rnn")["session"]
    ask("close", session=first)
    second = ask("open", lab="scalar-rnn")["session"]
    ask("close", session=second)
    assert second > first


def test_closing_twice_is_no_mistake(session):
    assert ask("close", session=session) == {}
    assert ask("close", session=session) == {}


@pytest.mark.parametrize(
    ("op", "rest"),
    [("set", {"values": {}}), ("act", {"action": "train"}), ("advance", {"budget_ms": 1})],
)
def test_a_closed_session_says_so(op, rest):
    number = ask("open", lab="scalar-rnn")["session"]
    ask("close", session=number)
    with pytest.raises(ClosedSession, match=f"session {number} is not open; open: "):
        ask(op, session=number, **rest)


def test_unknown_things_are_refused_by_name(session):
    with pytest.raises(UnknownLab, match=r"there is no lab 'lstm'; labs: .*scalar-rnn"):
        ask("open", lab="lstm")
    with pytest.raises(ControlError, match=r"'fly' is not an action; actions: .*train"):
        ask("act", session=session, action="fly")
    with pytest.raises(ControlError, match="'w_z' is not a control of scalar-rnn; controls: "):
        ask("set", session=session, values={"w_z": 1})
    with pytest.raises(ValueError, match=r"op must be one of open, .*, sessions, .*; got 'fly'"):
        ask("fly", session=session)


def test_a_lab_that_does_not_open_leaves_no_session():
    before = ask("sessions")["open"]
    with pytest.raises(ControlError):
        ask("open", lab="scalar-rnn", options={"sequence": "fibonaci"})
    assert ask("sessions")["open"] == before


def test_an_error_leaves_the_session_as_it_was(session):
    before = ask("set", session=session, values={})
    with pytest.raises(ControlError):
        ask("set", session=session, values={"w_h": 2, "learning_rate": 3})
    with pytest.raises(ControlError):
        ask("act", session=session, action="fly")
    assert repr(ask("set", session=session, values={})) == repr(before)


def test_a_request_must_be_json():
    with pytest.raises(json.JSONDecodeError):
        call("{op: open}")


def test_a_glance_sets_values(session):
    seen = ask("glance", session=session, values={"step": 2}, figures=[])["glance"]
    assert seen["values"]["step"] == 2
    assert seen["figures"] == {}
    assert ask("set", session=session, values={})["snapshot"]["values"]["step"] == 2


def sliders(lab):
    return [c for c in open_lab(lab, {}).declaration.controls if isinstance(c, Slider)]


def watched(lab):
    """The figures that some slider is watched in."""
    first = open_lab(lab, {}).declaration.figures[0].name
    return {first} | {slider.watched_in for slider in sliders(lab) if slider.watched_in}


@pytest.mark.parametrize(
    ("lab", "figure"), [(lab, figure) for lab in lab_names() for figure in sorted(watched(lab))]
)
def test_a_glance_brings_the_marks_of_a_figure_alone(lab, figure):
    session = ask("open", lab=lab)["session"]
    seen = ask("glance", session=session, values={}, figures=[figure])["glance"]
    whole = ask("set", session=session, values={})["snapshot"]
    marks = whole["figures"][figure]
    del marks["summary"], marks["tables"]
    assert repr(seen.pop("figures")) == repr({figure: marks})  # a NaN in some is not itself
    assert {"values", "steps"} <= set(seen)
    assert seen == {name: whole[name] for name in seen}
    ask("close", session=session)


def test_a_refused_glance_changes_nothing(session):
    before = ask("set", session=session, values={})["snapshot"]["values"]
    with pytest.raises(ControlError, match="w_h"):
        ask("glance", session=session, values={"w_x": 1.0, "w_h": "much"}, figures=["network"])
    assert ask("set", session=session, values={})["snapshot"]["values"] == before


def foreseen_sliders():
    for lab in lab_names():
        for slider in sliders(lab):
            if slider.foreseen:
                yield lab, slider.name


def places(lab, control):
    """What a slider's track holds, and the figure in which it is watched."""
    declaration = open_lab(lab, {}).declaration
    slider = declaration.control(control)
    last = round((slider.high - slider.low) / slider.step)
    values = [round(slider.low + place * slider.step, 9) for place in range(last + 1)]
    return values, slider.watched_in or declaration.figures[0].name


def everything_of(session):
    """A snapshot as text: some hold a NaN, which is not itself."""
    return repr(ask("set", session=session, values={}))


@pytest.mark.parametrize(("lab", "control"), list(foreseen_sliders()))
def test_at_every_place_of_a_track_what_was_foreseen_comes_true(lab, control):
    session = ask("open", lab=lab)["session"]
    values, figure = places(lab, control)
    what = {"session": session, "control": control, "figures": [figure]}
    foreseen = ask("foresee", values=values, budget_ms=60_000, **what)["foreseen"]
    for value, packet in zip(values, foreseen, strict=True):
        seen = ask("glance", session=session, values={control: value}, figures=[figure])["glance"]
        assert seen["values"][control] == value
        assert repr(decode(bytes(packet[2]))) == repr(seen)
    ask("close", session=session)


@pytest.mark.parametrize("control", ["w_y", "length", "seed", "clip_limit"])
@pytest.mark.parametrize("activation", ["relu", "sigmoid", "linear"])
def test_foreseeing_changes_nothing_in_whatever_state_the_lab_is(session, activation, control):
    ask("set", session=session, values={"activation": activation, "step": 9, "pace": "one"})
    ask("set", session=session, values={"w_h": 2.5})
    ask("act", session=session, action="train")
    before = everything_of(session)
    values, figure = places("scalar-rnn", control)
    what = {"session": session, "control": control, "figures": [figure], "budget_ms": 60_000}
    packets = ask("foresee", values=[values[0], values[-1]], **what)["foreseen"]
    assert everything_of(session) == before
    # The way does not matter: after the one the other is as it was foreseen, and once more.
    for value, packet in zip([values[0], values[-1]] * 2, packets * 2, strict=True):
        seen = ask("glance", session=session, values={control: value}, figures=[figure])["glance"]
        assert repr(decode(bytes(packet[2]))) == repr(seen)


def test_when_time_is_up_the_other_values_are_left(session):
    what = {"session": session, "control": "w_h", "figures": ["network"]}
    assert len(ask("foresee", values=[0.1, 0.2, 0.3], budget_ms=0, **what)["foreseen"]) == 1
    assert ask("foresee", values=[], budget_ms=0, **what)["foreseen"] == []


def test_what_cannot_be_foreseen_is_refused(session):
    what = {"session": session, "figures": ["network"], "budget_ms": 60_000}
    with pytest.raises(ControlError, match="w_h must be a number; got 'much'"):
        ask("foresee", control="w_h", values=[1.0, "much"], **what)
    with pytest.raises(ControlError, match="learning_rate: what this control would show cannot be"):
        ask("foresee", control="learning_rate", values=[0.1], **what)
    with pytest.raises(ControlError, match="'w_z' is not a control of scalar-rnn"):
        ask("foresee", control="w_z", values=[1.0], **what)


def test_only_what_is_shown_is_drawn_and_sent(session):
    whole = ask("set", session=session, values={})["snapshot"]["figures"]
    shown = {"figures": ["network", "losses"], "tables": ["losses"]}
    seen = ask("set", session=session, values={}, shown=shown)["snapshot"]["figures"]
    assert set(seen) == {"network", "losses"}
    assert seen["network"]["tables"] == []
    assert seen["network"]["summary"] == whole["network"]["summary"]
    assert seen["losses"] == whole["losses"]
    opened = ask("open", lab="scalar-rnn", shown={"figures": [], "tables": []})
    assert opened["snapshot"]["figures"] == {}
    ask("close", session=opened["session"])

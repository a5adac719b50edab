"""Whatever a reader sets, the page gets a sound snapshot; what cannot be is refused in words."""

import pytest

from lab.gradient_flow.declaration import DECLARATION
from lab.gradient_flow.experiment import COUNTER_EXAMPLE, Measured
from lab.kit import ControlError
from lab.kit.controls import Choice, Slider
from lab.kit.wire import to_json, to_packet
from tests.lab.gradient_flow.playing import figure, opened, status, survival
from tests.lab.packets import decode, decode_text


def sound(lab):
    """Both encoders take the snapshot, and every figure has its sentence."""
    snapshot = lab.snapshot()
    assert decode(to_packet(snapshot))["values"] == snapshot["values"]
    decode_text(to_json(snapshot))
    for drawn in snapshot["figures"].values():
        assert drawn["summary"].endswith(".")
        assert len({len(series["values"]) for series in drawn["series"]}) == 1
    return snapshot


CHOICES = [
    (control.name, option.value)
    for control in DECLARATION.controls
    if isinstance(control, Choice)
    for option in control.options
]
ENDS = [
    (control.name, end)
    for control in DECLARATION.controls
    if isinstance(control, Slider)
    for end in (control.low, control.high, control.minimum, control.maximum)
    if control.name not in ("hidden", "length") or end != control.maximum
]


@pytest.mark.parametrize(("name", "value"), CHOICES)
@pytest.mark.parametrize("preset", ["fading", "eigenvalues", "lstm"])
def test_every_choice(preset, name, value):
    lab = opened(preset, length=12)
    lab.set({name: value})
    assert sound(lab)["values"][name] == value


@pytest.mark.parametrize(("name", "value"), ENDS)
@pytest.mark.parametrize("cell", ["residual", "lstm", "gru"])
def test_every_slider_at_its_ends(cell, name, value):
    lab = opened(cell=cell, activation="relu", compare="none", length=12)
    lab.set({name: value})
    sound(lab)


@pytest.mark.parametrize("activation", ["relu", "linear", "tanh"])
@pytest.mark.parametrize("cell", ["rnn", "residual"])
def test_numbers_beyond_all_numbers_are_told_and_not_an_error(cell, activation):
    lab = opened(cell=cell, activation=activation, scale=1e6, length=100, eigenvalues=True)
    sound(lab)
    if activation == "linear":
        assert "grown beyond every number" in figure(lab, "survival")["summary"]


def test_nothing_left_is_told():
    lab = opened(activation="relu", initialiser="identity", inputs="none")
    assert figure(lab, "survival")["summary"].startswith(
        "The gradient stays above 10⁻³ for 0 of 50 steps back. At step 0 nothing is left."
    )


@pytest.mark.parametrize(
    ("products", "reach"),
    [
        ([1e-4, 1e-3, 0.5, 1.0], 2),
        ([5.0, 1e-9, 0.5, 1.0], 1),  # what revives further back has been lost on the way
        ([0.1, 0.1, 0.1, 1.0], 3),
        ([1.0, 1.0, 0.0, 1.0], 0),
        ([float("inf"), 2.0, 2.0, 1.0], 3),
    ],
)
def test_the_reach_is_counted_without_a_break_from_the_end(products, reach):
    import numpy as np

    factors = {"state": np.ones(3)}
    measured = Measured("rnn", factors, {"state": np.array(products)}, ((), ()), 1.0, 1.0)
    assert measured.reach == reach


def test_the_headline_and_the_status_tell_the_reach():
    lab = opened()
    left = survival(lab)
    assert (left[41:] >= 1e-3).all()
    assert left[40] < 1e-3
    assert "stays above 10⁻³ for 9 of 50 steps back" in figure(lab, "survival")["summary"]
    assert "The LSTM beside it: 43 of 50 steps back" in figure(lab, "survival")["summary"]
    assert status(lab, "Above 10⁻³") == "9 of 50 steps back"


def test_what_stands_beside_is_never_the_same_cell():
    lab = opened(cell="lstm", compare="lstm")
    names = [series["name"] for series in figure(lab, "survival")["series"]]
    assert names == ["LSTM, state (h, c)", "LSTM, cell state c alone"]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (50, "‖ dh_50 / dh_50 ‖ = 1.00 : the gradient starts here"),
        (49, "‖ dh_50 / dh_49 ‖ = ‖ J_50 ‖ = 0.94"),
        (48, "‖ dh_50 / dh_48 ‖ = ‖ J_50 J_49 ‖ = "),
        (20, "‖ dh_50 / dh_20 ‖ = ‖ J_50 ⋯ J_21 ‖ = "),
    ],
)
def test_the_step_looked_at_is_a_product(step, words):
    lines = opened(step=step).snapshot([])["readout"]
    parts = [part.get("text") or part.get("symbol") or part["number"] for part in lines[0]]
    assert "".join(parts).startswith(words)


def test_the_step_stays_within_the_sequence():
    lab = opened(step=50)
    lab.set({"length": 10})
    assert lab.snapshot([])["values"]["step"] == 10
    lab.set({"step": 60})
    assert lab.snapshot([])["values"]["step"] == 10


def test_looking_elsewhere_measures_nothing_again(monkeypatch):
    lab = opened()
    lab.snapshot()
    monkeypatch.setattr("lab.gradient_flow.session.measure", None)
    lab.set({"step": 3})
    lab.snapshot()


def test_other_weights_are_those_of_the_next_seed():
    lab, other = opened(), opened(seed=2)
    before = survival(lab)
    lab.act("redraw")
    assert lab.snapshot([])["changed"] == ["seed"]
    assert (survival(lab) == survival(other)).all()
    assert (survival(lab) != before).any()


def test_the_example_that_is_not_drawn_cannot_be_redrawn():
    actions = opened("eigenvalues").snapshot([])["actions"]
    assert actions["redraw"] == {"enabled": True, "shown": False}
    hidden = {
        c.name
        for c in DECLARATION.controls
        if COUNTER_EXAMPLE not in c.shown_when.get("initialiser", (COUNTER_EXAMPLE,))
    }
    assert {"cell", "scale", "hidden", "seed", "inputs"} <= hidden
    assert not {"initialiser", "length", "step"} & hidden


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"scale": 0}, r"scale must be in \[1e-06, 1000000\]; got 0"),
        ({"hidden": 33}, r"hidden must be in \[1, 32\]; got 33"),
        ({"length": 2.5}, "length must be a whole number; got 2.5"),
        ({"cell": "elman"}, "cell: 'elman' is not allowed; allowed: rnn, residual, lstm, gru"),
        ({"speed": 1}, "'speed' is not a control of gradient-flow"),
    ],
)
def test_refuses_in_words_and_changes_nothing(values, words):
    lab = opened()
    before = lab.snapshot([])["values"]
    with pytest.raises(ControlError, match=words):
        lab.set({"alpha": 0.5, **values})
    assert lab.snapshot([])["values"] == before


def test_refuses_an_unknown_button():
    with pytest.raises(ControlError, match="'train' is not an action; actions: redraw"):
        opened().act("train")

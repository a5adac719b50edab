"""One window, one memory: what they answer, what a moved value changes, and what they cost."""

import re

import numpy as np
import pytest

from lab.kit import ControlError
from lab.kit.wire import to_json, to_packet
from lab.kit.words import number
from lab.with_and_without_memory import LAB
from lab.with_and_without_memory.declaration import DECLARATION, ROWS
from lab.with_and_without_memory.histories import drawn, read, seen_through
from tests.lab.packets import decode, decode_text


def opened(**options):
    return LAB(options)


def cells(lab):
    return dict(zip(ROWS, lab.snapshot()["figures"]["histories"]["values"], strict=True))


def status(lab):
    return {fact["name"]: fact["value"] for fact in lab.snapshot()["status"]}


@pytest.mark.parametrize("window", [1, 4, 10])
def test_the_recurrent_unit_adds_up_all_and_the_window_the_last(window):
    found = cells(opened(window=window))
    for history in "12":
        values = found[f"values {history}"]
        assert found[f"recurrent {history}"] == pytest.approx(np.cumsum(values))
        last = [values[max(t - window, 0) : t].sum() for t in range(1, len(values) + 1)]
        assert found[f"window {history}"] == pytest.approx(last)


@pytest.mark.parametrize("window", [1, 3, 6])
def test_no_other_weights_are_better_for_the_sum(window):
    rng = np.random.default_rng(0)
    rows, sums = [], []
    for _ in range(4000):
        values = rng.choice(np.arange(1, 10), 8) * rng.choice((-0.1, 0.1), 8)
        rows.append(seen_through(values, window)[-1])
        sums.append(values.sum())
    best = np.linalg.lstsq(np.array(rows), np.array(sums), rcond=None)[0]
    assert best == pytest.approx(np.ones(window), abs=0.1)


@pytest.mark.parametrize(("position", "window", "seen"), [(2, 4, 4), (8, 4, 3), (2, 10, 9)])
def test_a_moved_value_changes_what_has_read_it(position, window, seen):
    lab = opened(position=position, window=window)
    found = cells(lab)
    apart = np.flatnonzero(np.abs(found["recurrent 1"] - found["recurrent 2"]) > 1e-9) + 1
    assert apart.tolist() == list(range(position, 11))
    apart = np.flatnonzero(np.abs(found["window 1"] - found["window 2"]) > 1e-9) + 1
    assert apart.tolist() == list(range(position, position + seen))
    summary = lab.snapshot()["figures"]["changes"]["summary"]
    assert summary.endswith(f"the window’s at {seen}.")


@pytest.mark.parametrize(("window", "weights"), [(1, "2"), (4, "5"), (10, "11"), (20, "21")])
def test_the_window_s_weights_grow_and_the_unit_s_do_not(window, weights):
    lab = opened(window=window, length=20)
    assert list(status(lab)) == ["Recurrent, 5 weights", f"Window, {weights} weights"]


def test_an_answer_of_zero_is_told_as_zero_and_not_as_the_noise_of_rounding():
    lab = opened(preset="longer")
    assert status(lab)["Window, 11 weights"] == "0 both times"
    answers = np.stack([row for name, row in cells(lab).items() if "values" not in name])
    assert not np.any((np.abs(answers) > 0.0) & (np.abs(answers) < 1e-3))
    assert not np.any(np.signbit(answers) & (answers == 0.0))


def test_the_answers_are_told_beside_each_other():
    lab = opened()
    found = cells(lab)
    one, two = (number(float(found[f"recurrent {history}"][-1])) for history in "12")
    assert status(lab)["Recurrent, 5 weights"] == f"{one} and {two}"
    window = number(float(found["window 1"][-1]))
    assert status(lab)["Window, 5 weights"] == f"{window} both times"


def test_the_verdict_is_computed():
    def verdict(**options):
        return opened(**options).snapshot()["figures"]["histories"]["summary"]

    assert "both times: value 2 has left it." in verdict()
    assert "sees value 8 and answers" in verdict(position=8)
    assert "the moved value has not been read" in verdict(step=1)
    assert verdict(value=drawn(23, 10)[1]) == "Both histories are the same: move the value."


def test_the_frame_is_what_the_window_sees():
    outlines = opened(step=6).snapshot()["figures"]["histories"]["outlines"]
    assert outlines[0] == {"rows": [0, 1], "steps": [3, 6], "dashed": False}
    assert outlines[1]["steps"] == [2, 2]
    assert opened(step=2).snapshot()["figures"]["histories"]["outlines"][0]["steps"] == [1, 2]


@pytest.mark.parametrize("row", range(1, 7))
@pytest.mark.parametrize("step", [1, 5, 10])
def test_every_cell_opens_into_its_formula(row, step):
    lab = opened(row=row, step=step)
    readout = lab.snapshot()["readout"]
    value = float(cells(lab)[ROWS[row - 1]][step - 1])
    told = [part["number"] for line in readout for part in line if part.get("result")]
    assert told == [number(value)]
    assert len(readout) == 2


def test_longer_sequences_begin_the_same():
    assert drawn(3, 20)[:10].tolist() == drawn(3, 10).tolist()
    assert (drawn(3, 20) != 0).all()
    assert read(drawn(3, 5), 2).window.shape == (5,)


@pytest.mark.parametrize("preset", DECLARATION.presets, ids=lambda preset: preset.name)
def test_every_preset_opens_and_its_snapshot_travels(preset):
    snapshot = opened(preset=preset.name).snapshot()
    assert snapshot["note"] == preset.note
    assert decode(to_packet(snapshot))["values"] == snapshot["values"]
    assert decode_text(to_json(snapshot))["values"] == snapshot["values"]


def test_buttons_and_limits():
    lab = opened()
    assert not lab.snapshot()["actions"]["step_forward"]["enabled"]
    lab.act("first_step")
    lab.act("step_forward")
    lab.act("step_back")
    assert lab.snapshot()["values"]["step"] == 1
    before = cells(lab)["values 1"].tolist()
    lab.act("redraw")
    assert cells(lab)["values 1"].tolist() != before
    with pytest.raises(ControlError, match="'train' is not an action"):
        lab.act("train")
    lab.set({"length": 5, "position": 20, "window": 20})
    assert lab.snapshot()["values"]["position"] == 5
    assert lab.snapshot()["values"]["window"] == 5


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("window", 21, "window must be in [1, 20]; got 21"),
        ("length", 3, "length must be in [4, 20]; got 3"),
        ("position", 0, "position must be in [1, 20]; got 0"),
        ("value", "much", "value must be a number; got 'much'"),
        ("row", 7, "row must be in [1, 6]; got 7"),
    ],
)
def test_a_refusal_names_the_value_and_the_rule(name, value, rule):
    lab = opened()
    before = repr(lab.snapshot())
    with pytest.raises(ControlError, match=re.escape(rule)):
        lab.set({"seed": 3, name: value})
    assert repr(lab.snapshot()) == before

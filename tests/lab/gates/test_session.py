"""The laboratory of gates as a page uses it: every control, button, figure and formula."""

import re

import numpy as np
import pytest

from lab.gates import LAB
from lab.gates.declaration import DECLARATION, LONGEST
from lab.gates.reading import PARTS
from lab.kit.controls import Choice, ControlError, Slider
from lab.kit.wire import to_json, to_packet
from lab.kit.words import number
from tests.lab.gates.playing import QUICK, change, opened, status, supply

SLIDERS = [c for c in DECLARATION.controls if isinstance(c, Slider)]
FIGURES = [figure.name for figure in DECLARATION.figures]


def test_before_its_network_has_come_it_draws_empty_figures_and_works_on():
    lab = LAB({})
    assert lab.snapshot(())["wants"] == "recall-lstm"
    lab.set({"forget": -1.0, "unit": 9, "step": 3})
    for action in DECLARATION.actions:
        lab.act(action.name)
    to_json(lab.snapshot())
    lab.set({"cell": "gru"})
    assert lab.snapshot(())["wants"] == "recall-gru"
    supply(lab)
    assert lab.snapshot(())["wants"] is None
    lab.set({"cell": "lstm"})  # which never came
    snapshot = lab.snapshot()
    assert snapshot["wants"] == "recall-lstm"
    assert snapshot["figures"]["unit"]["rows"] == [
        "reset",
        "candidate",
        "update",
        "hidden",
        "right",
    ]


@pytest.mark.parametrize("preset", DECLARATION.presets, ids=lambda preset: preset.name)
def test_every_preset_opens_and_its_note_stands(preset):
    lab = opened(preset=preset.name)
    snapshot = lab.snapshot()
    assert snapshot["note"] == preset.note
    assert list(snapshot["figures"]) == FIGURES
    assert snapshot["changed"] == []
    to_packet(snapshot)


@pytest.mark.parametrize(
    ("preset", "last", "most"),
    [
        ("trained", "a, 99.9 %: right", 1.0),
        ("forgets", "b, .*: wrong, a is right", 0.5),
        ("clings", "a, .*: wrong, c is right", 0.8),
        ("deaf", "b, .*: wrong, a is right", 0.4),
        ("gru", "a, 100 %: right", 1.0),
        ("gru-forgets", "b, .*: wrong, a is right", 0.6),
    ],
)
def test_every_preset_shows_what_its_note_says(preset, last, most):
    told = status(opened(preset=preset))
    assert re.fullmatch(last, told["Last answer"])
    share = float(told["400 new questions"].split()[0]) / 100
    assert share == 1.0 if most == 1.0 else share < most
    assert told["Parameters"] == ("132" if "gru" in preset else "164")


def test_in_the_unit_that_clings_the_second_round_is_answered_with_the_first_letter():
    text = opened(preset="clings").snapshot(())["values"]["text"]
    first, second = text.split("?")[:2]
    assert first[0] == "a"
    assert second[0] == "c"


@pytest.mark.parametrize("slider", SLIDERS, ids=lambda slider: slider.name)
@pytest.mark.parametrize("end", ["low", "high"])
def test_every_slider_takes_both_ends_of_its_thumb(slider, end):
    cell = slider.shown_when.get("cell", ("lstm",))[0]
    lab = opened(cell=cell)
    value = getattr(slider, end)
    snapshot = change(lab, **{slider.name: str(value)})
    wanted = min(value, len(snapshot["values"]["text"])) if slider.name == "step" else value
    assert snapshot["values"][slider.name] == wanted
    to_packet(snapshot)


def test_every_choice_works():
    for control in DECLARATION.controls:
        if isinstance(control, Choice):
            lab = opened()
            for option in control.options:
                assert change(lab, **{control.name: option.value})["values"][control.name]


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"text": "abd?"}, "text may hold a, b, c and ?; got “d”"),
        ({"text": "ab ?"}, "text may hold a, b, c and ?; got “ ”"),
        ({"text": "A?"}, "got “A”"),
        ({"text": ""}, "text must hold at least 1 symbol; it is empty"),
        ({"text": "a" * 61}, "text must be at most 60 characters; got 61"),
        ({"unit": 5}, "unit must be at most 4, so many there are; got 5"),
        ({"forget": "much"}, "forget must be a number; got 'much'"),
        ({"forget": 101}, "forget must be in [-100, 100]; got 101"),
        ({"cell": "rnn"}, "cell: 'rnn' is not allowed; allowed: lstm, gru"),
        ({"step": 0}, "step must be at least 1; got 0"),
    ],
)
def test_a_refusal_names_the_value_and_the_rule_and_changes_nothing(values, rule):
    lab = opened()
    before = repr(lab.snapshot(QUICK))
    with pytest.raises(ControlError, match=re.escape(rule)):
        lab.set({"input": 1.0, **values})
    assert repr(lab.snapshot(QUICK)) == before


def test_a_page_cannot_give_a_text_that_was_never_learned():
    with pytest.raises(ControlError, match="got “x”"):
        LAB({"text": "xyz"})


def test_dragging_the_forget_gate_makes_it_forget_step_by_step():
    lab = opened()
    cells, right = [], []
    for by in (0.0, -1.0, -2.0, -3.0, -6.0):
        snapshot = change(lab, forget=by)
        unit = snapshot["figures"]["unit"]
        cells.append(abs(unit["values"][unit["rows"].index("cell"), 5]))
        right.append(float(snapshot["status"][1]["value"].split()[0]))
    assert cells == sorted(cells, reverse=True)
    assert cells[0] > 0.9
    assert cells[-1] < 0.2
    assert right == sorted(right, reverse=True)


def test_the_sequence_is_stepped_through():
    lab = opened(step=1)
    assert not lab.snapshot(())["actions"]["step_back"]["enabled"]
    for step in range(2, 13):
        lab.act("step_forward")
        assert lab.snapshot(())["values"]["step"] == step
    assert not lab.snapshot(())["actions"]["step_forward"]["enabled"]
    lab.act("step_forward")
    assert lab.snapshot(())["values"]["step"] == 12
    lab.act("step_back")
    lab.act("first_step")
    assert lab.snapshot(())["values"]["step"] == 1


def test_biases_go_back_to_as_trained():
    lab = opened(preset="forgets", input=2.0)
    assert lab.snapshot(())["actions"]["restore"]["enabled"]
    lab.act("restore")
    snapshot = lab.snapshot(())
    assert [snapshot["values"][name] for name in ("forget", "input", "output")] == [0.0] * 3
    assert not snapshot["actions"]["restore"]["enabled"]
    assert status(lab)["400 new questions"] == "100 % right"


def test_a_new_sequence_is_another_one_of_the_same_kind():
    lab = opened()
    texts = set()
    for _ in range(5):
        lab.act("draw")
        texts.add(lab.snapshot(())["values"]["text"])
    assert len(texts) == 5
    for text in texts:
        assert len(text) == 12
        assert text.count("?") == 2
        assert text.endswith("?")


def test_a_readers_own_sequence():
    lab = opened()
    snapshot = change(lab, text="a" + "bc" * 29 + "?")
    assert snapshot["steps"] == LONGEST
    assert status(lab)["Last answer"].startswith("a, ")
    assert snapshot["figures"]["unit"]["numbers"] is False
    snapshot = change(lab, text="abc")
    assert status(lab)["Last answer"] == "no question yet"
    snapshot = change(lab, text="?")
    assert status(lab)["Last answer"] == "no question yet"
    assert "At step 1, after ?," in snapshot["figures"]["answers"]["summary"]
    change(lab, text="bb?", step=3)
    lab.set({"text": "a?"})
    assert lab.snapshot(())["values"]["step"] == 2


def test_the_first_unit_shown_is_the_one_that_keeps_best_and_any_can_be_chosen():
    lab = opened()
    assert lab.snapshot(())["values"]["unit"] == 3
    assert change(lab, unit=1)["figures"]["unit"]["heading"] == "Unit 1, step by step"
    snapshot = change(lab, cell="gru")
    assert snapshot["values"]["unit"] == 4
    assert snapshot["values"]["row"] == 3
    assert snapshot["figures"]["units"]["heading"] == "The update gate of all units"


def test_one_units_bias_can_be_moved_alone():
    lab = opened(forget=-3.0, scope="one", unit=1)
    of_all = opened(forget=-3.0)
    here, there = (
        each.snapshot(["everything"])["figures"]["everything"]["values"][:4]
        for each in (lab, of_all)
    )
    as_trained = opened().snapshot(["everything"])["figures"]["everything"]["values"][:4]
    assert (here[0, 0], here[1, 0]) == (there[0, 0], as_trained[1, 0])
    assert here[1, 0] != there[1, 0]


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_the_figures_hold_the_same_numbers(cell):
    figures = opened(cell=cell, unit=2).snapshot()["figures"]
    parts = PARTS[cell]
    rows = figures["everything"]["values"].reshape(len(parts), 4, -1)
    np.testing.assert_array_equal(figures["unit"]["values"][:-1], rows[:, 1])
    np.testing.assert_array_equal(figures["units"]["values"], rows[0 if cell == "lstm" else 2])
    assert figures["unit"]["letters"] == list("cabba?abcca?")
    np.testing.assert_allclose(figures["answers"]["values"].sum(axis=0), 1.0, atol=5e-4)
    answers = figures["answers"]["values"]
    right = [answers[outline["rows"][0], outline["steps"][0] - 1]
             for outline in figures["answers"]["outlines"]]  # fmt: skip
    assert right == [figures["unit"]["values"][-1, at] for at in (5, 11)]
    panels = {panel["title"]: panel for panel in figures["bars"]["panels"]}
    for index, part in enumerate(parts):
        if part.name != "candidate":
            bars = panels[part.words.capitalize()]["series"][0]["values"]
            np.testing.assert_allclose(bars, rows[index, 1], atol=5e-5)
    for figure in figures.values():
        assert figure["summary"].endswith(".")
        assert all(len(table["data"][0]) for table in figure["tables"])


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_the_sweep_is_what_the_sliders_give(cell):
    lab = opened(cell=cell)
    panels = lab.snapshot()["figures"]["sweep"]["panels"]
    for panel, name in zip(
        panels,
        ("forget", "input", "output") if cell == "lstm" else ("update", "reset"),
        strict=True,
    ):
        assert panel["title"].lower().startswith(f"{name} gate")
        for by in (-4, 0, 3):
            change(lab, **{name: by})
            share = panel["series"][0]["values"][by + 6]
            assert by % 2 or panel["labels"][by + 6] == str(by).replace("-", "−")
            assert status(lab)["400 new questions"] == f"{number(100 * share)} % right"
        change(lab, **{name: 0})


def evaluated(line):
    """A formula's own numbers, worked out: both sides of its last equals sign."""
    text = ""
    for part in line:
        if "number" in part:
            plain = part["number"].replace("−", "-").replace(",", "")
            plain = re.sub("×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: "e" + m[1].translate(
                str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")), plain)  # fmt: skip
            text += f"({plain})"
        else:
            text += part.get("text", "")
    sides = text.replace("·", "*").replace("−", "-").replace("σ", "sigma").split(" = ")[1:]
    names = {"sigma": lambda a: 1 / (1 + np.exp(-a)), "tanh": np.tanh, "__builtins__": {}}
    return [eval(side, names) for side in sides]  # noqa: S307 - our own formula


@pytest.mark.parametrize("cell", ["lstm", "gru"])
@pytest.mark.parametrize("moved", [0.0, -2.5])
def test_every_formula_comes_out(cell, moved):
    lab = opened(cell=cell, **{"forget" if cell == "lstm" else "update": moved})
    lines = 0
    for row, part in enumerate(PARTS[cell], 1):
        for unit in (1, 4):
            for step in (1, 2, 6, 12):
                snapshot = change(lab, row=row, unit=unit, step=step)
                for line in snapshot["readout"]:
                    values = evaluated(line)
                    assert max(values) - min(values) < 0.02 * max(1.0, abs(values[-1]))
                    lines += 1
                first = snapshot["readout"][0]
                if part.block is not None:
                    assert first[0]["symbol"] == f"{part.symbol}_{step}"
                    exact = lab._seen.reading.parts[part.name][step - 1, unit - 1]
                    assert first[-1]["number"] == number(exact)
    assert lines > 30


def test_what_was_added_stands_in_the_formula_only_when_something_was():
    def names(lab):
        return [part.get("name") for part in lab.snapshot(())["readout"][0]]

    assert "added" not in names(opened())
    assert "added" in names(opened(forget=-3))
    assert "added" not in names(opened(forget=-3, row=2))


def test_the_row_of_the_answer_tells_all_chances():
    lab = opened(row=7)
    (line,) = lab.snapshot(())["readout"]
    text = "".join(part.get("text", part.get("number", "")) for part in line)
    assert text.startswith("Probability at step 6 of a ")
    assert "c (right) 0.999" in text or "c (right) 1.00" in text


def test_unknown_buttons_and_figures_are_refused():
    with pytest.raises(ControlError, match="actions: first_step, step_back"):
        opened().act("open")


def test_nothing_is_computed_again_that_has_not_changed():
    lab = opened()
    before = lab._seen
    lab.set({"step": 3})
    lab.act("step_forward")
    assert lab._seen is before
    lab.set({"forget": -1.0})
    assert lab._seen is not before


def test_addresses_name_what_was_changed_and_lead_back():
    lab = opened()
    change(lab, cell="gru", update=-2.0, text="ab?")
    snapshot = lab.snapshot(())
    other = opened()
    values = {name: snapshot["values"][name] for name in snapshot["changed"]}
    assert change(other, **values)["values"] == snapshot["values"]

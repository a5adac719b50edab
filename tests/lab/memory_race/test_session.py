"""The race as a page uses it: every control, every button, every figure and what they say."""

import re

import numpy as np
import pytest

from lab.kit.controls import Choice, ControlError, Slider
from lab.kit.wire import to_json, to_packet
from lab.memory_race.declaration import DECLARATION
from lab.memory_race.problems import PROBLEMS
from lab.memory_race.race import Reach
from rnn.flow import state_flow
from rnn.unroll import forward
from tests.lab.memory_race.playing import enabled, finish, opened, status, train

CONTROLS = {control.name: control for control in DECLARATION.controls}


@pytest.mark.parametrize("preset", DECLARATION.presets, ids=lambda preset: preset.name)
def test_every_preset_opens_and_its_note_stands(preset):
    lab = opened(preset=preset.name, length=6)
    lab.set({"preset": preset.name, "budget": 2, "batch": 2})
    assert lab.snapshot(())["preset"] == preset.name
    assert preset.note.endswith((".", "book."))
    to_json(train(lab))


@pytest.mark.parametrize("task", PROBLEMS)
def test_every_task_is_trained_and_drawn(task):
    lab = opened(task=task, length=PROBLEMS[task].shortest + 3)
    before = lab.snapshot()
    after = train(lab)
    to_packet(before)
    to_packet(after)
    assert status(lab)["State"] == "Budget spent"
    assert after["said"]
    assert after["figures"]["losses"]["series"][0]["x"][-1] == 12
    for figure in after["figures"].values():
        assert figure["summary"].endswith((".", ")."))


@pytest.mark.parametrize("name", [n for n, c in CONTROLS.items() if isinstance(c, Slider)])
def test_every_slider_takes_both_ends_of_its_thumb(name):
    slider = CONTROLS[name]
    lab = opened()
    for end in (slider.low, slider.high):
        lab.set({name: str(end)})
        expected = min(end, 5) if name == "step" else end
        assert lab.snapshot(())["values"][name] == expected


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"length": 0}, "length must be in [1, 200]; got 0"),
        ({"length": 201}, "length must be in [1, 200]; got 201"),
        ({"length": 3}, "length of adding must be in [4, 200]; got 3"),
        ({"task": "brackets", "length": 2}, "length of brackets must be in [4, 200]; got 2"),
        ({"task": "sorting"}, "task: 'sorting' is not allowed; allowed: adding, latch, parity,"),
        ({"budget": 0}, "budget must be in [1, 100000]; got 0"),
        ({"parameters": 49}, "parameters must be in [50, 10000]; got 49"),
        ({"learning_rate": 0}, "learning_rate must be in [1e-06, 1]; got 0"),
        ({"forget_bias": "wide"}, "forget_bias must be a number; got 'wide'"),
        ({"batch": 2.5}, "batch must be a whole number; got 2.5"),
    ],
)
def test_a_refusal_names_the_value_and_the_rule_and_changes_nothing(values, rule):
    lab = opened()
    train(lab)
    before = repr(lab.snapshot())
    with pytest.raises(ControlError, match=re.escape(rule)):
        lab.set({"seed": 9, **values})
    assert repr(lab.snapshot()) == before


def test_every_choice_of_a_task_brings_a_length_of_its_own():
    assert isinstance(CONTROLS["task"], Choice)
    lab = opened()
    for option in CONTROLS["task"].options:
        if option.value != "adding":
            lab.set({"task": option.value})
            assert lab.snapshot(())["values"]["length"] == PROBLEMS[option.value].length
    lab.set({"task": "latch", "length": 9})
    assert lab.snapshot(())["values"]["length"] == 9


def test_pause_and_go_on():
    lab = opened(budget=50)
    lab.act("train")
    lab.advance(0.0)
    lab.advance(0.0)
    assert status(lab)["State"] == "Training"
    assert lab.snapshot(())["actions"]["train"]["label"] == "Pause"
    lab.act("train")
    snapshot = lab.snapshot()
    assert snapshot["running"] == ""
    assert snapshot["said"].startswith("Paused. ")
    assert snapshot["said"].endswith("2 of 50 steps are done: the budget is not spent yet.")
    assert snapshot["figures"]["losses"]["series"][0]["x"][-1] == 2  # judged where it stands
    lab.advance(5.0)
    assert status(lab)["Step"] == "2 of 50"
    assert snapshot["actions"]["train"]["label"] == "Go on"
    lab.act("train")
    finish(lab)
    assert status(lab)["Step"] == "50 of 50"


def test_a_spent_budget_can_be_raised():
    lab = opened()
    train(lab)
    assert not enabled(lab, "train")
    with pytest.raises(ControlError, match="all 12 steps are done; raise it to go on"):
        lab.act("train")
    lab.set({"budget": 15})
    assert enabled(lab, "train")
    train(lab)
    assert status(lab)["Step"] == "15 of 15"


def test_a_change_of_the_terms_begins_anew_and_looking_does_not():
    lab = opened()
    train(lab)
    lab.set({"step": 3})
    lab.set({"budget": 20})
    assert status(lab)["Step"] == "12 of 20"
    for change in ({"learning_rate": 0.02}, {"task": "latch"}, {"seed": 5}, {"length": 7}):
        lab.set(change)
        assert status(lab)["Step"] == "0 of 20"
        assert lab.snapshot(())["said"] == ""
        train(lab)


def test_start_again_runs_the_same_race_and_the_next_seed_another():
    lab = opened()
    first = train(lab)["figures"]["losses"]["series"]
    lab.act("restart")
    assert status(lab)["State"] == "Untrained"
    second = train(lab)["figures"]["losses"]["series"]
    before = lab.snapshot(())["values"]["seed"]
    lab.act("next_seed")
    assert lab.snapshot(())["values"]["seed"] == before + 1
    third = train(lab)["figures"]["losses"]["series"]
    for one, two, three in zip(first, second, third, strict=True):
        np.testing.assert_array_equal(one["y"], two["y"])
        assert (one["y"] != three["y"]).any()


def test_the_curves_have_the_models_names_styles_and_held_out_losses():
    lab = opened()
    assert all(not len(each["x"]) for each in lab.snapshot()["figures"]["losses"]["series"])
    snapshot = train(lab)
    series = snapshot["figures"]["losses"]["series"]
    assert [(one["name"], one["style"]) for one in series] == [
        ("RNN", "rnn"), ("GRU", "gru"), ("LSTM", "lstm")
    ]  # fmt: skip
    for one, entrant in zip(series, lab._race.entrants, strict=True):
        assert one["x"].tolist() == list(range(13))
        judged = entrant.model.judge(lab._race.held_out).loss
        assert one["y"][-1] == pytest.approx(judged, rel=1e-12)
    (line,) = snapshot["figures"]["losses"]["references"]
    assert line == {"name": "always answering 1: 0.167", "y": pytest.approx(1 / 6)}
    table = snapshot["figures"]["losses"]["tables"][0]
    assert table["rows"] == ["RNN", "GRU", "LSTM"]
    columns = dict(zip(table["columns"], table["data"], strict=True))
    told = [f"{number:,.0f} parameters" for number in columns["parameters"]]
    assert [fact["value"] for fact in snapshot["status"][2:]] == told


def test_brackets_show_the_best_that_is_possible_too():
    lines = opened(task="brackets", length=8).snapshot()["figures"]["losses"]["references"]
    assert lines[1]["name"].startswith("the best possible: ")
    assert lines[1]["y"] < lines[0]["y"]


def test_the_reach_is_the_engines_product_on_the_sequence_shown():
    lab = opened(length=7)
    drawn = train(lab)["figures"]["reach"]
    race = lab._race
    for entrant, series in zip(race.entrants, drawn["series"], strict=True):
        weights = entrant.model.parameters.part("layer0.")
        walk = forward(entrant.model.cell, weights, race.held_out.inputs[:, :1])
        flow = state_flow(entrant.model.cell, weights, walk).products["state"][1:, 0]
        np.testing.assert_allclose(series["values"], flow)
        assert series["values"][-1] == 1.0
    assert drawn["start"] == 1
    assert "After 12 training steps" in drawn["summary"]


@pytest.mark.parametrize(
    ("norms", "steps"),
    [
        ([1.0, 1.0, 1.0, 1.0], 3),
        ([1e-9, 1e-4, 0.5, 1.0], 1),
        ([1.0, 1e-4, 0.5, 1.0], 1),  # what comes back after a gap does not count
        ([0.0, 0.0, 0.0, 1.0], 0),
    ],
)
def test_how_far_a_gradient_reaches_is_counted_from_the_end(norms, steps):
    assert Reach(0, np.array(norms)).steps == steps


def test_while_running_the_reach_is_measured_now_and_then_only():
    lab = opened(budget=100)
    lab.snapshot()
    lab.act("train")
    seen = []
    for _ in range(25):
        lab.advance(0.0)
        lab.snapshot()
        seen.append(lab._race.entrants[0].reach.at)
    assert sorted(set(seen)) == [0, 10, 20]


def test_the_example_shows_what_is_read_and_what_is_answered():
    lab = opened(length=6)
    train(lab)
    figure = lab.snapshot()["figures"]["example"]
    batch = lab._race.held_out
    assert figure["rows"] == ["value", "marker", "RNN", "GRU", "LSTM"]
    np.testing.assert_allclose(figure["values"][:2], batch.inputs[:, 0].T, atol=5e-5)
    gru = lab._race.entrants[1].model
    np.testing.assert_allclose(figure["values"][3][-1], gru.judge(batch).outputs[0, 0], atol=5e-5)
    assert f"Right is {batch.targets[-1, 0, 0]:.3g}"[:12] in figure["summary"]
    lab = opened(task="copy", length=2)
    figure = lab.snapshot()["figures"]["example"]
    assert figure["rows"] == ["RNN", "GRU", "LSTM"]
    assert figure["letters"][11] == "!"
    assert (figure["values"] >= 0.0).all()
    assert (figure["values"] <= 1.0).all()


def test_what_runs_away_is_told_and_the_others_go_on():
    lab = opened(learning_rate=1.0, clip=1e6, budget=30)
    rnn = lab._race.entrants[0]
    rnn.model.parameters.flat[...] = 1e30
    lab.act("train")
    finish(lab)
    snapshot = lab.snapshot()
    assert snapshot["problem"].startswith("RNN: Training diverged at step 1:")
    assert "The RNN diverged." in snapshot["said"]
    assert [entrant.trainer.step for entrant in lab._race.entrants] == [0, 30, 30]
    to_packet(snapshot)


def test_when_all_run_away_it_stops():
    lab = opened(budget=30)
    for entrant in lab._race.entrants:
        entrant.model.parameters.flat[...] = 1e30
    lab.act("train")
    assert finish(lab) == 1
    said = "The RNN diverged. The GRU diverged. The LSTM diverged."
    assert lab.snapshot(())["said"] == said
    assert not enabled(lab, "train")
    lab.act("restart")
    assert enabled(lab, "train")


def test_an_unknown_button_is_refused():
    with pytest.raises(ControlError, match="actions: train, restart, next_seed"):
        opened().act("win")


def test_addresses_name_what_was_changed_and_lead_back():
    lab = opened()
    lab.set({"task": "parity", "seed": 4})
    changed = lab.snapshot(())["changed"]
    values = lab.snapshot(())["values"]
    other = opened()
    other.set({name: values[name] for name in changed})
    assert other.snapshot(())["values"] == values

"""Walking and guessing: what each control and button does, and who is ahead."""

import numpy as np
import pytest

from lab.kit import ControlError
from lab.kit.words import number
from lab.loss_landscape.declaration import DECLARATION
from lab.loss_landscape.surface import problem_of
from rnn.landscape import slope_at, step
from rnn.one_unit import Weights
from tests.lab.loss_landscape.playing import (
    enabled,
    figure,
    finish,
    guess,
    opened,
    said,
    values,
    walk,
)


def updates(lab):
    facts = {fact["name"]: fact["value"] for fact in lab.snapshot(())["status"]}
    return int(facts["Updates"])


@pytest.mark.parametrize("preset", [preset.name for preset in DECLARATION.presets])
def test_every_preset_starts_on_its_map(preset):
    lab = opened(preset=preset)
    data = figure(lab)
    assert 0 <= data["start"][0] <= 1
    assert 0 <= data["start"][1] <= 1
    assert data["cursor"] == data["start"]
    assert lab.snapshot(())["changed"] == []
    assert lab.snapshot(())["note"] == DECLARATION.preset(preset).note


def test_a_walk_is_the_engines_steps():
    lab = opened(updates=5)
    walk(lab)
    problem = problem_of(values(lab))
    for taken, longest in zip(lab._walks, (0.1, None), strict=True):
        place = Weights(0.4, 0.85, 1.0, 0.0, 0.0)
        for index in range(5):
            assert taken.places[index] == place
            place = step(place, slope_at(place, problem), 0.05, longest)


def test_clipped_steps_are_never_longer_than_they_may_be():
    lab = opened(updates=60)
    walk(lab)
    places = np.array([place[:2] for place in lab._walks[0].places])
    lengths = np.hypot(*np.diff(places, axis=0).T)
    assert lengths.max() <= 0.05 * 0.1 * (1 + 1e-9)


def test_on_the_cliff_the_unclipped_walk_is_thrown_and_the_clipped_one_arrives():
    lab = opened()
    walk(lab)
    clipped, free = lab._walks
    assert free.updates == 9
    assert abs(free.places[-1].w_h) > 100
    assert clipped.updates == 150
    assert clipped.losses(problem_of(values(lab)))[-1] < 0.01
    assert said(lab).startswith(
        "Not clipped: thrown off at update 9 by a gradient 6,122 long; its loss is "
    )
    assert "Clipped: loss 0.00293 after 150 updates." in said(lab)


def test_after_pascanu_the_same_happens_to_a_sigmoid():
    lab = opened(preset="pascanu")
    walk(lab)
    problem = problem_of(values(lab))
    clipped, free = (taken.losses(problem)[-1] for taken in lab._walks)
    assert clipped < 1e-3
    assert free > 0.05
    assert figure(lab)["paths"][1]["left"] is not None


def test_on_the_plateau_neither_moves_and_guessing_wins():
    lab = opened(preset="plateau")
    walk(lab)
    guess(lab)
    problem = problem_of(values(lab))
    losses = [taken.losses(problem) for taken in lab._walks]
    assert all(loss[-1] > 0.99 * loss[0] for loss in losses)
    assert lab._guesses.best[2] < 0.01


def test_in_the_bowl_clipping_changes_little():
    lab = opened(preset="bowl")
    walk(lab)
    problem = problem_of(values(lab))
    clipped, free = (taken.losses(problem)[-1] for taken in lab._walks)
    assert clipped == pytest.approx(free, rel=0.05)
    assert clipped < 0.1
    assert said(lab) == "After 150 updates the loss is 0.0683 clipped, 0.0683 not."


def test_guesses_have_the_same_work_and_stay_on_the_map():
    lab = opened(updates=20)
    walk(lab)
    guess(lab)
    assert lab._guesses.evaluations == 60
    assert "Best of 60 guesses: " in said(lab)
    assert said(lab).endswith("for the same work.")
    places = lab._guesses.places
    assert (places >= [-0.5, 0.5]).all()
    assert (places <= [2.0, 1.5]).all()
    again = opened(updates=20)
    walk(again)
    guess(again)
    assert (again._guesses.places == places).all()
    other = opened(updates=20, seed=2)
    guess(other)
    assert not (other._guesses.places == places).any()


def test_guessing_goes_on_when_the_walk_has():
    lab = opened(updates=20)
    lab.act("one")
    guess(lab)
    assert lab._guesses.evaluations == 3
    walk(lab)
    guess(lab)
    assert lab._guesses.evaluations == 60


def test_one_update_at_a_time_and_pause():
    lab = opened()
    lab.act("one")
    assert updates(lab) == 1
    lab.act("train")
    assert lab.snapshot(())["actions"]["train"]["label"] == "Pause"
    assert lab.snapshot(())["wait_ms"] > 0
    assert not enabled(lab, "search")
    lab.advance(0.0)
    lab.act("search")  # a click that was on its way
    assert lab.snapshot(())["running"] == "train"
    lab.act("train")
    assert said(lab) == "Paused after 2 updates."
    lab.act("train")
    lab.advance(0.0)
    assert updates(lab) == 3


def test_after_the_end_it_starts_again():
    lab = opened(updates=4)
    walk(lab)
    lab.act("one")
    assert updates(lab) == 1


def test_clear_takes_away_walks_and_guesses():
    lab = opened(updates=4)
    assert not enabled(lab, "clear")
    walk(lab)
    guess(lab)
    lab.act("clear")
    data = figure(lab)
    assert (data["paths"], data["dots"], data["best"]) == ([], None, None)
    assert said(lab) == ""


@pytest.mark.parametrize(
    ("change", "walks", "guesses"),
    [
        ({"w_x": 1.0}, False, True),
        ({"clip_limit": 1.0}, False, True),
        ({"learning_rate": 0.1}, False, True),
        ({"length": 10}, False, False),
        ({"task": "sine"}, False, False),
        ({"width_x": 3.0}, True, False),
        ({"seed": 9}, True, False),
        ({"resolution": 24}, True, True),
        ({"look_x": 1.5}, True, True),
    ],
)
def test_what_a_change_throws_away(change, walks, guesses):
    lab = opened(updates=4)
    walk(lab)
    guess(lab)
    lab.set(change)
    data = figure(lab)
    assert bool(data["paths"]) == walks
    assert (data["dots"] is not None) == guesses


def test_the_cursor_goes_to_a_new_start():
    lab = opened()
    lab.set({"w_x": 1.5})
    assert (values(lab)["look_x"], values(lab)["look_h"]) == (1.5, 0.85)
    lab.set({"look_x": 0.2, "look_h": 1.0})
    assert values(lab)["w_x"] == 1.5


@pytest.mark.parametrize(
    ("bad", "rule"),
    [
        ({"width_x": 0}, r"width_x must be in \[0.0001, 1000000\]; got 0"),
        ({"middle_h": 1e7}, r"middle_h must be in \[-1000000, 1000000\]; got 10000000"),
        ({"resolution": 97}, r"resolution must be in \[8, 96\]; got 97"),
        ({"length": 1}, r"length must be in \[2, 50\]; got 1"),
        ({"clip_limit": 0}, r"clip_limit must be in \[1e-06, 1000000\]; got 0"),
        ({"learning_rate": "fast"}, "learning_rate must be a number; got 'fast'"),
        ({"task": "copy"}, "allowed: carry, hold, linear, alternating, sine"),
        ({"activation": "elu"}, "allowed: linear, tanh, sigmoid, relu"),
        ({"w_x": float("nan")}, "w_x must be finite"),
        ({"updates": 0}, r"updates must be in \[1, 1000\]; got 0"),
        ({"seed": -1}, "seed must be in"),
    ],
)
def test_bad_values_are_refused_with_the_rule_and_change_nothing(bad, rule):
    lab = opened()
    before = values(lab)
    with pytest.raises(ControlError, match=rule):
        lab.set({**bad, "b_h": 0.5})
    with pytest.raises(ControlError, match=rule):
        opened(**bad)
    assert values(lab) == before


def test_unknown_names_are_refused():
    with pytest.raises(ControlError, match="'jump' is not an action; actions: train"):
        opened().act("jump")
    with pytest.raises(ControlError, match="'w' is not a control"):
        opened().set({"w": 1})


def test_the_loss_curves_share_their_work():
    lab = opened(updates=10)
    walk(lab)
    guess(lab)
    clipped, free, guessed = figure(lab, "losses")["series"]
    assert clipped["x"].tolist() == [3.0 * index for index in range(11)]
    assert guessed["x"][-1] == 30.0
    assert (np.diff(guessed["y"]) <= 0).all()
    problem = problem_of(values(lab))
    assert clipped["y"].tolist() == lab._walks[0].losses(problem)
    assert np.isnan(free["y"][-1])  # thrown off: not drawn
    assert free["end"] == "thrown off"
    assert clipped["end"] == number(float(clipped["y"][-1]))
    slopes = figure(lab, "slopes")["series"]
    assert slopes[0]["y"].tolist() == [slope.norm for slope in lab._walks[0].slopes]


def test_a_search_can_be_stopped():
    lab = opened(updates=500)
    lab.act("search")
    lab.advance(0.0)
    assert lab.snapshot(())["actions"]["search"]["label"] == "Stop guessing"
    lab.act("search")
    assert lab.snapshot(())["running"] == ""
    before = lab._guesses.evaluations
    lab.act("search")
    finish(lab)
    assert lab._guesses.evaluations == 1500 > before

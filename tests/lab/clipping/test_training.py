"""Three runs from one place, and what each preset promises of them."""

import math

import numpy as np
import pytest

from lab.clipping.runs import MOST_EPOCHS, SOLVED, Run, as_array, problem_of, start_of
from lab.kit import ControlError
from lab.kit.wire import to_json, to_packet
from rnn.clipping import by_norm, by_value
from rnn.landscape import slope_at
from tests.lab.clipping.playing import losses, opened, summary, trained
from tests.lab.packets import decode, decode_text


def test_one_update_without_clipping_is_enough_to_ruin_it():
    lab = trained("cliff")
    unclipped, value, norm = losses(lab)
    assert unclipped == pytest.approx([(0.5 * 1.3**14 - 1) ** 2, 1e12])  # the end of the scale
    assert value[-1] < SOLVED
    assert norm[-1] < SOLVED
    assert summary(lab, "losses") == (
        "No clipping: diverged after 1 update; by value: solved after 62 updates; "
        "by norm: solved after 73 updates."
    )


def test_a_jump_to_where_nothing_is_learned():
    lab = trained("jump")
    unclipped, value, norm = losses(lab)
    assert unclipped[-1] == pytest.approx(0.25, abs=1e-3)
    assert max(value[-1], norm[-1]) < SOLVED
    slope = slope_at(lab._runs["none"].weights, problem_of(lab.snapshot([])["values"]))
    assert slope.norm < 1e-3


def test_a_unit_that_dies():
    lab = trained("dead")
    assert losses(lab)[0][-1] == 1.0
    weights = lab._runs["none"].weights
    assert max(weights.w_x, weights.w_h) < 0
    assert slope_at(weights, problem_of(lab.snapshot([])["values"])).norm == 0.0
    assert losses(lab)[1][-1] < 0.1


def test_a_learning_rate_too_high_makes_clipped_runs_hop():
    _, value, norm = losses(trained("restless"))
    for run in (value, norm):
        assert run[-1] < run[0] / 100
        assert run[-1] > 1e-3
        assert len(run) == MOST_EPOCHS + 1


@pytest.mark.parametrize("preset", ["cliff", "jump", "dead"])
def test_each_run_is_plain_gradient_descent_under_its_rule(preset):
    values = opened(preset).snapshot([])["values"]
    problem, rate, limit = problem_of(values), values["learning_rate"], values["limit"]
    cuts = {"none": lambda *_: None, "value": by_value, "norm": by_norm}
    for rule, cut in cuts.items():
        run, weights = Run(rule, start_of(values)), start_of(values)
        for _ in range(8):
            run.step(problem, rate, limit)
            if run.ended:
                break
            gradient = as_array(slope_at(weights, problem))
            cut(gradient, limit)
            weights = weights._replace(
                w_x=weights.w_x - rate * gradient[0], w_h=weights.w_h - rate * gradient[1]
            )
            assert run.weights == weights


def test_a_clipped_step_is_at_most_limit_times_rate():
    values = opened().snapshot([])["values"]
    run = Run("norm", start_of(values))
    for _ in range(50):
        before = run.weights
        run.step(problem_of(values), 0.005, 1.0)
        moved = math.hypot(run.weights.w_x - before.w_x, run.weights.w_h - before.w_h)
        assert moved <= 0.005 * (1 + 1e-12)


def test_training_is_sliced_paused_and_begun_again():
    lab = opened()
    lab.act("train")
    snapshot = lab.snapshot([])
    assert snapshot["running"] == "train"
    assert snapshot["actions"]["train"]["label"] == "Pause"
    lab.advance(0.0)
    assert len(losses(lab)[2]) == 1  # no time, one epoch
    lab.advance(1000.0)
    assert len(losses(lab)[2]) == 5  # a stretch at a time, to be followed by eye
    lab.act("train")
    assert not lab.snapshot([])["running"]
    assert lab.snapshot([])["said"] == "Paused after 5 epochs."
    lab.advance(1000.0)
    assert len(losses(lab)[2]) == 5
    assert lab.snapshot([])["actions"]["restart"]["enabled"]
    lab.act("restart")
    assert losses(lab) == [[], [], []]
    assert summary(lab, "losses") == "No training yet."
    assert lab.snapshot([])["said"].startswith("Back to the weights")


def test_trained_to_the_end_it_begins_again():
    lab = trained()
    assert lab.snapshot([])["said"] == "All runs have ended, after 73 epochs."
    assert lab.snapshot([])["actions"]["train"]["label"] == "Train again"
    lab.act("train")
    assert losses(lab) == [[], [], []]


@pytest.mark.parametrize(
    "change",
    [{"w_x": 0.4}, {"limit": 2}, {"learning_rate": 0.01}, {"length": 9}, {"preset": "jump"}],
)
def test_another_problem_forgets_the_runs(change):
    lab = trained()
    lab.set(change)
    assert losses(lab) == [[], [], []]


def test_an_arrow_moved_by_hand_leaves_the_runs_alone():
    lab = trained()
    lab.set({"g_x": 2})
    assert len(losses(lab)[2]) > 1


def test_a_start_beyond_the_scale_diverges_before_any_update():
    assert "No clipping: diverged after 0 updates" in summary(trained(w_h=100.0), "losses")


@pytest.mark.parametrize("activation", ["linear", "tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("weight", [-1e6, -2.0, 0.0, 2.0, 1e6])
@pytest.mark.parametrize("length", [2, 50, 200])
def test_any_start_gives_a_sound_snapshot(activation, weight, length):
    lab = opened(activation=activation, w_x=weight, w_h=weight, length=length)
    lab.act("train")
    lab.advance(1000.0)
    snapshot = lab.snapshot()
    assert decode(to_packet(snapshot))["values"] == snapshot["values"]
    decode_text(to_json(snapshot))
    assert all(figure["summary"].endswith(".") for figure in snapshot["figures"].values())
    assert not np.isnan(snapshot["figures"]["losses"]["series"][2]["y"]).any()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"limit": 0}, r"limit must be in \[1e-06, 1000000\]; got 0"),
        ({"length": 1}, r"length must be in \[2, 200\]; got 1"),
        ({"source": "both"}, "source: 'both' is not allowed; allowed: network, hand"),
        ({"g_x": "far"}, "g_x must be a number; got 'far'"),
        ({"step": 3}, "'step' is not a control of clipping"),
    ],
)
def test_refuses_in_words_and_changes_nothing(values, words):
    lab = opened()
    before = lab.snapshot([])["values"]
    with pytest.raises(ControlError, match=words):
        lab.set({"w_x": 0.1, **values})
    assert lab.snapshot([])["values"] == before


def test_refuses_an_unknown_button():
    with pytest.raises(ControlError, match="'jump' is not an action; actions: train, restart"):
        opened().act("jump")

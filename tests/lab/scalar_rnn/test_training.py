"""Training: the same in slices as in one go, at three paces, and good enough."""

import itertools

import pytest

from lab.kit import ControlError
from lab.scalar_rnn import session
from rnn.activations import ACTIVATIONS
from rnn.descent import EVALUATIONS_PER_EPOCH, epoch
from rnn.sequences import SEQUENCES, to_unit_range
from tests.lab.scalar_rnn.playing import (
    curve,
    enabled,
    epochs,
    finish,
    opened,
    status,
    weights,
    work,
)


def engine(lab_weights, count, sequence="linear", activation="tanh", rate=0.1, limit=5.0):
    """The same training without the laboratory."""
    raw = SEQUENCES[sequence](10)
    scale = to_unit_range(raw)
    series = [scale.normalise(value) for value in raw]
    for _ in range(count):
        lab_weights = epoch(
            lab_weights, series[:-1], series[1:], ACTIVATIONS[activation], rate, limit
        ).weights
    return lab_weights


def test_the_laboratory_trains_as_the_engine_does():
    lab = opened()
    start = weights(lab)
    lab.act("train")
    work(lab, 300)
    assert weights(lab) == engine(start, 300)
    assert epochs(lab) == 300


@pytest.mark.parametrize("slice_ms", [0.0, 0.05, 1.0])
def test_slices_end_where_one_go_ends(slice_ms):
    one_go, sliced = (opened(preset="alternating", activation="linear") for _ in range(2))
    one_go.act("train")
    one_go.advance(60_000)  # it is solved long before
    sliced.act("train")
    for _ in range(20_000):
        sliced.advance(slice_ms)
    assert not sliced.snapshot()["running"]
    assert weights(sliced) == weights(one_go)
    assert epochs(sliced) == epochs(one_go)
    assert curve(sliced, 0) == curve(one_go, 0)


def test_a_slice_ends_when_its_time_is_up(monkeypatch):
    clock = itertools.count(0.0, 0.001)  # every look at the clock takes a millisecond
    monkeypatch.setattr(session.time, "perf_counter", lambda: next(clock))
    lab = opened()
    lab.act("train")
    lab.advance(10)
    assert epochs(lab) == 10


@pytest.mark.parametrize("activation", ["tanh", "linear"])
@pytest.mark.parametrize("sequence", ["linear", "alternating"])
def test_the_default_seed_reaches_a_small_loss(sequence, activation):
    lab = opened(sequence=sequence, activation=activation)
    lab.act("train")
    reached = 0
    while reached < 6000 and lab.snapshot()["running"]:
        work(lab, 50)
        reached += 50
        if curve(lab, 0)[1][-1] < 1e-4:
            break
    assert curve(lab, 0)[1][-1] < 1e-4
    assert reached <= {"linear": 5000, "alternating": 2000}[sequence]


@pytest.mark.parametrize("sequence", SEQUENCES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_sequence_trains_with_every_activation(sequence, activation):
    lab = opened(sequence=sequence, activation=activation)
    lab.act("train")
    work(lab, 200)
    x, y = curve(lab, 0)
    assert lab.snapshot()["problem"] is None
    assert y[-1] < y[0]
    assert x[-1] == epochs(lab) * EVALUATIONS_PER_EPOCH  # 200, unless solved sooner


def test_full_speed_runs_until_paused():
    lab = opened()
    lab.act("train")
    snapshot = lab.snapshot()
    assert (snapshot["running"], snapshot["wait_ms"]) == ("train", 0)
    assert snapshot["actions"]["train"] == {"enabled": True, "label": "Pause"}
    assert status(lab)["State"] == "Training"
    work(lab, 12)
    lab.act("train")
    after = lab.snapshot()
    assert (after["running"], after["said"]) == (
        "",
        f"Paused at epoch 12, loss {status(lab)['Loss']}.",
    )
    assert after["actions"]["train"]["label"] == "Train"
    held = weights(lab)
    lab.advance(5)
    assert (weights(lab), epochs(lab)) == (held, 12)
    lab.act("train")  # and on from there
    work(lab, 3)
    assert epochs(lab) == 15


def test_one_epoch_a_press():
    lab = opened(pace="one")
    assert lab.snapshot()["actions"]["train"]["label"] == "Train one epoch"
    start = weights(lab)
    for press in (1, 2, 3):
        lab.act("train")
        assert lab.snapshot()["running"] == ""
        lab.advance(5)
        assert epochs(lab) == press
    assert weights(lab) == engine(start, 3)


def test_slow_is_one_epoch_a_slice_with_a_rest():
    lab = opened(pace="slow")
    lab.act("train")
    assert lab.snapshot()["wait_ms"] >= 50
    for done in (1, 2, 3):
        lab.advance(10_000)
        assert epochs(lab) == done


def test_the_pace_can_change_while_it_runs():
    lab = opened()
    lab.act("train")
    work(lab, 2)
    lab.set({"pace": "slow"})
    lab.advance(10_000)
    assert epochs(lab) == 3
    lab.set({"pace": "one"})
    assert lab.snapshot()["running"] == ""
    assert lab.snapshot()["said"].startswith("Paused at epoch 3, loss 0.")
    lab.advance(5)
    assert epochs(lab) == 3


def test_a_weight_moved_while_training_is_trained_from_there():
    lab = opened()
    lab.act("train")
    work(lab, 5)
    lab.set({"w_h": 0.5, "learning_rate": 0.2, "clip_limit": 0.01})
    moved = weights(lab)
    assert moved.w_h == 0.5
    work(lab, 1)
    assert weights(lab) == engine(moved, 1, rate=0.2, limit=0.01)
    assert epochs(lab) == 6


@pytest.mark.parametrize(
    "values", [{"sequence": "sine"}, {"length": 7}, {"activation": "relu"}, {"normalise": "off"}]
)
def test_a_new_problem_starts_a_new_count(values):
    lab = opened()
    lab.act("train")
    work(lab, 5)
    trained = weights(lab)
    lab.set(values)
    assert (epochs(lab), lab.snapshot()["running"]) == (0, "")
    assert curve(lab, 0) == ([], [])
    assert weights(lab) == trained  # the weights are the reader's


def test_solved_stops_and_says_so_and_other_weights_are_trained_again():
    lab = opened(preset="alternating", activation="linear")
    lab.act("train")
    finish(lab)
    solved = epochs(lab)
    assert lab.snapshot()["said"] == f"Solved at epoch {solved:,}: the loss is below 10⁻¹²."
    lab.set({"w_h": 2.5})
    lab.act("train")
    work(lab, 20)
    assert lab.snapshot()["running"] == "train"
    assert epochs(lab) == solved + 20


def test_training_stops_at_last(monkeypatch):
    monkeypatch.setattr(session, "_MOST_EPOCHS", 30)
    lab = opened()
    lab.act("train")
    lab.advance(60_000)
    assert lab.snapshot()["said"] == "Stopped after 30 epochs."
    assert epochs(lab) == 30


def test_no_clipping_is_no_clipping():
    for clip, limit in (("on", 0.001), ("off", None)):
        lab = opened(clip=clip, clip_limit=0.001)
        start = weights(lab)
        lab.act("train")
        work(lab, 4)
        assert weights(lab) == engine(start, 4, limit=limit)


def test_train_and_search_exclude_each_other():
    lab = opened()
    lab.act("train")
    assert enabled(lab, "train")
    assert not enabled(lab, "search")


def test_an_unknown_button_is_refused():
    with pytest.raises(ControlError, match="'fly' is not an action; actions: first_step, "):
        opened().act("fly")


def test_every_declared_button_exists_in_the_snapshot_and_can_be_pressed():
    declared = [action.name for action in session.DECLARATION.actions]
    lab = opened()
    assert list(lab.snapshot()["actions"]) == declared
    for name in declared:
        if name != "use_best_guess":  # needs a guess; see test_search
            lab.act(name)

"""Two clocks: training goes on, can be looked back at, and ends as the page says."""

import numpy as np
import pytest

from lab.unrolled_rnn.history import MOST, History
from tests.lab.unrolled_rnn.playing import enabled, figure, opened, status, train, values


def learned(epochs=1500, **options):
    """A laboratory trained for so many epochs, without slices."""
    lab = opened(**options)
    run = lab._run
    run.begin()
    while run.epochs < epochs and run.learn():
        pass
    return lab


def test_two_units_learn_the_sine_and_one_does_not():
    two, one = learned(preset="two-units"), learned(preset="one-unit")
    assert two._run.view(10**6).loss < 1e-3
    x, y = two._run.curve.columns()
    assert x[y < 1e-3][0] < 1000  # "within a few hundred epochs"
    y = one._run.curve.columns()[1]
    assert 5e-3 < min(y) < 0.03
    assert one._run.view(10**6).loss < 0.03


def test_an_average_hides_fibonacci_s_early_steps_and_two_units_get_them_right():
    one, two = learned(preset="early-steps"), learned(preset="two-values")
    assert one._run.view(10**6).loss < 1e-4
    errors = figure(one, "errors")["series"][0]["values"]
    assert errors[1] == pytest.approx(0.16, abs=0.02)
    assert errors[-1] < 1e-3
    assert max(figure(two, "errors")["series"][0]["values"]) < 5e-3


def test_the_latch_keeps_its_sign_on_sequences_never_seen():
    lab = learned(400, preset="latch")
    view = lab._run.view(10**6)
    assert view.unseen_loss < 0.01
    signs = np.sign(view.hidden[4:])
    assert (signs == signs[:1]).all()
    assert status(lab)["Loss, unseen"]


def test_parity_is_learned_by_four_units():
    assert learned(600, preset="parity")._run.view(10**6).unseen_loss < 0.01


def test_train_pauses_and_goes_on():
    lab = train(opened(), 5)
    assert (status(lab)["State"], status(lab)["Epoch"]) == ("Paused", "5")
    assert lab.snapshot()["said"] == "Paused at epoch 5."
    train(lab, 3)
    assert status(lab)["Epoch"] == "8"
    lab.act("one_epoch")
    assert status(lab)["Epoch"] == "9"
    assert lab.snapshot()["running"] == ""


def test_a_run_ends_by_itself_and_says_so(monkeypatch):
    monkeypatch.setattr("lab.unrolled_rnn.run.SOLVED", 1e-2)
    lab = opened(sequence="linear", length=5, learning_rate=0.03, pace="full")
    lab.act("train")
    while lab.snapshot(())["running"]:
        lab.advance(1000.0)
    assert lab.snapshot(())["said"].startswith("Solved at epoch")


def test_a_run_that_is_not_solved_stops_and_may_go_on(monkeypatch):
    monkeypatch.setattr("lab.unrolled_rnn.run.A_RUN", 7)
    lab = train(opened(), 20)
    assert lab.snapshot(())["said"] == "Stopped at epoch 7. Press Train to go on."
    assert status(train(lab, 20))["Epoch"] == "14"


def test_looking_back_shows_what_was_and_changes_nothing():
    lab = opened()
    seen = {0: figure(lab, "network")["outputs"]}
    for epoch in range(1, 7):
        lab.act("one_epoch")
        seen[epoch] = figure(lab, "network")["outputs"]
    for epoch in (3, 0, 6, 1):
        lab.set({"epoch": epoch})
        assert values(lab)["epoch"] == epoch
        assert figure(lab, "network")["outputs"].tolist() == seen[epoch].tolist()
    assert status(lab)["Epoch"] == "1 of 6"
    assert lab.snapshot()["reaches"]["epoch"] == [0, 6]
    lab.act("one_epoch")  # it goes on from the newest
    assert values(lab)["epoch"] == 7


def test_looking_back_is_in_no_address():
    lab = train(opened(), 4)
    lab.set({"epoch": 2})
    assert "epoch" not in lab.snapshot()["changed"]


def test_looking_back_pauses_a_training():
    lab = opened()
    lab.act("train")
    for _ in range(3):
        lab.advance(0.0)
    lab.set({"epoch": 1})
    assert lab.snapshot()["running"] == ""


def test_replay_plays_all_that_was_kept_and_stops():
    lab = train(opened(), 4)
    lab.act("replay")
    shown = [values(lab)["epoch"]]
    while lab.snapshot(())["running"] == "replay":
        lab.advance(0.0)
        shown.append(values(lab)["epoch"])
    assert shown == [0, 1, 2, 3, 4, 4]
    assert enabled(lab, "replay")
    assert not enabled(opened(), "replay")


def test_a_history_is_thinned_and_keeps_its_beginning():
    weights = np.zeros(3)
    history = History(weights)
    for epoch in range(1, 1001):
        weights[...] = epoch
        history.add(epoch, weights)
    assert len(history.epochs) <= MOST + 1
    assert history.epochs[0] == 0
    assert np.diff(history.epochs).tolist() == [8] * (len(history.epochs) - 1)
    for asked in (0, 3, 5, 500, 997, 10**6):
        epoch, kept = history.nearest(asked)
        assert kept.tolist() == [epoch] * 3
        assert abs(epoch - asked) == min(abs(each - asked) for each in history.epochs)
    assert history.after(8) == 16
    assert history.after(1000) is None


def test_reset_randomise_and_undo():
    lab = opened()
    start = figure(lab, "network")["outputs"].tolist()
    train(lab, 5)
    trained = figure(lab, "network")["outputs"].tolist()
    lab.act("reset")
    assert figure(lab, "network")["outputs"].tolist() == start
    lab.act("randomise")
    assert values(lab)["seed"] == 5
    assert figure(lab, "network")["outputs"].tolist() != start
    lab.act("undo")
    lab.act("undo")
    assert figure(lab, "network")["outputs"].tolist() == trained
    assert status(lab)["Epoch"] == "5"
    assert values(lab)["seed"] == 4
    assert not enabled(lab, "undo")


def test_a_drag_of_the_units_is_one_step_back():
    lab = train(opened(), 2)
    for units in (3, 4, 5):
        lab.set({"hidden": units})
    assert status(lab)["Epoch"] == "0"
    lab.act("undo")
    assert (values(lab)["hidden"], status(lab)["Epoch"]) == (2, "2")


def test_the_rate_and_the_clip_may_change_while_it_trains():
    lab = opened()
    lab.act("train")
    lab.advance(0.0)
    lab.set({"learning_rate": 0.05, "clip": "value", "clip_limit": 0.5})
    assert lab.snapshot()["running"] == "train"
    assert lab._run._trainer.schedule.base == 0.05
    assert lab._run._trainer.clip.rule == "value"


def test_divergence_is_explained_and_training_can_go_on():
    lab = opened(
        sequence="exponential", length=20, activation="linear", normalise="off", clip="none"
    )
    lab.set({"learning_rate": 1.0, "hidden": 16})
    for _ in range(60):
        train(lab, 20)
        if lab.snapshot(())["problem"]:
            break
    snapshot = lab.snapshot()
    if snapshot["problem"]:
        assert "Lower the learning rate" in snapshot["problem"]
        assert status(lab)["State"] == "Diverged"
        lab.set({"learning_rate": 1e-4, "clip": "norm"})
        lab.act("one_epoch")
        assert not lab.snapshot(())["problem"]


def test_the_step_is_clamped_to_the_sequence():
    lab = opened(step=20)
    assert values(lab)["step"] == 19
    lab.act("step_back")
    assert values(lab)["step"] == 18
    lab.act("step_forward")
    lab.act("step_forward")
    assert not enabled(lab, "step_forward")
    lab.act("first_step")
    assert values(lab)["step"] == 1
    lab.set({"sequence": "latch"})
    assert lab.snapshot()["steps"] == 20

"""Divergence: it stops, says when and why, keeps the last good weights, and can be left again."""

import math

import pytest

from tests.lab.scalar_rnn.playing import (
    curve,
    enabled,
    epochs,
    finish,
    opened,
    status,
    values,
    weights,
    work,
)

LINEAR_UNCLIPPED = {"activation": "linear", "clip": "off", "normalise": "off"}


def exploded():
    lab = opened(preset="exploding")
    lab.act("train")
    finish(lab)
    return lab


def test_it_stops_and_says_at_which_epoch_and_why():
    snapshot = exploded().snapshot()
    assert snapshot["running"] == ""
    assert snapshot["problem"].startswith("Diverged at epoch 2: the loss passed 10¹².")
    assert "multiplies the error by w_h = 10.2" in snapshot["problem"]
    assert snapshot["problem"].endswith(
        "Switch clipping on and lower the learning rate. The last good weights are back."
    )
    assert snapshot["said"] == snapshot["problem"]


def test_what_is_left_is_finite_and_shown():
    lab = exploded()
    assert all(map(math.isfinite, weights(lab)))
    assert status(lab)["State"] == "Diverged"
    assert status(lab)["Loss"] == "295"  # the last sound loss, not the one that ran away
    assert epochs(lab) == 1
    lab.advance(5)
    assert epochs(lab) == 1


def test_restore_goes_back_to_the_best_weights():
    lab = exploded()
    assert enabled(lab, "restore")
    lab.act("restore")
    snapshot = lab.snapshot()
    assert snapshot["problem"] is None
    assert snapshot["said"] == "Restored the weights of epoch 0, loss 295."
    assert weights(lab)[:3] == (0.5, 1.5, 1.0)
    assert status(lab)["State"] == "Untrained"


def test_restore_keeps_the_best_of_many_epochs():
    lab = opened(preset="alternating", activation="linear")
    lab.act("train")
    work(lab, 49)
    best = weights(lab)  # the 50th epoch measures these, and the loss only falls here
    work(lab, 1)
    lab.set({"clip": "off", "w_h": 1e9})
    finish(lab)
    assert lab.snapshot()["problem"].startswith("Diverged at epoch 51: ")
    lab.act("restore")
    assert weights(lab) == best
    assert lab.snapshot()["said"].startswith("Restored the weights of epoch 49, loss ")


@pytest.mark.parametrize("where", ["after restoring", "from the start"])
def test_the_remedy_it_names_works(where):
    remedy = {"clip": "on", "learning_rate": 0.001}
    lab = exploded() if where == "after restoring" else opened(preset="exploding")
    if where == "after restoring":
        lab.act("restore")
    lab.set(remedy)
    lab.act("train")
    work(lab, 2000)
    snapshot = lab.snapshot()
    assert (snapshot["problem"], snapshot["running"]) == (None, "train")
    losses = curve(lab, 0)[1]
    assert losses[-1] < 0.1 * losses[0]


def test_training_on_without_a_remedy_diverges_again_without_harm():
    lab = exploded()
    for _ in range(3):
        lab.act("train")
        finish(lab)
        assert lab.snapshot()["problem"].startswith("Diverged at epoch ")
        assert all(map(math.isfinite, weights(lab)))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"w_h": 1e3, "length": 20}, "the loss passed 10¹²"),  # 1000^19 and squared, still finite
        ({"w_h": 1e20, "length": 20}, "the loss is no longer a finite number"),  # infinite
        ({"w_h": 1e300, "w_y": 0.0, "length": 20}, "the loss is no longer a finite number"),  # NaN
    ],
)
def test_weights_that_large_are_told_before_any_training(options, words):
    lab = opened(sequence="exponential", **LINEAR_UNCLIPPED, **options)
    start = weights(lab)
    lab.act("train")
    finish(lab)
    snapshot = lab.snapshot()
    assert snapshot["problem"].startswith(f"Diverged at epoch 1: {words}")
    assert "before any training" in snapshot["problem"]
    assert weights(lab) == start
    lab.act("restore")
    assert lab.snapshot()["said"] == "Restored the starting weights: no epoch went well."
    assert lab.snapshot()["problem"] is None


def test_with_clipping_on_only_the_learning_rate_is_left_to_blame():
    lab = opened(preset="exploding", clip="on", length=20, learning_rate=1)
    lab.act("train")
    finish(lab)
    problem = lab.snapshot()["problem"]
    assert "Clipped to 5.00 for each weight, it was still a longer step" in problem
    assert problem.endswith("Lower the learning rate. The last good weights are back.")


def test_restore_can_be_undone():
    lab = exploded()
    diverged = weights(lab)
    lab.act("restore")
    lab.act("undo")
    assert weights(lab) == diverged


def test_a_preset_leaves_the_problem_behind():
    lab = exploded()
    lab.set({"preset": "counting"})
    assert lab.snapshot()["problem"] is None
    assert values(lab)["sequence"] == "linear"

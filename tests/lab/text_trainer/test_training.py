"""Training in slices: it learns, is paused, steered and finished, and survives divergence."""

import numpy as np
import pytest

from lab.kit import ControlError
from lab.text_trainer import LAB, bench
from rnn.losses import nats_to_bits
from rnn.text.held_out import HeldOut
from rnn.text.ngrams import NGrams
from rnn.text.prepared import prepare
from rnn.text.settings import Settings
from rnn.text.training_run import TrainingRun
from tests.lab.text_trainer.playing import (
    BOOK,
    button,
    figure,
    finished,
    opened,
    problem,
    read,
    said,
    settled,
    snapshot,
    status,
    trained,
    values,
    weights,
)


def test_it_does_what_the_engine_does():
    lab = finished(opened(reads=3200, schedule="cosine", warm_up=10))
    settings = Settings(
        "lstm", 8, 1, batch=4, length=8, rate=0.008, schedule="cosine", warm_up=10, seed=1
    )
    run = TrainingRun(prepare(BOOK), settings, 100)
    losses = [progress.loss for progress in run.trainer.run()]
    np.testing.assert_array_equal(weights(lab), run.model.parameters.flat)
    held_out, train = (figure(lab, "losses")["series"][at] for at in (1, 0))
    assert held_out["y"][-1] == pytest.approx(run.judge(), abs=1e-4)
    recent = np.array(losses[::-1])
    mean = (recent * 0.97 ** np.arange(100)).sum() / (0.97 ** np.arange(100)).sum()
    assert train["y"][-1] == pytest.approx(nats_to_bits(mean), abs=1e-4)
    assert (train["x"][0], train["x"][-1]) == (32, 3200)


def test_the_baselines_are_those_of_the_same_split():
    lab = opened()
    text = prepare(BOOK)
    learned = text.vocabulary.decode(text.learned.tolist())
    ngrams, held_out = NGrams(learned, text.vocabulary, 3), HeldOut(text.held_out)
    named = {each["name"].split()[0]: each["y"] for each in figure(lab, "losses")["references"]}
    assert named["bigram"] == pytest.approx(held_out.baseline(ngrams, 2))
    assert named["trigram"] == pytest.approx(held_out.baseline(ngrams, 3))


def test_it_learns_past_both_baselines_and_writes_words():
    lab = finished(opened(hidden=24, reads=100_000, rate=0.03))
    bits = [each["y"] for each in figure(lab, "losses")["references"]]
    held_out = figure(lab, "losses")["series"][1]["y"]
    assert held_out[0] > 4.0
    assert held_out[-1] < min(bits)
    newest = figure(lab, "samples")["entries"][0]["pieces"][0]["text"]
    assert "the dog" in newest
    assert said(lab) == f"Finished after {read(lab):,} characters."


def test_pause_and_resume_change_nothing():
    straight = finished(opened(reads=6400))
    stopped = opened(reads=6400)
    for _ in range(3):
        stopped = trained(stopped, 1000)
        assert button(stopped, "train")["label"] == "Resume"
        assert status(stopped)["State"] == "Paused"
    stopped = finished(stopped)
    np.testing.assert_array_equal(weights(stopped), weights(straight))


def test_a_finished_run_goes_on_for_as_long_again():
    lab = finished(opened(reads=1600))
    assert (button(lab, "train")["label"], status(lab)["State"]) == ("Train on", "Finished")
    lab.act("train")
    assert values(lab)["reads"] == 3200
    assert read(settled(lab)) == 3200


def test_the_learning_rate_changes_on_the_way():
    lab = trained(opened(schedule="constant", warm_up=0), 500)
    before = weights(lab)
    lab.set({"rate": 0.001})
    assert np.array_equal(weights(lab), before)  # the same run
    assert "0.00100 now" in figure(lab, "rate")["summary"]
    trainer = lab._bench.course.run.trainer
    assert trainer.learning_rate == 0.001
    lab.set({"schedule": "exponential", "decay": 0.5, "decay_steps": 10})
    assert trainer.learning_rate == pytest.approx(0.001 * 0.5 ** (trainer.step / 10))
    lab.set({"clip": "value", "clip_limit": 0.25})
    assert (trainer.clip.rule, trainer.clip.limit) == ("value", 0.25)
    lab.set({"reads": 1000})  # less than was read by now
    done = read(lab)
    assert done >= 500
    lab.set({"reads": 200_000})
    assert read(trained(lab, 500)) >= done + 500


def test_less_than_was_read_is_the_end():
    lab = trained(opened(), 2000)
    lab.set({"reads": 1000})
    assert status(lab)["State"] == "Finished"
    assert snapshot(lab)["running"] == ""


def test_training_that_runs_away_is_told_and_goes_on_from_the_last_good_weights():
    lab = opened(cell="rnn", rate=10.0, clip="none", schedule="constant", warm_up=0)
    course = lab._bench.course
    course.run.model.parameters["layer0.W_hh"][...] *= 50.0
    lab.act("train")
    for _ in range(2000):
        lab.advance(2.0)
        if course.run.trainer.diverged:
            break
        if course.characters > 2000:
            course.run.model.parameters["head.W_hy"][0, 0] = 1e30
    settled(lab)
    assert problem(lab).startswith("Training diverged at step")
    assert status(lab)["State"] == "Diverged"
    assert button(lab, "calm") == {"enabled": True, "shown": True}
    assert np.isfinite(weights(lab)).all()
    lab.act("calm")
    assert values(lab)["rate"] == 1.0
    assert problem(lab) is None
    assert snapshot(lab)["running"] == "train"


def test_the_speed_and_the_time_left_are_told_while_it_runs():
    lab = opened(reads=10_000_000)
    assert status(lab)["Time left"].startswith("about ")
    lab.act("train")
    for _ in range(30):
        lab.advance(5.0)
    assert status(lab)["Speed"].endswith("/s")
    assert "a second" in snapshot(lab)["readout"][0][0]["text"]
    assert status(lab)["State"] == "Training"


def test_samples_are_written_on_the_way_and_on_demand(monkeypatch):
    lab = trained(opened(), 1000)
    before = len(figure(lab, "samples")["entries"])
    lab.act("sample")
    newest = figure(settled(lab), "samples")["entries"][0]
    assert newest["when"] == f"after {read(lab):,} characters"
    assert len(figure(lab, "samples")["entries"]) == before + 1
    lab.set({"start": "the cat"})
    newest = figure(settled(lab), "samples")["entries"][0]
    assert newest["pieces"][0]["text"].startswith("the cat")
    assert len(figure(lab, "samples")["entries"]) == before + 1  # of this place the newest stays
    lab.set({"start": "Zebra"})  # unknown letters: it begins as it did
    assert not figure(settled(lab), "samples")["entries"][0]["pieces"][0]["text"].startswith("Z")


def test_without_a_text_nothing_trains_and_the_sentence_says_why():
    lab = LAB({"corpus": "own"})
    assert not button(lab, "train")["enabled"]
    with pytest.raises(ControlError, match="own_text: paste, type, drop or choose a text first"):
        lab.act("train")
    for action in ("sample", "save", "script", "torch", "calm"):
        with pytest.raises(ControlError, match="there is no network yet"):
            lab.act(action)
    with pytest.raises(ControlError, match="no run was set aside"):
        lab.act("bring_back")


def test_train_pressed_before_the_text_is_here_begins_when_it_is():
    lab = LAB({"hidden": 8, "reads": 1600})
    lab.act("train")
    assert said(lab) == "Training begins when Moby Dick is here."
    lab.give("moby-dick", BOOK.encode())
    assert snapshot(lab)["running"] == "train"
    assert read(settled(lab)) > 1000


def test_in_slices_it_is_the_same_and_answers_in_between(monkeypatch):
    at_once = opened()
    monkeypatch.setattr(bench, "SLICED", True)
    lab = opened()
    assert snapshot(lab)["running"] == "prepare"
    assert not button(lab, "save")["enabled"]
    slices = 0
    while snapshot(lab)["running"]:
        if slices < 20:
            lab.set({"temperature": 0.5 + 0.01 * (slices % 3)})
        lab.advance(1.0)
        slices += 1
        assert slices < 2000
    assert slices > 3
    settled(lab)
    np.testing.assert_array_equal(weights(lab), weights(at_once))
    names = ("losses",)
    assert figure(lab, *names)["references"] == figure(at_once, *names)["references"]

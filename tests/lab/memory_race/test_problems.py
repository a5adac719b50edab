"""Guessing costs what it is known to cost, and every answer is judged by the task's own rule."""

import math

import numpy as np
import pytest

from lab.memory_race import problems
from lab.memory_race.problems import PROBLEMS
from rnn.fast.task_model import TaskModel
from rnn.losses import mean_squared_error, softmax_cross_entropy
from rnn.tasks import make_task

MANY = 20_000


def drawn(name, length, size=8):
    task = PROBLEMS[name].make(length)
    return task, task.batch(np.random.default_rng(4), size)


@pytest.mark.parametrize(
    ("name", "length", "known"),
    [
        ("adding", 30, 1 / 6),
        ("adding", 100, 0.1667),
        ("copy", 100, 0.1733),
        ("copy", 5, 10 * math.log(8) / 25),
        ("latch", 20, 1.0),
        ("parity", 20, math.log(2)),
    ],
)
def test_the_line_of_guessing_is_the_known_one(name, length, known):
    task = PROBLEMS[name].make(length)
    assert task.baseline == pytest.approx(known, abs=5e-5)


@pytest.mark.parametrize("name", PROBLEMS)
def test_guessing_on_drawn_sequences_costs_that_on_average(name):
    task, batch = drawn(name, 6, MANY)
    guesses = problems.guesses(task, batch)
    assert guesses.shape == (MANY,)
    assert guesses.mean() == pytest.approx(task.baseline, rel=0.03)


@pytest.mark.parametrize("name", PROBLEMS)
def test_losses_of_the_sequences_make_the_loss_of_the_batch(name):
    task, batch = drawn(name, 6)
    model = TaskModel(task, "gru", 4, iter(()))
    model.initialise(np.random.default_rng(1))
    loss, outputs = model.judge(batch)
    own = problems.losses(task, batch, outputs)
    assert own.shape == (8,)
    assert own.mean() == pytest.approx(loss, rel=1e-12)
    one = type(batch)(*(array[:, 3:4] for array in batch))
    assert own[3] == pytest.approx(model.judge(one).loss, rel=1e-10)


def perfect(task, batch):
    """What a network that knows it all would answer."""
    wanted = batch.targets[batch.mask]
    if task.scored_by == "squares":
        return wanted.astype(np.float64)
    return 50.0 * np.eye(task.outputs)[wanted]


@pytest.mark.parametrize("name", ["adding", "latch", "parity", "copy"])
def test_perfect_answers_are_right_and_cost_nothing(name):
    task, batch = drawn(name, 6)
    outputs = perfect(task, batch)
    assert problems.share_right(task, batch, outputs) == 1.0
    assert problems.losses(task, batch, outputs).max() < 1e-12


def test_an_answer_counts_as_the_rule_says():
    task, batch = drawn("adding", 6, 4)
    off = np.array([[0.0], [0.039], [-0.041], [0.5]])
    assert problems.share_right(task, batch, perfect(task, batch) + off) == 0.5
    task, batch = drawn("latch", 6, 4)
    assert (
        problems.share_right(task, batch, perfect(task, batch) * [[0.1], [5], [-0.1], [0]]) == 0.5
    )
    task, batch = drawn("copy", 3, 4)
    silent = np.zeros((task.steps * 4, 9))
    silent[:, 8] = 1.0  # always blank: right until it is asked, and then never
    assert problems.share_right(task, batch, silent) == 0.0


def test_in_brackets_even_the_best_has_to_guess():
    task, batch = drawn("brackets", 6)
    assert problems.share_right(task, batch, perfect(task, batch)) is None
    assert problems.floor(task) == task.floor > 0.0
    assert problems.floor(make_task("adding", steps=6)) is None


def test_the_extremes_of_a_wrong_answer_stay_finite():
    task, batch = drawn("parity", 6)
    sure = -1e5 * np.eye(2)[batch.targets[batch.mask]]
    assert np.isfinite(problems.losses(task, batch, sure)).all()


def test_losses_are_the_engines():
    for name in ("adding", "copy"):
        task, batch = drawn(name, 6)
        outputs = np.random.default_rng(0).normal(size=(int(batch.mask.sum()), task.outputs))
        wanted = batch.targets[batch.mask]
        engine = mean_squared_error if task.scored_by == "squares" else softmax_cross_entropy
        expected = engine(outputs, wanted)[0]
        assert problems.losses(task, batch, outputs).mean() == pytest.approx(expected, rel=1e-12)


def test_symbols_are_shown_as_letters():
    for name, allowed in {"parity": "01", "copy": "abcdefgh.!", "brackets": "()[]"}.items():
        task, batch = drawn(name, 6)
        letters = problems.letters(task, batch)
        assert len(letters) == task.steps
        assert set(letters) <= set(allowed)
    task, batch = drawn("copy", 3)
    assert "".join(problems.letters(task, batch)[10:]) == "..!.........."
    assert problems.letters(*drawn("adding", 6)) is None


def test_an_odd_text_of_brackets_is_one_longer():
    assert PROBLEMS["brackets"].make(7).length == 8

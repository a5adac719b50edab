"""The account book of both searches: what each costs, what it found, when it gave up."""

import math

import pytest

from lab.scalar_rnn.run import GradientDescent, Problem, RandomSearch, verdict
from rnn.activations import ACTIVATIONS
from rnn.descent import epoch
from rnn.one_unit import Weights, forward, mean_squared_error

LINEAR = ACTIVATIONS["linear"]
# One step: h_0 = 0, so w_h has no gradient and stays what it is.
ONE_STEP = Problem([1000.0], [1000.0], LINEAR)
EASY = Problem([1.0, -1.0, 1.0], [-1.0, 1.0, -1.0], ACTIVATIONS["tanh"])
START = Weights(0.5, 0.5, 0.5, 0.0, 0.0)
LOW, HIGH = Weights(-3, -3, -3, -2, -2), Weights(3, 3, 3, 2, 2)


def descend(run, problem, count, weights=START, rate=0.1, limit=5.0):
    for _ in range(count):
        weights = run.step(problem, weights, rate, limit)
    return weights


def test_one_epoch_is_the_engines():
    run = GradientDescent()
    taken = epoch(START, *EASY, 0.1, 5.0)
    assert run.step(EASY, START, 0.1, 5.0) == taken.weights
    assert (run.epochs, run.evaluations, run.loss) == (1, 3, taken.loss)
    assert run.best == (taken.loss, START, 0)
    assert [column.tolist() for column in run.curve.columns()] == [[3.0], [taken.loss]]


def test_the_best_is_the_lowest_loss_with_the_weights_that_gave_it():
    run = GradientDescent()
    descend(run, EASY, 200, rate=1.0)
    outputs = forward(run.best.weights, EASY.inputs, EASY.activation).outputs
    assert mean_squared_error(outputs, EASY.targets) == run.best.loss
    assert run.best.loss == min(run.curve.columns()[1].min(), run.best.loss) <= run.loss
    assert 0 < run.best.at < 200


def test_divergence_gives_back_the_last_weights_with_a_sound_loss():
    run = GradientDescent()
    weights, sound = START, START
    while run.diverged is None:
        before, weights = weights, run.step(ONE_STEP, weights, 1.0, None)
        if run.diverged is None:
            sound = before
    assert weights == sound
    assert run.diverged.startswith(f"Diverged at epoch {run.epochs + 1}: ")
    assert run.diverged.endswith(
        "switch clipping on. The last good weights are back."
    )  # w_h is 0.5
    assert all(map(math.isfinite, run.curve.columns()[1]))


def test_the_loop_is_named_where_it_amplifies():
    run = GradientDescent()
    descend(run, ONE_STEP, 2, START._replace(w_h=3.0), 1.0, None)
    assert "multiplies the error by w_h = 3.00" in run.diverged


def test_weights_that_cannot_start_are_given_back():
    run = GradientDescent()
    bad = START._replace(b_y=1e200)
    assert run.step(ONE_STEP, bad, 0.1, 5.0) == bad
    assert run.diverged.endswith("before any training.")
    assert (run.epochs, run.best) == (0, None)


def test_guessing_counts_one_evaluation_a_guess_and_keeps_the_best():
    guessing = RandomSearch(EASY, LOW, HIGH, seed=3)
    guesses = [guessing.step() for _ in range(200)]
    best = min(guesses, key=lambda guess: guess.loss)
    assert (guessing.guesses, guessing.evaluations) == (200, 200)
    assert guessing.best == (best.loss, best.weights, guesses.index(best) + 1)


def test_guessing_is_reproducible():
    one, other = (RandomSearch(EASY, LOW, HIGH, seed=3) for _ in range(2))
    assert [one.step() for _ in range(70)] == [other.step() for _ in range(70)]


@pytest.mark.parametrize(
    ("epochs", "guesses", "end"),
    [
        (0, 10, "in 10 guesses. Press Train to compare."),
        (2000, 6000, "for 6,000 evaluations. BPTT is ahead."),
        (1, 3, "for 3 evaluations. Random search is ahead."),
        (1, 3000, "for 3 evaluations. Random search is ahead, but has used more."),
    ],
)
def test_the_verdict(epochs, guesses, end):
    run, guessing = GradientDescent(), RandomSearch(EASY, LOW, HIGH, seed=2)
    descend(run, EASY, epochs)
    for _ in range(guesses):
        guessing.step()
    assert verdict(run, guessing).startswith("Random search: best loss ")
    assert verdict(run, guessing).endswith(end)


def test_before_a_guess_there_is_no_verdict():
    assert verdict(GradientDescent(), RandomSearch(EASY, LOW, HIGH, seed=1)) == ""

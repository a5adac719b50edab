"""Two ways to find five weights, on one account book: descent by gradient, and guessing.

Both count function evaluations (forward 1, backward 2), so their curves share an axis.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lab.kit.curve import Curve
from lab.kit.words import number
from rnn.activations import Activation
from rnn.descent import DIVERGED_ABOVE, EVALUATIONS_PER_EPOCH, Epoch, epoch, has_diverged
from rnn.one_unit import Weights, forward, mean_squared_error
from rnn.random_search import EVALUATIONS_PER_GUESS, Guess, random_search


class Problem(NamedTuple):
    """What is to be predicted, in the units trained on."""

    inputs: Sequence[float]
    targets: Sequence[float]
    activation: Activation


class Best(NamedTuple):
    """The lowest loss so far, the weights that gave it, and the epoch or guess it came at."""

    loss: float
    weights: Weights
    at: int


class GradientDescent:
    """Training by backpropagation through time. It stops at the first sign of divergence."""

    def __init__(self) -> None:
        self.epochs = 0
        self.curve = Curve()
        self.loss = math.inf  # of the last epoch
        self.best: Best | None = None
        self.diverged: str | None = None
        self._reached: Weights | None = None
        self._before: Weights | None = None  # where the last epoch that went well began

    @property
    def evaluations(self) -> int:
        """Function evaluations spent so far."""
        return self.epochs * EVALUATIONS_PER_EPOCH

    def step(
        self, problem: Problem, weights: Weights, learning_rate: float, clip_limit: float | None
    ) -> Weights:
        """One epoch. Returns the new weights; when it diverges, the last with a sound loss."""
        self._reached = self._step(problem, weights, learning_rate, clip_limit)
        return self._reached

    def loss_reached(self, problem: Problem) -> float:
        """The loss of the weights it has come to, whatever was set since; NaN before any epoch."""
        if self._reached is None:
            return math.nan
        outputs = forward(self._reached, problem.inputs, problem.activation).outputs
        return mean_squared_error(outputs, problem.targets)

    def _step(
        self, problem: Problem, weights: Weights, learning_rate: float, clip_limit: float | None
    ) -> Weights:
        taken = epoch(
            weights,
            problem.inputs,
            problem.targets,
            problem.activation,
            learning_rate,
            clip_limit,
        )
        self.loss = taken.loss
        if has_diverged(taken.loss, taken.weights):
            self.diverged = self._explain(weights, taken, clip_limit)
            return weights if self._before is None or taken.loss <= DIVERGED_ABOVE else self._before
        if self.best is None or taken.loss < self.best.loss:
            self.best = Best(taken.loss, weights, self.epochs)
        self.epochs += 1
        self.curve.add(self.evaluations, taken.loss)
        self._before = weights
        return taken.weights

    def _explain(self, weights: Weights, taken: Epoch, clip_limit: float | None) -> str:
        loss = "passed 10¹²" if math.isfinite(taken.loss) else "is no longer a finite number"
        steepest = max(map(abs, taken.gradient))
        what = f"Diverged at epoch {self.epochs + 1:,}: the loss {loss}."
        back = " The last good weights are back."
        if self.epochs == 0:
            return f"{what} With these weights and numbers it does so before any training."
        if clip_limit is None and abs(weights.w_h) > 1.0:
            return (
                f"{what} Each step back through time multiplies the error by w_h = "
                f"{number(weights.w_h)}, so the gradient grew to {number(steepest)} and the update "
                f"overshot. Switch clipping on and lower the learning rate.{back}"
            )
        if clip_limit is None:
            return (
                f"{what} The gradient reached {number(steepest)}: learning rate times gradient was "
                f"a longer step than the slope is straight, and the update overshot. "
                f"Lower the learning rate or switch clipping on.{back}"
            )
        return (
            f"{what} The gradient reached {number(steepest)}. Clipped to {number(clip_limit)} for "
            f"each weight, it was still a longer step than the slope is straight, and the update "
            f"overshot. Lower the learning rate.{back}"
        )


class RandomSearch:
    """Random search on the same problem, seeded."""

    def __init__(self, problem: Problem, low: Weights, high: Weights, seed: int) -> None:
        self._guesses = random_search(*problem, low, high, np.random.default_rng(seed))
        self.guesses = 0
        self.curve = Curve()
        self.best: Best | None = None

    @property
    def evaluations(self) -> int:
        """Function evaluations spent so far."""
        return self.guesses * EVALUATIONS_PER_GUESS

    def step(self) -> Guess:
        """One guess."""
        guess = next(self._guesses)
        self.guesses += 1
        if self.best is None or guess.loss < self.best.loss:
            self.best = Best(guess.loss, guess.weights, self.guesses)
        self.curve.add(self.evaluations, self.best.loss)
        return guess


def verdict(descent: GradientDescent, guessing: RandomSearch) -> str:
    """Say which of the two is ahead, and whether the comparison is fair."""
    guessed, trained = guessing.best, descent.best
    if guessed is None:
        return ""
    found = f"Random search: best loss {number(guessed.loss)} in {guessing.guesses:,} guesses."
    if trained is None:
        return f"{found} Press Train to compare."
    both = f"{found} BPTT: {number(trained.loss)} for {descent.evaluations:,} evaluations."
    if trained.loss <= guessed.loss:
        return f"{both} BPTT is ahead."
    unfair = descent.evaluations < guessing.evaluations
    return f"{both} Random search is ahead{', but has used more' if unfair else ''}."

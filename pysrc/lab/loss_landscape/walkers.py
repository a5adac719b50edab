"""Three ways over the landscape on one account book: two walks downhill, and guessing."""

import math

import numpy as np
from numpy.typing import NDArray

from lab.kit.words import number
from lab.loss_landscape.surface import Box
from rnn.descent import EVALUATIONS_PER_EPOCH, has_diverged
from rnn.landscape import Problem, Slope, losses, slope_at, step
from rnn.one_unit import Weights
from rnn.random_search import EVALUATIONS_PER_GUESS

_AT_ONCE = 30  # guesses evaluated together


class Walk:
    """Gradient descent in two weights, every place remembered."""

    def __init__(self, name: str, start: Weights, longest: float | None) -> None:
        self.name, self._longest = name, longest
        self.places = [start]
        self.slopes: list[Slope] = []  # of each place but the last, until it is over
        self.thrown = ""  # what happened, if the numbers ran away

    @property
    def updates(self) -> int:
        """How many there have been."""
        return len(self.places) - 1

    def step(self, problem: Problem, learning_rate: float) -> None:
        """One update; none after the numbers have run away."""
        if self.thrown:
            return
        here = self.places[-1]
        slope = slope_at(here, problem)
        after = step(here, slope, learning_rate, self._longest)
        if has_diverged(slope.loss, after):
            self.thrown = self._tell(slope)
            return
        self.slopes.append(slope)
        self.places.append(after)

    def _tell(self, slope: Slope) -> str:
        """Name the update that did it: the longest of all."""
        if self.updates == 0:
            return "the loss is too large to begin with"
        at = max(range(self.updates), key=lambda index: self.slopes[index].norm)
        length = number(self.slopes[at].norm)
        loss = number(slope.loss) if math.isfinite(slope.loss) else "beyond all numbers"
        return f"thrown off at update {at + 1} by a gradient {length} long; its loss is {loss}"

    def losses(self, problem: Problem) -> list[float]:
        """The loss of every place, in order."""
        return [slope.loss for slope in [*self.slopes, slope_at(self.places[-1], problem)]]


class Guesses:
    """Places drawn evenly from the map, seeded, and the best of them."""

    def __init__(self, problem: Problem, weights: Weights, box: Box, seed: int) -> None:
        self._problem, self._weights, self._box = problem, weights, box
        self._rng = np.random.default_rng(seed)
        self.places: NDArray[np.float64] = np.empty((0, 2))
        self.losses: NDArray[np.float64] = np.empty(0)

    @property
    def evaluations(self) -> int:
        """Function evaluations spent so far."""
        return len(self.losses) * EVALUATIONS_PER_GUESS

    def guess(self, at_most: int) -> None:
        """Some more, evaluated together."""
        count = min(at_most, _AT_ONCE)
        box = self._box
        low, high = (box.low_x, box.low_h), (box.high_x, box.high_h)
        drawn = self._rng.uniform(low, high, size=(count, 2))
        found = losses(self._weights, self._problem, drawn[:, 0], drawn[:, 1])
        self.places = np.concatenate([self.places, drawn])
        self.losses = np.concatenate([self.losses, np.nan_to_num(found, nan=np.inf, posinf=np.inf)])

    @property
    def best(self) -> tuple[float, float, float] | None:
        """The best place and its loss."""
        if not len(self.losses):
            return None
        at = int(np.argmin(self.losses))
        return float(self.places[at, 0]), float(self.places[at, 1]), float(self.losses[at])


def evaluations(updates: int) -> int:
    """What so many updates cost: a forward pass 1, a backward pass 2."""
    return updates * EVALUATIONS_PER_EPOCH

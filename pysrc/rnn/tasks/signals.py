"""Two tasks that go on as they began: number sequences, and sines under noise.

At every step the network is asked for the next value.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn.arrays import Array
from rnn.checks import one_of, real_number, whole_number
from rnn.sequences import RAW, SEQUENCES, Scale, to_unit_range
from rnn.tasks.task import MOST_STEPS, Batch, check_size

MOST_VALUES = 1000
"""The most values of a sequence: 2^1000 is still a float."""


@dataclass(frozen=True)
class NumberSequence:
    """The next value of a sequence of `rnn.sequences`, `length` values long.

    Inputs and targets, normalised together, lie in [-1, 1]. There is only one such sequence, so
    all members of a batch are alike. Raises ValueError for another sequence, or a length below 2.
    """

    sequence: str = "fibonacci"
    length: int = 10
    normalise: bool = True

    name: ClassVar[str] = "numbers"
    asks: ClassVar[str] = "Which value comes next?"
    inputs: ClassVar[int] = 1
    outputs: ClassVar[int] = 1
    scored_by: ClassVar[str] = "squares"
    baseline_is: ClassVar[str] = "always the mean of the targets: their variance"

    def __post_init__(self) -> None:
        one_of("sequence", self.sequence, tuple(SEQUENCES))
        whole_number("length of a number sequence", self.length, 2, MOST_VALUES)

    @property
    def steps(self) -> int:
        """One step for every value but the last, which nothing follows."""
        return self.length - 1

    @property
    def scale(self) -> Scale:
        """The way back from the network's units to the sequence's own."""
        return to_unit_range(self._values()) if self.normalise else RAW

    @property
    def baseline(self) -> float:
        """The variance of the targets, computed."""
        return float(np.var(self._scaled()[1:]))

    def batch(self, rng: np.random.Generator, size: int) -> Batch:  # noqa: ARG002 - nothing to draw
        """`size` times the one sequence: every value, and as the target the value after it.

        Raises ValueError as `Task.batch` does.
        """
        check_size(size, self.steps)
        values = np.repeat(self._scaled()[:, None, None], size, axis=1)
        return Batch(values[:-1], values[1:], np.ones((self.steps, size), np.bool_))

    def _values(self) -> list[float]:
        return SEQUENCES[self.sequence](self.length)

    def _scaled(self) -> Array:
        scale = self.scale
        return np.array([scale.normalise(value) for value in self._values()])


@dataclass(frozen=True)
class NoisySine:
    """The next observation of sin(speed t + phase) + noise, with a phase of its own each time.

    The noise N(0, `noise`^2) cannot be foreseen: `floor` is the least that any predictor loses.
    Raises ValueError unless there are at least 2 steps, the speed, in radians a step, is above 0
    and at most pi, and the noise from 0 to 10.
    """

    steps: int = 50
    speed: float = 0.5  # radians per step
    noise: float = 0.1

    name: ClassVar[str] = "sines"
    asks: ClassVar[str] = "Which value comes next, under the noise?"
    inputs: ClassVar[int] = 1
    outputs: ClassVar[int] = 1
    scored_by: ClassVar[str] = "squares"
    baseline_is: ClassVar[str] = "always 0: the variance of a sine, 1/2, plus that of the noise"

    def __post_init__(self) -> None:
        whole_number("length of a sine", self.steps, 2, MOST_STEPS)
        real_number("speed", self.speed, 0.0, math.pi, above_low=True)
        real_number("noise", self.noise, 0.0, 10.0)

    @property
    def baseline(self) -> float:
        """1/2 + noise^2."""
        return 0.5 + self.noise**2

    @property
    def floor(self) -> float:
        """noise^2: what even the true sine loses."""
        return self.noise**2

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Draw `size` phases, and noise for every observation.

        Raises ValueError as `Task.batch` does.
        """
        check_size(size, self.steps)
        phases = rng.uniform(0.0, 2.0 * math.pi, (1, size, 1))
        times = np.arange(self.steps + 1)[:, None, None]
        values = np.sin(self.speed * times + phases)
        values += self.noise * rng.standard_normal(values.shape)
        return Batch(values[:-1], values[1:], np.ones((self.steps, size), np.bool_))

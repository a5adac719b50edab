"""What comes next in a series of measurements, and is it better than repeating the last value?

A network reads a window of the past and says by how much the next value will differ from the last:
repeating the last value is then what it begins with, not what it has to learn. At each step it is
given two numbers,

    the change since the value before, and
    how far the value lies from the mean of the window that ends with it,

each divided by its own spread, measured on the part that is learned from. Nothing is ever taken
from the future: for each stretch of the test the network is trained on what lies before it, and
then walks through the stretch, forecasting each value from the true ones before it
(a rolling origin; Hyndman & Athanasopoulos 2021, section 5.10).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, NamedTuple

import numpy as np

from rnn.arrays import Array, IntArray
from rnn.checks import whole_number
from rnn.clipping import Clip
from rnn.optimisers import make_optimiser
from rnn.schedules import Cosine
from rnn.sequence_model import SequenceModel
from rnn.tasks.task import Batch
from rnn.trainer import Trainer

LEARNED = 0.7
"""The share of the series that is learned before the first forecast."""
STRETCHES = 3
"""Into how many stretches the rest is cut; before each, the model learns on."""
RATE = 0.01
"""The learning rate of Adam at the beginning."""
BATCH = 16
"""Windows in a batch."""


@dataclass
class Series:
    """The task of one stretch: windows of what lies before `end`.

    Raises ValueError unless there are three windows before it.
    """

    values: Array
    end: int  # nothing from here on is used
    window: int

    name: ClassVar[str] = "series"
    asks: ClassVar[str] = "By how much will the next value differ from this one?"
    inputs: ClassVar[int] = 2
    outputs: ClassVar[int] = 1
    scored_by: ClassVar[str] = "squares"
    baseline: ClassVar[float] = 1.0
    baseline_is: ClassVar[str] = "always the mean change: the variance, which is 1 here"

    def __post_init__(self) -> None:
        whole_number("window", self.window, 2, 1000)
        least = 3 * self.window
        if self.end < least:
            raise ValueError(f"a window of {self.window} needs {least} values; got {self.end}")
        changes = np.diff(self.values[: self.end])
        self.mean = float(changes.mean())
        self.spread = float(changes.std()) or 1.0
        known = np.arange(self.window - 1, self.end)
        self.reach = float(self._heights(known).std()) or 1.0

    @property
    def steps(self) -> int:
        """Steps of one sequence."""
        return self.window

    def _heights(self, at: IntArray) -> Array:
        """How far each value lies from the mean of the window that ends with it."""
        sums = np.concatenate([[0.0], np.cumsum(self.values)])
        means = (sums[at + 1] - sums[at + 1 - self.window]) / self.window
        heights: Array = self.values[at] - means
        return heights

    def before(self, origins: IntArray) -> Array:
        """What is known when the value at `origins` is the last: (window, origins, 2)."""
        at = origins[None, :] - np.arange(self.window)[::-1, None]
        changes = (self.values[at] - self.values[at - 1] - self.mean) / self.spread
        return np.stack([changes, self._heights(at) / self.reach], axis=-1)

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Draw `size` windows. Their second half is scored: by then there is a past."""
        origins = rng.integers(2 * self.window, self.end - 1, size)
        at = origins[None, :] - np.arange(self.window)[::-1, None]
        targets = (self.values[at + 1] - self.values[at] - self.mean) / self.spread
        mask = np.zeros(at.shape, np.bool_)
        mask[self.window // 2 :] = True
        return Batch(self.before(origins), targets[:, :, None], mask)


class Settings(NamedTuple):
    """What is walked with."""

    kind: str  # rnn, gru or lstm
    hidden: int
    window: int
    updates: int


def stretches(count: int) -> list[tuple[int, int]]:
    """Where the test's stretches begin and end, for a series of `count` values."""
    ends = np.linspace(int(LEARNED * count), count, STRETCHES + 1).astype(int).tolist()
    return list(pairwise(ends))


def walk(values: Array, settings: Settings, seed: int) -> Iterator[Array | None]:
    """Train and forecast, stretch by stretch: None after every update, an array at the end of each.

    `values` is a vector, and so is each array: the stretch's forecasts, in the series' own units.
    The first weights and the windows are drawn from `seed`. Raises ValueError where the
    series is too short.
    """
    for begin, end in stretches(len(values)):
        task = Series(values, begin, settings.window)
        model = SequenceModel(
            task, settings.kind, settings.hidden, np.random.default_rng([seed, 0]), batch=BATCH
        )
        model.initialise(np.random.default_rng([seed, 1]))
        trainer = Trainer(
            model,
            make_optimiser("adam"),
            Cosine(RATE, settings.updates),
            steps=settings.updates,
            clip=Clip("norm", 1.0),
        )
        for _ in trainer.run():
            yield None
        origins = np.arange(begin, end) - 1
        changes = model.forward(task.before(origins)).outputs[-1, :, 0]
        yield values[origins] + changes * task.spread + task.mean


class Errors(NamedTuple):
    """Mean absolute errors over the whole test, in the series' own units."""

    last_value: float
    last_season: float


def naive(values: Array, season: int) -> Errors:
    """Of `values`, a vector: what it costs to repeat the last, or that of `season` steps ago."""
    # --8<-- [start:naive]
    test = np.arange(int(LEARNED * len(values)), len(values))
    last = np.abs(values[test] - values[test - 1]).mean()
    seasonal = np.abs(values[test] - values[test - season]).mean()
    # --8<-- [end:naive]
    return Errors(float(last), float(seasonal))

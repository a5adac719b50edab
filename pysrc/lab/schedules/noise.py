"""How far is the gradient of a mini-batch from the gradient of all examples, and what does it cost?

The gradient of a batch is the mean of its examples' gradients. Drawn at random, its distance from
the gradient of all falls with the root of the batch size: four times the work halves the noise.
"""

import time
from collections.abc import Iterator

import numpy as np

from lab.schedules.declaration import BATCHES
from rnn.arrays import Array
from rnn.sequence_model import SequenceModel
from rnn.tasks.task import Batch

EXAMPLES = 128
_DRAWS = 200  # batches of each size
_TIMED = 3  # updates timed for each size; the fastest counts


class Measurement:
    """Made in pieces, so that a page can draw between them."""

    def __init__(self, model: SequenceModel, where: str) -> None:
        self.where = where  # at which weights, in words
        self.spread: dict[int, float] = {}  # batch size -> root mean square distance / |gradient|
        self.speed: dict[int, float] = {}  # batch size -> values read a second
        self.finished = False
        self._model = model
        self._work = self._pieces()

    def advance(self) -> None:
        """One piece."""
        next(self._work, None)

    def _pieces(self) -> Iterator[None]:
        model = self._model
        examples = model.task.batch(np.random.default_rng(7), EXAMPLES)
        gradients: list[Array] = []
        for at in range(EXAMPLES):
            gradients.append(self._gradient(members(examples, slice(at, at + 1))))
            yield
        every = np.stack(gradients)
        for size in BATCHES:
            self.spread[size] = relative_spread(every, size, np.random.default_rng(size))
            seconds = []
            for _ in range(_TIMED):
                started = time.perf_counter()
                self._gradient(members(examples, slice(0, size)))
                seconds.append(time.perf_counter() - started)
            self.speed[size] = size * len(examples.inputs) / max(min(seconds), 1e-6)
            yield
        self.finished = True

    def _gradient(self, batch: Batch) -> Array:
        gathered = self._model.parameters.zeros()
        self._model.study(batch, gathered)
        return gathered.flat


def members(batch: Batch, which: slice) -> Batch:
    """Some sequences of a batch."""
    return Batch(batch.inputs[:, which], batch.targets[:, which], batch.mask[:, which])


def relative_spread(gradients: Array, size: int, rng: np.random.Generator) -> float:
    """Root mean square distance of batches of `size` from the mean of all, over its length.

    `gradients` is (examples, parameters). Batches are drawn with replacement, as from a source of
    examples without end.
    """
    full = gradients.mean(axis=0)
    drawn = rng.integers(0, len(gradients), (_DRAWS, size))
    distances = gradients[drawn].mean(axis=1) - full
    length = float(np.sqrt(np.square(full).sum()))
    return float(np.sqrt(np.square(distances).sum(axis=1).mean())) / max(length, 1e-300)

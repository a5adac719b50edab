"""One network and its training run: it goes on, and is looked at as it was at any epoch."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from lab.kit.curve import Curve
from lab.unrolled_rnn.history import History
from lab.unrolled_rnn.lesson import lesson_of
from rnn.arrays import Array
from rnn.clipping import Clip
from rnn.optimisers import make_optimiser
from rnn.schedules import Constant, Cosine
from rnn.sequence_model import SequenceModel
from rnn.trainer import Trainer

A_RUN = 5_000  # epochs; then it stops by itself, and may go on
MOST_EPOCHS = 100_000
SOLVED = 1e-8


class View(NamedTuple):
    """All that the network of one epoch computes, over all sequences."""

    epoch: int
    hidden: Array  # (steps, sequences, units)
    outputs: Array  # (steps, sequences, 1)
    weights: dict[str, Array]  # W_xh, W_hh, b_h, W_hy, b_y
    loss: float
    unseen_loss: float | None


class Run:
    """A network as the settings describe it, from its drawn weights on."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.lesson = lesson_of(values)
        self._model = self._made(values)
        self._model.initialise(np.random.default_rng(values["seed"]))
        self._mirror = self._made(values)  # for looking back, while the other one learns
        self.history = History(self._model.parameters.flat)
        self.curve = Curve()
        self._trainer = Trainer(
            self._model, make_optimiser("adam"), Constant(1.0), steps=MOST_EPOCHS
        )
        self.adjust(values)
        self.reason = ""  # why it stopped by itself
        self._until = 0
        self._seen: View | None = None

    def _made(self, values: Mapping[str, Any]) -> SequenceModel:
        return SequenceModel(
            self.lesson,
            "rnn",
            values["hidden"],
            np.random.default_rng(0),  # nothing is drawn from it
            batch=self.lesson.trained,
            activation=values["activation"],
        )

    def adjust(self, values: Mapping[str, Any]) -> None:
        """Take a new learning rate and clip; they may change while it learns."""
        rate = values["learning_rate"]
        self._trainer.schedule = Cosine(rate, A_RUN, rate / 20.0)  # so that the end is calm
        self._trainer.clip = Clip(values["clip"], values["clip_limit"])

    @property
    def epochs(self) -> int:
        """How many are done."""
        return self._trainer.step

    @property
    def parameters(self) -> int:
        """How many numbers are learned."""
        return self._model.parameters.flat.size

    @property
    def diverged(self) -> bool:
        """Whether it stopped because the numbers ran away."""
        return bool(self._trainer.diverged)

    def begin(self) -> None:
        """Let it go on for another run; after a divergence, from the last good weights."""
        self._trainer.roll_back()
        self._until = min(self.epochs + A_RUN, MOST_EPOCHS)
        self.reason = ""

    def learn(self) -> bool:
        """One epoch. Says whether there may be another one; if not, `reason` says why."""
        if self.epochs >= self._until:
            self.reason = f"Stopped at epoch {self.epochs:,}. Press Train to go on."
            return False
        progress = next(self._trainer.run())
        if progress.diverged:
            self._seen = None  # the weights were put back
            self.reason = (
                f"Diverged at epoch {progress.step:,}: the loss or its gradient is no longer a "
                f"number below 10¹². The last good weights are back. Lower the learning rate or "
                f"clip the gradient, then train on."
            )
            return False
        self.curve.add(self.epochs - 1, progress.loss)
        self.history.add(self.epochs, self._model.parameters.flat)
        if progress.loss < SOLVED:
            self.reason = f"Solved at epoch {self.epochs:,}: the loss is below 10⁻⁸."
            return False
        return True

    def view(self, epoch: int) -> View:
        """The network as it was near `epoch`; from the last epoch on, as it is."""
        now = self._model.parameters.flat
        at, weights = (self.epochs, now) if epoch >= self.epochs else self.history.nearest(epoch)
        if self._seen is None or self._seen.epoch != at:
            self._mirror.parameters.flat[...] = weights
            self._seen = self._computed(at)
        return self._seen

    def _computed(self, epoch: int) -> View:
        mirror, lesson = self._mirror, self.lesson
        with np.errstate(all="ignore"):  # numbers too large to draw are the lesson, not a fault
            outputs, run = mirror.forward(lesson.all.inputs)
            loss, unseen = lesson.loss(outputs), lesson.unseen_loss(outputs)
        weights = {name.split(".")[1]: array.copy() for name, array in mirror.parameters.items()}
        return View(epoch, run.outputs, outputs, weights, loss, unseen)

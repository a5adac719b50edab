"""The network that a reader trains: a small one, from nothing, in slices."""

import time

import numpy as np

from lab.kit.curve import Curve
from rnn.clipping import Clip
from rnn.dates import drawing
from rnn.dates.reader import DateReader
from rnn.optimisers import make_optimiser
from rnn.schedules import Constant
from rnn.trainer import Trainer

FEATURES, BATCH = 16, 32
MOST_STEPS = 100_000
JUDGED, JUDGED_EVERY = 60, 25  # dates; steps
_TEST_SEED = 11


class Apprentice:
    """A date reader with its trainer, and how well it does as it learns."""

    def __init__(self, hidden: int, seed: int, rate: float) -> None:
        self.reader = DateReader(hidden, FEATURES, np.random.default_rng([seed, 0]), batch=BATCH)
        self.reader.initialise(np.random.default_rng([seed, 1]))
        self.trainer = Trainer(
            self.reader,
            make_optimiser("adam"),
            Constant(rate),
            steps=MOST_STEPS,
            clip=Clip("norm", 1.0),
            smoothing=0.95,
        )
        self.made_of = (hidden, seed)
        self.losses, self.shares = Curve(), Curve()
        self.loss: float | None = None
        self.share: float | None = None
        self._judged_at = 0
        self._asked = drawing.draw(np.random.default_rng(_TEST_SEED), JUDGED, "held out")

    @property
    def read(self) -> int:
        """How many spellings it has learned from."""
        return self.trainer.step * BATCH

    @property
    def diverged(self) -> str:
        """What ran away, if anything did."""
        return self.trainer.diverged

    def learn(self, until: float) -> None:
        """Take steps until a time, at least one; every now and then be judged."""
        while self.trainer.running:
            progress = next(iter(self.trainer.run()))
            if progress.diverged:
                return
            self.loss = progress.smoothed_loss
            self.losses.add(float(self.read), progress.smoothed_loss)
            if self.trainer.step - self._judged_at >= JUDGED_EVERY:
                self.judge()
                return
            if time.perf_counter() >= until:
                return

    def judge(self) -> None:
        """Let it write some held-out dates, always the same ones."""
        self._judged_at = self.trainer.step
        self.share = self.reader.right(self._asked) / JUDGED
        self.shares.add(float(self.read), self.share)

"""The network that learns in the page: from nine tenths of both texts, judged by the last tenth."""

import time

import numpy as np

from lab.kit.curve import Curve
from rnn.arrays import IntArray
from rnn.clipping import Clip
from rnn.lines import LineReader, Lines, split
from rnn.losses import nats_to_bits
from rnn.optimisers import make_optimiser
from rnn.schedules import Constant
from rnn.trainer import Trainer

MOST_STEPS = 5000
_JUDGED, _EVERY = 200, 50  # held-out lines of each kind; updates


class Apprentice:
    """A reader with its trainer and its marks."""

    def __init__(self, prose: bytes, code: bytes, rate: float, seed: int) -> None:
        (learned, held_prose), (of_code, held_code) = (
            split(text.decode()) for text in (prose, code)
        )
        self._held = held_prose[:_JUDGED], held_code[:_JUDGED]
        self.reader = LineReader(Lines(learned, of_code), np.random.default_rng([seed, 0]))
        self.reader.initialise(np.random.default_rng([seed, 1]))
        self.trainer = Trainer(
            self.reader,
            make_optimiser("adam"),
            Constant(rate),
            steps=MOST_STEPS,
            clip=Clip("norm", 1.0),
            smoothing=0.95,
        )
        self.losses = Curve()
        self.confusion: IntArray = self.reader.confusion(*self._held)

    def learn(self, until: float) -> None:
        """Take updates until a time, at least one; now and then be judged."""
        while self.trainer.running:
            progress = next(iter(self.trainer.run()))
            if progress.diverged:
                break
            self.losses.add(float(progress.step), nats_to_bits(progress.smoothed_loss))
            if progress.step % _EVERY == 0:
                self.confusion = self.reader.confusion(*self._held)
            if time.perf_counter() >= until:
                break

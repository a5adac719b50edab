"""A trainable as small as can be: a noisy line, seeded batches, and something carried over."""

import math

import numpy as np

from rnn.parameters import Parameters
from rnn.saved import Saved, generator_facts, restore_generator


class NoisyLine:
    """Fit y = 2 x - 1 from noisy batches. `carried` changes with every batch, as a state would."""

    def __init__(self, seed: int = 0, dtype: type = np.float64) -> None:
        self.parameters = Parameters({"slope": (1,), "offset": (1,)}, dtype)
        self.rng = np.random.default_rng(seed)
        self.carried = np.zeros(1)
        self.batches = 0
        self.break_at: dict[int, float] = {}  # batch -> the loss to report

    def loss_and_gradients(self, gradients: Parameters) -> float:
        x = self.rng.normal(size=8)
        y = 2.0 * x - 1.0 + 0.1 * self.rng.normal(size=8)
        self.batches += 1
        self.carried = 0.5 * self.carried + x.mean()
        slope, offset = (float(self.parameters[name][0]) for name in ("slope", "offset"))
        error = slope * x + offset - y + 0.01 * self.carried
        gradients["slope"][...] += 2.0 * (error * x).mean()
        gradients["offset"][...] += 2.0 * error.mean()
        loss = float(np.square(error).mean())
        return self.break_at.get(self.batches, loss)

    def state(self) -> Saved:
        facts = {"batches": self.batches, "generator": generator_facts(self.rng)}
        return Saved({"carried": self.carried.copy()}, facts)

    def restore(self, saved: Saved) -> None:
        arrays, facts = saved
        self.carried = np.array(arrays["carried"])
        self.batches = facts["batches"]
        restore_generator(self.rng, facts["generator"])

    @property
    def distance(self) -> float:
        """How far from the line that made the data."""
        slope, offset = (float(self.parameters[name][0]) for name in ("slope", "offset"))
        return math.hypot(slope - 2.0, offset + 1.0)

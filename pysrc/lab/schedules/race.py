"""Racers that differ in one thing: the same task, the same first weights, the same examples.

Each is a small GRU that predicts the next value of a sine under noise. The noise cannot be
foreseen, so there is a floor under every loss, and a rate that stays high jumps about above it.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from lab.kit.curve import Curve
from lab.schedules.declaration import RACED
from rnn.clipping import Clip
from rnn.optimisers import make_optimiser
from rnn.schedules import Schedule, make_schedule
from rnn.sequence_model import SequenceModel
from rnn.tasks.signals import NoisySine
from rnn.trainer import Trainer

TASK = NoisySine(steps=20, noise=0.3)
HIDDEN = 12
CLIP = Clip("norm", 1.0)
_HELD_OUT = TASK.batch(np.random.default_rng(2**31), 100)
_EVERY = 10  # updates between two looks at the held-out sequences
WARM_UP = 50  # updates, where warm-up itself races
STYLES = ("rnn", "gru", "lstm", "rival")


def schedule_of(values: Mapping[str, Any], kind: str, warm_up: int) -> Schedule:
    """A schedule as long as the race; `decay` is what is left of the base rate at its end."""
    updates, decay = values["updates"], values["decay"]
    length = max(1, updates - warm_up)
    settings: dict[str, dict[str, float]] = {
        "constant": {},
        "exponential": {"decay": decay, "steps": length},
        "step": {"factor": decay**0.5, "every": -(-length // 3)},
        "cosine": {"steps": length},
    }
    return make_schedule(kind, values["rate"], warm_up, **settings[kind])


def model_of(seed: int, batch: int) -> SequenceModel:
    """The network of every racer: with one seed the same weights, and the same examples."""
    model = SequenceModel(TASK, "gru", HIDDEN, np.random.default_rng(seed), batch=batch)
    model.initialise(np.random.default_rng(seed))
    return model


class Racer:
    """One network on its way."""

    def __init__(self, name: str, style: str, schedule: Schedule, model: SequenceModel) -> None:
        self.name, self.style, self.schedule, self.model = name, style, schedule, model
        self.batch = model.batch_size
        self.curve = Curve()
        self.trainer: Trainer | None = None
        self.loss = self._look(0)

    def prepare(self, optimiser: str, updates: int) -> None:
        """Put it on the line."""
        self.trainer = Trainer(
            self.model, make_optimiser(optimiser), self.schedule, steps=updates, clip=CLIP
        )

    @property
    def diverged(self) -> str:
        """What ran away, if something did."""
        return self.trainer.diverged if self.trainer else ""

    @property
    def done(self) -> int:
        """Updates so far."""
        return self.trainer.step if self.trainer else 0

    def update(self) -> None:
        """One update, and now and then a look at the held-out sequences."""
        trainer = self.trainer
        if trainer is None or not trainer.running:
            return
        trainer.advance(0.0)
        if trainer.step % _EVERY == 0 or not trainer.running:
            self.loss = self._look(trainer.step)

    def _look(self, step: int) -> float:
        with np.errstate(over="ignore", invalid="ignore"):
            loss = self.model.loss(_HELD_OUT)
        self.curve.add(float(step), loss)
        return loss


def line_up(values: Mapping[str, Any]) -> list[Racer]:
    """The racers that the reader's values ask for."""
    seed, batch, kind = values["seed"], values["batch"], values["schedule"]
    if values["compare"] == "schedules":
        kinds = ("constant", "exponential", "step", "cosine")
        runs = [(name, name, values["warm_up"], batch) for name in kinds]
    elif values["compare"] == "warm_up":
        runs = [("at once", kind, 0, batch), ("warm-up", kind, WARM_UP, batch)]
    else:
        runs = [
            (f"{size} {'example' if size == 1 else 'examples'}", kind, values["warm_up"], size)
            for size in RACED
        ]
    racers = []
    for style, (name, of_kind, warm_up, size) in zip(STYLES, runs, strict=False):
        schedule = schedule_of(values, of_kind, warm_up)
        racer = Racer(name, style, schedule, model_of(seed, size))
        racer.prepare(values["optimiser"], values["updates"])
        racers.append(racer)
    return racers

"""What is to be learned: sequences with the answers wanted, and some that are kept back.

A number sequence is one sequence, each value asking for the next. Latch and parity are rules: some
sequences are drawn to learn from, and more that the network never trains on.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from lab.kit.controls import parse_numbers
from rnn.arrays import Array
from rnn.losses import mean_squared_error
from rnn.sequences import RAW, SEQUENCES, Scale, to_unit_range
from rnn.tasks import Batch, make_task

RULES = ("latch", "parity")
TRAINED = 16  # sequences of a rule to learn from
DRAWN = 24  # and with those never seen


class Lesson:
    """Sequences of one number a step, all of one length: a `Task` for `rnn.sequence_model`."""

    name = "lesson"
    asks = "What comes next, or what does the rule say?"
    inputs = 1
    outputs = 1
    scored_by = "squares"
    baseline_is = "always the mean of the answers wanted: their variance"

    def __init__(self, drawn: Batch, trained: int, scale: Scale) -> None:
        """`drawn` holds all sequences; the first `trained` of them are to be learned from."""
        self.all = drawn
        self.scale = scale
        self._trained = _members(drawn, slice(None, trained))
        self._unseen = _members(drawn, slice(trained, None))

    @property
    def steps(self) -> int:
        """How many steps each sequence has."""
        return len(self.all.inputs)

    @property
    def sequences(self) -> int:
        """How many there are, those kept back too."""
        return int(self.all.inputs.shape[1])

    @property
    def trained(self) -> int:
        """How many of them are learned from."""
        return int(self._trained.inputs.shape[1])

    @property
    def baseline(self) -> float:
        """The variance of the answers wanted."""
        return float(np.var(self._trained.targets[self._trained.mask]))

    def batch(self, rng: np.random.Generator, size: int) -> Batch:  # noqa: ARG002
        """The sequences to learn from, the same ones every time."""
        return self._trained

    def loss(self, outputs: Array) -> float:
        """The mean squared error of `outputs` (steps, sequences, 1) on what is learned from."""
        return mean_squared_error(outputs[:, : self.trained], *self._trained[1:])[0]

    def unseen_loss(self, outputs: Array) -> float | None:
        """The same on the sequences kept back, if there are any."""
        if self.trained == self.sequences:
            return None
        return mean_squared_error(outputs[:, self.trained :], *self._unseen[1:])[0]


def _members(batch: Batch, which: slice) -> Batch:
    return Batch(batch.inputs[:, which], batch.targets[:, which], batch.mask[:, which])


def lesson_of(values: Mapping[str, Any]) -> Lesson:
    """What the controls ask for."""
    kind = values["sequence"]
    if kind in RULES:
        rng = np.random.default_rng(values["seed"])
        return Lesson(_rule(kind, values["length"], rng), TRAINED, RAW)
    own = kind == "custom"
    sequence = parse_numbers(values["numbers"]) if own else SEQUENCES[kind](values["length"])
    scale = to_unit_range(sequence) if values["normalise"] else RAW
    scaled = np.array([scale.normalise(value) for value in sequence])[:, None, None]
    return Lesson(Batch(scaled[:-1], scaled[1:], np.ones((len(scaled) - 1, 1), np.bool_)), 1, scale)


def _rule(kind: str, steps: int, rng: np.random.Generator) -> Batch:
    """Sequences of a rule. Parity's bits, and its answers even and odd, are -1 and 1."""
    drawn = make_task(kind, steps=steps).batch(rng, DRAWN)
    if kind == "latch":
        return drawn
    return Batch(2.0 * drawn.inputs - 1.0, 2.0 * drawn.targets[:, :, None] - 1.0, drawn.mask)

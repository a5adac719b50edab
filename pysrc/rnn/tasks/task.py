"""A task is a question with known answers, drawn as often as you like, and a score to beat.

The score to beat, the `baseline`, is what a predictor without memory gets. Below it a network must
have remembered something; at it, it has not, however good the number looks.
"""

from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from rnn.arrays import Array, BoolArray
from rnn.checks import whole_number

MOST_STEPS = 10_000
"""The most steps of one sequence."""
MOST_NUMBERS = 10_000_000
"""The most steps times batch: 80 MB for every feature."""


class Batch(NamedTuple):
    """Sequences and what should come out. Symbols go in one-hot and come out as whole numbers."""

    inputs: Array  # (time, batch, inputs)
    targets: NDArray[Any]  # squares: (time, batch, outputs) floats; classes: (time, batch) integers
    mask: BoolArray  # (time, batch): True at the steps that are scored; no step is padding


class Task(Protocol):
    """One kind of problem, at one length."""

    @property
    def name(self) -> str:
        """The name `make_task` knows it by."""
        ...

    @property
    def asks(self) -> str:
        """What it asks of a network, in a sentence."""
        ...

    @property
    def inputs(self) -> int:
        """How many numbers a step of the input holds."""
        ...

    @property
    def outputs(self) -> int:
        """How many numbers a step of the output holds: values, or one score per class."""
        ...

    @property
    def scored_by(self) -> str:
        """`squares`, the mean squared error, or `classes`, the softmax cross-entropy in nats."""
        ...

    @property
    def steps(self) -> int:
        """How many steps a sequence has."""
        ...

    @property
    def baseline(self) -> float:
        """The expected loss of the predictor that `baseline_is` describes."""
        ...

    @property
    def baseline_is(self) -> str:
        """What the baseline always answers, and who says so."""
        ...

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Draw `size` sequences. Raises ValueError unless it is a whole number from 1 that fits."""
        ...


def check_size(size: object, steps: int) -> int:
    """Return the batch size if a batch of it fits in memory; otherwise raise ValueError."""
    most = MOST_NUMBERS // steps
    return whole_number(f"batch size of sequences of {steps:,} steps", size, 1, most)


def last_step_only(steps: int, size: int) -> BoolArray:
    """A mask (steps, size) that scores the last step and nothing before it."""
    mask = np.zeros((steps, size), np.bool_)
    mask[-1] = True
    return mask

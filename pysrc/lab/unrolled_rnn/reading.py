"""One sequence as the network reads it: what the figures and the formulas are made from."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lab.unrolled_rnn.lesson import Lesson
from lab.unrolled_rnn.run import View
from rnn.arrays import Array
from rnn.sequences import Scale

Column = NDArray[np.float64]


class Reading(NamedTuple):
    """One sequence through one network, and the cell the reader looks at."""

    inputs: Column  # (steps)
    targets: Column  # (steps), NaN where nothing is asked
    hidden: Array  # (units, steps)
    outputs: Column  # (steps)
    weights: dict[str, Array]  # W_xh, W_hh, b_h, W_hy, b_y
    activation: str
    scale: Scale
    step: int  # from 1
    row: int  # 0 is the output, then the units from 1, the last is the input
    loss: float
    unseen_loss: float | None

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return len(self.inputs)

    @property
    def units(self) -> int:
        """How many hidden units there are."""
        return len(self.hidden)

    def own(self, values: Column) -> Column:
        """Values in the sequence's own units."""
        with np.errstate(all="ignore"):
            restored: Column = values * self.scale.half_range + self.scale.middle
        return restored


def read(
    lesson: Lesson, view: View, *, example: int, activation: str, step: int, row: int
) -> Reading:
    """The sequence `example` (from 1) of a lesson, as the network of `view` reads it."""
    at = example - 1
    asked = lesson.all.mask[:, at]
    return Reading(
        inputs=np.ascontiguousarray(lesson.all.inputs[:, at, 0]),
        targets=np.where(asked, lesson.all.targets[:, at, 0], np.nan),
        hidden=np.ascontiguousarray(view.hidden[:, at].T),
        outputs=np.ascontiguousarray(view.outputs[:, at, 0]),
        weights=view.weights,
        activation=activation,
        scale=lesson.scale,
        step=step,
        row=row,
        loss=view.loss,
        unseen_loss=view.unseen_loss,
    )

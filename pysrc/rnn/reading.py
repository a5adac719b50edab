"""A sequence can be read from either end, and one that is padded ends before its padding.

Reading back turns each sequence of a batch within its own length, so that the padding comes last
again; otherwise what a sequence gives would depend on how long its neighbours are.
"""

from dataclasses import dataclass

import numpy as np

from rnn.arrays import Array, BoolArray, IntArray


@dataclass(frozen=True)
class Reading:
    """An order in which to read the steps of a batch."""

    turns: bool  # whether from the end
    order: IntArray | None  # (time, batch, 1): what is read t-th; None: the same for every member
    mask: BoolArray | None  # (time, batch), in this order

    @classmethod
    def ahead(cls, mask: BoolArray | None) -> "Reading":
        """Read from the first step to the last; what is real says the mask (time, batch)."""
        return cls(False, None, mask)

    @classmethod
    def back(cls, mask: BoolArray | None) -> "Reading":
        """Read from the last step that the mask (time, batch) leaves in to the first."""
        if mask is None:
            return cls(True, None, None)
        steps = np.arange(len(mask))[:, None]
        order: IntArray = np.argsort(np.where(mask, -steps, steps + 1), axis=0, kind="stable")
        return cls(True, order[:, :, None], np.take_along_axis(mask, order, axis=0))

    def put(self, sequence: Array) -> Array:
        """Put a sequence (time, batch, features) into this order."""
        if self.order is not None:
            return np.take_along_axis(sequence, self.order, axis=0)
        return sequence[::-1] if self.turns else sequence

    def undo(self, sequence: Array) -> Array:
        """Put a sequence (time, batch, features) in this order back into that of time."""
        if self.order is not None:
            return np.take_along_axis(sequence, np.argsort(self.order, axis=0), axis=0)
        return sequence[::-1] if self.turns else sequence

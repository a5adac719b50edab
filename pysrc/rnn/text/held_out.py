"""How well does a network guess what it never learned from? The loss that counts is this one.

The held-out text is read in streams side by side, since many calls cost more than many rows. Each
stream begins without memory, which costs a little; so streams are long, and no more than needed.
"""

from collections.abc import Generator

import numpy as np

from rnn.arrays import IntArray
from rnn.losses import nats_to_bits
from rnn.pieces import finished
from rnn.text.char_model import CHUNK, CharModel
from rnn.text.ngrams import NGrams

MOST_STREAMS = 32
"""The most streams that a held-out text is cut into."""
SHORTEST_STREAM = 500
"""The fewest characters of a stream, so that what its first ones cost hardly counts."""


class HeldOut:
    """A text to judge by, or `most` characters in evenly spread excerpts, as (time, streams)."""

    def __init__(self, indices: IntArray, most: int | None = None) -> None:
        """Of `indices`, at least two, judge at most `most` characters; all if None."""
        judged = len(indices) - 1 if most is None else min(most, len(indices) - 1)
        streams = max(1, min(MOST_STREAMS, judged // SHORTEST_STREAM))
        apart, length = (len(indices) - 1) // streams, max(1, judged // streams)
        rows = [indices[start : start + length + 1] for start in range(0, streams * apart, apart)]
        self._columns = np.ascontiguousarray(np.array(rows).T)  # (time + 1, streams)

    @property
    def judged(self) -> int:
        """How many characters are guessed."""
        return int((len(self._columns) - 1) * self._columns.shape[1])

    def bits(self, model: CharModel) -> float:
        """Bits per character of a model; what is not finite if it has diverged."""
        return finished(self.in_pieces(model))

    def in_pieces(self, model: CharModel, steps: int = CHUNK) -> Generator[None, None, float]:
        """The same with a pause after every so many `steps`; the model must not change meanwhile.

        It may learn meanwhile if it is a copy that is judged.
        """
        length, streams = len(self._columns) - 1, self._columns.shape[1]
        total, state = 0.0, model.zero_state(streams)
        for start in range(0, length, steps):
            end = min(start + steps, length)
            inputs, targets = self._columns[start:end], self._columns[start + 1 : end + 1]
            with np.errstate(over="ignore", invalid="ignore"):  # one that diverged is judged too
                loss, state = model.loss(inputs, targets, state)
            total += loss * (end - start)
            yield
        return nats_to_bits(total / length)

    def baseline(self, ngrams: NGrams, order: int) -> float:
        """Bits per character of n-grams of an order, on the very same characters."""
        rows = self._columns.T
        return float(np.mean([ngrams.bits_of(row, order) for row in rows]))

"""A long text becomes mini-batches by being read at several places at once.

The text is cut into B equally long streams, read side by side, T characters at a time. Each window
goes on where the one before it stopped, so the network's state can be carried over. At the end
every stream starts again, and then the state must be forgotten: the window says `fresh`.

Held out is the last tenth of a text: characters the network never learns from.
"""

from typing import NamedTuple

import numpy as np

from rnn.arrays import IntArray
from rnn.checks import whole_number

SHORTEST = 20
"""The shortest text: a tenth of it are two characters, one to read and one to predict."""
MOST_BATCH = 4096
"""The most streams that are read side by side."""


class Window(NamedTuple):
    """What is read at once, and what comes next at each place: both (time, batch)."""

    inputs: IntArray
    targets: IntArray
    fresh: bool  # True where the streams begin: no state may be carried into this window


def split(text: str) -> tuple[str, str]:
    """The text to learn from, and the last 10 % of it, held out.

    Raises ValueError for a text of fewer than 20 characters.
    """
    if len(text) < SHORTEST:
        raise ValueError(
            f"a text must have at least {SHORTEST} characters to hold out a tenth; got {len(text)}"
        )
    cut = len(text) - len(text) // 10
    return text[:cut], text[cut:]


class Streams:
    """Windows of a text, a vector of indices, without end; `position` says where it stands.

    The streams are (n - 1) // batch characters long, for a text of n. What is left at the end of a
    stream, being less than a window, is not read; nor is what is left of the division. Raises
    ValueError when the text is too short for the batch or for one window of `steps`.
    """

    def __init__(self, indices: IntArray, batch: int, steps: int) -> None:
        """Read `indices` (characters). Raises ValueError when a window is longer than a stream."""
        whole_number("batch", batch, 1, MOST_BATCH)
        length = (len(indices) - 1) // batch
        if length < 1:
            raise ValueError(
                f"a text must have at least {batch + 1:,} characters for a batch of {batch:,}; "
                f"got {len(indices):,}"
            )
        if isinstance(steps, int) and steps > length:
            raise ValueError(
                f"steps must be at most {length:,}, the length of each stream of this text; "
                f"got {steps!r}"
            )
        whole_number("steps", steps, 1, length)
        self.batch, self.steps, self.windows = batch, steps, length // steps
        used = batch * length
        # (time, batch): a window is a slice, and neighbours in the batch lie side by side
        self._inputs = np.ascontiguousarray(indices[:used].reshape(batch, length).T)
        self._targets = np.ascontiguousarray(indices[1 : used + 1].reshape(batch, length).T)
        self._position = 0

    @property
    def position(self) -> int:
        """How many windows were read, all passes together."""
        return self._position

    @position.setter
    def position(self, value: int) -> None:
        self._position = whole_number("position", value, 0, 2**53)

    @property
    def passes(self) -> int:
        """How many times the whole text was read."""
        return self._position // self.windows

    def next(self) -> Window:
        """Read one window of every stream."""
        place = self._position % self.windows
        self._position += 1
        rows = slice(place * self.steps, (place + 1) * self.steps)
        return Window(self._inputs[rows], self._targets[rows], fresh=place == 0)

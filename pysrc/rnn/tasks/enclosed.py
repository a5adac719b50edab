"""Tag every symbol of a text: does it stand within a bracket that is closed? It takes the future.

A text holds letters (`.`) and brackets. A stretch counts from an opening bracket to the next
bracket, if that one closes; both belong to it. An opening followed by another, or by the end of the
text, counts for nothing:

    . ( . . ) . ( . ( . ) .
    0 1 1 1 1 0 0 0 1 1 1 0

Who reads from the left knows at every symbol whether a bracket is open, never whether it will be
closed; who reads from the right knows it the other way about. What either must lose, on average, is
known exactly: `one_way`. Who knows both sides loses nothing.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn.arrays import Array, IntArray
from rnn.checks import real_number, whole_number
from rnn.layers import one_hot
from rnn.tasks.task import MOST_STEPS, Batch, check_size

SYMBOLS = ".()"
"""What a sequence is made of."""
LETTER = 0
"""The index of a letter, which is written as a point."""
OPENING = 1
"""The index of an opening bracket."""
CLOSING = 2
"""The index of a closing bracket."""


def tags(text: IntArray) -> IntArray:
    """1 where a symbol of `text` (time, batch) stands within a closed bracket, 0 elsewhere."""
    opened = np.zeros(text.shape, np.bool_)  # the last bracket before this symbol opens
    closes = np.zeros(text.shape, np.bool_)  # the next bracket after this symbol closes
    for t in range(1, len(text)):
        before = text[t - 1]
        opened[t] = np.where(before == LETTER, opened[t - 1], before == OPENING)
    for t in range(len(text) - 2, -1, -1):
        after = text[t + 1]
        closes[t] = np.where(after == LETTER, closes[t + 1], after == CLOSING)
    left = np.where(text == LETTER, opened, text == OPENING) | ((text == CLOSING) & opened)
    right = np.where(text == LETTER, closes, text == CLOSING) | ((text == OPENING) & closes)
    both: IntArray = (left & right).astype(np.int64)
    return both


@dataclass(frozen=True)
class Enclosed:
    """Texts of `length` symbols, each an opening or a closing one with chance `brackets` / 2.

    Raises ValueError unless the length is at least 2 and `brackets` above 0 and at most 1.
    """

    length: int = 30
    brackets: float = 0.25

    name: ClassVar[str] = "enclosed"
    asks: ClassVar[str] = "Does this symbol stand within a bracket that is closed?"
    inputs: ClassVar[int] = 3
    outputs: ClassVar[int] = 2
    scored_by: ClassVar[str] = "classes"
    baseline_is: ClassVar[str] = "how often each kind of symbol is enclosed, computed exactly"

    def __post_init__(self) -> None:
        whole_number("length of enclosed", self.length, 2, MOST_STEPS)
        real_number("share of brackets", self.brackets, 0.0, 1.0, above_low=True)

    @property
    def steps(self) -> int:
        """One for each symbol."""
        return self.length

    @property
    def baseline(self) -> float:
        """The entropy of a tag given its symbol alone, in nats."""
        before, after = self._known(), self._known()[::-1]  # a bracket on this side: of either kind
        letters = 1.0 - self.brackets
        of_letters, of_openings = (before * after).mean() / 4.0, after.mean() / 2.0
        return float(letters * _entropy(of_letters) + self.brackets * _entropy(of_openings))

    @property
    def one_way(self) -> float:
        """What the best reader from the left loses, in nats: the entropy given all up to here.

        Where a bracket is open, with `r` symbols to come, it will be closed with the chance
        (1 - (1 - b)^r) / 2; elsewhere the answer is known. From the right it is the same.
        """
        letters = 1.0 - self.brackets
        steps = np.arange(self.length)
        open_here = (1.0 - letters ** (steps + 1)) / 2.0
        closed_later = (1.0 - letters ** (self.length - 1 - steps)) / 2.0
        return float(
            np.mean([o * _entropy(c) for o, c in zip(open_here, closed_later, strict=True)])
        )

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Draw `size` texts, each symbol on its own, and the tag of every symbol.

        Raises ValueError as `Task.batch` does.
        """
        check_size(size, self.steps)
        half = self.brackets / 2.0
        text = rng.choice(3, (self.length, size), p=(1.0 - self.brackets, half, half))
        mask = np.ones((self.length, size), np.bool_)
        return Batch(one_hot(text, 3), tags(text), mask)

    def _known(self) -> Array:
        """At each step the chance that there was a bracket before it."""
        known: Array = 1.0 - (1.0 - self.brackets) ** np.arange(self.length)
        return known


def _entropy(chance: float) -> float:
    """Of a yes with such a chance, in nats."""
    return -sum(p * math.log(p) for p in (chance, 1.0 - chance) if p > 0.0)

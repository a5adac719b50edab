"""Count patterns, not letters: it takes something that sees a pattern and something that counts.

A text of the letters a, b and c. Wherever the last three letters are all different, that is a
triple; after every letter the network says how many triples there were so far, modulo 3:

    a b c a a b c b a
    0 0 1 2 2 2 0 0 1

What is counted is itself made of letters, anew at every step: a hierarchy of two levels.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rnn.arrays import BoolArray, IntArray
from rnn.checks import whole_number
from rnn.layers import one_hot
from rnn.tasks.task import MOST_STEPS, Batch, check_size

LETTERS = "abc"
"""What the triples are made of."""


def triples(text: IntArray) -> BoolArray:
    """Where a letter of `text` (time, batch) is the third of three that are all different."""
    found = np.zeros(text.shape, np.bool_)
    first, second, third = text[:-2], text[1:-1], text[2:]
    found[2:] = (first != second) & (second != third) & (first != third)
    return found


@dataclass(frozen=True)
class Triples:
    """How many triples so far, modulo `modulo`, after each of `length` letters.

    Raises ValueError unless the length is at least 3 and `modulo` from 2 to 10.
    """

    length: int = 16
    modulo: int = 3

    name: ClassVar[str] = "triples"
    asks: ClassVar[str] = "How many triples of different letters were there so far, modulo 3?"
    inputs: ClassVar[int] = 3
    scored_by: ClassVar[str] = "classes"
    baseline_is: ClassVar[str] = "how often each count occurs at each step, computed exactly"

    def __post_init__(self) -> None:
        whole_number("length of triples", self.length, 3, MOST_STEPS)
        whole_number("modulo of triples", self.modulo, 2, 10)

    @property
    def outputs(self) -> int:
        """One per count."""
        return self.modulo

    @property
    def steps(self) -> int:
        """One for each letter."""
        return self.length

    @property
    def baseline(self) -> float:
        """The entropy of the count at a step, in nats, averaged over the steps.

        If the last two letters are alike there is no triple now, and two alike follow with chance
        1/3. If they differ, the next letter makes a triple, or repeats the last, or repeats the one
        before it, each with chance 1/3.
        """
        alike: NDArray[np.float64] = np.zeros(self.modulo)
        differ: NDArray[np.float64] = np.zeros(self.modulo)
        alike[0], differ[0] = 1.0 / 3.0, 2.0 / 3.0  # after two letters
        total = 0.0  # the first two counts are known: 0
        for _ in range(2, self.length):
            alike, differ = (
                (alike + differ) / 3.0,
                2.0 * alike / 3.0 + (differ + np.roll(differ, 1)) / 3.0,
            )
            total -= sum(p * math.log(p) for p in (alike + differ).tolist() if p > 0.0)
        return total / self.length

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Draw `size` texts, each letter on its own, and the count after each letter.

        Raises ValueError as `Task.batch` does.
        """
        check_size(size, self.steps)
        text = rng.integers(0, 3, (self.length, size))
        counts = triples(text).cumsum(axis=0) % self.modulo
        return Batch(one_hot(text, 3), counts, np.ones(text.shape, np.bool_))

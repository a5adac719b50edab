"""Balanced brackets: to know what may come next, one must know what is still open.

With one kind of bracket a network has to count; with several it has to remember in which order they
were opened, as a stack does. It is asked for the next symbol after every symbol.

Every balanced text of the length is equally likely. There are kinds^(n/2) C(n/2) of them, C(k)
being the k-th Catalan number; the logarithm of that is all the surprise a text holds, and nobody
can do with less: that is the `floor`.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rnn.arrays import IntArray
from rnn.checks import whole_number
from rnn.layers import one_hot
from rnn.tasks.task import Batch, check_size

PAIRS = ("()", "[]", "{}", "<>")
"""The kinds of brackets, opening and closing."""
MOST_SYMBOLS = 1000
"""The most symbols of a sequence."""


@dataclass(frozen=True)
class Brackets:
    """Predict the next symbol of a balanced text of `length` symbols, with `kinds` of brackets.

    Raises ValueError unless the length is even and at least 4, and the kinds are from 1 to 4.
    """

    length: int = 20
    kinds: int = 1

    name: ClassVar[str] = "brackets"
    asks: ClassVar[str] = "Which bracket comes next?"
    scored_by: ClassVar[str] = "classes"
    baseline_is: ClassVar[str] = (
        "how often each symbol follows the last one: a two-letter table, computed exactly"
    )

    def __post_init__(self) -> None:
        whole_number("length of a bracket text", self.length, 4, MOST_SYMBOLS)
        whole_number("kinds of brackets", self.kinds, 1, len(PAIRS))
        if self.length % 2:
            raise ValueError(f"length of a bracket text must be even; got {self.length}")

    @property
    def inputs(self) -> int:
        """One per symbol."""
        return 2 * self.kinds

    @property
    def outputs(self) -> int:
        """One per symbol."""
        return 2 * self.kinds

    @property
    def steps(self) -> int:
        """One step for every symbol but the last, which nothing follows."""
        return self.length - 1

    @property
    def symbols(self) -> str:
        """The symbols in order: 0, 2, ... open; 1, 3, ... close what the one before opens."""
        return "".join(PAIRS[: self.kinds])

    @property
    def baseline(self) -> float:
        """The entropy of a symbol given only the one before, in nats, averaged over the steps.

        With p(o|o) the chance that an opening follows an opening, and so on: the kind of an opening
        is anyone's guess, and so is that of a closing after a closing; a closing after an opening
        is of its kind.
        """
        counts = self._follows()
        given = counts.sum(axis=1, keepdims=True)
        chances = np.divide(counts, given, out=np.ones_like(counts), where=counts > 0.0)
        surprise = -np.log(chances) + math.log(self.kinds) * np.array([[1.0, 0.0], [1.0, 1.0]])
        return float((counts * surprise).sum() / counts.sum())

    @property
    def floor(self) -> float:
        """The entropy of a whole text beyond its first symbol, in nats, shared among the steps."""
        half = self.length // 2
        texts = math.comb(2 * half, half) // (half + 1)
        return (math.log(texts) + (half - 1) * math.log(self.kinds)) / self.steps

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Draw `size` balanced texts; the target is always the next symbol.

        Raises ValueError as `Task.batch` does.
        """
        check_size(size, self.steps)
        text = self._draw(rng, size)
        mask = np.ones((self.steps, size), np.bool_)
        return Batch(one_hot(text[:-1], self.inputs), text[1:], mask)

    def _draw(self, rng: np.random.Generator, size: int) -> IntArray:
        """Texts (length, size), symbol by symbol with the chance that the rest leaves it."""
        text = np.zeros((self.length, size), np.int64)
        stack = np.zeros((self.length // 2 + 1, size), np.int64)  # the kinds that are open
        depth = np.zeros(size, np.int64)
        members = np.arange(size)
        for position in range(self.length):
            opens = rng.random(size) < _chance_to_open(depth, self.length - position)
            kind = rng.integers(0, self.kinds, size)
            top = stack[np.maximum(depth - 1, 0), members]
            text[position] = np.where(opens, 2 * kind, 2 * top + 1)
            stack[depth[opens], members[opens]] = kind[opens]
            depth += np.where(opens, 1, -1)
        return text

    def _follows(self) -> NDArray[np.float64]:
        """How often, over a text, the row (open, close) is followed by the column, on average."""
        depths = np.arange(self.length // 2 + 1)
        # the chance of standing at each depth, having just opened, and having just closed
        opened, closed = np.zeros((2, depths.size))
        opened[1] = 1.0
        counts = np.zeros((2, 2))
        for left in range(self.length - 1, 0, -1):
            chance = _chance_to_open(depths, left)
            counts += [
                [(here * chance).sum(), (here * (1.0 - chance)).sum()] for here in (opened, closed)
            ]
            here = opened + closed
            opened, closed = np.roll(here * chance, 1), np.roll(here * (1.0 - chance), -1)
        return counts


def _chance_to_open(depth: IntArray, left: int) -> NDArray[np.float64]:
    """P(the next of `left` symbols opens | `depth` brackets are open): the share of the endings.

    From depth d, r symbols can end in (d + 1) / (r + 1) binomial(r + 1, (r - d) / 2) ways; the
    chance is a quotient of two such numbers (Arnold & Sleep 1980). Depths that cannot be give 0.
    """
    chance = (depth + 2.0) * (left - depth) / (2.0 * left * (depth + 1.0))
    return np.clip(chance, 0.0, 1.0)

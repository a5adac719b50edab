"""What can be guessed from the last character or two alone? A network must beat that.

An n-gram counts what followed each run of n - 1 characters. Runs it never saw must not get the
probability 0, so each order leans on the one below it, down to 1/V (Witten & Bell 1991, method C,
interpolated as in Chen & Goodman 1998, section 2.4):

    p(c | h) = (count(h c) + N(h) p(c | h')) / (count(h) + N(h))

h' is h without its first character; N(h), the number of different characters that ever followed h,
says how often something new came. Nothing is tuned, and a run never seen gives p(c | h') itself.
"""

from collections.abc import Generator, Iterator

import numpy as np

from rnn.arrays import Array, IntArray
from rnn.checks import whole_number
from rnn.pieces import finished
from rnn.text.counts import Counts, counted
from rnn.text.vocabulary import Vocabulary

HIGHEST_ORDER = 3
"""The longest context: runs of four characters of any vocabulary would not fit into 64 bits."""
PIECE = 1 << 15
"""Characters counted between two pauses."""


class NGrams:
    """The n-grams of a text, of an order and all below: 1 counts characters, 2 pairs, 3 triples.

    Raises ValueError for another order.
    """

    def __init__(self, text: str, vocabulary: Vocabulary, order: int) -> None:
        """Count. Raises ValueError for an order that is not 1, 2 or 3, or unknown characters."""
        self.order = whole_number("order", order, 1, HIGHEST_ORDER)
        self.vocabulary = vocabulary
        self._orders = finished(_orders(vocabulary.encode(text), len(vocabulary), order))

    @classmethod
    def in_pieces(
        cls, indices: IntArray, vocabulary: Vocabulary, order: int
    ) -> Generator[None, None, "NGrams"]:
        """Count a text given as a vector of the vocabulary's indices, a piece at a time."""
        made = cls("", vocabulary, order)
        made._orders = yield from _orders(indices, len(vocabulary), order)
        return made

    def distribution(self, context: str) -> Array:
        """The probability of each character of the vocabulary after `context`, (V); they sum to 1.

        Only the last order - 1 characters count.
        """
        size = len(self.vocabulary)
        indices = self.vocabulary.encode(context[max(len(context) - self.order + 1, 0) :])
        p: Array = np.full(size, 1.0 / size)
        for before, counts in enumerate(self._orders[: len(indices) + 1]):
            run = 0
            for index in indices[len(indices) - before :].tolist():
                run = run * size + index
            p = counts.weigh(run * size + np.arange(size, dtype=np.int64), p)
        return p

    def bits_per_character(self, text: str) -> float:
        """The mean of -log2 p over all characters of `text` but the first, as a model is judged.

        Raises ValueError for a text of fewer than two characters, or with unknown ones.
        """
        if len(text) < 2:
            raise ValueError(f"a text must have at least 2 characters to be judged; got {text!r}")
        return self.bits_of(self.vocabulary.encode(text))

    def bits_of(self, indices: IntArray, order: int = HIGHEST_ORDER) -> float:
        """The same for a vector of at least two indices, by this order or a lower one."""
        size, wide = len(self.vocabulary), indices.astype(np.int64)
        p: Array = np.full(len(wide), 1.0 / size)
        for before, counts in enumerate(self._orders[: min(order, len(wide))]):
            p[before:] = counts.weigh(_codes(wide, before, size), p[before:])
        return float(-np.log2(p[1:]).mean())


def _orders(indices: IntArray, size: int, order: int) -> Generator[None, None, list["_Order"]]:
    # A text shorter than a run has none of it; the lower orders then say everything.
    made = []
    for before in range(min(order, len(indices))):
        counts = yield from counted(_pieces(indices, before, size))
        made.append(_Order(counts, size))
        yield
    return made


def _pieces(indices: IntArray, before: int, size: int) -> Iterator[IntArray]:
    for start in range(before, len(indices), PIECE):
        piece = indices[start - before : start + PIECE]
        yield _codes(piece.astype(np.int64), before, size)


def _codes(indices: IntArray, before: int, size: int) -> IntArray:
    """Each character and the `before` ones ahead of it as one number in base V."""
    count = len(indices) - before
    codes = np.zeros(count, np.int64)
    for place in range(before + 1):
        codes = codes * size + indices[place : place + count]
    return codes


class _Order:
    """How often each run was followed by each character, as codes: run * V + character."""

    def __init__(self, counts: Counts, size: int) -> None:
        self.counts, self.size = counts, size
        runs = counts.codes // size
        first = np.flatnonzero(np.diff(runs, prepend=-1))
        self.totals = Counts(runs[first], np.add.reduceat(counts.counts, first))
        self.kinds = Counts(runs[first], np.diff(first, append=len(runs)))

    def weigh(self, codes: IntArray, lower: Array) -> Array:
        """The probability of each code's last character; `lower` is that of the order below."""
        runs = codes // self.size
        count, total = self.counts.found(codes), self.totals.found(runs)
        kinds = self.kinds.found(runs)
        seen = np.maximum(total + kinds, 1)
        p: Array = np.where(total > 0, (count + kinds * lower) / seen, lower)
        return p

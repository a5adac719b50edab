"""What can be guessed from the last character or two alone? A network must beat that.

An n-gram counts what followed each run of n - 1 characters. Runs it never saw must not get the
probability 0, so each order leans on the one below it, down to 1/V (Witten & Bell 1991, method C,
interpolated as in Chen & Goodman 1998, section 2.4):

    p(c | h) = (count(h c) + N(h) p(c | h')) / (count(h) + N(h))

h' is h without its first character; N(h), the number of different characters that ever followed h,
says how often something new came. Nothing is tuned, and a run never seen gives p(c | h') itself.
"""

import numpy as np

from rnn.arrays import Array, IntArray
from rnn.checks import whole_number
from rnn.text.vocabulary import Vocabulary

HIGHEST_ORDER = 3  # runs of four characters of any vocabulary would not fit into 64 bits


class NGrams:
    """The n-grams of a text, of an order and all below: 1 counts characters, 2 pairs, 3 triples."""

    def __init__(self, text: str, vocabulary: Vocabulary, order: int) -> None:
        """Count. Raises ValueError for an order that is not 1, 2 or 3, or unknown characters."""
        self.order = whole_number("order", order, 1, HIGHEST_ORDER)
        self.vocabulary = vocabulary
        indices = vocabulary.encode(text).astype(np.int64)
        # A text shorter than a run has none of it; the lower orders then say everything.
        reach = min(order, len(indices))
        self._counts = [
            _Counts(self._codes(indices, before), self._size) for before in range(reach)
        ]

    @property
    def _size(self) -> int:
        return len(self.vocabulary)

    def _codes(self, indices: IntArray, before: int) -> IntArray:
        """Each character and the `before` ones ahead of it as one number in base V."""
        count = len(indices) - before
        codes = np.zeros(count, np.int64)
        for place in range(before + 1):
            codes = codes * self._size + indices[place : place + count]
        return codes

    def distribution(self, context: str) -> Array:
        """The probability of each character of the vocabulary after `context`, (V); they sum to 1.

        Only the last order - 1 characters count.
        """
        indices = self.vocabulary.encode(context[max(len(context) - self.order + 1, 0) :])
        p: Array = np.full(self._size, 1.0 / self._size)
        for before, counts in enumerate(self._counts[: len(indices) + 1]):
            run = 0
            for index in indices[len(indices) - before :].tolist():
                run = run * self._size + index
            p = counts.weigh(run * self._size + np.arange(self._size, dtype=np.int64), p)
        return p

    def bits_per_character(self, text: str) -> float:
        """The mean of -log2 p over all characters of `text` but the first, as a model is judged.

        Raises ValueError for a text of fewer than two characters, or with unknown ones.
        """
        indices = self.vocabulary.encode(text).astype(np.int64)
        if len(indices) < 2:
            raise ValueError(f"a text must have at least 2 characters to be judged; got {text!r}")
        p: Array = np.full(len(indices), 1.0 / self._size)
        for before, counts in enumerate(self._counts[: len(indices)]):
            p[before:] = counts.weigh(self._codes(indices, before), p[before:])
        return float(-np.log2(p[1:]).mean())


class _Counts:
    """How often each run was followed by each character, as sorted codes: run * V + character."""

    def __init__(self, codes: IntArray, size: int) -> None:
        self.size = size
        self.codes, self.counts = np.unique(codes, return_counts=True)
        self.runs, first = np.unique(self.codes // size, return_index=True)
        self.totals = np.add.reduceat(self.counts, first)
        self.kinds = np.diff(first, append=len(self.codes))

    def weigh(self, codes: IntArray, lower: Array) -> Array:
        """The probability of each code's last character; `lower` is that of the order below."""
        count = _found(self.codes, self.counts, codes)
        total = _found(self.runs, self.totals, codes // self.size)
        kinds = _found(self.runs, self.kinds, codes // self.size)
        seen = np.maximum(total + kinds, 1)
        p: Array = np.where(total > 0, (count + kinds * lower) / seen, lower)
        return p


def _found(keys: IntArray, values: IntArray, wanted: IntArray) -> IntArray:
    """The value of each wanted key; 0 for those that are not there. `keys` is sorted."""
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: IntArray = np.where(keys[places] == wanted, values[places], 0)
    return found

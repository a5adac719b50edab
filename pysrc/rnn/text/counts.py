"""How often each number occurs among millions, counted a piece at a time and added up.

Sorting brings equal numbers together; `numpy.unique` does the same, but the browser's NumPy is
without the part that it needs. Two counts are added by merging, small ones first, so that no number
is moved more often than there are doublings.
"""

from collections.abc import Generator, Iterable

import numpy as np

from rnn.arrays import IntArray

SEGMENT = 1 << 15
"""How many numbers are merged between two pauses."""


class Counts:
    """`codes`, different numbers in ascending order, and `counts`, how often each was there.

    Both are vectors of one length.
    """

    def __init__(self, codes: IntArray, counts: IntArray) -> None:
        """Keep both, as they are."""
        self.codes, self.counts = codes, counts

    @classmethod
    def of(cls, codes: IntArray) -> "Counts":
        """Count the numbers of a vector `codes`, in any order."""
        ordered = np.sort(codes)
        first = _firsts(ordered)
        return cls(ordered[first], np.diff(first, append=len(ordered)))

    def __len__(self) -> int:
        return len(self.codes)

    def found(self, wanted: IntArray) -> IntArray:
        """How often each of `wanted` was there, like it in shape; 0 for those that were not."""
        if not len(self):
            return np.zeros(wanted.shape, np.int64)
        places = np.minimum(np.searchsorted(self.codes, wanted), len(self) - 1)
        there: IntArray = np.where(self.codes[places] == wanted, self.counts[places], 0)
        return there


def _firsts(ordered: IntArray) -> IntArray:
    """Where each different number begins."""
    places: IntArray = np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))
    return places


def counted(pieces: Iterable[IntArray]) -> Generator[None, None, Counts]:
    """Count the numbers of all `pieces`, vectors, together."""
    heap: list[Counts] = []
    for piece in pieces:
        heap.append(Counts.of(piece))
        yield
        while len(heap) > 1 and len(heap[-2]) <= 2 * len(heap[-1]):
            heap.append((yield from _added(heap.pop(), heap.pop())))
    while len(heap) > 1:
        heap.append((yield from _added(heap.pop(), heap.pop())))
    return heap[0] if heap else Counts(np.empty(0, np.int64), np.empty(0, np.int64))


def _added(one: Counts, other: Counts) -> Generator[None, None, Counts]:
    """The counts of both, merged a segment at a time: what lies between two numbers of `longer`."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    ends = list(range(SEGMENT, len(longer), SEGMENT))
    cuts = np.searchsorted(shorter.codes, longer.codes[ends]).tolist()
    codes, counts = [], []
    for (begin, end), (first, last) in zip(
        _stretches(ends, len(longer)), _stretches(cuts, len(shorter)), strict=True
    ):
        both = np.concatenate((longer.codes[begin:end], shorter.codes[first:last]))
        many = np.concatenate((longer.counts[begin:end], shorter.counts[first:last]))
        order = np.argsort(both, kind="stable")
        starts = _firsts(both[order])
        codes.append(both[order][starts])
        counts.append(np.add.reduceat(many[order], starts))
        yield
    return Counts(np.concatenate(codes), np.concatenate(counts))


def _stretches(ends: list[int], length: int) -> list[tuple[int, int]]:
    return list(zip([0, *ends], [*ends, length], strict=True))

"""A learning curve of any length in a few hundred points."""

import numpy as np
from numpy.typing import NDArray

_MOST_STRETCHES = 128

Point = tuple[float, float]
Stretch = tuple[Point, Point]  # the lowest and the highest point of some steps in a row


class Curve:
    """Points (x, y) in order of x, thinned as they come.

    When full, stretches are joined two by two. Of each stretch the lowest and the highest point
    stay, so that a loss that jumps at every step still fills the range it jumps in. The newest
    point is always kept: the curve ends where training is.
    """

    def __init__(self) -> None:
        self._stretches: list[Stretch] = []
        self._first: Point | None = None
        self._newest: Point | None = None
        self._every = 1
        self._seen = 0

    def add(self, x: float, y: float) -> None:
        """Add the next point."""
        self._newest = (x, y)
        if self._first is None:
            self._first = self._newest
        alone = (self._newest, self._newest)
        if self._seen % self._every:
            self._stretches[-1] = _joined(self._stretches[-1], alone)
        else:
            if len(self._stretches) == _MOST_STRETCHES:
                pairs = zip(self._stretches[::2], self._stretches[1::2], strict=True)
                self._stretches = [_joined(earlier, later) for earlier, later in pairs]
                self._every *= 2
            self._stretches.append(alone)
        self._seen += 1

    def columns(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The x and the y of the points kept."""
        points = {point for stretch in self._stretches for point in stretch}
        points |= {point for point in (self._first, self._newest) if point is not None}
        table = np.array(sorted(points), dtype=np.float64).reshape(-1, 2)
        return np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])


def _joined(earlier: Stretch, later: Stretch) -> Stretch:
    low = later[0] if later[0][1] < earlier[0][1] else earlier[0]
    high = later[1] if later[1][1] > earlier[1][1] else earlier[1]
    return low, high

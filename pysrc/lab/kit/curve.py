"""A learning curve of any length in a few hundred points."""

import numpy as np
from numpy.typing import NDArray

_MOST_POINTS = 256


class Curve:
    """Points (x, y) in order of x, thinned as they come: when full, every second one is dropped.

    The newest point is always kept, so the curve ends where training is.
    """

    def __init__(self) -> None:
        self._points: list[tuple[float, float]] = []
        self._newest: tuple[float, float] | None = None
        self._every = 1
        self._seen = 0

    def add(self, x: float, y: float) -> None:
        """Add the next point."""
        self._newest = (x, y)
        if self._seen % self._every == 0:
            self._points.append(self._newest)
            if len(self._points) == _MOST_POINTS:
                del self._points[1::2]
                self._every *= 2
        self._seen += 1

    def columns(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The x and the y of the points kept."""
        points = list(self._points)
        if self._newest is not None and points[-1] != self._newest:
            points.append(self._newest)
        table = np.array(points, dtype=np.float64).reshape(-1, 2)
        return np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])

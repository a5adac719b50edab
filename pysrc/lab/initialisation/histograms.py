"""Histograms through time: a column for each step, a row for each range of values.

Where values have two ends, as in tanh, rows are even pieces between them. Where they have none,
rows are half powers of ten of their size, and the lowest row holds zeros and whatever is smaller.
"""

from typing import Any, NamedTuple

import numpy as np

from rnn.arrays import Array

LEVELS = 10  # shades
_PIECES = 25  # odd, so that 0 lies in the middle of one
_LOWEST, _HIGHEST = -10, 4  # powers of ten
_MINUS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Axis(NamedTuple):
    """The rows from below, and the names beside them: (place in rows from below, name)."""

    edges: Array  # rows - 1 of them: what is below the first is in row 0
    ticks: tuple[tuple[float, str], ...]
    by_size: bool

    def shares(self, values: Array) -> Array:
        """Which share of a step's values each row holds: (steps, values) to (rows, steps)."""
        rows = len(self.edges) + 1
        seen = np.abs(values) if self.by_size else values
        row = np.searchsorted(self.edges, seen, side="right")
        counts = np.stack([np.bincount(of_step, minlength=rows) for of_step in row], axis=1)
        found: Array = counts / values.shape[1]
        return found


def between(low: float, high: float) -> Axis:
    """Even pieces from `low` to `high`."""
    middle = (low + high) / 2.0
    names = [(0.0, low), (_PIECES / 2, middle), (float(_PIECES), high)]
    ticks = tuple((at, f"{value:g}".replace("-", "−")) for at, value in names)
    return Axis(np.linspace(low, high, _PIECES + 1)[1:-1], ticks, by_size=False)


def sizes() -> Axis:
    """Half powers of ten; the lowest row is below them, the highest above."""
    powers = np.arange(2 * _LOWEST, 2 * _HIGHEST + 1) / 2.0
    ticks = [(0.5, "0")]
    ticks += [
        (1.0 + 2.0 * (power - _LOWEST), "1" if power == 0 else f"10{str(power).translate(_MINUS)}")
        for power in range(_LOWEST + 2, _HIGHEST + 1, 4)
    ]
    return Axis(10.0**powers, tuple(ticks), by_size=True)


AXES = {"tanh": between(-1.0, 1.0), "sigmoid": between(0.0, 1.0)}
BY_SIZE = sizes()


def axis_of(activation: str) -> Axis:
    """The rows for what an activation gives."""
    return AXES.get(activation, BY_SIZE)


def drawn(axis: Axis, values: Array) -> dict[str, Any]:
    """What the view needs: shades (rows, steps) from above, and the names of the rows.

    A shade is the root of the share, so that a tenth of the values is seen as well as all.
    """
    shares = axis.shares(values)[::-1]
    shades = np.ceil(LEVELS * np.sqrt(shares) - 1e-9).astype(np.uint8)
    rows = len(shades)
    return {
        "shades": np.ascontiguousarray(shades),
        "levels": LEVELS,
        "ticks": [{"row": rows - at, "label": label} for at, label in axis.ticks],
        "start": 1,
    }

"""The series that can be forecast: which file, what unit, how long a season, how long a window."""

from typing import NamedTuple

import numpy as np

from rnn.arrays import Array


class Measured(NamedTuple):
    """One series of ours."""

    file: str
    unit: str
    each: str  # what one measurement is
    season: int
    window: int
    together: int = 1  # so many measurements are averaged to one


SERIES = {
    "carbon-dioxide": Measured("carbon-dioxide", "parts per million", "month", 12, 24),
    "daily": Measured("temperatures", "°C", "day", 365, 20),
    "weekly": Measured("temperatures", "°C", "week", 52, 26, together=7),
}


def values_of(name: str, data: bytes) -> Array:
    """The numbers of a series from its file: a line each, the date, a space, the number."""
    numbers = np.array([float(line.split(" ")[1]) for line in data.decode().splitlines()])
    group = SERIES[name].together
    whole = len(numbers) // group * group
    means: Array = numbers[:whole].reshape(-1, group).mean(axis=1)
    return means

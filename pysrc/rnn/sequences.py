"""Five sequences whose next value follows from the last ones, each by a rule of its own."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple


def fibonacci(length: int) -> list[float]:
    """1, 1, 2, 3, 5, ...: each value is the sum of the two before it."""
    values = [1.0, 1.0]
    while len(values) < length:
        values.append(values[-1] + values[-2])
    return values[:length]


def linear(length: int) -> list[float]:
    """1, 2, 3, ...: each value is the last one plus 1."""
    return [float(index + 1) for index in range(length)]


def alternating(length: int) -> list[float]:
    """1, -1, 1, -1, ...: each value is the last one with its sign turned."""
    return [1.0 if index % 2 == 0 else -1.0 for index in range(length)]


def exponential(length: int) -> list[float]:
    """1, 2, 4, 8, ...: each value is twice the last one."""
    return [2.0**index for index in range(length)]


def sine(length: int) -> list[float]:
    """sin(0.5 t) for t = 0, 1, 2, ...: a turn takes about 12.6 steps."""
    return [math.sin(0.5 * index) for index in range(length)]


SEQUENCES: dict[str, Callable[[int], list[float]]] = {
    "fibonacci": fibonacci,
    "linear": linear,
    "alternating": alternating,
    "exponential": exponential,
    "sine": sine,
}
"""Every sequence by its name: give it a length."""


class Scale(NamedTuple):
    """A linear map between a sequence's own units and the units a network is trained in."""

    middle: float
    half_range: float

    def normalise(self, value: float) -> float:
        """From the sequence's own units to the network's."""
        return (value - self.middle) / self.half_range

    def restore(self, value: float) -> float:
        """From the network's units back to the sequence's own."""
        return value * self.half_range + self.middle


RAW = Scale(middle=0.0, half_range=1.0)
"""The scale that changes nothing."""


def to_unit_range(values: Sequence[float]) -> Scale:
    """The scale that maps the smallest of `values` to -1 and the largest to 1.

    Pass inputs and targets together, so that a prediction can be fed back as an input. A constant
    sequence has no range; it maps to 0. Raises ValueError when there is no value, or one that is
    not finite.
    """
    if not values:
        raise ValueError("values must not be empty")
    low, high = min(values), max(values)
    half_range = high / 2.0 - low / 2.0  # halved first: the difference itself could overflow
    return Scale(low + half_range, half_range if half_range > 0.0 else 1.0)

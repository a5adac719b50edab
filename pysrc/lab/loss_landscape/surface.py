"""The landscape: what the controls define, its height at every point, its contour lines."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lab.kit.contours import Floats, contour
from rnn.activations import ACTIVATIONS
from rnn.landscape import Problem, losses
from rnn.one_unit import Weights
from rnn.sequences import SEQUENCES, to_unit_range

SHADES = 20
LOWEST, HIGHEST = -4.0, 8.0  # powers of ten of the loss beyond which one shade is enough
_HELD = 0.7
_MOST_PIECES = 4  # a line in more pieces is finer than the points it is drawn from
_LABELLED = 9  # a line of fewer points has no room for words
_WIDE, _HIGH = 0.18, 0.08  # the words on a telephone, with air around them, in shares of the map


def problem_of(values: Mapping[str, Any]) -> Problem:
    """The inputs and what is asked, in the units trained on."""
    steps = values["length"]
    activation = ACTIVATIONS[values["activation"]]
    nothing: list[float | None] = [None] * (steps - 1)
    if values["task"] == "carry":
        return Problem([1.0] + [0.0] * (steps - 1), [*nothing, 1.0], activation)
    if values["task"] == "hold":
        return Problem([1.0] * steps, [*nothing, _HELD], activation)
    raw = SEQUENCES[values["task"]](steps + 1)
    scale = to_unit_range(raw)
    scaled = [scale.normalise(value) for value in raw]
    return Problem(scaled[:-1], scaled[1:], activation)


class Box(NamedTuple):
    """The part of the plane that the map shows."""

    low_x: float
    high_x: float
    low_h: float
    high_h: float

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Box":
        """As the controls say: its middle and its size."""
        x, h = values["middle_x"], values["middle_h"]
        wide, high = values["width_x"] / 2, values["width_h"] / 2
        return cls(x - wide, x + wide, h - high, h + high)

    def share(self, w_x: float, w_h: float) -> tuple[float, float]:
        """A place as shares of the map's width from the left and of its height from the top."""
        across = (w_x - self.low_x) / (self.high_x - self.low_x)
        return across, (self.high_h - w_h) / (self.high_h - self.low_h)

    def holds(self, w_x: float, w_h: float) -> bool:
        """Whether a place is on the map."""
        return self.low_x <= w_x <= self.high_x and self.low_h <= w_h <= self.high_h


class Line(NamedTuple):
    """A contour line, in shares of the map."""

    power: int  # of ten: its loss
    points: NDArray[np.float32]  # of all its pieces, with NaN between them
    label: tuple[float, float] | None  # where there is room for words, if there is


class Surface:
    """The loss at points a side, evenly spread from edge to edge."""

    def __init__(self, problem: Problem, weights: Weights, box: Box, points: int) -> None:
        w_x = np.linspace(box.low_x, box.high_x, points)
        w_h = np.linspace(box.high_h, box.low_h, points)  # from the top, as it is drawn
        self.losses = losses(weights, problem, w_x[None, :], w_h[:, None])
        with np.errstate(divide="ignore"):
            powers = np.log10(self.losses)
        self.powers: Floats = np.clip(np.nan_to_num(powers, nan=HIGHEST), LOWEST, HIGHEST)
        self.low = float(np.floor(self.powers.min()))
        self.high = max(float(np.ceil(self.powers.max())), self.low + 1.0)
        lowest = np.unravel_index(int(np.argmin(self.powers)), self.powers.shape)
        self.lowest = (float(w_x[lowest[1]]), float(w_h[lowest[0]]), float(self.losses[lowest]))

    @cached_property
    def shades(self) -> NDArray[np.uint8]:
        """How much ink each point gets, from 0 for the lowest power of ten to 20."""
        return np.rint(self._share(self.powers) * SHADES).astype(np.uint8)

    def shade(self, power: float) -> int:
        """The same for one power of ten."""
        return round(float(self._share(np.array(power))) * SHADES)

    def _share(self, powers: Floats) -> Floats:
        shares: Floats = (powers - self.low) / (self.high - self.low)
        return shares

    @cached_property
    def lines(self) -> list[Line]:
        """A line at every power of ten, at every second where there are many."""
        shares = np.linspace(0.0, 1.0, self.powers.shape[0])
        every = 1 if self.high - self.low <= 7 else 2
        found: list[Line] = []
        for power in range(int(self.low) + 1, int(self.high)):
            if power % every == 0:
                pieces = contour(self.powers, shares, shares, float(power))
                if 0 < len(pieces) <= _MOST_PIECES:
                    taken = [line.label for line in found if line.label]
                    label = _label(max(pieces, key=len), taken)
                    found.append(Line(power, _joined(pieces), label))
        return found


def _joined(pieces: list[Floats]) -> NDArray[np.float32]:
    gap = np.full((1, 2), np.nan)
    parts = [part for piece in pieces for part in (piece, gap)]
    return np.round(np.concatenate(parts[:-1]), 4).astype(np.float32)


def _label(line: Floats, taken: list[tuple[float, float]]) -> tuple[float, float] | None:
    """Where words fit on the line: whole on the map, and clear of those that stand already.

    Near a quarter along it, if they can: the ends lie at the edge, the middle often at a bend.
    """
    if len(line) < _LABELLED:
        return None
    quarter = len(line) // 4
    for index in sorted(range(len(line)), key=lambda index: abs(index - quarter)):
        x, y = line[index].round(4).tolist()
        inside = _WIDE / 2 < x < 1 - _WIDE / 2 and _HIGH / 2 < y < 1 - _HIGH / 2
        if inside and all(abs(x - a) > _WIDE or abs(y - b) > _HIGH for a, b in taken):
            return x, y
    return None

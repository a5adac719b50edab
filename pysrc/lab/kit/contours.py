"""Contour lines: where a surface, known at the points of a grid, passes through a height.

Marching squares (Lorensen & Cline 1987, in two dimensions): every side of every cell whose ends lie
on two sides of the height is crossed once, and each cell joins its crossings. A cell crossed four
times is a saddle; the mean of its corners says which two crossings belong together.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Sides of a cell: 0 below, 1 right, 2 above, 3 left. For each pattern of corners that are higher
# (1 lower left, 2 lower right, 4 upper right, 8 upper left) the pairs of sides that are joined.
_JOINED: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),),
    2: ((0, 1),),
    3: ((3, 1),),
    4: ((1, 2),),
    6: ((0, 2),),
    7: ((3, 2),),
    8: ((2, 3),),
    9: ((0, 2),),
    11: ((1, 2),),
    12: ((1, 3),),
    13: ((0, 1),),
    14: ((0, 3),),
}
_SADDLES = {  # with the middle higher, and with it lower
    5: (((3, 2), (0, 1)), ((3, 0), (1, 2))),
    10: (((3, 0), (1, 2)), ((0, 1), (3, 2))),
}


def contour(heights: Floats, xs: Floats, ys: Floats, level: float) -> list[Floats]:
    """The lines at one height, each an array of points (x, y); a closed line ends where it began.

    `heights` is (len(ys), len(xs)) and finite. Raises ValueError when the shapes do not agree.
    """
    if heights.shape != (len(ys), len(xs)):
        raise ValueError(f"heights must be {(len(ys), len(xs))}; got {heights.shape}")
    higher = heights > level
    crossings, first_upright = _crossings(heights, xs, ys, level, higher)
    pattern = higher[:-1, :-1] + 2 * higher[:-1, 1:] + 4 * higher[1:, 1:] + 8 * higher[1:, :-1]
    neighbours: dict[int, list[int]] = {}
    for row, column in np.argwhere((pattern > 0) & (pattern < 15)).tolist():
        corners = int(pattern[row, column])
        pairs = _JOINED.get(corners, ())
        if corners in _SADDLES:
            middle = heights[row : row + 2, column : column + 2].mean()
            pairs = _SADDLES[corners][0 if middle > level else 1]
        wide = len(xs)
        below = row * (wide - 1) + column
        left = first_upright + row * wide + column
        sides = (below, left + 1, below + wide - 1, left)
        for one, other in pairs:
            neighbours.setdefault(sides[one], []).append(sides[other])
            neighbours.setdefault(sides[other], []).append(sides[one])
    return [crossings[line] for line in _lines(neighbours)]


def _crossings(
    heights: Floats, xs: Floats, ys: Floats, level: float, higher: NDArray[np.bool_]
) -> tuple[Floats, int]:
    """Where each side of the grid is crossed, by its number; level sides come first.

    A side that is not crossed has NaN. Also returns the number of the first upright side.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        along = (level - heights[:, :-1]) / np.diff(heights, axis=1)
        upright = (level - heights[:-1]) / np.diff(heights, axis=0)
    along[higher[:, :-1] == higher[:, 1:]] = np.nan
    upright[higher[:-1] == higher[1:]] = np.nan
    level_x = xs[:-1] + along * np.diff(xs)
    level_y = np.broadcast_to(ys[:, None], along.shape)
    upright_x = np.broadcast_to(xs, upright.shape)
    upright_y = ys[:-1, None] + upright * np.diff(ys)[:, None]
    x = np.concatenate([level_x.ravel(), upright_x.ravel()])
    y = np.concatenate([level_y.ravel(), upright_y.ravel()])
    return np.column_stack([x, y]), along.size


def _lines(neighbours: dict[int, list[int]]) -> list[list[int]]:
    """Chains of crossings: first those that end at the border, then the closed ones."""
    lines = []
    ends = [crossing for crossing, near in neighbours.items() if len(near) == 1]
    for start in [*ends, *neighbours]:
        if not neighbours[start]:
            continue
        line = [start]
        while neighbours[line[-1]]:
            here = line[-1]
            after = neighbours[here].pop()
            neighbours[after].remove(here)
            line.append(after)
        lines.append(line)
    return lines

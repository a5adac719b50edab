"""The figures of the landscape, as plain data with a sentence and a table each."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lab.kit.words import number
from lab.loss_landscape.surface import SHADES, Box, Surface
from lab.loss_landscape.walkers import Guesses, Walk, evaluations
from rnn.descent import EVALUATIONS_PER_EPOCH
from rnn.landscape import Problem

_FAR = 50.0  # in widths of the map: farther away nothing of a path can be seen
_TICKS = 5
_DRAWN_TO = 1e6  # a loss above it would press all others flat


def _table(columns: dict[str, Any]) -> dict[str, Any]:
    return {"columns": list(columns), "data": list(columns.values())}


def _power(power: int) -> str:
    return number(10.0**power) if -3 <= power <= 3 else f"10{_raised(power)}"


def _raised(power: int) -> str:
    return str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers between the edges: 1, 2 or 5 times a power of ten apart."""
    rough = (high - low) / (_TICKS - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    apart = next(step * power for step in (1, 2, 5, 10) if step * power >= rough)
    first, last = math.ceil(low / apart - 1e-9), math.floor(high / apart + 1e-9)
    return [round(index * apart, 12) for index in range(first, last + 1)]


def _axis(symbol: str, low: float, high: float, *, turned: bool) -> dict[str, Any]:
    ticks = [
        {
            "text": number(tick),
            "at": (high - tick if turned else tick - low) / (high - low),
        }
        for tick in _ticks(low, high)
    ]
    return {"symbol": symbol, "low": low, "high": high, "ticks": ticks}


def _path(walk: Walk, box: Box, problem: Problem, style: str) -> dict[str, Any]:
    """A walk as shares of the map; what lies far outside is brought nearer, in its direction."""
    shares = np.array([box.share(place.w_x, place.w_h) for place in walk.places])
    from_middle = shares - 0.5
    size = np.abs(from_middle).max(axis=1)
    with np.errstate(invalid="ignore"):
        nearer = np.where(size > _FAR, _FAR / np.maximum(size, 1e-300), 1.0)
        shares = 0.5 + from_middle * nearer[:, None]
    outside = [at for at, place in enumerate(walk.places) if not box.holds(place.w_x, place.w_h)]
    left = None
    if outside and outside[0] > 0:
        to = walk.places[outside[0]]
        left = {
            "at": _border(shares[outside[0] - 1], shares[outside[0]]),
            "text": f"leaves for {number(to.w_x)}, {number(to.w_h)}",
        }
    last = walk.places[-1]
    loss = walk.losses(problem)[-1]
    return {
        "name": walk.name,
        "style": style,
        "points": shares.astype(np.float32),
        "end": shares[-1].tolist() if box.holds(last.w_x, last.w_h) else None,
        "text": f"{walk.name}: {_end(walk, loss)}",
        "left": left,
    }


def _end(walk: Walk, loss: float) -> str:
    """Where a walk is, in a word: its loss, unless the numbers ran away."""
    return "thrown off" if walk.thrown or not loss < _DRAWN_TO else number(loss)


def _border(inside: NDArray[np.float64], outside: NDArray[np.float64]) -> list[float]:
    """Where the way from a place on the map to one beyond it crosses the edge."""
    along = [
        (edge - start) / (end - start)
        for start, end in zip(inside.tolist(), outside.tolist(), strict=True)
        for edge in (0.0, 1.0)
        if end != start and 0.0 <= (edge - start) / (end - start) <= 1.0
    ]
    crossing: list[float] = (inside + min(along, default=0.0) * (outside - inside)).tolist()
    return crossing


def landscape(
    surface: Surface,
    stamp: int,
    box: Box,
    problem: Problem,
    walks: tuple[Walk, Walk],
    guesses: Guesses | None,
    values: dict[str, Any],
    spoken: str,
) -> dict[str, Any]:
    """The map: shades and lines of the loss, both walks, the guesses, start and cursor."""
    best = guesses.best if guesses else None
    low_x, low_h, lowest = surface.lowest
    middle = (surface.low + surface.high) / 2
    return {
        "x": _axis("w_x", box.low_x, box.high_x, turned=False),
        "y": _axis("w_h", box.low_h, box.high_h, turned=True),
        "x_control": "look_x",
        "y_control": "look_h",
        "x_start": "w_x",
        "y_start": "w_h",
        "points": surface.losses.shape[0],
        "spoken": spoken,
        "stamp": stamp,
        "shades": surface.shades,
        "most": SHADES,
        "key": [
            {"text": _power(int(power)), "shade": surface.shade(power)}
            for power in (surface.low, middle, surface.high)
        ],
        "lines": [
            {"text": _power(line.power), "label": line.label, "points": line.points}
            for line in surface.lines
        ],
        "paths": [
            _path(walk, box, problem, style)
            for walk, style in zip(walks, ("clipped", "free"), strict=True)
            if walk.updates
        ],
        "dots": None if guesses is None else _dots(guesses, box),
        "best": None
        if best is None
        else {"at": box.share(*best[:2]), "text": f"best guess: {number(best[2])}"},
        "start": box.share(values["w_x"], values["w_h"]),
        "cursor": box.share(values["look_x"], values["look_h"]),
        "summary": (
            f"The lowest of {surface.losses.size:,} points is {number(lowest)}, at w_x "
            f"{number(low_x)} and w_h {number(low_h)}; the highest is "
            f"{number(float(np.nan_to_num(surface.losses, nan=np.inf, posinf=np.inf).max()))}."
        ),
        "tables": [_row_table(surface, box)],
    }


def _dots(guesses: Guesses, box: Box) -> NDArray[np.float32]:
    return np.array([box.share(*place) for place in guesses.places.tolist()], dtype=np.float32)


def _row_table(surface: Surface, box: Box) -> dict[str, Any]:
    """The map in numbers, at nine places across and up: all of it would fill the page."""
    points = surface.losses.shape[0]
    some = sorted({round(at) for at in np.linspace(0, points - 1, 9).tolist()})
    across = np.linspace(box.low_x, box.high_x, points)[some]
    up = np.linspace(box.high_h, box.low_h, points)[some]
    columns = {
        f"w_x {number(float(w_x))}": surface.losses[some, column]
        for w_x, column in zip(across, some, strict=True)
    }
    return {"rows": [f"w_h {number(float(w_h))}" for w_h in up], **_table(columns)}


def losses(walks: tuple[Walk, Walk], problem: Problem, guesses: Guesses | None) -> dict[str, Any]:
    """The loss against function evaluations: what each of the three found for the same work."""
    series, said = [], []
    for walk, style in zip(walks, ("model", "rival"), strict=True):
        found = np.array(walk.losses(problem) if walk.updates else [])
        x = np.arange(float(len(found))) * EVALUATIONS_PER_EPOCH
        drawn = np.where(found > _DRAWN_TO, np.nan, found)
        series.append({"name": walk.name, "style": style, "x": x, "y": drawn})
        if walk.updates:
            series[-1]["end"] = _end(walk, float(found[-1]))
            said.append(f"{walk.name}: {walk.thrown or number(found[-1])}")
    if guesses is not None and guesses.evaluations:
        best = np.minimum.accumulate(guesses.losses)
        x = np.arange(1.0, len(best) + 1)
        series.append({"name": "best guess", "style": "guess", "x": x, "y": best})
        said.append(f"best of {len(best)} guesses: {number(best[-1])}")
    return {
        "series": series,
        "references": [],
        "x_label": "function evaluations (forward 1, backward 2)",
        "y_label": "loss",
        "y_high": 1.0,
        "empty": "Press Descend: the loss is drawn here.",
        "summary": f"Loss so far. {'; '.join(said)}." if said else "No walk yet.",
        "tables": [
            _table({f"{each['name']} evaluations": each["x"], "loss": each["y"]}) for each in series
        ],
    }


def slopes(walks: tuple[Walk, Walk], clip_limit: float) -> dict[str, Any]:
    """How long the gradient was at each place, before any clipping."""
    series, said = [], []
    for walk, style in zip(walks, ("model", "rival"), strict=True):
        found = np.array([slope.norm for slope in walk.slopes])
        x = np.arange(float(len(found)))
        series.append({"name": walk.name, "style": style, "x": x, "y": found})
        if walk.slopes:
            said.append(f"{walk.name} up to {number(found.max())}")
    return {
        "series": series,
        "references": [{"name": "longest allowed", "y": clip_limit}],
        "x_label": "updates",
        "x_last": 20,
        "y_label": "length of the gradient",
        "empty": "Press Descend: the gradients are drawn here.",
        "summary": f"Length of the gradient, {'; '.join(said)}." if said else "No walk yet.",
        "tables": [
            _table({"step": each["x"], f"{each['name']}: length": each["y"]}) for each in series
        ],
    }


def verdict(walks: tuple[Walk, Walk], problem: Problem, guesses: Guesses | None) -> str:
    """Which of the two walks is lower now, and by how much; then the guesses."""
    clipped, free = walks
    said = []
    if clipped.thrown or free.thrown:
        ends = [
            walk.thrown or f"loss {number(walk.losses(problem)[-1])} after {walk.updates} updates"
            for walk in (free, clipped)
        ]
        said = [f"Not clipped: {ends[0]}. Clipped: {ends[1]}."]
    elif clipped.updates:
        ends = [number(walk.losses(problem)[-1]) for walk in walks]
        said = [f"After {clipped.updates} updates the loss is {ends[0]} clipped, {ends[1]} not."]
    if guesses is not None and guesses.best is not None:
        spent = evaluations(clipped.updates)
        same = "the same work" if spent == guesses.evaluations else f"{spent:,} evaluations"
        found = number(guesses.best[2])
        said.append(f"Best of {guesses.evaluations:,} guesses: {found}, for {same}.")
    return " ".join(said)

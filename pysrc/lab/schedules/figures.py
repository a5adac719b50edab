"""What the figures show of the race, and what they say about it."""

from typing import Any

import numpy as np

from lab.kit.words import number
from lab.schedules.declaration import BATCHES
from lab.schedules.noise import Measurement
from lab.schedules.race import TASK, Racer

_POINTS = 120  # of a drawn schedule
_HIGHEST = 2.0  # a loss above it is said, not drawn: the others would be one line


def _brief(values: Any, digits: int = 4) -> Any:
    return np.array([float(f"{value:.{digits}g}") for value in values])


def rates(racers: list[Racer], updates: int) -> dict[str, Any]:
    """Every schedule over the whole race."""
    every = np.arange(0, updates, max(1, updates // _POINTS))
    at = np.append(every, updates - 1) if every[-1] != updates - 1 else every
    series = []
    for racer in _different(racers):
        y = _brief([racer.schedule(int(step)) for step in at])
        series.append({"name": racer.name, "style": racer.style, "x": at + 1.0, "y": y})
    told = [f"{one['name']} from {number(one['y'][0])} to {number(one['y'][-1])}" for one in series]
    return {
        "series": series,
        "references": [],
        "x_label": "update",
        "y_label": "learning rate",
        "y_scale": "linear",
        "y_low": 0.0,
        "x_last": float(updates),
        "empty": "",
        "summary": f"Over {updates:,} updates: {'; '.join(told)}.",
        "tables": [
            {
                "columns": ["update", *(one["name"] for one in series)],
                "data": [at[::4] + 1.0, *(one["y"][::4] for one in series)],
            }
        ],
    }


def _different(racers: list[Racer]) -> list[Racer]:
    """Those with a schedule of their own: where batch sizes race, all have one."""
    seen: list[Racer] = []
    for racer in racers:
        if racer.schedule not in [other.schedule for other in seen]:
            seen.append(racer)
    return seen


def losses(racers: list[Racer], updates: int) -> dict[str, Any]:
    """The loss of every racer so far, over the floor that the noise sets."""
    started = any(racer.done for racer in racers)
    series, columns = [], []
    for racer in racers:
        x, y = racer.curve.columns()
        y = _brief(np.where(np.isfinite(y), y, np.nan))
        columns.append({"columns": ["update", racer.name], "data": [x, y]})
        drawn = (x > 0.0) & (y < _HIGHEST)  # where all begin is the same and far above
        x, y = x[drawn], y[drawn]
        series.append({"name": racer.name, "style": racer.style, "x": x, "y": y})
    return {
        "series": series,
        "references": [{"name": f"the noise itself {TASK.floor:.2g}", "y": TASK.floor}],
        "x_label": "update",
        "y_label": "mean squared error",
        "y_scale": "linear",
        "y_low": TASK.floor,
        "x_last": float(updates),
        "empty": "Press Race",
        "summary": verdict(racers, updates) if started else "Nobody has started yet.",
        "tables": columns if started else [],
    }


def verdict(racers: list[Racer], updates: int) -> str:
    """Who is ahead, by how much, and who is out."""
    out = [racer for racer in racers if racer.diverged]
    left = sorted((racer for racer in racers if not racer.diverged), key=lambda one: one.loss)
    said = [f"{racer.name} diverged at update {racer.done + 1:,}" for racer in out]
    if left:
        done = left[0].done
        when = "At the end" if done >= updates else f"After {done:,} updates"
        told = ", ".join(f"{racer.name} {number(racer.loss)}" for racer in left)
        said.insert(0, f"{when} {told}; the noise alone makes {number(TASK.floor)}")
    return ". ".join(said) + "."


def noise(measured: Measurement | None) -> dict[str, Any]:
    """Spread and speed for each batch size."""
    if measured is None or not measured.spread:
        busy = measured is not None
        words = "Measuring one example after the other." if busy else "Nothing is measured yet."
        return {"panels": [], "summary": words if busy else f"{words} Press Measure.", "tables": []}
    sizes = [size for size in BATCHES if size in measured.spread]
    spread = _brief([measured.spread[size] for size in sizes], 3)
    speed = _brief([measured.speed[size] for size in sizes], 3)
    labels = [str(size) for size in sizes]
    first, last = sizes[0], sizes[-1]
    return {
        "panels": [
            {
                "title": "Spread, in lengths of the gradient",
                "labels": labels,
                "show_values": True,
                "unsigned": True,
                "series": [{"name": "spread", "style": "signed", "values": spread}],
            },
            {
                "title": "Values read a second, in thousands",
                "labels": labels,
                "show_values": True,
                "unsigned": True,
                "series": [
                    {"name": "speed", "style": "signed", "values": _brief(speed / 1000.0, 3)}
                ],
            },
        ],
        "summary": (
            f"{measured.where}, the gradient of {first} example is {number(spread[0])} times its "
            f"own length away from that of all; of {last} examples, {number(spread[-1])} times. "
            f"{last} times the examples divide the spread by {number(spread[0] / spread[-1])} "
            f"(the root of {last} is {number(last**0.5)}), and their "
            f"values are read {number(speed[-1] / speed[0])} times as fast."
        ),
        "tables": [
            {
                "columns": ["examples in a batch", "spread", "values a second"],
                "data": [np.array(sizes, np.float64), spread, speed],
            }
        ],
    }

"""What the figures show for one unit of a text that was read."""

from typing import Any, NamedTuple

import numpy as np

from lab.cell_colours.tracking import NAMES
from lab.kit.text import figures
from lab.kit.text.labels import Shown, quoted
from lab.kit.text.record import Record
from lab.kit.words import number
from rnn.arrays import Array, IntArray

RANKED = 10


class Seen(NamedTuple):
    """A text that was read, and how its units stand to what is tracked."""

    record: Record
    text: str
    seed_length: int
    chances: Array
    name: str  # what is tracked
    track: Array  # (characters)
    r: Array  # (units)
    ranking: IntArray  # units counted from 1, the best first; empty where nothing can be tracked

    @property
    def what(self) -> str:
        """What is tracked, in words."""
        return NAMES[self.name]

    @property
    def best(self) -> int:
        """The unit that tracks it best; the first where nothing can be tracked."""
        return int(self.ranking[0]) if len(self.ranking) else 1

    def unit_name(self, unit: int) -> str:
        """A unit, by layer where there are several."""
        model = self.record.model
        return figures.unit_name(unit, model.hidden, model.layers)


def ranking_of(r: Array, track: Array) -> IntArray:
    """All units by the size of their correlation, the best first."""
    if track.min() == track.max():
        return np.zeros(0, np.intp)
    order: IntArray = np.argsort(-np.abs(r), kind="stable") + 1
    return order


def text(seen: Seen, unit: int, place: int, face: str) -> dict[str, Any]:
    """The text, tinted by the unit's activation."""
    tint = seen.record.units[: seen.record.count, unit - 1]
    name, r = seen.unit_name(unit), float(seen.r[unit - 1])
    here = quoted(seen.text[place - 1])
    return figures.text_figure(
        Shown().of(seen.text),
        seen.text,
        seed_length=seen.seed_length,
        tint=tint,
        note=f"{name}, correlation {number(r)} with {seen.what}",
        summary=(
            f"Place {place:,}: after {here} {name} is {number(float(tint[place - 1]))}. "
            f"Over the {seen.record.count:,} characters it lies between "
            f"{number(float(tint.min()))} and {number(float(tint.max()))}."
        ),
        face=face,
    )


def ranking(seen: Seen) -> dict[str, Any]:
    """The units with the largest correlation, whatever its sign."""
    units = [int(unit) for unit in seen.ranking[:RANKED]]
    if not units:
        return {
            "panels": [],
            "summary": f"Nothing to track: {seen.what} is the same at every place of this text.",
            "tables": [],
        }
    r = figures.brief(seen.r[np.array(units) - 1])
    return {
        "panels": [
            {
                "title": f"Correlation with {seen.what}, by unit",
                "show_values": True,
                "labels": [str(unit) for unit in units],
                "series": [{"name": "correlation", "style": "signed", "values": r}],
            }
        ],
        "summary": (
            f"Of {len(seen.r)} units {seen.unit_name(units[0])} tracks {seen.what} best, with a "
            f"correlation of {number(float(r[0]))}"
            + (
                f"; then {seen.unit_name(units[1])} with {number(float(r[1]))}."
                if len(units) > 1
                else "."
            )
        ),
        "tables": [figures.table({"correlation": r}, [seen.unit_name(unit) for unit in units])],
    }


def heatmap(seen: Seen, unit: int, place: int) -> dict[str, Any]:
    """What is tracked, the chosen unit, and the best of the ranking, around the cursor."""
    ranked = [int(each) for each in seen.ranking[:RANKED] if each != unit]
    columns = figures.window(place, seen.record.count)
    highest = max(float(seen.track.max()), 1.0)
    units = [unit, *ranked[: RANKED - 1]]
    what = seen.what[0].upper() + seen.what[1:]
    return figures.strip_figure(
        seen.record,
        units,
        columns,
        ["", *(number(float(seen.r[each - 1])) for each in units)],
        f"{what}, {seen.unit_name(unit)} and {len(units) - 1} others after each of the "
        f"characters {columns.start + 1:,} to {columns.stop:,}.",
        (seen.what, seen.track / highest),
    )


def readout(seen: Seen | None, unit: int, place: int) -> list[list[dict[str, Any]]]:
    """The chosen unit at the cursor, beside what is tracked."""
    if seen is None:
        return []
    value = float(seen.record.units[place - 1, unit - 1])
    tracked = float(seen.track[place - 1])
    words = number(tracked) if seen.name == "line" else "yes" if tracked else "no"
    return [
        [
            {"text": f"After {quoted(seen.text[place - 1])} {seen.unit_name(unit)} is "},
            {"number": number(value), "name": "activation", "result": True},
            {"text": f" (place {place:,}); {seen.what}: {words}."},
        ]
    ]


EMPTY_TEXT = {
    "characters": [],
    "seed": 0,
    "start": 0,
    "probability": None,
    "tint": None,
    "note": "",
    "face": "serif",
}


def empty(summary: str) -> dict[str, Any]:
    """All figures while there is no text."""
    said = {"summary": summary, "tables": []}
    nothing = {"values": np.zeros((0, 0)), "rows": [], "columns": [], "start": 1}
    return {
        "text": {**EMPTY_TEXT, **said},
        "ranking": {"panels": [], **said},
        "heatmap": {**nothing, "row_notes": None, **said},
    }

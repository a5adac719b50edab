"""What the figures show of a line and of many, and what they say about it."""

from typing import Any

import numpy as np

from lab.kit.curve import Curve
from lab.kit.text.figures import brief, percent, text_figure
from lab.kit.text.labels import Shown, quoted
from lab.kit.words import number
from rnn.arrays import Array, IntArray
from rnn.lines import CLASSES

SURE = 0.95
_TIMES = {1: "once", 2: "twice"}


def text(line: str, chances: Array | None) -> dict[str, Any]:
    """The line, tinted by the opinion after each character."""
    places = Shown().of(line)
    if chances is None:
        words = "The network has not arrived yet."
        return {**text_figure(places, line, note="", summary=words), "short": True}
    figure = text_figure(
        places,
        line,
        probability=chances,
        tint=2.0 * chances - 1.0,
        note="probability of code",
        summary=verdict(chances),
        face="mono",
    )
    return {**figure, "short": True, "ends": list(CLASSES)}


def verdict(chances: Array) -> str:
    """What it takes the line for, how sure it is, and since when."""
    last = float(chances[-1])
    kind = CLASSES[int(last > 0.5)]
    sure = chances > SURE if last > 0.5 else chances < 1.0 - SURE
    said = f"It takes this line for {kind}, with {percent(last if last > 0.5 else 1.0 - last)}"
    if not sure[-1]:
        return f"{said}: it is not sure."
    doubts = np.flatnonzero(~sure)
    since = int(doubts[-1]) + 2 if len(doubts) else 1
    turns = int(np.abs(np.diff((chances > 0.5).astype(int))).sum())
    more = f"; it changed its mind {_TIMES.get(turns, f'{turns} times')}" if turns else ""
    return f"{said}. It has been sure since character {since}{more}."


def opinion(line: str, chances: Array | None) -> dict[str, Any]:
    """The probability over the line; the cursor is the text's."""
    count = 0 if chances is None else len(chances)
    x, y = np.arange(1.0, count + 1), brief(chances if chances is not None else np.zeros(0), 4)
    return {
        "series": [{"name": "code", "style": "model", "x": x, "y": y}],
        "references": [{"name": "undecided", "y": 0.5}],
        "x_label": "characters read",
        "y_label": "probability of code",
        "y_scale": "linear",
        "y_low": 0.0,
        "y_high": 1.0,
        "x_last": float(max(count, 2)),
        "cursor": True,
        "empty": "",
        "summary": (
            "The network has not arrived yet."
            if chances is None
            else f"The probability of code begins at {number(float(y[0]))} and ends at "
            f"{number(float(y[-1]))}; it lies between {number(float(y.min()))} and "
            f"{number(float(y.max()))}."
        ),
        "tables": [
            {
                "rows": list(map(quoted, line[:count])),
                "columns": ["place", "probability of code"],
                "data": [x, y],
            }
        ]
        if count
        else [],
    }


def confusion(counts: IntArray | None, whose: str) -> dict[str, Any]:
    """Held-out lines by what they are (row) and what they were taken for (column)."""
    if counts is None:
        return {"rows": [], "columns": [], "counts": np.zeros((0, 0)), "tables": []} | {
            "summary": "The network has not arrived yet."
        }
    of_prose, of_code = counts[0], counts[1]
    right, every = int(counts.trace()), int(counts.sum())
    return {
        "rows": list(CLASSES),
        "columns": list(CLASSES),
        "counts": np.ascontiguousarray(counts, dtype=np.float64),
        "summary": (
            f"{whose} gets {right:,} of {every:,} held-out lines right, "
            f"{100.0 * right / every:.1f} %: {of_prose[1]:,} of {of_prose.sum():,} lines of prose "
            f"were taken for code, {of_code[0]:,} of {of_code.sum():,} of code for prose."
        ),
        "tables": [
            {
                "rows": list(CLASSES),
                "columns": ["taken for prose", "taken for code"],
                "data": [np.array(counts[:, 0], np.float64), np.array(counts[:, 1], np.float64)],
            }
        ],
    }


def losses(curve: Curve | None) -> dict[str, Any]:
    """The loss of the training here."""
    x, y = (curve or Curve()).columns()
    return {
        "series": [{"name": "loss", "style": "model", "x": x, "y": y}],
        "references": [{"name": "a coin", "y": 1.0}],
        "x_label": "update",
        "y_label": "bits per character",
        "y_scale": "linear",
        "y_low": 0.0,
        "empty": "Press Train",
        "summary": f"After {x[-1]:,.0f} updates the loss is {number(float(y[-1]))} bits."
        if len(x)
        else "Nothing is trained here yet.",
        "tables": [{"columns": ["update", "bits per character"], "data": [x, y]}] if len(x) else [],
    }


def readout(line: str, chances: Array | None, place: int) -> list[list[dict[str, Any]]]:
    """The opinion at the cursor."""
    if chances is None:
        return []
    return [
        [
            {"text": f"After {quoted(line[place - 1])}, character {place}: code "},
            {"number": percent(float(chances[place - 1])), "name": "probability", "result": True},
        ]
    ]

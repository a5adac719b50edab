"""What the figures show of a forecast, and what they say about it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from lab.kit.words import number
from rnn.arrays import Array
from rnn.forecast import LEARNED, Errors

_SHOWN = 72  # values at the end
_KINDS = {"rnn": "plain RNN", "gru": "GRU", "lstm": "LSTM"}


class Seen(NamedTuple):
    """A series and what was forecast of it."""

    values: Array
    unit: str
    each: str
    naive: Errors
    forecasts: Mapping[int, Array]  # by seed, over the whole test
    kind: str

    @property
    def errors(self) -> dict[int, float]:
        """Mean absolute error by seed."""
        return {
            seed: float(np.abs(made - self.values[-len(made) :]).mean())
            for seed, made in self.forecasts.items()
        }


def nothing(words: str) -> dict[str, Any]:
    """Both figures while there is no series."""
    empty = {"series": [], "references": [], "x_label": "", "y_label": "", "empty": words}
    return {
        "series": {**empty, "summary": words, "tables": []},
        "errors": {"panels": [], "summary": words, "tables": []},
    }


def series(seen: Seen) -> dict[str, Any]:
    """The last values, and the forecasts of the last walk for them."""
    shown = min(_SHOWN, len(seen.values) - int(LEARNED * len(seen.values)))
    x = np.arange(1.0, shown + 1)
    lines = [("measured", "train", seen.values[-shown:])]
    for seed, made in list(seen.forecasts.items())[-1:]:
        lines.append((f"forecast, seed {seed}", f"model {seen.kind}", made[-shown:]))
    learned = int(LEARNED * len(seen.values))
    return {
        "series": [
            {"name": name, "style": style, "x": x, "y": np.round(y, 3)} for name, style, y in lines
        ],
        "references": [],
        "x_label": f"{seen.each}, the last {shown} of {len(seen.values):,}",
        "y_label": seen.unit,
        "y_scale": "linear",
        "x_last": float(shown),
        "empty": "",
        "summary": (
            f"{len(seen.values):,} values; the first {learned:,} are only learned from, the other "
            f"{len(seen.values) - learned:,} are forecast, each from what lies before it."
        ),
        "tables": [
            {
                "columns": [seen.each, *(name for name, _, _ in lines)],
                "data": [x, *(np.round(y, 3) for _, _, y in lines)],
            }
        ],
    }


def errors(seen: Seen) -> dict[str, Any]:
    """The errors side by side."""
    found = {f"seed {seed}": error for seed, error in seen.errors.items()}
    found |= {"last value": seen.naive.last_value, "last season": seen.naive.last_season}
    sizes = np.array([float(f"{error:.4g}") for error in found.values()])
    return {
        "panels": [
            {
                "title": f"Mean absolute error, {seen.unit}"
                if seen.unit
                else "Mean absolute error",
                "labels": list(found),
                "show_values": True,
                "unsigned": True,
                "series": [{"name": "error", "style": "signed", "values": sizes}],
            }
        ],
        "summary": verdict(seen),
        "tables": [{"rows": list(found), "columns": ["mean absolute error"], "data": [sizes]}],
    }


def verdict(seen: Seen) -> str:
    """Which is better, plainly."""
    last, season = seen.naive
    said = f"Repeating the last value is off by {number(last)} {seen.unit}".rstrip()
    said += f", repeating the last season by {number(season)}."
    made = list(seen.errors.values())
    if not made:
        return f"{said} Press Walk forward."
    low, high = min(made), max(made)
    kind = _KINDS[seen.kind]
    spread = number(low) if len(made) == 1 else f"{number(low)} to {number(high)}"
    seeds = "one seed" if len(made) == 1 else f"{len(made)} seeds"
    said += f" The {kind} is off by {spread}, over {seeds}: "
    best = min(last, season)
    name = "the last value" if last <= season else "the last season"
    if low > best:
        return f"{said}it does not beat {name}."
    if high >= best:
        return f"{said}whether it beats {name} is luck."
    gain = 100.0 * (1.0 - float(np.mean(made)) / best)
    return f"{said}it beats both, {name} by {gain:.0f} %."

"""The figures of clipping, as plain data with a sentence and a table each."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from lab.clipping.runs import RULES, Run
from lab.kit.words import number
from rnn.arrays import Array
from rnn.clipping import by_norm, by_value, global_norm

_ROOMS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.5, 10.0)
_STYLES = {"none": "before", "value": "by-value", "norm": "by-norm"}


class Clipped(NamedTuple):
    """One gradient, (2,) each, before and after either rule."""

    before: Array
    value: Array
    norm: Array
    limit: float

    @property
    def finite(self) -> bool:
        """Whether the gradient has a direction at all."""
        return bool(np.isfinite(self.before).all())


def clip(gradient: Array, limit: float) -> Clipped:
    """Cut copies of the gradient by either rule."""
    value, norm = gradient.copy(), gradient.copy()
    by_value(value, limit)
    by_norm(norm, limit)
    return Clipped(gradient, value, norm, limit)


def turned(one: Array, other: Array) -> float:
    """The angle between two vectors, in degrees; 0 if one has no length."""
    if not (one.any() and other.any()):
        return 0.0
    a, b = one / np.abs(one).max(), other / np.abs(other).max()  # no square may overflow
    return math.degrees(math.atan2(abs(a[0] * b[1] - a[1] * b[0]), float(a @ b)))


def arrows(clipped: Clipped, by_hand: bool) -> dict[str, Any]:
    """The gradient and what is left of it, in the plane of the two weights."""
    drawn = _arrows(clipped) if clipped.finite else []
    table = [clipped.before, clipped.value, clipped.norm]
    return {
        "x_label": "w_x",
        "y_label": "w_h",
        "reach": _reach(clipped, by_hand),
        "arrows": drawn,
        "limits": [
            {"shape": "box", "style": "by-value", "size": clipped.limit},
            {"shape": "circle", "style": "by-norm", "size": clipped.limit},
        ],
        "drag": {"x": "g_x", "y": "g_h"},
        "summary": _told(clipped),
        "tables": [
            {
                "rows": ["before", "by value", "by norm"],
                "columns": ["along w_x", "along w_h", "length", "turned by, degrees"],
                "data": [
                    np.array([vector[0] for vector in table]),
                    np.array([vector[1] for vector in table]),
                    np.array([global_norm(vector) for vector in table]),
                    np.array([_angle(clipped, vector) for vector in table]),
                ],
            }
        ],
    }


def _angle(clipped: Clipped, vector: Array) -> float:
    return turned(clipped.before, vector) if clipped.finite else math.nan


def _arrows(clipped: Clipped) -> list[dict[str, Any]]:
    told = {
        "before": (clipped.before, "before", f"length {number(global_norm(clipped.before))}"),
        "by value": (clipped.value, "by-value", _note(clipped, clipped.value)),
        "by norm": (clipped.norm, "by-norm", _note(clipped, clipped.norm)),
    }
    return [
        {"name": name, "style": style, "x": float(v[0]), "y": float(v[1]), "note": note}
        for name, (v, style, note) in told.items()
    ]


def _note(clipped: Clipped, after: Array) -> str:
    if (after == clipped.before).all():
        return "not touched"
    return f"length {number(global_norm(after))}, {_direction(clipped, after)}"


def _direction(clipped: Clipped, after: Array) -> str:
    angle = turned(clipped.before, after)
    return f"turned by {number(angle)}°" if angle > 1e-6 else "direction kept"


def _told(clipped: Clipped) -> str:
    if not clipped.finite:
        return "The gradient is no longer a finite number: no clipping can give it a direction."
    length = number(global_norm(clipped.before))
    if (clipped.value == clipped.before).all() and (clipped.norm == clipped.before).all():
        return f"The gradient is {length} long, within the limit: neither rule touches it."
    return (
        f"The gradient is {length} long. By value: {_note(clipped, clipped.value)}. "
        f"By norm: {_note(clipped, clipped.norm)}."
    )


def _reach(clipped: Clipped, by_hand: bool) -> float:
    """How much of the plane is shown: the limit well inside, and the gradient where it fits.

    A tip that is dragged to the frame stays where it is: the plane does not run away from it.
    """
    reach = _round(1.6 * clipped.limit)
    if not clipped.finite:
        return reach
    longest = float(np.abs(clipped.before).max())
    if longest > reach and (by_hand or longest < 4.0 * clipped.limit):
        return _round(min(1.02 * longest, 12.0 * clipped.limit))
    return reach


def _round(size: float) -> float:
    power = 10.0 ** math.floor(math.log10(size))
    return next(room * power for room in _ROOMS if room * power >= 0.999999 * size)


def losses(runs: Mapping[str, Run]) -> dict[str, Any]:
    """The three runs on one axis of epochs."""
    series = []
    for rule, run in runs.items():
        x, y = run.curve.columns()
        beyond = ": beyond" if run.ended == "diverged" else ""
        series.append({"name": f"{RULES[rule]}{beyond}", "style": _STYLES[rule], "x": x, "y": y})
    return {
        "series": series,
        "references": [],
        "x_label": "epochs",
        "y_label": "loss",
        "x_last": 60,
        "empty": "Press Train: the loss of each run is drawn here.",
        "summary": _runs_told(runs),
        "tables": [
            {"columns": [f"{RULES[rule]}: epoch", "loss"], "data": [line["x"], line["y"]]}
            for rule, line in zip(runs, series, strict=True)
        ],
    }


def _runs_told(runs: Mapping[str, Run]) -> str:
    if not any(run.epochs or run.ended for run in runs.values()):
        return "No training yet."
    told = (f"{RULES[rule]}: {ending(run)}" for rule, run in runs.items())
    words = "; ".join(told)
    return f"{words[0].upper()}{words[1:]}."


def ending(run: Run) -> str:
    """How far a run is, in words."""
    after = f"after {run.epochs:,} update{'' if run.epochs == 1 else 's'}"
    if run.ended in ("diverged", "solved"):
        return f"{run.ended} {after}"
    return f"loss {number(run.loss)} {after}"


def readout(clipped: Clipped) -> list[list[dict[str, Any]]]:
    """Both rules with the numbers put in, as parts that a view sets in type."""
    if not clipped.finite:
        return [[{"text": "g is no longer a finite number"}]]
    limit = {"number": number(clipped.limit), "name": "limit"}
    g_x, g_h = clipped.before.tolist()
    after_x, after_y = clipped.value.tolist()
    norm = global_norm(clipped.before)
    share = min(clipped.limit / norm, 1.0) if norm else 1.0
    return [
        [
            {"text": "by value, within ±"},
            limit,
            {"text": ": "},
            {"number": number(g_x), "name": "g_x"},
            {"text": " → "},
            {"number": number(after_x), "name": "", "result": True},
            {"text": " and "},
            {"number": number(g_h), "name": "g_h"},
            {"text": " → "},
            {"number": number(after_y), "name": "", "result": True},
        ],
        [
            {"text": "by norm: ‖g‖ = "},
            {"number": number(norm), "name": ""},
            {"text": ", so both times "},
            {"number": number(share), "name": "", "result": True},
        ],
    ]

"""What the figures show of fifty steps through the first weights, and what they say about it."""

from typing import Any

import numpy as np

from lab.initialisation.declaration import INITIALISERS, STEPS
from lab.initialisation.histograms import BY_SIZE, axis_of, drawn
from lab.initialisation.walk import SEQUENCES, Recipe, Walk, apart, sizes, walk
from lab.kit.words import number
from rnn.arrays import Array

FLAT = 0.1  # a slope below a tenth of the steepest one
_LITTLE, _MUCH = 1e-3, 1e3  # less than this is left, or more
_ONE = {"tanh": "on the flat ends of tanh", "sigmoid": "on the flat ends of the sigmoid"}


def flat_shares(seen: Walk) -> Array:
    """Which share of the units has next to no slope, at each step."""
    shares: Array = (seen.slopes < FLAT).mean(axis=1)
    return shares


def percent(share: float) -> str:
    """A share in words: 31 %."""
    return f"{100.0 * share:.0f} %" if share >= 0.1 or share == 0.0 else f"{100.0 * share:.1f} %"


def fate(ratio: float) -> str:
    """What became of something in 50 steps, in a word."""
    return "fades" if ratio < _LITTLE else "explodes" if ratio > _MUCH else "stays"


def activations(recipe: Recipe, seen: Walk) -> dict[str, Any]:
    """Every unit's h_t as a histogram for each step."""
    size, flat = sizes(seen.hidden), flat_shares(seen)
    first, last = float(size[0]), float(size[-1])
    summary = f"The typical size goes from {number(first)} at step 1 to {number(last)} at step 50: "
    if recipe.every:
        summary += "what comes in at every step keeps the units alive. "
    else:
        difference = apart(seen.hidden)
        gone = difference[-1] < _LITTLE * difference[0]
        grown = last > _MUCH * first
        summary += "it grows without end. " if grown else ""
        summary += "what came in is gone. " if gone else "" if grown else "something is left. "
        summary += f"{SEQUENCES} different beginnings end {number(difference[-1])} apart. "
    return {
        **drawn(axis_of(recipe.activation), seen.hidden),
        "y_label": "|h|" if axis_of(recipe.activation) is BY_SIZE else "h",
        "words": _told(seen.hidden, _flat_words(recipe, flat)),
        "summary": summary + _flat_sentence(recipe, float(flat[-1])),
        "tables": [_table(seen.hidden, {"on a flat part": flat})],
    }


def _flat_words(recipe: Recipe, flat: Array) -> list[str]:
    if recipe.activation == "linear":
        return [""] * len(flat)
    where = "off" if recipe.activation == "relu" else "on a flat end"
    return [f"; {percent(share)} {where}" for share in flat.tolist()]


def _flat_sentence(recipe: Recipe, share: float) -> str:
    if recipe.activation == "linear":
        return "Nothing bends, so nothing saturates."
    if recipe.activation == "relu":
        return f"At step 50 {percent(share)} of the units are off, with slope 0."
    where = _ONE[recipe.activation]
    if share == 0.0:
        return f"At step 50 no unit is {where}."
    return f"At step 50 {percent(share)} of the units are {where}."


def gradients(seen: Walk) -> dict[str, Any]:
    """Every unit's dL/dh_t as a histogram of sizes for each step."""
    size = sizes(seen.gradients)
    ratio = float(size[0] / size[-1])
    left = {
        "fades": "hardly anything reaches the beginning",
        "explodes": "each step back makes it larger",
        "stays": "the beginning can still be taught",
    }[fate(ratio)]
    return {
        **drawn(BY_SIZE, seen.gradients),
        "y_label": "|∂L/∂h|",
        "words": _told(np.abs(seen.gradients), [""] * STEPS),
        "summary": (
            f"Of a gradient that starts at step 50, {number(ratio)} of its size is left at step 1: "
            f"{left}. Each step back keeps {number(ratio ** (1.0 / (STEPS - 1)))} of it on average."
        ),
        "tables": [_table(seen.gradients, {})],
    }


def _told(values: Array, also: list[str]) -> list[str]:
    """A sentence for each step, shown for the chosen one."""
    low, _, high = _quarters(values)
    return [
        f"step {step}: the middle half {number(a)} to {number(b)}{more}"
        for step, a, b, more in zip(
            range(1, STEPS + 1), low.tolist(), high.tolist(), also, strict=True
        )
    ]


def _quarters(values: Array) -> tuple[Array, Array, Array]:
    """The values at a quarter, a half and three quarters of each step's, in order of size.

    (`np.percentile` needs `numpy.ma`, which the page's Python leaves out.)
    """
    ordered = np.sort(values, axis=1)
    last = values.shape[1] - 1
    return ordered[:, last // 4], ordered[:, last // 2], ordered[:, last - last // 4]


def _brief(values: Array) -> Array:
    """Three digits of each, for a page that embeds them."""
    return np.array([float(f"{value:.3g}") for value in values])


def _table(values: Array, more: dict[str, Array]) -> dict[str, Any]:
    low, middle, high = _quarters(values)
    columns = {
        "step": np.arange(1.0, STEPS + 1),
        "root mean square": _brief(sizes(values)),
        "smallest": _brief(values.min(axis=1)),
        "lower quarter": _brief(low),
        "median": _brief(middle),
        "upper quarter": _brief(high),
        "largest": _brief(values.max(axis=1)),
        **{name: _brief(column) for name, column in more.items()},
    }
    return {"columns": list(columns), "data": list(columns.values())}


def typical(seen: Walk) -> dict[str, Any]:
    """Both sizes through time, on a log scale."""
    hidden, back = sizes(seen.hidden), sizes(seen.gradients)
    return {
        "series": [
            {"name": "activations", "style": "by-norm", "mark": "line", "values": hidden},
            {"name": "gradient", "style": "by-value", "mark": "line", "values": back},
        ],
        "references": [],
        "start": 1,
        "base": None,
        "x_label": "step",
        "y_label": "root mean square",
        "summary": (
            f"From step 1 to step 50 the activations go from {number(hidden[0])} to "
            f"{number(hidden[-1])}; from step 50 back to step 1 the gradient goes from "
            f"{number(back[-1])} to {number(back[0])}."
        ),
        "tables": [
            {
                "columns": ["step", "activations", "gradient"],
                "data": [np.arange(1.0, STEPS + 1), hidden, back],
            }
        ],
    }


def rivals(recipe: Recipe, values: dict[str, Any]) -> dict[str, Any]:
    """What each recipe leaves of the gradient, with everything else the same."""
    back = np.arange(0.0, STEPS)
    series, told, columns = [], [], [back]
    for option in INITIALISERS.options:
        scale = values["deviation" if option.value == "normal" else "gain"]
        size = sizes(walk(recipe._replace(initialiser=option.value, scale=scale)).gradients)
        left = (size / size[-1])[::-1]
        columns.append(left)
        name = option.label.removeprefix("a ").removeprefix("the ")
        told.append((float(left[-1]), name))
        series.append(
            {
                "name": name,
                "style": "model" if option.value == recipe.initialiser else "rival",
                "x": back,
                "y": np.where(left > 0.0, left, np.nan),
            }
        )
    told.sort(key=lambda one: abs(np.log10(max(one[0], 1e-300))))
    (best, kept), (worst, lost) = told[0], told[-1]
    return {
        "series": series,
        "references": [{"name": "as it started", "y": 1.0}],
        "x_label": "steps back from the end",
        "y_label": "share of the gradient left",
        "x_last": STEPS - 1.0,
        "empty": "",
        "summary": (
            f"After {STEPS - 1} steps back the gradient is nearest to what it was with {kept} "
            f"({number(best)} of it left), furthest with {lost} ({number(worst)})."
        ),
        "tables": [
            {
                "columns": ["step", *(one["name"] for one in series)],
                "data": columns,
            }
        ],
    }


def readout(seen: Walk, step: int) -> list[list[dict[str, Any]]]:
    """The chosen step in one line."""
    hidden, back = sizes(seen.hidden)[step - 1], sizes(seen.gradients)[step - 1]
    return [
        [
            {"text": f"Step {step}: "},
            {"number": number(hidden), "name": "typical size of h"},
            {"text": " forward, "},
            {"number": number(back), "name": "of its gradient", "result": True},
            {"text": " on the way back"},
        ]
    ]

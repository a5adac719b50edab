"""The figures of one recurrent unit, as plain data with a sentence and a table each."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lab.kit.curve import Curve
from lab.kit.words import number
from rnn.one_unit import Trace, Weights
from rnn.sequences import Scale


class Reading(NamedTuple):
    """One pass over a sequence, and the step the reader looks at (counted from 1)."""

    inputs: Sequence[float]
    targets: Sequence[float]
    trace: Trace
    weights: Weights
    scale: Scale
    step: int

    @property
    def before(self) -> float:
        """The memory that the current step starts from."""
        return self.trace.hidden[self.step - 2] if self.step > 1 else 0.0


def _array(values: Sequence[float]) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def _restored(values: Sequence[float], scale: Scale) -> NDArray[np.float64]:
    return _array([scale.restore(value) for value in values])


def _table(**columns: Any) -> dict[str, Any]:
    """A table as a view shows it; an underscore in a name stands for a space."""
    return {
        "columns": [name.replace("_", " ") for name in columns],
        "data": list(columns.values()),
    }


def network(reading: Reading) -> dict[str, Any]:
    """The network drawn through time."""
    inputs, targets, trace, weights, _, step = reading
    hidden, outputs = _array(trace.hidden), _array(trace.outputs)
    at = step - 1
    return {
        "inputs": _array(inputs),
        "hidden": hidden,
        "outputs": outputs,
        "targets": _array(targets),
        "weights": weights._asdict(),
        "summary": (
            f"Step {step} of {len(outputs)}: the input {number(inputs[at])} and the memory "
            f"{number(reading.before)} give the new memory {number(hidden[at])}; the unit predicts "
            f"{number(outputs[at])}, the next value is {number(targets[at])}."
        ),
        "tables": [
            _table(
                step=np.arange(1.0, len(outputs) + 1),
                input_x=_array(inputs),
                memory_h=hidden,
                prediction_y=outputs,
                target=_array(targets),
            )
        ],
    }


def tracks(reading: Reading, loss: float) -> dict[str, Any]:
    """Hidden state and output as cells, prediction against target as lines."""
    _, targets, trace, _, scale, _ = reading
    hidden, outputs = _array(trace.hidden), _array(trace.outputs)
    return {
        "cells": [
            {"name": "memory", "symbol": "h", "values": hidden},
            {"name": "output", "symbol": "y", "values": outputs},
        ],
        "lines": [
            {"name": "target", "style": "target", "values": _array(targets)},
            {"name": "prediction", "style": "prediction", "values": outputs},
        ],
        "scale": scale._asdict(),
        "summary": (
            f"Predictions differ from the next values by {number(loss**0.5)} in the root mean "
            f"square (loss {number(loss)}); the memory moves between {number(hidden.min())} and "
            f"{number(hidden.max())}."
        ),
        "tables": [
            _table(
                step=np.arange(1.0, len(outputs) + 1),
                memory_h=hidden,
                prediction_y=outputs,
                target=_array(targets),
                prediction_in_own_units=_restored(trace.outputs, scale),
                target_in_own_units=_restored(targets, scale),
            )
        ],
    }


def losses(descent: Curve, guessing: Curve | None, targets: Sequence[float]) -> dict[str, Any]:
    """Both searches on one axis of function evaluations, against always answering the mean."""
    mean_answer = float(np.var(targets))
    series = []
    said = []
    for name, style, curve in (
        ("BPTT", "model", descent),
        ("random search", "rival", guessing),
    ):
        x, y = (curve or Curve()).columns()
        series.append({"name": name, "style": style, "x": x, "y": y})
        if x.size:
            said.append(f"{name}: {number(y[-1])} after {number(x[-1])} evaluations")
    return {
        "series": series,
        "x_label": "function evaluations (forward 1, backward 2)",
        "y_label": "loss",
        "references": [{"name": "always answering the mean", "y": mean_answer}],
        "empty": "Press Train: the loss is drawn here.",
        "summary": f"Loss so far. {'; '.join(said)}." if said else "No training yet.",
        "tables": [
            _table(BPTT_evaluations=series[0]["x"], loss=series[0]["y"]),
            _table(random_search_evaluations=series[1]["x"], best_loss=series[1]["y"]),
        ],
    }


def gradients(
    reading: Reading, gradient: Weights, clipped: Weights, error_signals: Sequence[float]
) -> dict[str, Any]:
    """Each weight's gradient before and after clipping, and each step's share of that of w_h."""
    before_each = [0.0, *reading.trace.hidden[:-1]]
    shares = _array([d * h for d, h in zip(error_signals, before_each, strict=True)])
    cut = [name for name, g, c in zip(Weights._fields, gradient, clipped, strict=True) if g != c]
    return {
        "panels": [
            {
                "title": "Gradient of each weight",
                "show_values": True,
                "labels": ["w_x", "w_h", "w_y", "b_h", "b_y"],
                "series": [
                    {"name": "before clipping", "style": "outline", "values": _array(gradient)},
                    {"name": "after clipping", "style": "signed", "values": _array(clipped)},
                ],
            },
            {
                "title": "Each step’s share of the gradient of w_h",
                "labels": [str(step) for step in range(1, len(shares) + 1)],
                "series": [{"name": "share", "style": "signed", "values": shares}],
                "cursor": True,
            },
        ],
        "summary": (
            f"The gradient of w_h is {number(gradient.w_h)}, the sum of {len(shares)} shares. "
            + (f"Clipping cut {', '.join(cut)}." if cut else "Clipping changes nothing here.")
        ),
        "tables": [
            {
                "rows": list(Weights._fields),
                **_table(gradient=_array(gradient), after_clipping=_array(clipped)),
            },
            _table(step=np.arange(1.0, len(shares) + 1), share_for_w_h=shares),
        ],
    }


def readout(reading: Reading, function: str) -> list[list[dict[str, Any]]]:
    """The two formulas with the numbers of this step put in, as parts a view sets in type."""
    inputs, _, trace, weights, _, step = reading
    at = step - 1
    h_now, y_now = trace.hidden[at], trace.outputs[at]
    summed = weights.w_x * inputs[at] + weights.w_h * reading.before + weights.b_h
    name = {"relu": "ReLU", "sigmoid": "σ", "linear": ""}.get(function, function)

    def times(weight: str, value: float, of: str) -> list[dict[str, Any]]:
        factor = weights._asdict()[weight]
        return [
            {"value": factor, "name": weight, "term": True},
            {"text": " · "},
            {"value": value, "name": of, "term": True},
        ]

    def symbol(letter: str, sub: str) -> dict[str, Any]:
        return {"symbol": letter, "sub": sub}

    return [
        [
            symbol("h", str(step)),
            {"text": f" = {name}("},
            *times("w_x", inputs[at], f"x_{step}"),
            {"text": " + "},
            *times("w_h", reading.before, f"h_{step - 1}"),
            {"text": " + "},
            {"value": weights.b_h, "name": "b_h", "term": True},
            {"text": f") = {name}("},
            {"value": summed, "name": "sum"},
            {"text": ") = "},
            {"value": h_now, "name": f"h_{step}", "result": True},
        ],
        [
            symbol("y", str(step)),
            {"text": " = "},
            *times("w_y", h_now, f"h_{step}"),
            {"text": " + "},
            {"value": weights.b_y, "name": "b_y", "term": True},
            {"text": " = "},
            {"value": y_now, "name": f"y_{step}", "result": True},
        ],
    ]

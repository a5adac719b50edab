"""The figures of one recurrent unit, as plain data with a sentence and a table each."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lab.kit.curve import Curve
from lab.kit.words import number
from lab.scalar_rnn.reading import Gradients, Reading
from lab.scalar_rnn.run import GradientDescent
from rnn.descent import EVALUATIONS_PER_EPOCH
from rnn.one_unit import Weights
from rnn.sequences import RAW, Scale


def _restored(values: NDArray[np.float64], scale: Scale) -> NDArray[np.float64]:
    with np.errstate(all="ignore"):
        return values * scale.half_range + scale.middle


def _table(columns: dict[str, Any]) -> dict[str, Any]:
    return {"columns": list(columns), "data": list(columns.values())}


def network_marks(reading: Reading) -> dict[str, Any]:
    """What is drawn of the network through time."""
    return {
        "inputs": reading.inputs,
        "hidden": reading.hidden,
        "outputs": reading.outputs,
        "targets": reading.targets,
        "weights": reading.weights._asdict(),
    }


def network(reading: Reading) -> dict[str, Any]:
    """The network drawn through time."""
    at = reading.step - 1
    return {
        **network_marks(reading),
        "summary": (
            f"Step {reading.step} of {len(reading.steps)}: the input {number(reading.inputs[at])} "
            f"and the hidden state {number(reading.before)} give the new hidden state "
            f"{number(reading.hidden[at])}; the unit predicts {number(reading.outputs[at])}, "
            f"the next value is {number(reading.targets[at])}."
        ),
        "tables": [
            _table(
                {
                    "step": reading.steps,
                    "input x": reading.inputs,
                    "hidden state h": reading.hidden,
                    "prediction y": reading.outputs,
                    "target": reading.targets,
                }
            )
        ],
    }


def tracks(reading: Reading) -> dict[str, Any]:
    """Hidden state and output as cells, prediction against target as lines."""
    scale, loss = reading.scale, reading.loss
    return {
        "cells": [
            {"name": "hidden", "symbol": "h", "values": reading.hidden},
            {"name": "output", "symbol": "y", "values": reading.outputs},
        ],
        "lines": [
            {"name": "target", "style": "target", "values": reading.targets},
            {"name": "prediction", "style": "prediction", "values": reading.outputs},
        ],
        "scale": scale._asdict(),
        "summary": (
            f"Predictions differ from the next values by {number(loss**0.5)} in the root mean "
            f"square (loss {number(loss)}); the hidden state moves between "
            f"{number(reading.hidden.min())} and {number(reading.hidden.max())}."
        ),
        "tables": [
            _table(
                {
                    "step": reading.steps,
                    "hidden state h": reading.hidden,
                    "prediction y": reading.outputs,
                    "target": reading.targets,
                    "prediction in own units": _restored(reading.outputs, scale),
                    "target in own units": _restored(reading.targets, scale),
                }
            )
        ],
    }


def losses(
    descent: GradientDescent, loss: float, search: Curve | None, mean_answer: float
) -> dict[str, Any]:
    """Both searches on one axis of function evaluations, against always answering the mean.

    An epoch sees the loss of the weights it starts from, so that point stands where the epoch
    began; the curve ends in `loss`, that of the weights the descent has come to.
    """
    began, seen = descent.curve.columns()
    x_descent, y_descent = began - EVALUATIONS_PER_EPOCH, seen
    if descent.epochs:
        x_descent = np.append(x_descent, float(descent.evaluations))
        y_descent = np.append(y_descent, loss)
    series = []
    said = []
    for name, style, (x, y) in (
        ("BPTT", "model", (x_descent, y_descent)),
        ("random search", "rival", (search or Curve()).columns()),
    ):
        series.append({"name": name, "style": style, "x": x, "y": y})
        if x.size:
            said.append(f"{name}: {number(y[-1])} after {x[-1]:,.0f} evaluations")
    return {
        "series": series,
        "x_label": "function evaluations (forward 1, backward 2)",
        "y_label": "loss",
        "references": [{"name": "always answering the mean", "y": mean_answer}],
        "empty": "Press Train: the loss is drawn here.",
        "summary": f"Loss so far. {'; '.join(said)}." if said else "No training yet.",
        "tables": [
            _table({"BPTT evaluations": series[0]["x"], "loss": series[0]["y"]}),
            _table({"random search evaluations": series[1]["x"], "best loss": series[1]["y"]}),
        ],
    }


def gradient_marks(found: Gradients) -> dict[str, Any]:
    """What is drawn of the gradients."""
    return {
        "panels": [
            {
                "title": "Gradient of each weight",
                "show_values": True,
                "labels": list(Weights._fields),
                "series": [
                    {"name": "before clipping", "style": "outline", "values": _row(found.whole)},
                    {"name": "after clipping", "style": "signed", "values": _row(found.clipped)},
                ],
            },
            {
                "title": "Each step’s share of the gradient of w_h",
                "labels": [str(step) for step in range(1, len(found.shares) + 1)],
                "series": [{"name": "share", "style": "signed", "values": found.shares}],
                "cursor": True,
            },
        ],
    }


def gradients(reading: Reading, found: Gradients) -> dict[str, Any]:
    """Each weight's gradient before and after clipping, and each step's share of that of w_h."""
    whole, clipped, shares, limit = found
    cut = [name for name, g, c in zip(Weights._fields, whole, clipped, strict=True) if g != c]
    return {
        **gradient_marks(found),
        "summary": (
            f"The gradient of w_h is {number(whole.w_h)}, the sum of {len(shares)} shares. "
            + _of_clipping(cut, limit)
        ),
        "tables": [
            {
                "rows": list(Weights._fields),
                **_table({"gradient": _row(whole), "after clipping": _row(clipped)}),
            },
            _table({"step": reading.steps, "share of the gradient of w_h": shares}),
        ],
    }


def _of_clipping(cut: list[str], limit: float | None) -> str:
    if limit is None:
        return "Clipping is off."
    return f"Clipping cut {', '.join(cut)}." if cut else "Clipping changes nothing here."


def _row(weights: Weights) -> NDArray[np.float64]:
    return np.array(weights, dtype=np.float64)


def readout(reading: Reading, function: str) -> list[list[dict[str, Any]]]:
    """The two formulas with the numbers of this step put in, as parts a view sets in type."""
    step, weights = reading.step, reading.weights
    x_now, h_now, y_now = (
        float(column[step - 1]) for column in (reading.inputs, reading.hidden, reading.outputs)
    )
    summed = weights.w_x * x_now + weights.w_h * reading.before + weights.b_h
    name = {"relu": "ReLU", "sigmoid": "σ", "linear": ""}.get(function, function)

    def put(value: float, name: str, kind: str = "term") -> dict[str, Any]:
        return {"number": number(value), "name": name, kind: True}

    def times(weight: str, value: float, of: str) -> list[dict[str, Any]]:
        return [put(weights._asdict()[weight], weight), {"text": " · "}, put(value, of)]

    lines = [
        [
            {"symbol": f"h_{step}"},
            {"text": f" = {name}("},
            *times("w_x", x_now, f"x_{step}"),
            {"text": " + "},
            *times("w_h", reading.before, f"h_{step - 1}"),
            {"text": " + "},
            put(weights.b_h, "b_h"),
            {"text": f") = {name}("},
            put(summed, "sum", "alone"),
            {"text": ") = "},
            put(h_now, f"h_{step}", "result"),
        ],
        [
            {"symbol": f"y_{step}"},
            {"text": " = "},
            *times("w_y", h_now, f"h_{step}"),
            {"text": " + "},
            put(weights.b_y, "b_y"),
            {"text": " = "},
            put(y_now, f"y_{step}", "result"),
        ],
    ]
    if reading.scale != RAW:
        own = [
            reading.scale.restore(float(c[step - 1])) for c in (reading.outputs, reading.targets)
        ]
        words = f"in the sequence’s own units: predicted {number(own[0])}, next {number(own[1])}"
        lines.append([{"text": words}])
    return lines

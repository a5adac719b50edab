"""The figures of the unrolled network, as plain data with a sentence and a table each."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lab.kit.curve import Curve
from lab.kit.words import number
from lab.unrolled_rnn.reading import Column, Reading
from rnn.arrays import Array

ONE_UNIT_ON_SINE = 0.012  # the lowest loss we know of: one tanh unit, 20 values, from many starts


def _table(columns: Mapping[str, Any], rows: Sequence[str] | None = None) -> dict[str, Any]:
    named = {} if rows is None else {"rows": list(rows)}
    return {**named, "columns": list(columns), "data": list(columns.values())}


def _steps(reading: Reading) -> Column:
    return np.arange(1.0, reading.steps + 1)


def network(reading: Reading) -> dict[str, Any]:
    """The network drawn through time."""
    at = reading.step - 1
    weights = reading.weights
    names = [f"unit {unit}" for unit in range(1, reading.units + 1)]
    target = reading.targets[at]
    wanted = f"; wanted is {number(target)}" if target == target else ""
    into = {"W_xh": np.ascontiguousarray(weights["W_xh"][:, 0])}
    into |= {
        f"W_hh from {name}": np.ascontiguousarray(column)
        for name, column in zip(names, weights["W_hh"].T, strict=True)
    }
    return {
        "inputs": reading.inputs,
        "hidden": reading.hidden,
        "outputs": reading.outputs,
        "targets": reading.targets,
        "weights": {"W_xh": into["W_xh"], "W_hh": weights["W_hh"], "W_hy": weights["W_hy"][0]},
        "row_control": "unit",
        "first_row": 0,
        "summary": (
            f"Step {reading.step} of {reading.steps}: the input {number(reading.inputs[at])} and "
            f"the hidden state before give the hidden state {_listed(reading.hidden[:, at])}; the "
            f"network answers {number(reading.outputs[at])}{wanted}."
        ),
        "tables": [
            _table(
                {
                    "step": _steps(reading),
                    "input x": reading.inputs,
                    "output y": reading.outputs,
                    "target": reading.targets,
                }
            ),
            _table({**into, "b_h": weights["b_h"], "W_hy": weights["W_hy"][0]}, names),
        ],
    }


def _listed(values: Array) -> str:
    """A vector in words; a long one by its ends."""
    shown = [number(value) for value in values]
    if len(shown) > 4:
        return f"of {len(shown)} numbers from {shown[0]} to {shown[-1]}"
    return f"({', '.join(shown)})"


def hidden(reading: Reading) -> dict[str, Any]:
    """Every unit at every step."""
    rows = [f"unit {unit}" for unit in range(1, reading.units + 1)]
    with np.errstate(all="ignore"):
        widest = int(np.argmax(np.ptp(np.nan_to_num(reading.hidden), axis=1)))
    unit = reading.hidden[widest]
    which = "The unit" if reading.units == 1 else f"Of {reading.units} units, unit {widest + 1}"
    moves = "moves" if reading.units == 1 else "moves most,"
    return {
        "values": reading.hidden,
        "rows": rows,
        "columns": None,
        "row_control": "unit",
        "summary": (
            f"{which} {moves} between {number(unit.min())} and {number(unit.max())}; at step "
            f"{reading.step} it is {number(unit[reading.step - 1])}."
        ),
        "tables": [
            _table({"step": _steps(reading), **dict(zip(rows, reading.hidden, strict=True))})
        ],
    }


def prediction(reading: Reading) -> dict[str, Any]:
    """What the network answers, beside what is wanted."""
    relative = relative_errors(reading)
    return {
        "cells": [],
        "lines": [
            {"name": "target", "style": "target", "values": reading.targets},
            {"name": "prediction", "style": "prediction", "values": reading.outputs},
        ],
        "scale": reading.scale._asdict(),
        "summary": f"{_root_mean_square(reading)}{_largest(reading, relative)}",
        "tables": [
            _table(
                {
                    "step": _steps(reading),
                    "prediction y": reading.outputs,
                    "target": reading.targets,
                    "prediction in own units": reading.own(reading.outputs),
                    "target in own units": reading.own(reading.targets),
                }
            )
        ],
    }


def _root_mean_square(reading: Reading) -> str:
    """The distance of this sequence's answers from what is wanted."""
    asked = np.isfinite(reading.targets)
    with np.errstate(all="ignore"):
        differences = (reading.outputs - reading.targets)[asked]
        distance = float(np.sqrt(np.mean(np.square(differences))))
    if asked.sum() == 1:
        at = int(np.argmax(asked))
        return (
            f"Asked once, after step {at + 1}: the network answers {number(reading.outputs[at])}, "
            f"wanted is {number(reading.targets[at])}."
        )
    return f"The answers differ from what is wanted by {number(distance)} in the root mean square."


def relative_errors(reading: Reading) -> Column:
    """|prediction - target| / |target| in the sequence's own units; NaN where the target is 0."""
    predicted, wanted = reading.own(reading.outputs), reading.own(reading.targets)
    with np.errstate(all="ignore"):
        shares: Column = np.abs(predicted - wanted) / np.abs(wanted)
    return np.where(np.abs(wanted) > 1e-12, shares, np.nan)


def _largest(reading: Reading, relative: Column) -> str:
    """Where one share of a growing sequence is worst; for others a share means little."""
    wanted = reading.own(reading.targets)
    if not (np.isfinite(relative).all() and wanted.min() > 0.0 and wanted.max() > wanted.min()):
        return ""
    at = int(np.argmax(relative))
    predicted = reading.own(reading.outputs)
    return (
        f" Relative to its size the worst answer is that of step {at + 1}: {number(predicted[at])} "
        f"where {number(wanted[at])} is right, {number(100.0 * relative[at])} % off."
    )


def errors(reading: Reading) -> dict[str, Any]:
    """The relative error of every step, on a log scale."""
    relative = relative_errors(reading)
    finite = np.flatnonzero(np.isfinite(relative))
    if not finite.size:
        said = "No step has a target to compare with."
    else:
        first, worst = int(finite[0]), int(finite[np.argmax(relative[finite])])
        said = f"Step {first + 1} is {number(100.0 * relative[first])} % off"
        if finite.size > 1:
            said += f"; the worst is step {worst + 1} with {number(100.0 * relative[worst])} %"
        said += "."
    return {
        "series": [{"name": "relative error", "style": "rnn", "mark": "bars", "values": relative}],
        "references": [{"name": "1 %", "value": 0.01}],
        "start": 1,
        "base": None,
        "x_label": "step",
        "y_label": "relative error",
        "summary": said,
        "tables": [_table({"step": _steps(reading), "relative error": relative})],
    }


def losses(
    curve: Curve, epochs: int, loss: float, mean_answer: float, *, one_unit: bool
) -> dict[str, Any]:
    """The loss by epoch, against always answering the mean.

    An epoch sees the loss of the weights it starts from; the curve ends in `loss`, that of now.
    """
    x, y = curve.columns()
    if epochs:
        x, y = np.append(x, float(epochs)), np.append(y, loss)
    references = [{"name": "always the mean", "y": mean_answer}]
    if one_unit:
        references.append({"name": "the best known of one unit", "y": ONE_UNIT_ON_SINE})
    said = f"Loss {number(loss)} after {epochs:,} epochs" if epochs else "No training yet"
    return {
        "series": [{"name": "loss", "style": "model", "x": x, "y": y}],
        "x_label": "epochs",
        "y_label": "loss",
        "references": references,
        "empty": "Press Train: the loss is drawn here.",
        "summary": f"{said}; always answering the mean costs {number(mean_answer)}.",
        "tables": [_table({"epoch": x, "loss": y})],
    }

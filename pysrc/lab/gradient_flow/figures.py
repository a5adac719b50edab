"""The figures of a gradient's way back, as plain data with a sentence and a table each."""

from typing import Any, NamedTuple

import numpy as np

from lab.gradient_flow.experiment import THRESHOLD, Measured
from lab.kit.words import number
from rnn.arrays import Array

NAMES = {"rnn": "RNN", "residual": "residual RNN", "lstm": "LSTM", "gru": "GRU"}
_STATES = {"rnn": "h", "residual": "h", "lstm": "s", "gru": "h"}  # s is (h, c)
_KEPT = {
    "rnn": "slope of the activation",
    "residual": "slope of the activation",
    "lstm": "forget gate",
    "gru": "update gate",
}
_LIMIT = {"name": "below 10⁻³: lost", "value": THRESHOLD}


class Reading(NamedTuple):
    """What is drawn: one network, perhaps another beside it, and the step looked at."""

    main: Measured
    beside: Measured | None
    radii: Array | None  # (T,)
    step: int  # 0 .. T

    @property
    def name(self) -> str:
        """The network's name, of an LSTM with the state that is measured."""
        return "LSTM, state (h, c)" if self.main.kind == "lstm" else NAMES[self.main.kind]


def _series(name: str, style: str, mark: str, values: Array) -> dict[str, Any]:
    return {"name": name, "style": style, "mark": mark, "values": values}


def _to_last(values: Array) -> Array:
    """A factor for each step but the last: a gap there keeps the figures in the same columns."""
    return np.append(values, np.nan)


def _figure(series: list[dict[str, Any]], columns: dict[str, Array], **rest: Any) -> dict[str, Any]:
    first = next(iter(columns.values()))
    table = {"step": np.arange(float(len(first))), **columns}
    return {
        "series": series,
        "references": [],
        "start": 0,
        "base": None,
        "x_label": "step t",
        **rest,
        "tables": [{"columns": list(table), "data": list(table.values())}],
    }


def survival(reading: Reading) -> dict[str, Any]:
    """The product of the factors, from the last step back to each."""
    main, beside = reading.main, reading.beside
    columns = {reading.name: main.products["state"]}
    series = [_series(reading.name, main.kind, "bars", main.products["state"])]
    if "c" in main.products:
        columns["LSTM, cell state c alone"] = main.products["c"]
        series.append(_series("LSTM, cell state c alone", "plain", "line", main.products["c"]))
    if beside is not None:
        columns[NAMES[beside.kind]] = beside.products["state"]
        series.append(_series(NAMES[beside.kind], beside.kind, "line", beside.products["state"]))
    columns["norms of the factors multiplied"] = main.bound
    return _figure(series, columns, references=[_LIMIT], summary=_verdict(reading))


def _verdict(reading: Reading) -> str:
    """The headline: how far back, and what is left."""
    main, beside = reading.main, reading.beside
    told = f"{_reaches(main)} {_left(main)}"
    if beside is None:
        return told
    there = number(float(beside.products["state"][0]))
    return (
        f"{told} The {NAMES[beside.kind]} beside it: {reach_in_words(beside)}, {there} at step 0."
    )


def reach_in_words(measured: Measured) -> str:
    """How many steps back, of how many."""
    reach, steps = measured.reach, measured.steps
    return f"all {steps} steps back" if reach == steps else f"{reach} of {steps} steps back"


def _reaches(measured: Measured) -> str:
    return f"The gradient stays above 10⁻³ for {reach_in_words(measured)}."


def _left(measured: Measured) -> str:
    first = float(measured.products["state"][0])
    if not np.isfinite(first):
        return "At step 0 it has grown beyond every number."
    if first == 0.0:
        return "At step 0 nothing is left."
    if first >= 1.005:  # which is not 1.00
        return f"At step 0 it has grown to {number(first)} times its size."
    return f"At step 0 there is {number(first)} of it left."


def factors(reading: Reading) -> dict[str, Any]:
    """Each factor by its largest singular value."""
    main = reading.main
    norms = main.factors["state"]
    columns = {"largest singular value": norms}
    series = [_series("largest singular value", main.kind, "bars", _to_last(norms))]
    if "c" in main.factors:
        columns["of the cell state c alone"] = main.factors["c"]
        alone = _to_last(main.factors["c"])
        series.append(_series("of the cell state c alone", "plain", "line", alone))
    if reading.radii is not None:
        columns["largest |eigenvalue|"] = reading.radii
        radii = _to_last(reading.radii)
        series.append(_series("largest |eigenvalue|", "eigenvalue", "line", radii))
    return _figure(series, columns, base=1.0, summary=_range(norms, main.bound))


def _range(norms: Array, bound: Array) -> str:
    low, high = number(float(norms.min())), number(float(norms.max()))
    between = (
        f"Every factor has the norm {low}"
        if low == high
        else (f"The factors have norms between {low} and {high}")
    )
    return (
        f"{between}. Multiplied they are {number(float(bound[0]))}; the product cannot be larger."
    )


def slopes(reading: Reading) -> dict[str, Any]:
    """The local derivatives, or the gate, by which each unit's own way back is multiplied."""
    main = reading.main
    what = _KEPT[main.kind]
    low, high = main.kept
    return _figure(
        [
            _series(f"largest {what}", main.kind, "line", _to_last(high)),
            _series(f"smallest {what}", "plain", "line", _to_last(low)),
        ],
        {f"largest {what}": high, f"smallest {what}": low},
        summary=f"Over all units and steps the {what} lies between {number(float(low.min()))} and "
        f"{number(float(high.max()))}.",
    )


def readout(reading: Reading) -> list[list[dict[str, Any]]]:
    """The product at the step looked at, in three lines everywhere, so that nothing below moves."""
    lines = _product(reading)
    return lines + [[{"text": "\u00a0"}]] * (3 - len(lines))


def _product(reading: Reading) -> list[list[dict[str, Any]]]:
    main, t = reading.main, reading.step
    last, state = main.steps, _STATES[main.kind]
    norm = {"number": number(float(main.products["state"][t])), "name": "", "result": True}
    derivative = [
        {"text": "‖ d"},
        {"symbol": f"{state}_{last}"},
        {"text": " / d"},
        {"symbol": f"{state}_{t}"},
        {"text": " ‖ = "},
    ]
    if t == last:
        return [[*derivative, norm, {"text": " : the gradient starts here"}]]
    own = {"number": number(float(main.factors["state"][t])), "name": ""}
    bound = {"number": number(float(main.bound[t])), "name": ""}
    count = last - t
    if count == 1:
        return [[*derivative, {"text": "‖ "}, {"symbol": f"J_{last}"}, {"text": " ‖ = "}, norm]]
    dots = " " if count == 2 else " ⋯ "
    return [
        [
            *derivative,
            {"text": "‖ "},
            {"symbol": f"J_{last}"},
            {"text": dots},
            {"symbol": f"J_{t + 1}"},
            {"text": " ‖ = "},
            norm,
        ],
        [
            {"text": "the last factor: ‖ "},
            {"symbol": f"J_{t + 1}"},
            {"text": " ‖ = "},
            own,
        ],
        [{"text": f"all {count} norms multiplied: "}, bound],
    ]

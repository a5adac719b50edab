"""The formula of the chosen cell with its numbers put in, as parts a view sets in type.

The lines are as many for every cell of a network, so that nothing below them moves.
"""

from itertools import pairwise
from typing import Any

from lab.kit.words import number
from lab.unrolled_rnn.reading import Reading
from rnn.arrays import Array
from rnn.sequences import RAW

Part = dict[str, Any]
_A_LINE = 4  # terms that fit beside each other
_NAMES = {"relu": "ReLU", "sigmoid": "σ", "linear": ""}


def formula(reading: Reading) -> list[list[Part]]:
    """The lines for the cell the reader looks at."""
    row, units = reading.row, reading.units
    if row == 0:
        lines = _output(reading)
    elif row <= units:
        lines = _hidden(reading)
    else:
        lines = _input(reading)
    return lines + [[_words("\u00a0")]] * (_count(units) - len(lines))


def _count(units: int) -> int:
    """The lines of the longest formula, a hidden unit's: its terms, its result, its meaning."""
    return -(-(units + 2) // _A_LINE) + 2


def _hidden(reading: Reading) -> list[list[Part]]:
    t, i = reading.step, reading.row
    weights = reading.weights
    x = float(reading.inputs[t - 1])
    before = [0.0] * reading.units if t == 1 else reading.hidden[:, t - 2].tolist()
    from_units = weights["W_hh"][i - 1].tolist()
    terms = [_times(float(weights["W_xh"][i - 1, 0]), f"W_xh[{i}]", x, f"x_{t}")]
    terms += [
        _times(weight, f"W_hh[{i},{j}]", value, f"h_{t - 1}[{j}]")
        for j, (weight, value) in enumerate(zip(from_units, before, strict=True), 1)
    ]
    bias = float(weights["b_h"][i - 1])
    terms.append([_number(bias, f"b_h[{i}]", "term")])
    total = float(weights["W_xh"][i - 1, 0]) * x + _dot(from_units, before) + bias
    name = _NAMES.get(reading.activation, reading.activation)
    result = [
        _words(f" = {name}("),
        _number(total, "sum"),
        _words(") = "),
        _number(float(reading.hidden[i - 1, t - 1]), f"h_{t}[{i}]", "result"),
    ]
    lines = _laid_out(f"h_{t}[{i}]", f" = {name}(", terms)
    lines[-1].append(_words(")"))
    meaning = "the memory starts from 0" if t == 1 else f"the memory before is that of step {t - 1}"
    return [*lines, result, [_words(f"Unit {i} at step {t}; {meaning}.")]]


def _output(reading: Reading) -> list[list[Part]]:
    t = reading.step
    weights = reading.weights
    now = reading.hidden[:, t - 1].tolist()
    from_units = weights["W_hy"][0].tolist()
    terms = [
        _times(weight, f"W_hy[{j}]", value, f"h_{t}[{j}]")
        for j, (weight, value) in enumerate(zip(from_units, now, strict=True), 1)
    ]
    terms.append([_number(float(weights["b_y"][0]), "b_y", "term")])
    result = [_words(" = "), _number(float(reading.outputs[t - 1]), f"y_{t}", "result")]
    return [*_laid_out(f"y_{t}", " = ", terms), result, [_words(_against_target(reading))]]


def _against_target(reading: Reading) -> str:
    """What was wanted of the output, in the network's units and in the sequence's own."""
    at = reading.step - 1
    target, output = reading.targets[at], reading.outputs[at]
    if target != target:  # nothing is asked here
        return "Nothing is asked at this step."
    wanted = f"Wanted: {number(target)}."
    if reading.scale == RAW:
        return wanted
    own = reading.own(reading.outputs[at : at + 1])[0], reading.own(reading.targets[at : at + 1])[0]
    return (
        f"{wanted} In the sequence’s own units: predicted {number(own[0])}, next {number(own[1])}."
        if output == output
        else wanted
    )


def _input(reading: Reading) -> list[list[Part]]:
    t = reading.step
    x = float(reading.inputs[t - 1])
    scale = reading.scale
    if scale == RAW:
        line = [_symbol(f"x_{t}"), _words(" = "), _number(x, f"value {t}", "result")]
        return [line, [_words("It enters as it is.")]]
    line = [
        _symbol(f"x_{t}"),
        _words(" = ("),
        _number(scale.restore(x), f"value {t}"),
        _words(" − "),
        _number(scale.middle, "middle", "term"),
        _words(") / "),
        _number(scale.half_range, "half range"),
        _words(" = "),
        _number(x, f"x_{t}", "result"),
    ]
    return [line, [_words("Inputs and targets are mapped to [−1, 1] together.")]]


def _laid_out(symbol: str, opening: str, terms: list[list[Part]]) -> list[list[Part]]:
    """Terms with plus signs between them, a few on each line."""
    starts = [*range(0, len(terms), _A_LINE), len(terms)]
    lines: list[list[Part]] = []
    for first, last in pairwise(starts):
        head = [_symbol(symbol), _words(opening)] if first == 0 else [_words("   + ")]
        pieces = [[_words(" + "), *term] for term in terms[first:last]]
        lines.append(head + pieces[0][1:] + [part for piece in pieces[1:] for part in piece])
    return lines


def _dot(weights: list[float], values: list[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def _times(weight: float, name: str, value: float, of: str) -> list[Part]:
    return [_number(weight, name, "term"), _words(" · "), _number(value, of, "term")]


def _number(value: float | Array, name: str, kind: str = "alone") -> Part:
    return {"number": number(float(value)), "name": name, kind: True}


def _words(text: str) -> Part:
    return {"text": text}


def _symbol(name: str) -> Part:
    return {"symbol": name}

"""The formulas of one unit at one step, with the numbers put in."""

from typing import Any

from lab.gates.figures import answer_names
from lab.gates.reading import Part, Reading
from lab.kit.words import number

Line = list[dict[str, Any]]


def readout(reading: Reading, part: Part | None, unit: int, step: int) -> list[Line]:
    """What was chosen, if it is made by a sum; then the lines of the states. `unit` is from 0.

    Without a part: what the network answers.
    """
    at = step - 1
    if part is None:
        return [_answered(reading, at)]
    lines = [] if part.block is None else [_made(reading, part, unit, at)]
    if reading.kind == "lstm":
        return [*lines, _cell_state(reading, unit, at), _shown(reading, unit, at)]
    return [*lines, _blend(reading, unit, at)]


def _put(value: float, name: str, kind: str = "term") -> dict[str, Any]:
    return {"number": number(float(value)), "name": name, kind: True}


def _words(text: str) -> dict[str, Any]:
    return {"text": text}


def _value(reading: Reading, name: str, unit: int, at: int) -> float:
    return float(reading.parts[name][at, unit])


def _before(reading: Reading, name: str, unit: int, at: int) -> float:
    return float(reading.parts[name][at - 1, unit]) if at > 0 else 0.0


def _made(reading: Reading, part: Part, unit: int, at: int) -> Line:
    """A gate or the candidate: a sum, squeezed."""
    assert part.block is not None  # noqa: S101 - its caller asked
    row = part.block * len(reading.parts["hidden_state"][0]) + unit
    squeeze = "tanh" if part.name == "candidate" else "σ"
    letter = reading.text[at]
    terms: Line = [_put(reading.from_letter[at, row], f"from {letter}"), _words(" + ")]
    memory = _put(reading.from_memory[at, row], f"from h_{at}")
    bias = _put(reading.bias[row], "bias")
    total = reading.from_letter[at, row] + reading.bias[row] + reading.offset[row]
    if reading.kind == "gru" and part.name == "candidate":
        reset = _value(reading, "reset_gate", unit, at)
        inner = reading.inner_bias[unit]
        total += reset * (reading.from_memory[at, row] + inner)
        terms += [bias, _words(" + "), _put(reset, f"r_{at + 1}"), _words(" · (")]
        terms += [memory, _words(" + "), _put(inner, "its bias"), _words(")")]
    else:
        total += reading.from_memory[at, row]
        terms += [memory, _words(" + "), bias]
    if reading.offset[row]:
        terms += [_words(" + "), _put(reading.offset[row], "added")]
    return [
        {"symbol": f"{part.symbol}_{at + 1}"},
        _words(f" = {squeeze}("),
        *terms,
        _words(f") = {squeeze}("),
        _put(total, "sum", "alone"),
        _words(") = "),
        _put(_value(reading, part.name, unit, at), f"{part.symbol}_{at + 1}", "result"),
    ]


def _cell_state(reading: Reading, unit: int, at: int) -> Line:
    """c_t = f_t c_{t-1} + i_t g_t."""
    step = at + 1
    return [
        {"symbol": f"c_{step}"},
        _words(" = "),
        _put(_value(reading, "forget_gate", unit, at), f"f_{step}"),
        _words(" · "),
        _put(_before(reading, "cell_state", unit, at), f"c_{step - 1}"),
        _words(" + "),
        _put(_value(reading, "input_gate", unit, at), f"i_{step}"),
        _words(" · "),
        _put(_value(reading, "candidate", unit, at), f"g_{step}"),
        _words(" = "),
        _put(_value(reading, "cell_state", unit, at), f"c_{step}", "result"),
    ]


def _shown(reading: Reading, unit: int, at: int) -> Line:
    """h_t = o_t tanh(c_t)."""
    step = at + 1
    return [
        {"symbol": f"h_{step}"},
        _words(" = "),
        _put(_value(reading, "output_gate", unit, at), f"o_{step}"),
        _words(" · tanh("),
        _put(_value(reading, "cell_state", unit, at), f"c_{step}", "alone"),
        _words(") = "),
        _put(_value(reading, "hidden_state", unit, at), f"h_{step}", "result"),
    ]


def _blend(reading: Reading, unit: int, at: int) -> Line:
    """h_t = (1 - z_t) n_t + z_t h_{t-1}."""
    step = at + 1
    update = _value(reading, "update_gate", unit, at)
    return [
        {"symbol": f"h_{step}"},
        _words(" = (1 − "),
        _put(update, f"z_{step}", "alone"),
        _words(") · "),
        _put(_value(reading, "candidate", unit, at), f"n_{step}"),
        _words(" + "),
        _put(update, f"z_{step}"),
        _words(" · "),
        _put(_before(reading, "hidden_state", unit, at), f"h_{step - 1}"),
        _words(" = "),
        _put(_value(reading, "hidden_state", unit, at), f"h_{step}", "result"),
    ]


def _answered(reading: Reading, at: int) -> Line:
    """The probability of each answer, the right one last."""
    right = int(reading.answers[at])
    names = answer_names()
    others = [index for index in range(len(names)) if index != right]
    return [
        _words(f"Probability at step {at + 1} of "),
        *(
            piece
            for index in [*others, right]
            for piece in (
                _words(f"{names[index]}{' (right)' if index == right else ''} "),
                {
                    "number": number(float(reading.chances[at, index])),
                    "name": "",
                    "result" if index == right else "alone": True,
                },
                _words("" if index == right else ", "),
            )
        ),
    ]

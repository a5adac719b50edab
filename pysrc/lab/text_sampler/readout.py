"""How one character was drawn, in the numbers of its place: read, remember, score, draw."""

import math
from typing import Any

import numpy as np

from lab.kit.text.labels import quoted
from lab.kit.text.writing import Writer
from lab.kit.words import exactly, number

Line = list[dict[str, Any]]


def _put(value: float, name: str, kind: str = "alone") -> dict[str, Any]:
    return {"number": number(value), "name": name, kind: True}


def _say(text: str) -> dict[str, Any]:
    return {"text": text}


def readout(writer: Writer | None, place: int) -> list[Line]:
    """Four lines on the character at a place, as parts a view sets in type."""
    if writer is None or place < 1:
        return []
    if place == 1:
        return [[_say(f"{quoted(writer.record.character(1))} is given: nothing was read before.")]]
    lines = [_read(writer, place), _remembered(writer, place)]
    return [*lines, _scored(writer, place), _drawn(writer, place)]


def _read(writer: Writer, place: int) -> Line:
    """The one-hot input: which of the V numbers is 1."""
    record = writer.record
    size, index = len(record.model.vocabulary), int(record.indices[place - 2])
    return [
        _say(f"1. Read {quoted(record.character(place - 1))}: input "),
        {"number": str(index + 1), "name": "one-hot"},
        _say(f" of {size} is 1, all others 0."),
    ]


def _remembered(writer: Writer, place: int) -> Line:
    """How far the hidden state moved when that input was read."""
    units = writer.record.units
    after = units[place - 2].astype(np.float64)
    before = units[place - 3] if place > 2 else np.zeros_like(after)
    moved = after - before
    most = int(np.argmax(np.abs(moved)))
    return [
        _say(f"2. Remember: {len(after)} units moved by "),
        _put(float(np.linalg.norm(moved)), "distance"),
        _say(f"; unit {most + 1} most: "),
        _put(float(before[most]), "before"),
        _say(" → "),
        _put(float(after[most]), "after"),
    ]


def _scored(writer: Writer, place: int) -> Line:
    """Score, score / T and probability of the character that stands there."""
    scores, p = writer.record.scores(place), writer.distribution(place)
    if scores is None or p is None:
        return []
    index = int(writer.record.indices[place - 1])
    own = place <= writer.seed_length
    score, choice = float(scores[index]), writer.choice
    line: Line = [
        _say(f"3. Score {quoted(writer.record.character(place))}: "),
        _put(score, "score"),
    ]
    if choice.certain and not own:
        return [*line, _say(" is the largest of all.")]
    if not own:
        line += [
            _say(" / "),
            {"number": exactly(choice.temperature), "name": "T", "alone": True},
            _say(" = "),
            _put(score / choice.temperature, "scaled"),
        ]
    if p[index] > 0 and math.isfinite(score):
        line += [_say(" ; softmax: "), _put(float(p[index]), "probability", "result")]
    return line


def _drawn(writer: Writer, place: int) -> Line:
    """The random number, and the stretch of [0, 1) that belongs to the character."""
    character = quoted(writer.record.character(place))
    if place <= writer.seed_length:
        return [_say(f"4. {character} is given by the seed text: nothing was drawn.")]
    uniform, p = writer.uniform(place), writer.distribution(place)
    if uniform is None or p is None:
        return [_say(f"4. Take {character}: no chance has a part in it.")]
    index = int(writer.record.indices[place - 1])
    sums = np.concatenate(([0.0], np.cumsum(p, dtype=np.float64)))
    sums /= sums[-1]
    return [
        _say("4. Draw: "),
        _put(uniform, "random"),
        _say(" falls between "),
        _put(float(sums[index]), "all before"),
        _say(" and "),
        _put(float(sums[index + 1]), "with it"),
        _say(" : "),
        {"number": character, "name": "drawn", "result": True},
    ]

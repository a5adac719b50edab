"""The figures of a network taken apart, as plain data with a sentence and a table each."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lab.gates.model import LETTERS
from lab.gates.reading import BIASES, PARTS, Part, Reading
from lab.kit.words import number
from rnn.arrays import Array

MOST_WITH_NUMBERS = 12  # more steps have no room for them
SWEEP = range(-6, 7)  # what is added to a bias
SILENCE = "silence"
RIGHT = "right"  # the row below the unit's: the probability of the right answer


def percent(share: float) -> str:
    """A share in words: 31.2 %."""
    return f"{number(100.0 * share)} %"


def answer_names() -> list[str]:
    """What can be answered, in the order of the chances."""
    return [*LETTERS, SILENCE]


def short(part: Part) -> str:
    """A part's name where room is short: forget, candidate, cell."""
    return part.words.split()[0]


def _whole(value: int) -> str:
    """A whole number with a true minus sign."""
    return f"−{-value}" if value < 0 else str(value)


def _strip(
    reading: Reading, rows: Sequence[str], values: Array, summary: str, **more: Any
) -> dict[str, Any]:
    """Rows through time, (rows, T), above the symbols that were read."""
    told = np.ascontiguousarray(np.round(values, 4))
    named = {
        f"{step} {symbol}": np.ascontiguousarray(column)
        for step, (symbol, column) in enumerate(zip(reading.text, told.T, strict=True), 1)
    }
    return {
        "values": told,
        "rows": list(rows),
        "columns": None,
        "letters": list(reading.text),
        "reach": 1.0,
        "numbers": len(reading.text) <= MOST_WITH_NUMBERS,
        "summary": summary,
        "tables": [{"rows": list(rows), "columns": list(named), "data": list(named.values())}],
        **more,
    }


def one_unit(reading: Reading, unit: int, step: int) -> dict[str, Any]:
    """Every gate, the candidate and the state of one unit (from 0), and how sure the answer is."""
    parts, at = PARTS[reading.kind], step - 1
    values = np.stack([*(reading.parts[part.name][:, unit] for part in parts), reading.right])
    told = ", ".join(
        f"{part.words} {number(value)}"
        for part, value in zip(parts, values[:, at].tolist(), strict=False)
    )
    return _strip(
        reading,
        [*map(short, parts), RIGHT],
        values,
        f"Unit {unit + 1} at step {step}, reading {reading.text[at]}: {told}. The right answer "
        f"gets {percent(float(reading.right[at]))}.",
        heading=f"Unit {unit + 1}, step by step",
        row_control="row",
        groups=[len(parts)],
    )


def all_units(reading: Reading, part: Part, step: int, kept: Array) -> dict[str, Any]:
    """One gate, the candidate or a state of all units; `kept` is how well each keeps the letter."""
    values = reading.parts[part.name].T
    told = ", ".join(number(value) for value in values[:, step - 1].tolist())
    best = int(kept.argmax())
    return _strip(
        reading,
        [f"unit {unit + 1}" for unit in range(reading.units)],
        values,
        f"The {part.words} of units 1 to {reading.units} at step {step}: {told}. Unit {best + 1} "
        f"keeps the letter best: it explains {percent(float(kept[best]))} of how that unit’s "
        f"state varies before a question.",
        heading=f"The {part.words} of all units",
        row_control="unit",
    )


def answers(reading: Reading, step: int) -> dict[str, Any]:
    """The probability of each letter and of silence, after every symbol."""
    names = answer_names()
    here = reading.chances[step - 1]
    said, wanted = int(here.argmax()), int(reading.answers[step - 1])
    verdict = "right" if said == wanted else f"{names[wanted]} would be right"
    return _strip(
        reading,
        names,
        reading.chances.T,
        f"At step {step}, after {reading.text[step - 1]}, it answers {names[said]} with "
        f"{percent(float(here[said]))}: {verdict}.",
        unsigned=True,
        outlines=[
            {"rows": [int(reading.answers[at - 1])] * 2, "steps": [int(at)] * 2}
            for at in reading.asked
        ],
    )


def bars(reading: Reading, unit: int) -> dict[str, Any]:
    """One unit's gates and state as heights."""
    parts = [part for part in PARTS[reading.kind] if part.name != "candidate"]
    columns = {part.words: reading.parts[part.name][:, unit].copy() for part in parts}
    low = [f"{words} from {number(v.min())} to {number(v.max())}" for words, v in columns.items()]
    return {
        "panels": [
            {
                "title": words[0].upper() + words[1:],
                "labels": list(reading.text),
                "series": [{"name": words, "style": "signed", "values": values}],
                "cursor": True,
                "unsigned": bool(values.min() >= 0.0),
            }
            for words, values in columns.items()
        ],
        "heading": f"Unit {unit + 1} through time",
        "summary": f"Unit {unit + 1}: {', '.join(low)}.",
        "tables": [
            {"rows": list(reading.text), "columns": list(columns), "data": list(columns.values())}
        ],
    }


def everything(reading: Reading) -> dict[str, Any]:
    """Every gate, candidate and state of every unit."""
    parts, units = PARTS[reading.kind], reading.units
    told = ", ".join(f"{part.symbol} the {part.words}" for part in parts)
    return _strip(
        reading,
        [f"{part.symbol} {unit + 1}" for part in parts for unit in range(units)],
        np.vstack([reading.parts[part.name].T for part in parts]),
        f"{len(parts)} times {units} rows, each numbered by its unit: {told}.",
        groups=[units * index for index in range(1, len(parts))],
        numbers=False,
    )


def sweep(kind: str, shares: Mapping[str, Array], chance: float) -> dict[str, Any]:
    """The share of right answers with something added to the biases of one gate of all units."""
    words = {part.name: part.words for part in PARTS[kind]}
    columns = {words[BIASES[kind][control]]: share for control, share in shares.items()}
    worst = {name: SWEEP[int(share.argmin())] for name, share in columns.items()}
    told = "; ".join(
        f"{name}: down to {percent(float(share.min()))} at {_whole(worst[name])}"
        for name, share in columns.items()
    )
    return {
        "panels": [
            {
                "title": f"{name[0].upper()}{name[1:]}: right answers, by what is added",
                "labels": [_whole(added) if added % 2 == 0 else "" for added in SWEEP],
                "unsigned": True,
                "series": [{"name": name, "style": "signed", "values": share}],
            }
            for name, share in columns.items()
        ],
        "summary": f"{told}. Guessing a letter is right in {percent(chance)} of the cases.",
        "tables": [
            {
                "rows": [_whole(added) for added in SWEEP],
                "columns": list(columns),
                "data": list(columns.values()),
            }
        ],
    }


def empty(names: Sequence[str], summary: str) -> dict[str, dict[str, Any]]:
    """All figures while there is no network."""
    said = {"summary": summary, "tables": []}
    blank = {"values": np.zeros((0, 0)), "rows": [], "columns": [], "start": 1, "row_notes": None}
    return {name: {**blank, "panels": [], **said} for name in names}

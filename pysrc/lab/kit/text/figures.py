"""The figures that labs about text share, as plain data with a sentence and a table each."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lab.kit.text.labels import label, labels, quoted
from lab.kit.text.record import Record
from lab.kit.text.writing import Writer
from lab.kit.words import number
from rnn.arrays import Array, IntArray

BEST = 10  # characters told one by one at a place
CONTEXT = 12  # characters quoted before a place
BLOCK = 24  # columns: a strip is two blocks wide, and stands still while the cursor is in one


def table(columns: Mapping[str, Any], rows: Sequence[str] | None = None) -> dict[str, Any]:
    """A table of columns; `rows` names its rows."""
    named = {} if rows is None else {"rows": list(rows)}
    return {**named, "columns": list(columns), "data": list(columns.values())}


def brief(values: Array, digits: int = 3) -> Array:
    """Values for the eye: a page that embeds them stays light."""
    rounded: Array = np.round(np.asarray(values, np.float64), digits)
    return rounded


def percent(probability: float) -> str:
    """A probability in words: 31.2 %."""
    return f"{number(100.0 * probability)} %"


def before(text: str, place: int) -> str:
    """The last characters before a place, as a quotation."""
    piece = text[max(0, place - 1 - CONTEXT) : place - 1]
    cut = "…" if place - 1 > CONTEXT else ""
    return f"“{cut}{labels(piece)}”"


def text_figure(
    places: list[str],
    text: str,
    *,
    seed_length: int = 0,
    probability: Array | None = None,
    tint: Array | None = None,
    note: str,
    summary: str,
    face: str = "serif",
) -> dict[str, Any]:
    """A text, one string per character, with a number for each."""
    count = len(text)
    columns: dict[str, Any] = {"place": np.arange(1.0, count + 1)}
    chances = None if probability is None else brief(probability[:count], 7)
    tints = None if tint is None else brief(tint[:count])
    if chances is not None:
        columns["probability"] = chances
    if tints is not None:
        columns["activation"] = tints
    return {
        "characters": places,
        "seed": seed_length,
        "start": 0,
        "probability": chances,
        "tint": tints,
        "note": note,
        "face": face,
        "summary": summary,
        "tables": [table(columns, list(map(label, text)))],
    }


def choices_figure(writer: Writer, place: int) -> dict[str, Any]:
    """The likeliest characters at a place, and the one that stands there."""
    record = writer.record
    p, scores = (None, None) if place < 1 else (writer.distribution(place), record.scores(place))
    if p is None or scores is None:
        return {
            "rows": [],
            "others": {"count": 0, "probability": 0.0},
            "title": "Nothing was read before the first character",
            "summary": "The first character is given: the network has read nothing before it.",
            "tables": [],
        }
    characters = record.model.vocabulary.characters
    order = np.argsort(-p, kind="stable")
    here = int(record.indices[place - 1])
    told = [int(index) for index in order[:BEST]]
    if here not in told:
        told.append(here)
    own, certain = place <= writer.seed_length, writer.choice.certain
    temperature = 1.0 if own else writer.choice.temperature
    rows: list[dict[str, Any]] = [
        {
            "label": label(characters[index]),
            "score": float(scores[index]),
            "scaled": None if certain and not own else float(scores[index]) / temperature,
            "probability": float(p[index]),
            "drawn": index == here,
        }
        for index in told
    ]
    rest = max(0.0, 1.0 - float(sum(float(p[index]) for index in told)))
    after = before(writer.text, place)
    stands = f"{quoted(characters[here])} ({percent(float(p[here]))}) " + (
        "stands there: it is given" if own else "was taken"
    )
    return {
        "rows": rows,
        "others": {"count": len(p) - len(told), "probability": rest},
        "title": f"What comes after {after}",
        "summary": (
            f"After {after} the likeliest are "
            + ", ".join(
                f"{quoted(characters[index])} {percent(float(p[index]))}" for index in told[:3]
            )
            + f"; {stands}."
        ),
        "tables": [
            table(
                {
                    "score": np.array([row["score"] for row in rows]),
                    "probability": np.array([row["probability"] for row in rows]),
                },
                [f"{row['label']} (taken)" if row["drawn"] else row["label"] for row in rows],
            )
        ],
    }


def window(place: int, count: int) -> slice:
    """The columns around a place: those of its block of places and of the block before it."""
    block = max(0, (place - 1) // BLOCK)
    first = max(0, block - 1) * BLOCK
    return slice(first, min(first + 2 * BLOCK, count))


def liveliest(units: Array, columns: slice, most: int) -> tuple[IntArray, Array]:
    """The units that move most over some columns, in their order, and how far in a character."""
    moves = np.abs(np.diff(units[columns].astype(np.float64), axis=0))
    far = moves.mean(axis=0) if len(moves) else np.zeros(units.shape[1])
    chosen: IntArray = np.sort(np.argsort(-far, kind="stable")[:most])
    return chosen, far[chosen]


def unit_name(unit: int, hidden: int, layers: int) -> str:
    """A unit counted from 1, by layer where there are several."""
    if layers == 1:
        return f"unit {unit}"
    return f"layer {(unit - 1) // hidden + 1}, unit {(unit - 1) % hidden + 1}"


def strip_figure(
    record: Record,
    chosen: Sequence[int],
    columns: slice,
    notes: list[str] | None,
    summary: str,
    first_row: tuple[str, Array] | None = None,
) -> dict[str, Any]:
    """Some units (counted from 1) after each character of a stretch of the text.

    `first_row` is a name and a number for each character of the text, shown above the units.
    """
    hidden, layers = record.model.hidden, record.model.layers
    places = range(columns.start + 1, columns.stop + 1)
    across = [label(record.character(place)) for place in places]
    picked = np.asarray(chosen, np.intp) - 1
    values = brief(record.units[columns][:, picked].T)
    rows = [unit_name(unit, hidden, layers) for unit in chosen]
    if first_row is not None:
        rows.insert(0, first_row[0])
        values = np.vstack([brief(first_row[1][columns])[None], values])
    columns_named = {
        f"{place} {character}": np.ascontiguousarray(column)
        for place, character, column in zip(places, across, values.T, strict=True)
    }
    return {
        "values": np.ascontiguousarray(values),
        "rows": rows,
        "columns": across,
        "start": columns.start + 1,
        "row_notes": notes,
        "summary": summary,
        "tables": [table(columns_named, rows)],
    }

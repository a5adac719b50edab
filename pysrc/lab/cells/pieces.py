"""What running code shows, piece by piece: printed text, small tables, figures.

A piece is plain data with a `kind`:

    text    stream ("out", "err" or "value"), text
    table   title, columns (names), rows (names), cells (rows of strings), note
    figure  figure (name, kind, title, caption: a lab's `Figure`), data (what that kind draws)
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lab.kit.words import number

Piece = dict[str, Any]
MOST_ROWS, MOST_COLUMNS = 12, 8
LONGEST_VALUE = 4000


def text_piece(text: str, stream: str = "out") -> Piece:
    """Text as it was printed."""
    return {"kind": "text", "stream": stream, "text": printable(text)}


def printable(text: str) -> str:
    """Half a character (a lone surrogate) cannot leave Python as it is: it is spelled out."""
    return text.encode("utf-8", "backslashreplace").decode()


def value_piece(value: object) -> Piece:
    """A value in the form that says most: an array as a table, else as Python spells it."""
    if isinstance(value, np.ndarray) and value.ndim >= 1 and value.size and _plain(value):
        return table_piece(value)
    spelled = repr(value)
    if len(spelled) > LONGEST_VALUE:
        spelled = f"{spelled[:LONGEST_VALUE]}… ({len(spelled):,} characters)"
    return text_piece(f"{spelled}\n", "value")


def table_piece(array: NDArray[Any], title: str = "") -> Piece:
    """The first rows and columns of an array; of one with more axes, its first matrix."""
    shape = " × ".join(str(size) for size in array.shape)
    matrix = array[None] if array.ndim == 1 else array
    notes = []
    if array.ndim > 2:
        first = ", ".join("0" for _ in array.shape[:-2])
        matrix = array[(0,) * (array.ndim - 2)]
        notes.append(f"the matrix [{first}]")
    height, width = matrix.shape
    if height > MOST_ROWS or width > MOST_COLUMNS:
        rows, columns = min(height, MOST_ROWS), min(width, MOST_COLUMNS)
        notes.append(f"the first {_counted(rows, 'row')} and {_counted(columns, 'column')}")
    shown = matrix[:MOST_ROWS, :MOST_COLUMNS]
    return {
        "kind": "table",
        "title": title or f"array, {shape}, {array.dtype}",
        "columns": [str(column) for column in range(shown.shape[1])],
        "rows": [""] if array.ndim == 1 else [str(row) for row in range(shown.shape[0])],
        "cells": [[_spelled(value) for value in row] for row in shown],
        "note": f"Shown: {', '.join(notes)}." if notes else "",
    }


def _plain(array: NDArray[Any]) -> bool:
    return array.dtype.kind in "biufUS"


def _spelled(value: Any) -> str:
    if isinstance(value, (bool, np.bool_, str, bytes)):
        return str(value)
    if isinstance(value, (int, np.integer)):
        return f"{value:,}".replace("-", "−")
    return number(float(value))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"

"""`plot(...)`: a reader's numbers as the same figures the labs draw: lines, bars, heatmaps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lab.cells.pieces import Piece
from lab.kit.curve import Curve
from lab.kit.words import number

Array = NDArray[np.float64]
KINDS = ("lines", "bars", "heatmap")
STYLES = ("model", "rival", "gru", "lstm", "rnn")  # how the lines of a figure differ, in this order
MOST_BARS, MOST_ROWS, MOST_COLUMNS = 100, 40, 200
_THIN_FROM = 600  # points: more are thinned, as the labs thin a long curve

_listeners: list[Callable[[Piece], None]] = []


@contextmanager
def shown_by(say: Callable[[Piece], None]) -> Iterator[None]:
    """While code runs, what it plots is told to `say`."""
    _listeners.append(say)
    try:
        yield
    finally:
        _listeners.pop()


def say(piece: Piece) -> None:
    """Tell a piece to the run that is going on."""
    if not _listeners:
        raise RuntimeError("plot and show draw where a cell runs; nothing runs here")
    _listeners[-1](piece)


def plot(
    values: Any,
    kind: str = "",
    *,
    x: Any = None,
    title: str = "",
    x_label: str = "step",
    y_label: str = "value",
    labels: Sequence[str] | None = None,
    log: bool = False,
) -> None:
    """Draw a figure below the cell.

    Args:
        values: a list or an array of numbers, or several under their names: `{"loss": losses}`.
            An array with two axes becomes a heatmap.
        kind: "lines", "bars" or "heatmap"; unsaid, what suits the values.
        x: where the points of lines stand; 0, 1, 2, … if unsaid.
        title: above the figure.
        x_label: what is counted along the figure.
        y_label: what the values are.
        labels: the names of bars, or of a heatmap's rows.
        log: lines on a log scale.

    Raises:
        ValueError: for values that such a figure cannot draw; with the value and the rule.
    """
    named = isinstance(values, Mapping)
    if not kind:
        flat = named or np.ndim(values) < 2
        kind = "lines" if flat else "heatmap"
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}; got {kind!r}")
    if kind == "lines":
        lines = values if named else {y_label: values}
        data = _lines(lines, x, x_label, y_label, log)
    elif kind == "bars":
        data = _bars(values, labels, title or y_label)
    else:
        data = _heatmap(values, labels)
    view = "curves" if kind == "lines" else kind
    heading = title or {"lines": y_label, "bars": y_label, "heatmap": "Values"}[kind]
    figure = {
        "name": "plot", "kind": view, "title": title or heading.capitalize(),
        "caption": "", "more": False, "compact": False,
    }  # fmt: skip
    say({"kind": "figure", "figure": figure, "data": data})


def _numbers(name: str, values: Any, axes: int) -> Array:
    try:
        array = np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name}: only numbers can be drawn; got {_short(values)}") from None
    if array.ndim != axes or array.size == 0:
        wanted = "a list of numbers" if axes == 1 else "an array with two axes"
        raise ValueError(f"{name} must be {wanted}, not empty; got shape {array.shape}")
    return array


def _short(values: Any) -> str:
    spelled = repr(values)
    return spelled if len(spelled) <= 60 else f"{spelled[:60]}…"


def _lines(
    lines: Mapping[str, Any], x: Any, x_label: str, y_label: str, log: bool
) -> dict[str, Any]:
    if not 1 <= len(lines) <= len(STYLES):
        raise ValueError(f"a figure draws 1 to {len(STYLES)} lines; got {len(lines)}")
    series: list[dict[str, Any]] = []
    said, tables = [], []
    for (name, values), style in zip(lines.items(), STYLES, strict=False):
        y = _numbers(str(name), values, 1)
        at = np.arange(float(y.size)) if x is None else _numbers("x", x, 1)
        if at.size != y.size:
            raise ValueError(f"x must have as many numbers as {name}: {y.size}; got {at.size}")
        if not np.isfinite(at).all() or (np.diff(at) < 0).any():
            raise ValueError("x must be finite and must not fall")
        said.append(f"{name}: {number(y[0])} at first, {number(y[-1])} at last")
        at, y = _thinned(at, y)
        series.append({"name": str(name), "style": style, "x": at, "y": y})
        tables.append({"columns": [x_label, str(name)], "data": [at, y]})
    return {
        "series": series,
        "x_label": x_label,
        "y_label": y_label,
        "references": [],
        "empty": "",
        "y_scale": "log" if log else "linear",
        "x_first": min(float(line["x"][0]) for line in series),
        "x_last": max(float(line["x"][-1]) for line in series),
        "summary": f"{'; '.join(said)}.",
        "tables": tables,
    }


def _thinned(x: Array, y: Array) -> tuple[Array, Array]:
    if y.size <= _THIN_FROM:
        return x, y
    curve = Curve()
    for point in zip(x.tolist(), y.tolist(), strict=True):
        curve.add(*point)
    return curve.columns()


def _bars(values: Any, labels: Sequence[str] | None, title: str) -> dict[str, Any]:
    if isinstance(values, Mapping):
        labels, values = [str(name) for name in values], list(values.values())
    heights = _numbers("values", values, 1)
    if heights.size > MOST_BARS:
        raise ValueError(f"a figure draws at most {MOST_BARS} bars; got {heights.size}")
    names = _names(labels, heights.size, "bars")
    every = 1 if labels or heights.size <= 24 else 5
    thin = [name if at % every == 0 else "" for at, name in enumerate(names)]
    largest = int(np.argmax(np.abs(np.nan_to_num(heights))))
    panel = {
        "title": title,
        "labels": thin,
        "show_values": heights.size <= 12,
        "unsigned": bool((heights >= 0).all()),
        "series": [{"name": title, "style": "signed", "values": heights}],
    }
    return {
        "panels": [panel],
        "summary": f"{heights.size} bars; the largest is {names[largest]}: "
        f"{number(heights[largest])}.",
        "tables": [{"rows": names, "columns": [title], "data": [heights]}],
    }


def _heatmap(values: Any, labels: Sequence[str] | None) -> dict[str, Any]:
    table = _numbers("values", values, 2)
    rows, columns = table.shape
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise ValueError(
            f"a heatmap has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns; "
            f"got {rows} and {columns}: take a part of it"
        )
    names = _names(labels, rows, "rows")
    finite = np.abs(table[np.isfinite(table)])
    reach = float(finite.max()) if finite.size and finite.max() > 0 else 1.0
    return {
        "values": table,
        "rows": names,
        "columns": None,
        "reach": reach,
        "start": 0,
        "dense": columns > 24,
        "unsigned": bool((table >= 0).all()),
        "summary": f"{rows} rows and {columns} columns, from {number(table.min())} "
        f"to {number(table.max())}.",
        "tables": [
            {
                "columns": ["column", *names],
                "data": [np.arange(float(columns)), *(np.array(row) for row in table)],
            }
        ],
    }


def _names(labels: Sequence[str] | None, count: int, what: str) -> list[str]:
    names = [str(at) for at in range(count)] if labels is None else [str(name) for name in labels]
    if len(names) != count:
        raise ValueError(f"labels must name all {count} {what}; got {len(names)}")
    return names

"""`plot(...)`: a reader's numbers as the same figures the labs draw: lines, bars, heatmaps."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from lab.cells.finite import Array, drawable, left_out, numbers, refuse_if_none, sentence
from lab.cells.pieces import Piece
from lab.kit.curve import Curve
from lab.kit.words import number

KINDS = ("lines", "bars", "heatmap")
STYLES = ("model", "rival", "gru", "lstm", "rnn")  # how the lines of a figure differ, in this order
# What has a colour of its own in the labs has it here too, if its name begins so.
OWN_STYLES = {"target": "target", "prediction": "model", "rnn": "rnn", "gru": "gru", "lstm": "lstm"}
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
    first: int = 0,
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
        x: where the points of lines stand; counted from `first` if unsaid.
        first: the number of the first point or column: 0 as Python counts, 1 as the labs do.
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
        at = None if x is None else numbers("x", x, 1)
        data = _lines(lines, at, _whole(first), (x_label, y_label), log)
    elif kind == "bars":
        data = _bars(values, labels, title or y_label)
    else:
        data = _heatmap(values, labels, _whole(first))
    view = "curves" if kind == "lines" else kind
    heading = title or {"lines": y_label, "bars": y_label, "heatmap": "Values"}[kind]
    figure = {
        "name": "plot", "kind": view, "title": title or heading.capitalize(),
        "caption": "", "more": False, "compact": False,
    }  # fmt: skip
    say({"kind": "figure", "figure": figure, "data": data})


def _whole(first: Any) -> int:
    if isinstance(first, (int, np.integer)) and not isinstance(first, bool):
        return int(first)
    raise ValueError(f"first must be a whole number; got {first!r}")


def _lines(
    lines: Mapping[str, Any], x: Array | None, first: int, axes: tuple[str, str], log: bool
) -> dict[str, Any]:
    x_label, y_label = axes
    if not 1 <= len(lines) <= len(STYLES):
        raise ValueError(f"a figure draws 1 to {len(STYLES)} lines; got {len(lines)}")
    series: list[dict[str, Any]] = []
    said, gone, tables = [], [], []
    for (name, values), style in zip(lines.items(), _styles(lines), strict=True):
        y = numbers(str(name), values, 1)
        at = first + np.arange(float(y.size)) if x is None else x
        if at.size != y.size:
            raise ValueError(f"x must have as many numbers as {name}: {y.size}; got {at.size}")
        if not np.isfinite(at).all() or (np.diff(at) < 0).any():
            raise ValueError("x must be finite and must not fall")
        said.append(f"{name}: {number(y[0])} at first, {number(y[-1])} at last")
        drawn = drawable(y, log=log)
        gone.append(left_out(f"{name} at ", y, drawn, _Places(x_label, at)))
        thin_at, thin = _thinned(at, drawn)
        series.append({"name": str(name), "style": style, "x": thin_at, "y": thin})
        shown = (at, y) if thin.size == y.size else (thin_at, thin)
        tables.append({"columns": [x_label, str(name)], "data": list(shown)})
    given = dict(lines) if len(lines) > 1 else next(iter(lines.values()))
    refuse_if_none((line["y"] for line in series), " or ".join(map(str, lines)), given, log=log)
    return {
        "series": series,
        "x_label": x_label,
        "y_label": y_label,
        "references": [],
        "empty": "",
        "y_scale": "log" if log else "linear",
        "x_first": min(float(line["x"][0]) for line in series),
        "x_last": max(float(line["x"][-1]) for line in series),
        "summary": f"{'; '.join(said)}.{sentence(gone, log=log)}",
        "tables": tables,
    }


class _Places(Sequence[str]):
    """Where the points of a line stand, in words: `step 2`. Few of many are ever asked for."""

    def __init__(self, x_label: str, at: Array) -> None:
        self._x_label, self._at = x_label, at

    def __len__(self) -> int:
        return self._at.size

    def __getitem__(self, index: Any) -> Any:
        x = float(self._at[index])
        return f"{self._x_label} {int(x) if x.is_integer() else number(x)}"


def _styles(names: Iterable[str]) -> list[str]:
    """A style for each line: its own if its name has one, else the first that is free."""
    own = []
    for name in names:
        style = OWN_STYLES.get(str(name).replace(",", " ").split(" ")[0].lower(), "")
        own.append(style if style not in own else "")
    free = [style for style in STYLES if style not in own]
    if "rnn" in own:  # it has the colour of "model"
        free.sort(key=lambda style: style == "model")
    return [style or free.pop(0) for style in own]


def _thinned(x: Array, y: Array) -> tuple[Array, Array]:
    """A long line in a few hundred points, with a gap wherever there was one."""
    if y.size <= _THIN_FROM:
        return x, y
    curve, there = Curve(), np.isfinite(y)
    for point in zip(x[there].tolist(), y[there].tolist(), strict=True):
        curve.add(*point)
    kept_x, kept_y = curve.columns()
    gaps = {int(np.searchsorted(kept_x, at)): float(at) for at in x[~there]}
    return (
        np.insert(kept_x, list(gaps), list(gaps.values())),
        np.insert(kept_y, list(gaps), np.nan),
    )


def _bars(values: Any, labels: Sequence[str] | None, title: str) -> dict[str, Any]:
    if isinstance(values, Mapping):
        labels, values = [str(name) for name in values], list(values.values())
    heights = numbers("values", values, 1)
    drawn = drawable(heights)
    refuse_if_none([drawn], "values", values)
    if heights.size > MOST_BARS:
        raise ValueError(f"a figure draws at most {MOST_BARS} bars; got {heights.size}")
    names = _names(labels, heights.size, "bars")
    every = 1 if labels or heights.size <= 24 else 5
    thin = [name if at % every == 0 else "" for at, name in enumerate(names)]
    largest = int(np.nanargmax(np.abs(drawn)))
    panel = {
        "title": title,
        "labels": thin,
        "show_values": heights.size <= 12,
        "unsigned": not (drawn < 0).any(),
        "series": [{"name": title, "style": "signed", "values": drawn}],
    }
    return {
        "panels": [panel],
        "summary": f"{heights.size} bars; the largest is {names[largest]}: "
        f"{number(heights[largest])}.{sentence([left_out('', heights, drawn, names)])}",
        "tables": [{"rows": names, "columns": [title], "data": [heights]}],
    }


def _heatmap(values: Any, labels: Sequence[str] | None, first: int) -> dict[str, Any]:
    table = numbers("values", values, 2)
    rows, columns = table.shape
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise ValueError(
            f"a heatmap has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns; "
            f"got {rows} and {columns}: take a part of it"
        )
    drawn = drawable(table)
    refuse_if_none([drawn], "values", values)
    names = _names(labels, rows, "rows")
    steps = np.arange(float(columns)) + first
    said = names if labels is not None else [f"row {name}" for name in names]
    places = [f"{name}, step {first + column}" for name in said for column in range(columns)]
    gone = left_out("", table.ravel(), drawn.ravel(), places)
    return {
        "values": drawn,
        "rows": names,
        "columns": None,
        "reach": float(np.nanmax(np.abs(drawn))) or 1.0,
        "start": first,
        "dense": columns > 24,
        "unsigned": not (drawn < 0).any(),
        "summary": f"{rows} rows and {columns} columns, from {number(np.nanmin(drawn))} "
        f"to {number(np.nanmax(drawn))}.{sentence([gone])}",
        "tables": [
            {"columns": ["step", *names], "data": [steps, *(np.array(row) for row in table)]}
        ],
    }


def _names(labels: Sequence[str] | None, count: int, what: str) -> list[str]:
    names = [str(at) for at in range(count)] if labels is None else [str(name) for name in labels]
    if len(names) != count:
        raise ValueError(f"labels must name all {count} {what}; got {len(names)}")
    return names

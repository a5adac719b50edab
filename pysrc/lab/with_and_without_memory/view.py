"""The figures and formulas of two histories, as plain data."""

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from lab.kit.words import number
from lab.with_and_without_memory.declaration import ROWS
from lab.with_and_without_memory.histories import RECURRENT, History
from rnn.arrays import Array

MOST_NUMBERS = 12  # steps whose columns are wide enough for numbers
_A_LINE = 5  # terms that fit beside each other
_ALIKE = 1e-9

Part = dict[str, Any]


class Pair(NamedTuple):
    """Both histories, and where the reader looks."""

    one: History
    two: History
    window: int
    position: int  # of the moved value, from 1
    step: int
    row: int  # of the chosen cell, from 1

    @property
    def steps(self) -> int:
        """How long the sequence is."""
        return len(self.one.values)


def rows(pair: Pair) -> Array:
    """All that the figure shows, (rows, steps)."""
    one, two = pair.one, pair.two
    return np.stack([one.values, two.values, one.recurrent, two.recurrent, one.window, two.window])


def histories(pair: Pair) -> dict[str, Any]:
    """Values and answers of both histories; the frame is what the window sees."""
    values = rows(pair)
    first = max(pair.step - pair.window + 1, 1)
    steps = np.arange(1.0, pair.steps + 1)
    return {
        "values": values,
        "rows": list(ROWS),
        "columns": None,
        "row_control": "row",
        "groups": [2, 4],
        "numbers": pair.steps <= MOST_NUMBERS,
        "outlines": [
            {"rows": [0, 1], "steps": [first, pair.step], "dashed": False},
            {"rows": [1, 1], "steps": [pair.position, pair.position], "dashed": True},
        ],
        "summary": verdict(pair),
        "tables": [
            {
                "columns": ["step", *ROWS],
                "data": [steps, *(np.ascontiguousarray(row) for row in values)],
            }
        ],
    }


def verdict(pair: Pair) -> str:
    """Which answer changes, at the step the reader looks at."""
    at = pair.step - 1
    one, two = pair.one, pair.two
    if pair.position > pair.step:
        return f"After step {pair.step} the moved value has not been read: all answers are alike."
    if abs(float(one.values[pair.position - 1] - two.values[pair.position - 1])) < _ALIKE:
        return "Both histories are the same: move the value."
    window = (
        f"The window of {pair.window} answers {number(one.window[at])} both times: value "
        f"{pair.position} has left it."
        if abs(float(one.window[at] - two.window[at])) < _ALIKE
        else f"The window of {pair.window} sees value {pair.position} and answers "
        f"{number(one.window[at])} and {number(two.window[at])}."
    )
    return (
        f"After step {pair.step} the recurrent unit answers {number(one.recurrent[at])} and "
        f"{number(two.recurrent[at])}. {window}"
    )


def compared(pair: Pair, network: str) -> str:
    """A network's answers to both histories, at the step the reader looks at."""
    one, two = (float(getattr(history, network)[pair.step - 1]) for history in (pair.one, pair.two))
    if abs(one - two) < _ALIKE:
        return f"{number(one)} both times"
    return f"{number(one)} and {number(two)}"


def changes(pair: Pair) -> dict[str, Any]:
    """How far the answers to the two histories are apart, step by step."""
    apart = {
        "Recurrent unit": pair.two.recurrent - pair.one.recurrent,
        f"Window of {pair.window}": pair.two.window - pair.one.window,
    }
    every = 1 if pair.steps <= MOST_NUMBERS else 5
    labels = ["" if step % every else str(step) for step in range(1, pair.steps + 1)]
    counts = [int(np.count_nonzero(np.abs(values) > _ALIKE)) for values in apart.values()]
    return {
        "panels": [
            {
                "title": title,
                "labels": labels,
                "series": [{"name": "change", "style": "signed", "values": values}],
                "cursor": True,
            }
            for title, values in apart.items()
        ],
        "summary": (
            f"The moved value changes the recurrent unit’s answer at {counts[0]} of {pair.steps} "
            f"steps, the window’s at {counts[1]}."
        ),
        "tables": [
            {
                "columns": ["step", *apart],
                "data": [np.arange(1.0, pair.steps + 1), *apart.values()],
            }
        ],
    }


def formula(pair: Pair) -> list[list[Part]]:
    """How the chosen cell came about. Always as many lines, so that nothing below them moves."""
    kind, which = divmod(pair.row - 1, 2)
    history = (pair.one, pair.two)[which]
    lines = (_value, _recurrent, _window)[kind](pair, history, which + 1)
    most = -(-(pair.window + 1) // _A_LINE) + 1
    return lines + [[{"text": "\u00a0"}]] * (most - len(lines))


def _value(pair: Pair, history: History, which: int) -> list[list[Part]]:
    t = pair.step
    value = float(history.values[t - 1])
    own = which == 2 and t == pair.position
    said = (
        "moved by you" if own else "the same in both histories" if t != pair.position else "drawn"
    )
    return [
        [{"symbol": f"x_{t}"}, {"text": " = "}, _put(value, f"x_{t}", "result")],
        [{"text": f"History {which}, step {t}: {said}."}],
    ]


def _recurrent(pair: Pair, history: History, which: int) -> list[list[Part]]:
    t = pair.step
    before = float(history.recurrent[t - 2]) if t > 1 else 0.0
    line = [
        {"symbol": f"h_{t}"},
        {"text": " = "},
        _put(RECURRENT.w_x, "w_x", "term"),
        {"text": " · "},
        _put(float(history.values[t - 1]), f"x_{t}", "term"),
        {"text": " + "},
        _put(RECURRENT.w_h, "w_h", "term"),
        {"text": " · "},
        _put(before, f"h_{t - 1}", "term"),
        {"text": " + "},
        _put(RECURRENT.b_h, "b_h", "term"),
        {"text": " = "},
        _put(float(history.recurrent[t - 1]), f"h_{t}", "result"),
    ]
    end = f"History {which}, recurrent unit: all of the past is in the old memory."
    return [line, [{"text": end}]]


def _window(pair: Pair, history: History, which: int) -> list[list[Part]]:
    t = pair.step
    terms: list[list[Part]] = []
    for back in range(pair.window):
        value = float(history.values[t - 1 - back]) if t - 1 - back >= 0 else 0.0
        name = f"x_{t - back}" if t - back >= 1 else "nothing yet"
        weight = _put(1.0, f"w_{back + 1}", "term")
        terms.append([weight, {"text": " · "}, _put(value, name, "term")])
    terms.append([_put(0.0, "b", "term")])
    lines: list[list[Part]] = []
    for first, last in pairwise([*range(0, len(terms), _A_LINE), len(terms)]):
        head = [{"symbol": f"y_{t}"}, {"text": " = "}] if first == 0 else [{"text": "   + "}]
        rest = [part for term in terms[first + 1 : last] for part in ({"text": " + "}, *term)]
        lines.append([*head, *terms[first], *rest])
    lines[-1] += [{"text": " = "}, _put(float(history.window[t - 1]), f"y_{t}", "result")]
    count = pair.window + 1
    return [*lines, [{"text": f"History {which}, window of {pair.window}: {count} weights."}]]


def _put(value: float, name: str, kind: str) -> Part:
    return {"number": number(value), "name": name, kind: True}

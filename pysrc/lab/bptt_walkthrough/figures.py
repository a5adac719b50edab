"""The figures of the walk, as plain data with a sentence and a table each."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from lab.bptt_walkthrough.formulas import symbol
from lab.bptt_walkthrough.page import Cell, Page
from lab.bptt_walkthrough.sheet import Sheet
from lab.kit.words import number
from rnn.one_unit import Weights
from rnn.walk import Key


def _table(columns: dict[str, Any]) -> dict[str, Any]:
    return {"columns": list(columns), "data": list(columns.values())}


def _column(page: Page, kind: str) -> Any:
    sheet = page.sheet
    steps = [Key(kind, t) for t in range(1, sheet.steps + 1)]
    return np.array([sheet.value(key) if key in sheet.keys else np.nan for key in steps])


def _steps(page: Page) -> Any:
    return np.arange(1.0, page.sheet.steps + 1)


def network(page: Page, spoken: str) -> dict[str, Any]:
    """The unrolled network: numbers forward in the nodes, numbers back beside dashed arrows."""
    sheet = page.sheet
    rows = {kind: page.cells(kind) for kind in ("target", "y", "above", "h", "later", "x")}
    return {
        "control": "number",
        "spoken": spoken,
        "rows": rows,
        "start": page.cell("h", 0),
        "weights": {name: page.cell(name) for name in ("w_x", "w_h", "w_y")},
        "signs": {name: float(np.clip(getattr(sheet.weights, name), -3, 3)) for name in _DRAWN},
        "cuts": [t for t in range(1, sheet.steps) if t % sheet.window == 0],
        "lit": _lit(page),
        "at": page.last.step,
        "summary": (
            f"{page.written} of {len(sheet.order)} numbers are written. {spoken}"
            + _signals_said(page)
        ),
        "tables": [
            _table(
                {
                    "step": _steps(page),
                    "input x": _column(page, "x"),
                    "memory h": _column(page, "h"),
                    "prediction y": _column(page, "y"),
                    "target": _column(page, "target"),
                    "from the output": _column(page, "above"),
                    "from the next step": _column(page, "later"),
                }
            )
        ],
    }


def _lit(page: Page) -> str:
    """The number on whose arrow the walk is: all that a step does, it does with what came there."""
    kind, step = page.last
    if kind in ("a", "h"):
        return f"a_{step}"
    if kind in ("y", "share"):
        return f"y_{step}"
    early = kind in ("d_y", "add_w_y", "add_b_y", "above") or step == page.sheet.steps
    return f"{'above' if early else 'later'}_{step}" if step else ""


_DRAWN = ("w_x", "w_h", "w_y")
_ROWS = {
    "Forward": (("a", "sum"), ("share", "share of loss")),
    "Backward": (
        ("d_y", "output"),
        ("d_h", "memory"),
        ("slope", "local derivative"),
        ("d_a", "error signal"),
    ),
    "Each step adds to": tuple((f"add_{name}", "") for name in Weights._fields),
}
_TOTALS = {"share": "loss"} | {f"add_{name}": f"d_{name}" for name in Weights._fields}


def sheet_of(page: Page, spoken: str) -> dict[str, Any]:
    """Every step's numbers in a column, sums on the right, growing as the walk goes back."""
    sheet = page.sheet
    groups = []
    for title, rows in _ROWS.items():
        lines = []
        for kind, words in rows:
            cells = page.cells(kind)
            total = _total(page, kind)
            head = _TOTALS[kind] if kind.startswith("add_") else kind
            label = symbol(Key(head)) if words == "" else f"{symbol(Key(kind))}_t"
            lines.append({"symbol": label, "words": words, "cells": [*cells, total]})
        groups.append({"title": title, "rows": lines})
    return {
        "control": "number",
        "spoken": spoken,
        "columns": [*(f"step {t}" for t in range(1, sheet.steps + 1)), "sum"],
        "sums": 1,
        "cuts": [t for t in range(1, sheet.steps) if t % sheet.window == 0],
        "groups": groups,
        "summary": _sum_said(page),
        "tables": [
            _table(
                {
                    "step": _steps(page),
                    **{
                        symbol(Key(kind, 0)) if words else f"adds to ∂L/∂{kind[4:]}": _column(
                            page, kind
                        )
                        for rows in _ROWS.values()
                        for kind, words in rows
                    },
                }
            )
        ],
    }


def _signals_said(page: Page) -> str:
    """How much arrives at the first step, once the walk has been there."""
    first, last = Key("d_a", 1), Key("d_a", page.sheet.steps)
    if not page.is_written(first):
        return ""
    ends = [number(page.sheet.value(key)) for key in (last, first)]
    return f" The error signal is {ends[0]} at step {last.step} and {ends[1]} at step 1."


def _sum_said(page: Page) -> str:
    """The gradient of w_h as a sum, once it has been added up."""
    sheet = page.sheet
    if not page.is_written(Key("d_w_h")):
        return "The gradient of w_h is a sum that is not added up yet: a share from each step."
    largest = max(range(1, sheet.steps + 1), key=lambda t: abs(_share_of_w_h(sheet, t)))
    return (
        f"The gradient of w_h is {number(sheet.gradient.w_h)}: the sum of {sheet.steps} "
        f"shares, the largest {number(_share_of_w_h(sheet, largest))} from step {largest}."
    )


def _share_of_w_h(sheet: Sheet, step: int) -> float:
    value = sheet.value(Key("add_w_h", step))
    return value if np.isfinite(value) else 0.0


def _total(page: Page, kind: str) -> Cell | None:
    """What has been added up so far; the number itself once the walk is there."""
    if kind not in _TOTALS:
        return None
    cell = page.cell(_TOTALS[kind])
    if cell and cell["mark"] == "ahead":
        so_far = [
            page.sheet.value(key)
            for key in page.sheet.order
            if key.kind == kind and page.is_written(key)
        ]
        if so_far:
            cell |= {"text": f"{number(sum(so_far))} …", "mark": "growing"}
    return cell


def gradients(page: Page, spoken: str, checked: bool) -> dict[str, Any]:
    """Each weight: its gradient, what a nudge says, and where an update takes it."""
    sheet = page.sheet
    columns = {"": "now", "d_": "cut" if sheet.truncated else "∂L/∂w"}
    if sheet.truncated:
        columns["full_"] = "in full"
    if checked:
        columns |= {"numeric_": "nudged", "error_": "relative error"}
    columns["new_"] = "updated"
    rows = [
        {"symbol": name, "words": "", "cells": [page.cell(f"{kind}{name}") for kind in columns]}
        for name in Weights._fields
    ]
    return {
        "control": "number",
        "spoken": spoken,
        "columns": list(columns.values()),
        "sums": 0,
        "cuts": [],
        "groups": [{"title": "", "rows": rows}],
        "summary": _told(page, checked),
        "tables": [
            {
                "rows": list(Weights._fields),
                **_table(
                    {
                        words: np.array([sheet.value(Key(f"{kind}{n}")) for n in Weights._fields])
                        for kind, words in columns.items()
                    }
                ),
            }
        ],
    }


def _told(page: Page, checked: bool) -> str:
    sheet = page.sheet
    if not checked and page.written < len(sheet.order):
        return "The gradients are not added up yet: the walk is still on its way."
    parts = []
    if sheet.truncated:
        lost = {
            name: abs(full - cut)
            for name, full, cut in zip(
                Weights._fields, sheet.full_gradient, sheet.gradient, strict=True
            )
        }
        name = max(lost, key=lambda each: lost[each])
        cut, full = getattr(sheet.gradient, name), getattr(sheet.full_gradient, name)
        parts.append(
            f"Cut after every {_steps_in_words(sheet.window)}, the gradient of {name} is "
            f"{number(cut)}; in full it is {number(full)}."
        )
    if checked:
        parts.append(verdict(sheet))
    steepest = max(Weights._fields, key=lambda name: abs(getattr(sheet.gradient, name)))
    slope = getattr(sheet.gradient, steepest)
    if not parts:
        parts.append(
            f"The loss {number(sheet.loss)} is steepest in {steepest}: {number(slope)}, so the "
            f"update moves {steepest} {'down' if slope > 0 else 'up'}."
        )
    return " ".join(parts)


def _steps_in_words(window: int) -> str:
    return "step" if window == 1 else f"{window} steps"


def verdict(sheet: Sheet) -> str:
    """Whether the gradients pass the check, and how well."""
    errors = {name: check.error for name, check in sheet.checks.items()}
    worst = max(errors, key=lambda name: errors[name])
    wrong = [name for name, error in errors.items() if not error < 1e-6]
    if not wrong:
        return f"All five agree; the largest relative error is {number(errors[worst])} ({worst})."
    why = " They are cut: these are not the loss’s own gradients." if sheet.truncated else ""
    largest = number(errors[worst])
    return f"Not equal: {', '.join(wrong)}; the largest relative error is {largest}.{why}"


def losses(history: Iterable[float]) -> dict[str, Any]:
    """The loss before the first update and after each."""
    y = np.array(list(history), dtype=np.float64)
    x = np.arange(float(len(y)))
    drawn = slice(0 if len(y) > 1 else 1, None)  # one point is no curve
    return {
        "series": [{"name": "loss", "style": "model", "x": x[drawn], "y": y[drawn]}],
        "references": [],
        "x_label": "updates",
        "x_last": 20,
        "y_label": "loss",
        "empty": "Press Apply the update: the loss is drawn here.",
        "summary": (
            f"Before any update the loss was {number(y[0])}."
            if len(y) == 1
            else f"From {number(y[0])} to {number(y[-1])} in {len(y) - 1} updates."
        ),
        "tables": [_table({"update": x, "loss": y})],
    }

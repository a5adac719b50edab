"""What the figures show of a date that was written anew, and of a network that learns to."""

from typing import Any, NamedTuple

import numpy as np

from lab.attention.apprentice import JUDGED, Apprentice
from lab.attention.exam import Exam
from lab.kit.curve import Curve
from lab.kit.text.figures import percent, table
from lab.kit.words import number
from rnn.dates.drawing import STOP, TARGET
from rnn.dates.reader import Written

KNOWING_NOTHING = float(np.log(len(TARGET) + 1))
GOAL = 0.95
END = "end"
_TOLD = 3  # places of the source that are told in words
CHOICES = 4
_LISTED = 12  # answers


class Page(NamedTuple):
    """A date, what was written for it, and the character looked at (from 1; 0 for none)."""

    text: str
    written: Written | None
    step: int


def symbol(index: int) -> str:
    """A written character, as a label."""
    return TARGET[index] if index < STOP else END if index == STOP else "start"


def _quoted(index: int) -> str:
    return f"“{symbol(index)}”" if index < STOP else "the end"


def alignment(page: Page) -> dict[str, Any]:
    """The matrix: a row for each written character, a column for each that was read."""
    text, written, _ = page
    if written is None:
        return {
            "values": np.zeros((0, 0)),
            "rows": [],
            "columns": list(text),
            "summary": "Nothing was written yet.",
            "tables": [],
        }
    values = np.round(written.alignments.astype(np.float64), 3)
    rows = [symbol(int(index)) for index in written.symbols]
    columns = {
        f"{place} {'space' if character == ' ' else character}": np.ascontiguousarray(column)
        for place, (character, column) in enumerate(zip(text, values.T, strict=True), 1)
    }
    return {
        "values": values,
        "rows": rows,
        "columns": list(text),
        "summary": f"“{text}” was written as {written.text or 'nothing'}. {looked(page)}",
        "tables": [table(columns, [f"{at} {row}" for at, row in enumerate(rows, 1)])],
    }


def looked(page: Page) -> str:
    """Where it looked for the character at the cursor, in a sentence."""
    if page.written is None:
        return ""
    weights = page.written.alignments[page.step - 1]
    most = np.argsort(-weights, kind="stable")[:_TOLD]
    places = ", ".join(
        f"{'a space' if page.text[at] == ' ' else f'“{page.text[at]}”'} at {at + 1} "
        f"({percent(float(weights[at]))})"
        for at in most
    )
    written = _quoted(int(page.written.symbols[page.step - 1]))
    return f"For {written}, character {page.step}, it looked most at {places}."


def readout(page: Page) -> list[list[dict[str, Any]]]:
    """What was written so far, and what comes now."""
    if page.written is None:
        return []
    here = int(page.written.symbols[page.step - 1])
    before = "".join(symbol(int(index)) for index in page.written.symbols[: page.step - 1])
    chance = percent(float(page.written.probabilities[page.step - 1, here]))
    start = f"After “{before}”" if before else "First"
    return [
        [{"text": f"{start} it writes {_quoted(here)}, probability {chance}."}],
    ]


def choices(page: Page) -> dict[str, Any]:
    """The probabilities of the characters that could stand at the cursor."""
    if page.written is None:
        return {
            "rows": [],
            "others": {"count": 0, "probability": 0.0},
            "title": "Nothing was written yet",
            "summary": "Nothing was written yet.",
            "tables": [],
        }
    p = page.written.probabilities[page.step - 1, : STOP + 1]
    here = int(page.written.symbols[page.step - 1])
    order = [int(index) for index in np.argsort(-p, kind="stable")[:CHOICES]]
    before = "".join(symbol(int(index)) for index in page.written.symbols[: page.step - 1])
    rows = [
        {
            "label": symbol(index),
            "score": None,
            "scaled": None,
            "probability": float(p[index]),
            "drawn": index == here,
        }
        for index in order
    ]
    told = ", ".join(f"{_quoted(index)} {percent(float(p[index]))}" for index in order[:3])
    return {
        "rows": rows,
        "others": {
            "count": len(p) - len(order),
            "probability": max(0.0, 1.0 - float(p[order].sum())),
        },
        "taken": "written",
        "most": CHOICES,
        "title": f"What comes after “{before}”" if before else "What comes first",
        "summary": f"The likeliest: {told}. The network always writes the likeliest.",
        "tables": [
            table(
                {"probability": np.array([row["probability"] for row in rows])},
                [str(row["label"]) for row in rows],
            )
        ],
    }


def shares(young: Apprentice | None) -> dict[str, Any]:
    """How many of the held-out dates are exact, as it learns."""
    learned = young is not None and young.share is not None
    said = "Nothing was trained yet."
    if young is not None and young.share is not None:
        said = (
            f"{percent(young.share)} of {JUDGED} held-out dates are exact after {young.read:,} "
            f"spellings; a guess among all 36,525 dates is right once in 36,525."
        )
    return {
        **_curve(young.shares if young and learned else None, "exact", "share exact"),
        "references": [{"name": f"goal: {GOAL}", "y": GOAL}],
        "y_scale": "linear",
        "y_low": 0.0,
        "y_high": 1.0,
        "empty": "Press Train: it learns from nothing.",
        "summary": said,
    }


def losses(young: Apprentice | None) -> dict[str, Any]:
    """The loss, as it learns."""
    loss = young.loss if young else None
    return {
        **_curve(young.losses if young and loss is not None else None, "loss", "nats"),
        "references": [
            {"name": f"knowing nothing: ln 12 = {number(KNOWING_NOTHING)}", "y": KNOWING_NOTHING}
        ],
        "empty": "Press Train: it learns from nothing.",
        "summary": "Nothing was trained yet."
        if young is None or loss is None
        else f"Loss {number(loss)} nats a character after {young.read:,} spellings.",
    }


def _curve(curve: Curve | None, name: str, y_label: str) -> dict[str, Any]:
    x, y = (curve or Curve()).columns()
    return {
        "series": [{"name": name, "style": "gru", "x": x, "y": y}],
        "x_label": "spellings learned from",
        "y_label": y_label,
        "x_last": 1000,
        "tables": [table({"spellings": x, y_label: y})],
    }


def answers(exam: Exam | None) -> dict[str, Any]:
    """Held-out dates and what was written for them, mistakes first."""
    if exam is None or not exam.answers:
        return {
            "rows": [],
            "empty": "Press Check held-out dates.",
            "summary": "Nothing was checked yet.",
            "tables": [],
        }
    told = [*exam.wrong, *(answer for answer in exam.answers if answer.right)][:_LISTED]
    return {
        "rows": [
            {"text": each.text, "given": each.given, "wanted": each.wanted, "right": each.right}
            for each in told
        ],
        "empty": "",
        "summary": verdict(exam),
        "tables": [
            table(
                {"right (1) or wrong (0)": np.array([float(each.right) for each in told])},
                [f"{each.text}: {each.given}" for each in told],
            )
        ],
    }


def verdict(exam: Exam) -> str:
    """How many were right, and an example of what was not."""
    count, wrong = len(exam.answers), exam.wrong
    said = (
        f"Of {count} held-out dates {exam.name} wrote {exam.right} exactly "
        f"({percent(exam.right / count)})."
    )
    if wrong:
        first = wrong[0]
        said += f" “{first.text}” became {first.given}; right is {first.wanted}."
    return said

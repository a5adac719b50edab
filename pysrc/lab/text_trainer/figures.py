"""The figures of a course, as plain data with a sentence and a table each."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from lab.kit.curve import Curve
from lab.kit.text.figures import brief, percent, table
from lab.kit.text.labels import Shown, labels
from lab.kit.words import number
from lab.text_trainer.course import Course
from lab.text_trainer.python_colours import coloured
from lab.text_trainer.samples import KEPT, Sample
from lab.text_trainer.study import Studied
from rnn.schedules import Schedule

NAMES = {"lstm": "LSTM", "gru": "GRU", "rnn": "RNN"}
FIRST_STRETCH = 20_000  # characters that the axis shows at least
LIBRARY = 77.5  # % of excerpts of the corpus itself that parse, cut the same way (models/README.md)
POINTS = 100  # of the schedule
HEAD = 40  # characters of a sample in a table


def _series(name: str, style: str, curve: Curve | None, digits: int = 4) -> dict[str, Any]:
    x, y = (curve or Curve()).columns()
    return {"name": name, "style": style, "x": x, "y": brief(y, digits)}


def losses(course: Course | None, studied: Studied | None, cell: str) -> dict[str, Any]:
    """Both losses against what counting pairs and triples of characters achieves."""
    series = [
        _series("train", f"train {cell}", course.train if course else None),
        _series("held out", f"heldout {cell}", course.judged if course else None),
    ]
    baselines = (
        [] if studied is None else [("bigram", studied.bigram), ("trigram", studied.trigram)]
    )
    return {
        "series": series,
        "x_label": "characters read",
        "y_label": "bits per character",
        "y_scale": "linear",
        "tall": True,
        **_top(studied),
        "x_last": FIRST_STRETCH,
        "references": [{"name": f"{name} {number(bits)}", "y": bits} for name, bits in baselines],
        "empty": "Press Train: the loss is drawn here."
        if course
        else "It needs a text first; then the loss is drawn here.",
        "summary": _losses_said(course, studied),
        "tables": [
            table({"characters read": each["x"], f"{each['name']}, bits": each["y"]})
            for each in series
        ],
    }


def _top(studied: Studied | None) -> dict[str, float]:
    """Where the axis ends: a loss far above that of knowing nothing would flatten all others."""
    if studied is None:
        return {}
    return {"y_high": 1.15 * math.log2(len(studied.prepared.vocabulary))}


def _losses_said(course: Course | None, studied: Studied | None) -> str:
    if course is None or studied is None:
        return "There is no network yet: it needs a text to learn from."
    counted = (
        f"Counting pairs of characters takes {number(studied.bigram)}, triples "
        f"{number(studied.trigram)}."
    )
    judged = "" if course.bits is None else f"{number(course.bits)} bits per held-out character"
    if not course.characters:
        return f"Before training: {judged or 'not yet judged'}. {counted}"
    _, train = course.train.columns()
    read = f"{number(float(train[-1]))} on what it reads" if len(train) else "nothing read"
    return f"After {course.characters:,} characters: {judged or 'no loss'}, {read}. {counted}"


def samples(course: Course | None, code: bool) -> dict[str, Any]:
    """The short list of samples, the newest first."""
    listed = [] if course is None else list(course.samples)[::-1]
    newest = listed[0] if listed else None
    said = "Nothing was written yet."
    if newest:
        which = "The first sample" if len(listed) == 1 else f"The newest of {len(listed)} samples"
        begins = labels(newest.text[:HEAD])
        said = f"{which}, after {newest.characters:,} characters, begins “{begins}…”"
    return {
        "entries": [_entry(each, code) for each in listed],
        "face": "mono" if code else "serif",
        "summary": said,
        "tables": [_sample_table(listed)],
    }


@lru_cache(maxsize=4 * KEPT)  # asked for many times a second, and seldom another
def _entry(sample: Sample, code: bool) -> dict[str, Any]:
    when = f"after {sample.characters:,} characters" if sample.characters else "untrained"
    notes = [] if sample.bits is None else [f"{number(sample.bits)} bits"]
    if sample.parses is not None:
        notes.append("Python accepts its complete blocks" if sample.parses else "not yet Python")
    shown = "".join(Shown().of(sample.text))
    pieces = coloured(shown) if code else [{"text": shown, "kind": ""}]
    return {"when": when, "note": ", ".join(notes), "pieces": pieces}


def _sample_table(listed: Sequence[Sample]) -> dict[str, Any]:
    bits = [np.nan if each.bits is None else each.bits for each in listed]
    return table(
        {
            "characters read": np.array([float(each.characters) for each in listed]),
            "held out, bits": brief(np.array(bits), 4),
        },
        [labels(each.text[:HEAD]) for each in listed],
    )


def code(course: Course | None, corpus_is_ours: bool) -> dict[str, Any]:
    """How much of what it writes Python accepts, and how well it closes and indents."""
    names = (("parses", "heldout"), ("brackets in pairs", "train"), ("lines in place", "rival"))
    curves = (
        (None, None, None)
        if course is None
        else (course.parsed, course.brackets, course.indentation)
    )
    series = []
    for (name, style), curve in zip(names, curves, strict=True):
        each = _series(name, style, curve)
        each["y"] = brief(100.0 * each["y"], 2)
        series.append(each)
    quality = None if course is None else course.quality
    said = (
        "Nothing was measured yet."
        if quality is None
        else (
            f"Of 200 samples {quality.parsed.complete} have a complete block and Python accepts "
            f"{quality.parsed.parsed}, that is {percent(quality.parsed.share)}; "
            f"{percent(quality.brackets)} of brackets are in pairs, "
            f"{percent(quality.indentation)} of lines stand where they may."
        )
    )
    return {
        "series": series,
        "x_label": "characters read",
        "y_label": "%",
        "y_scale": "linear",
        "y_low": 0.0,
        "y_high": 100.0,
        "x_last": FIRST_STRETCH,
        "references": (
            [{"name": f"the library itself {number(LIBRARY)} %", "y": LIBRARY}]
            if corpus_is_ours
            else []
        ),
        "empty": "Press Train: shares in % are drawn here, every twenty seconds.",
        "summary": said,
        "tables": [
            table({"characters read": each["x"], f"{each['name']}, %": each["y"]})
            for each in series
        ],
    }


def gradient(course: Course | None, cell: str, limits: Sequence[float]) -> dict[str, Any]:
    """The gradient's norm before clipping, and what it is clipped to, if so."""
    series = _series("norm", cell, course.norms if course else None)
    count = len(series["y"])
    return {
        "series": [series],
        "x_label": "characters read",
        "y_label": "norm",
        "x_last": FIRST_STRETCH,
        "references": [{"name": f"clipped to {number(each)}", "y": each} for each in limits],
        "empty": "Press Train: the norm of every step’s gradient is drawn here.",
        "summary": (
            f"The gradient’s norm is {number(float(series['y'][-1]))} now and was at most "
            f"{number(float(series['y'].max()))}."
            if count
            else "No step was taken yet."
        ),
        "tables": [table({"characters read": series["x"], "norm": series["y"]})],
    }


def rate(schedule: Schedule, steps: int, per_step: int, now: int) -> dict[str, Any]:
    """The learning rate of every step of the run."""
    few = np.linspace(0, steps, min(steps, POINTS) + 1).astype(np.int64)
    rates = np.array([schedule(int(step)) for step in few])
    x = few.astype(np.float64) * per_step
    return {
        "series": [{"name": "rate", "style": "model", "x": x, "y": rates}],
        "x_label": "characters read",
        "y_label": "learning rate",
        "x_last": float(x[-1]),
        "y_scale": "linear",
        "y_low": 0.0,
        "references": [],
        "empty": "",
        "summary": (
            f"The learning rate is {number(schedule(now))} now, at most "
            f"{number(float(rates.max()))}, and {number(float(rates[-1]))} at the end."
        ),
        "tables": [table({"characters read": x, "learning rate": rates})],
    }

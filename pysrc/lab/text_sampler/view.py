"""What the sampler's figures show at a place of the text."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from lab.kit.text import figures
from lab.kit.text.labels import labels, quoted
from lab.kit.text.models import LABELS
from lab.kit.text.writing import Writer
from lab.kit.words import exactly, number
from rnn.text.sampling import Choice

STRIP = 12  # units in the strip
MOST_POINTS = 120  # of a curve
MARKED = 16  # of all units, every so many are numbered
_CODE = "python-lstm"


def how(choice: Choice) -> str:
    """How characters are chosen, in a few words."""
    if choice.greedy:
        return "greedy"
    words = f"temperature {exactly(choice.temperature)}"
    if choice.top_k is not None:
        words += f", top-k {choice.top_k:,}"
    if choice.top_p is not None:
        words += f", top-p {exactly(choice.top_p)}"
    return words


def text(writer: Writer | None, model: str, place: int) -> dict[str, Any]:
    """The text, with the probability each character was drawn with."""
    if writer is None:
        return _no_text()
    note = f"{LABELS.get(model, model)}, {how(writer.choice)}"
    return figures.text_figure(
        writer.places(),
        writer.text,
        seed_length=writer.seed_length,
        probability=writer.chances,
        note=note,
        summary=f"{at_cursor(writer, place)} {_written(writer, note)}",
        face="mono" if model == _CODE else "serif",
    )


def at_cursor(writer: Writer, place: int) -> str:
    """The character at a place, and how it came there."""
    here = quoted(writer.record.character(place))
    if place <= writer.seed_length:
        return f"Place {place:,}: {here}, given by the seed text."
    chance = figures.percent(float(writer.chances[place - 1]))
    return f"Place {place:,}: {here}, drawn with probability {chance}."


def _written(writer: Writer, note: str) -> str:
    return f"{writer.count:,} characters after the seed text {_quote(writer)} ({note})."


def _quote(writer: Writer) -> str:
    return f"“{labels(writer.text[: writer.seed_length])}”"


def _no_text() -> dict[str, Any]:
    return {
        "characters": [],
        "seed": 0,
        "start": 0,
        "probability": None,
        "tint": None,
        "note": "",
        "face": "serif",
        "summary": "There is no text yet.",
        "tables": [],
    }


def choices(writer: Writer | None, place: int) -> dict[str, Any]:
    """The ten likeliest characters at the cursor."""
    if writer is None:
        return {
            "rows": [],
            "others": {"count": 0, "probability": 0.0},
            "title": "There is no text yet",
            "summary": "There is no text yet.",
            "tables": [],
        }
    return figures.choices_figure(writer, place)


def strip(writer: Writer | None, place: int) -> dict[str, Any]:
    """The hidden units that move most around the cursor."""
    if writer is None:
        return {
            "values": np.zeros((0, 0)),
            "rows": [],
            "columns": [],
            "start": 1,
            "row_notes": None,
            "summary": "There is no text yet.",
            "tables": [],
        }
    record = writer.record
    columns = figures.window(place, record.count)
    units, far = figures.liveliest(record.units, columns, STRIP)
    most = int(np.argmax(far))
    return figures.strip_figure(
        record,
        [int(unit) + 1 for unit in units],
        columns,
        [number(float(distance)) for distance in far],
        f"{len(units)} of {record.units.shape[1]} hidden units after each of the characters "
        f"{columns.start + 1:,} to {columns.stop:,}. Unit {int(units[most]) + 1} moves most, "
        f"by {number(float(far[most]))} a character.",
    )


def perplexity(writers: Sequence[Writer]) -> dict[str, Any]:
    """The perplexity of the text up to each place, and of knowing nothing."""
    series: list[dict[str, Any]] = []
    for writer, style in zip(writers, ("model", "rival"), strict=False):
        nats = writer.record.nats()
        so_far = np.exp(np.cumsum(nats) / np.arange(1, len(nats) + 1))
        few = np.linspace(0, len(nats) - 1, min(len(nats), MOST_POINTS)).astype(np.intp)
        series.append(
            {
                "name": how(writer.choice),
                "style": style,
                "x": (few + 2).astype(np.float64),
                "y": figures.brief(so_far[few]),
            }
        )
    said = [f"{each['name']}: {number(each['y'][-1])}" for each in series if len(each["y"])]
    size = len(writers[0].record.model.vocabulary) if writers else 2
    return {
        "series": series,
        "x_label": "characters",
        "y_label": "perplexity",
        "references": [{"name": f"knowing nothing: {size}", "y": float(size)}] if writers else [],
        "empty": "There is no text yet.",
        "summary": f"Perplexity of the whole text. {'; '.join(said)}." if said else "No text yet.",
        "tables": [
            figures.table({"characters": each["x"], f"perplexity, {each['name']}": each["y"]})
            for each in series
        ],
    }


def units(writer: Writer | None, place: int) -> dict[str, Any]:
    """Every hidden unit after the character at the cursor, and how far each one moved there."""
    if writer is None:
        return {"panels": [], "summary": "There is no text yet.", "tables": []}
    record = writer.record
    now = record.units[place - 1].astype(np.float64)
    before = record.units[place - 2] if place > 1 else np.zeros_like(now)
    values, moved = figures.brief(now), figures.brief(now - before)
    ticks = [str(n) if n == 1 or n % MARKED == 0 else "" for n in range(1, len(values) + 1)]

    def panel(title: str, data: Any) -> dict[str, Any]:
        series = [{"name": title, "style": "signed", "values": data}]
        return {"title": title, "labels": ticks, "series": series}

    return {
        "panels": [
            panel("Each unit after this character", values),
            panel("How far each unit moved", moved),
        ],
        "summary": (
            f"After {quoted(record.character(place))} {int((now > 0).sum())} of {len(now)} units "
            f"are positive; together they moved by {number(math.sqrt(float(moved @ moved)))}."
        ),
        "tables": [
            figures.table(
                {
                    "unit": np.arange(1.0, len(values) + 1),
                    "after this character": values,
                    "moved by": moved,
                }
            )
        ],
    }

"""The sheet as a reader sees it: what is written so far, and which number is open."""

from collections.abc import Collection
from typing import Any

import numpy as np

from lab.bptt_walkthrough.sheet import Sheet, name_of
from lab.kit.words import number
from rnn.walk import Key

Cell = dict[str, Any]


class Page:
    """A sheet, how far it is written, and the number that is open."""

    def __init__(self, sheet: Sheet, written: int, key: Key) -> None:
        self.sheet, self.written, self.open = sheet, written, key
        made = sheet.paper.computed.get(key)
        self.sources: Collection[Key] = made.made_of if made else _result_of(key)
        self.last = sheet.order[written - 1]
        kept = [abs(sheet.value(key)) for key in sheet.order if key.kind[0] != "n"]
        self._reach = max([1.0, *(size for size in kept if np.isfinite(size))])

    def is_written(self, key: Key) -> bool:
        """Whether the pencil has been there. What is given always is."""
        return self.sheet.place.get(key, -1) < self.written

    def cell(self, kind: str, step: int = 0) -> Cell | None:
        """One number for a view: its name, how it is written, how it is shaded and marked."""
        key = Key(kind, step)
        if key not in self.sheet.keys:
            return None
        value = self.sheet.value(key)
        plain = not np.isfinite(value) or kind.startswith("error_")
        share = 0.0 if plain else value / self._reach
        mark = "written" if self.is_written(key) else "ahead"
        if key in self.sources:
            mark = "source"
        if key == self.open:
            mark = "open"
        return {"name": name_of(key), "text": number(value), "shade": round(share, 3), "mark": mark}

    def cells(self, kind: str) -> list[Cell | None]:
        """One number a step."""
        return [self.cell(kind, t) for t in range(1, self.sheet.steps + 1)]


def _result_of(key: Key) -> tuple[Key, ...]:
    kind, _, weight = key.kind.partition("_")
    if kind == "new":
        return Key(weight), Key(f"d_{weight}")
    return (Key(f"d_{weight}"), Key(f"numeric_{weight}")) if kind == "error" else ()

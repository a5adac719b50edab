"""Held-out dates put to a reader, a few at a time, with its mistakes."""

from typing import NamedTuple

import numpy as np

from rnn.dates import drawing
from rnn.dates.reader import DateReader

_AT_ONCE = 20


class Answer(NamedTuple):
    """One date: how it was spelled, what was written, what is right."""

    text: str
    given: str
    wanted: str

    @property
    def right(self) -> bool:
        """Whether it is right to the last character."""
        return self.given == self.wanted


class Exam:
    """A number of held-out dates for one reader; always the same dates for the same seed."""

    def __init__(self, reader: DateReader, name: str, count: int, seed: int) -> None:
        self.name, self.count = name, count
        self._reader = reader
        asked = drawing.draw(np.random.default_rng(seed), count, "held out")
        self._texts = [spelling.text for spelling in asked.spellings]
        self._wanted = [day.isoformat() for day in asked.days]
        self.answers: list[Answer] = []

    def go_on(self) -> None:
        """Put the next few dates."""
        here = slice(len(self.answers), len(self.answers) + _AT_ONCE)
        texts = self._texts[here]
        if texts:
            given = self._reader.answers(texts)
            self.answers += map(Answer, texts, given, self._wanted[here])

    @property
    def done(self) -> bool:
        """Whether all were put."""
        return len(self.answers) >= self.count

    @property
    def right(self) -> int:
        """How many were written without a mistake."""
        return sum(answer.right for answer in self.answers)

    @property
    def wrong(self) -> list[Answer]:
        """The mistakes, in their order."""
        return [answer for answer in self.answers if not answer.right]

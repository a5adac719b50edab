"""Which dates are learned from and which are only asked: no date is both.

Every tenth date or so is held out, drawn once with a seed of its own. A spelling belongs to one
date, so no held-out spelling was ever learned from.
"""

from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np

from rnn.arrays import BoolArray, IntArray
from rnn.checks import one_of, whole_number
from rnn.dates.forms import DAYS, MONTHS, ORDINALS, WEEKDAYS, Spelling, any_spelling, day_number

HELD_OUT = 3652
"""How many of the 36,525 dates are held out."""
SPLIT_SEED = 1950
"""The seed that decides which dates those are."""

_LETTERS = "".join(
    sorted({c for word in (*MONTHS, *WEEKDAYS, *ORDINALS, "of", "the") for c in word})
)
SOURCE = "".join(sorted(set("0123456789 .,-/'" + _LETTERS.lower() + _LETTERS.upper())))
"""Every character that a spelling of a date may hold."""
TARGET = "0123456789-"
"""What a date is written with."""
STOP = len(TARGET)
"""The index that says *it ends here*."""
START = len(TARGET) + 1
"""The index that stands before the first character."""
WRITTEN = 11
"""Steps of writing: ten characters and the stop."""

_SOURCE_INDEX = {character: index for index, character in enumerate(SOURCE)}
_TARGET_INDEX = {character: index for index, character in enumerate(TARGET)}


class Dates(NamedTuple):
    """A mini-batch of dates: how they were spelled and what should be written."""

    spellings: list[Spelling]
    days: list[date]
    source: IntArray  # (longest, batch)
    mask: BoolArray  # (longest, batch): where there is something to read
    targets: IntArray  # (WRITTEN, batch): YYYY-MM-DD and the stop


@cache
def _split() -> tuple[IntArray, IntArray]:
    order = np.random.default_rng(SPLIT_SEED).permutation(DAYS)
    return np.sort(order[HELD_OUT:]), np.sort(order[:HELD_OUT])


def days_of(part: str) -> IntArray:
    """The dates of a part, `learned` or `held out`, as a vector of days after the first.

    Raises ValueError for another part.
    """
    one_of("part", part, ("learned", "held out"))
    learned, held_out = _split()
    return learned if part == "learned" else held_out


def unknown(text: str) -> str:
    """The characters of a text that no spelling has, each once."""
    return "".join(dict.fromkeys(character for character in text if character not in _SOURCE_INDEX))


def encode(texts: list[str]) -> tuple[IntArray, BoolArray]:
    """Texts as indices (longest, batch), and a mask of where each has something to read.

    Raises ValueError for an empty text or characters that no spelling has.
    """
    if not texts or not all(texts):
        raise ValueError("there must be at least one text, and each must have a character")
    for text in texts:
        if unknown(text):
            raise ValueError(f"no date is spelled with {unknown(text)!r}; got {text!r}")
    longest = max(map(len, texts))
    source = np.zeros((longest, len(texts)), np.int64)
    mask = np.zeros((longest, len(texts)), np.bool_)
    for member, text in enumerate(texts):
        source[: len(text), member] = [_SOURCE_INDEX[character] for character in text]
        mask[: len(text), member] = True
    return source, mask


def iso_indices(days: list[date]) -> IntArray:
    """What should be written, (WRITTEN, batch)."""
    rows = [[*(_TARGET_INDEX[c] for c in day.isoformat()), STOP] for day in days]
    return np.ascontiguousarray(np.array(rows, np.int64).T)


def written(symbols: IntArray) -> list[str]:
    """Symbols (time, batch) as texts, each up to its stop."""
    texts = []
    for column in symbols.T.tolist():
        ends = column.index(STOP) if STOP in column else len(column)
        texts.append("".join(TARGET[symbol] if symbol < STOP else "?" for symbol in column[:ends]))
    return texts


def draw(rng: np.random.Generator, size: int, part: str = "learned") -> Dates:
    """Draw dates of a part and a spelling for each. Raises ValueError for a size below 1."""
    whole_number("batch of dates", size, 1, 100_000)
    numbers = days_of(part)[rng.integers(0, len(days_of(part)), size)]
    days = [day_number(int(number)) for number in numbers]
    spellings = [any_spelling(day, rng) for day in days]
    source, mask = encode([spelling.text for spelling in spellings])
    return Dates(spellings, days, source, mask, iso_indices(days))

"""Before a network reads a text, every character of it becomes a number, once.

The text is then two rows of indices: nine tenths to learn from, and a last tenth to judge by.
"""

import hashlib
from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from rnn.arrays import IntArray
from rnn.pieces import finished
from rnn.text.streams import split
from rnn.text.vocabulary import Vocabulary, code_points

PIECE = 1 << 17
"""Characters read between two pauses."""
SURROGATES = frozenset(map(chr, range(0xD800, 0xE000)))
"""Halves of characters, which no file can hold."""


@dataclass(frozen=True)
class Prepared:
    """A text as its vocabulary counts it; `sha256` is that of its UTF-8 bytes."""

    vocabulary: Vocabulary
    learned: IntArray  # (characters)
    held_out: IntArray  # (characters)
    sha256: str

    @property
    def characters(self) -> int:
        """How long the text is."""
        return len(self.learned) + len(self.held_out)


def prepare(text: str, vocabulary: Vocabulary | None = None) -> Prepared:
    """Prepare a text at once, with its own vocabulary or another.

    Raises ValueError for a text that is too short to hold out a tenth, that repeats a single
    character, or holds a lone surrogate, or characters the given vocabulary does not know.
    """
    return finished(in_pieces(text, vocabulary))


def in_pieces(text: str, vocabulary: Vocabulary | None = None) -> Generator[None, None, Prepared]:
    """The same, with pauses."""
    if vocabulary is None:
        found: set[str] = set()
        for start in range(0, len(text), PIECE):
            found.update(text[start : start + PIECE])
            yield
        if not SURROGATES.isdisjoint(found):
            code_points("the text", text)  # raises, and says where
        vocabulary = Vocabulary.of("".join(found))
    learned, _ = split(text)
    indices = np.empty(len(text), np.intp)
    hashed = hashlib.sha256()
    for start in range(0, len(text), PIECE):
        piece = text[start : start + PIECE]
        indices[start : start + PIECE] = vocabulary.encode(piece)
        hashed.update(piece.encode())
        yield
    cut = len(learned)
    return Prepared(vocabulary, indices[:cut], indices[cut:], hashed.hexdigest())

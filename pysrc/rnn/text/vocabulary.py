"""A network counts, so every character needs a number: its place among all that occur.

A character here is one Unicode code point. What a reader calls a letter may be several of them;
`rnn.text.graphemes` finds those, for labels.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rnn.arrays import IntArray
from rnn.checks import one_of

NAMED = 5
"""How many unknown characters are told one by one; the others are counted."""
POLICIES = ("refuse", "skip")
"""What is done about an unknown character: refuse the text, or leave the character out."""


@dataclass(frozen=True)
class Vocabulary:
    """The characters a model knows, sorted by code point; a character's index is its place.

    Unknown characters are refused by name, or left out where the caller asks for it; `unknown`
    lists them beforehand. They never become some other character. Raises ValueError unless the
    characters are sorted, each once.
    """

    characters: str
    _points: NDArray[np.uint32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        points = code_points("the vocabulary", self.characters)
        if len(points) < 2:
            raise ValueError(
                f"a vocabulary must hold at least 2 different characters; got {self.characters!r}"
            )
        if (np.diff(points.astype(np.int64)) <= 0).any():
            raise ValueError("a vocabulary must be sorted by code point, each character once")
        object.__setattr__(self, "_points", points)

    @classmethod
    def of(cls, text: str) -> "Vocabulary":
        """The vocabulary of a text.

        Raises ValueError if the text is empty, repeats a single character (there is nothing to
        predict) or holds a lone surrogate.
        """
        if not text:
            raise ValueError("the text must hold at least 2 different characters; it is empty")
        code_points("the text", text)
        characters = "".join(sorted(set(text)))
        if len(characters) < 2:
            raise ValueError(
                f"the text must hold at least 2 different characters; "
                f"it holds only {described(text[0])}"
            )
        return cls(characters)

    def __len__(self) -> int:
        return len(self.characters)

    def unknown(self, text: str) -> str:
        """The characters of `text` that are not in the vocabulary, sorted, each once."""
        code_points("the text", text)
        return "".join(sorted(set(text) - set(self.characters)))

    def encode(self, text: str, unknown: str = "refuse") -> IntArray:
        """The index of each character of `text`, a vector.

        Raises ValueError naming the characters that are not in the vocabulary. With
        `unknown="skip"` they are left out instead.
        """
        one_of("unknown", unknown, POLICIES)
        points = code_points("the text", text)
        places: IntArray = np.minimum(np.searchsorted(self._points, points), len(self) - 1)
        known = self._points[places] == points
        if known.all():
            return places
        if unknown == "skip":
            kept: IntArray = places[known]
            return kept
        raise ValueError(
            f"the text must hold only characters the model knows; it does not know "
            f"{listed(self.unknown(text))}"
        )

    def decode(self, indices: Iterable[int]) -> str:
        """The text whose characters have these indices. Raises ValueError on any other number."""
        return "".join([self.character(index) for index in indices])

    def character(self, index: int) -> str:
        """The character at an index. Raises ValueError unless it is one of the vocabulary's."""
        if not 0 <= index < len(self):
            raise ValueError(f"index must be a whole number from 0 to {len(self) - 1}; got {index}")
        return self.characters[index]


def code_points(name: str, text: str) -> NDArray[np.uint32]:
    """The code points of `text`, a vector. ValueError names a lone surrogate and its place."""
    try:
        return np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.uint32)
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{name} must be Unicode text; it holds the lone surrogate "
            f"U+{ord(text[error.start]):04X}, half a character, at position {error.start:,}"
        ) from None


def described(character: str) -> str:
    """A character as a person can look it up: itself where it can be shown, its name, its number.

    Example: `'€' EURO SIGN (U+20AC)`.
    """
    name = unicodedata.name(character, "") or {"\n": "LINE FEED", "\t": "TAB"}.get(character, "")
    return " ".join(part for part in (repr(character), name, f"(U+{ord(character):04X})") if part)


def listed(characters: str) -> str:
    """Up to five characters described, and how many more there are."""
    told = ", ".join(described(character) for character in characters[:NAMED])
    more = len(characters) - NAMED
    return f"{told} and {more:,} more" if more > 0 else told

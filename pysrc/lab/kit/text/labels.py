"""A character on the screen must be seen, even one that has no shape of its own.

Text of models and readers is shown as text only. What would be invisible, or turn the reading
direction around, gets a picture; a letter of several characters is never split.
"""

import unicodedata
from functools import lru_cache
from itertools import pairwise

from rnn.text.graphemes import cluster_starts

_NAMED = {" ": "␣", "\n": "⏎", "\t": "⇥", "\x7f": "␡", "\xa0": "⍽"}
_PICTURES = 0x2400  # ␀ and the pictures of the other control characters, in their order
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"}
_MARKS = {"Mn", "Me", "Mc"}


def picture(character: str) -> str:
    """A character as a line of text can hold it: itself, or a picture of what is not seen."""
    if character < " ":
        return chr(_PICTURES + ord(character))
    if character == "\x7f":
        return "␡"
    category = unicodedata.category(character)
    if category in _UNSEEN:
        return f"‹U+{ord(character):04X}›"
    return f"◌{character}" if category in _MARKS else character


@lru_cache(maxsize=4096)  # asked for every character of a text, many times a second
def label(character: str) -> str:
    """A character standing alone: a space is ␣, the end of a line ⏎."""
    return _NAMED.get(character) or picture(character)


def labels(text: str) -> str:
    """A piece of text in one line, every character of it seen; spaces stay spaces."""
    return "".join([" " if each == " " else label(each) for each in text])


def quoted(character: str) -> str:
    """A character in a sentence: ‘e’."""
    return f"‘{label(character)}’"


class Shown:
    """One string per character, to set a growing text by.

    A line's end stays a line's end, for the view to break at. Where several characters are one
    letter for the reader, the first place holds the letter and the others nothing.
    """

    def __init__(self) -> None:
        self._places: list[str] = []
        self._tail = 0  # where the last letter begins: more may attach to it

    def of(self, text: str) -> list[str]:
        """The places of `text`, which must begin with the text of the call before."""
        tail = text[self._tail :]
        starts = cluster_starts(tail)
        places = self._places[: self._tail]
        for begin, end in pairwise([*starts, len(tail)]):
            letter = tail[begin:end]
            places.append(_letter(letter))
            places.extend([""] * (end - begin - 1))
        if starts:
            self._tail += starts[-1]
        self._places = places
        return places


def _letter(letter: str) -> str:
    if letter in ("\n", "\t"):
        return letter
    if letter == "\r\n":
        return "␍\n"
    return letter if letter.isascii() and letter.isprintable() else _with_marks(letter)


def _with_marks(letter: str) -> str:
    return picture(letter[0]) + letter[1:]

"""The texts a reader can train on: three of the book's, and their own, whatever file it comes in.

A file says nothing of its encoding unless it begins with a byte order mark. Without one it is
taken as UTF-8, which hardly any other text is by accident.
"""

import codecs
from dataclasses import dataclass

from lab.kit.controls import ControlError, Option
from rnn.text.streams import split
from rnn.text.vocabulary import Vocabulary, code_points

OWN = "own"
CORPORA = (
    Option(
        "moby-dick",
        "Moby Dick",
        "Melville’s novel of 1851: 1.2 million characters of English prose.",
    ),
    Option(
        "python",
        "Python code",
        "Functions and classes of Python’s standard library: 700,000 characters.",
    ),
    Option("first-names", "First names", "8,400 English first names, one on each line."),
    Option(OWN, "your own text", "Whatever you paste or drop. It does not leave this page."),
)
LABELS = {option.value: option.label for option in CORPORA}
CODE = "python"  # the corpus that is source code

UTF8, WESTERN = "utf-8", "cp1252"
ENCODINGS = (
    Option(UTF8, "UTF-8, or as its first bytes say", "What files are today."),
    Option(WESTERN, "Western European (Windows-1252)", "What older files of Windows are."),
)
# The longer mark first: that of UTF-32 begins as that of UTF-16 does.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class Text:
    """A text and what it is called."""

    name: str  # a corpus, or a file's name
    content: str


def decoded(control: str, data: bytes, encoding: str = UTF8) -> str:
    """The text in some bytes. Lines end in a line feed, whatever they ended in.

    Raises ControlError in one sentence, naming the byte and its place, for what is no text.
    """
    for mark, marked in MARKS:
        if data.startswith(mark):
            data, encoding, start = data[len(mark) :], marked, len(mark)
            break
    else:
        start = 0
        _refuse_unmarked(control, data, encoding)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ControlError(f"{control}: {_explained(error, encoding, start)}") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_unmarked(control: str, data: bytes, encoding: str) -> None:
    """UTF-16 of English is also UTF-8, with a NUL after or before every letter."""
    first = data[:2000]
    zeros = max(first[::2].count(0), first[1::2].count(0))
    if encoding == UTF8 and len(first) > 20 and zeros > 0.8 * (len(first) // 2):
        raise ControlError(
            f"{control}: this looks like UTF-16 without its byte order mark, since every other "
            "byte is 0; save the text as UTF-8"
        )


def _explained(error: UnicodeDecodeError, encoding: str, start: int) -> str:
    at, data = error.start, error.object
    place = f"at byte {start + at:,}"
    name = encoding.removesuffix("-le").removesuffix("-be").upper()
    if encoding == UTF8 and data[at] == 0xED and len(data) > at + 2 and data[at + 1] >= 0xA0:
        point = 0xD000 | (data[at + 1] & 0x3F) << 6 | (data[at + 2] & 0x3F)
        return f"the text holds the lone surrogate U+{point:04X}, half a character, {place}"
    if encoding == UTF8:
        hint = "; if it is an older file of Windows, choose its encoding under More"
        return f"the text is not {name}: 0x{data[at]:02X} {place} is no part of a character{hint}"
    if encoding == WESTERN:
        return f"the text is not Windows-1252: 0x{data[at]:02X} {place} is no character there"
    return f"the text is not {name}, as its first bytes say: {error.reason} {place}"


def refuse_unfit(control: str, text: str) -> None:
    """Raise ControlError, in one sentence, for a text that there is nothing to learn from."""
    try:
        code_points("the text", text)
        if not text or text.count(text[0]) == len(text):  # or one character again and again
            Vocabulary.of(text[:2])
        split(text)
    except ValueError as error:
        raise ControlError(f"{control}: {error}") from None

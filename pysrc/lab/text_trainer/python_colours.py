"""Python in colours, also when it is none: what a young network writes no real parser would read.

The reading is that of `rnn.text.code`, which goes on after every mistake.
"""

import keyword
from typing import Any

from rnn.text.code import OPENING, PAIRS, TOKENS

KEYWORDS = frozenset((*keyword.kwlist, "match", "case")) - {"_"}
NAMES_NEXT = ("def", "class")
PLAIN = ""

Piece = dict[str, Any]


def coloured(source: str) -> list[Piece]:
    """The source in pieces, {"text", "kind"}: together they are the source.

    Kinds are keyword, name (of a function or class), string, number, comment, wrong (a bracket that
    closes nothing) and "" for the rest.
    """
    pieces: list[Piece] = []
    open_now: list[str] = []
    last = ""
    for match in TOKENS.finditer(source):
        text, group = match.group(), match.lastgroup or "other"
        kind = _kind(text, group, last, open_now)
        if text.strip():
            last = text
        if pieces and pieces[-1]["kind"] == kind:
            pieces[-1]["text"] += text
        else:
            pieces.append({"text": text, "kind": kind})
    return pieces


def _kind(text: str, group: str, last: str, open_now: list[str]) -> str:
    if group in ("string", "comment"):
        return group
    if text in OPENING:
        open_now.append(text)
    elif text in PAIRS:
        if open_now[-1:] != [PAIRS[text]]:
            return "wrong"
        open_now.pop()
    elif text in KEYWORDS:
        return "keyword"
    elif text[0].isdigit():
        return "number"
    elif last in NAMES_NEXT and text.isidentifier():
        return "name"
    return PLAIN

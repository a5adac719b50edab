"""Columns that line up, of words a terminal can be trusted with."""

from collections.abc import Sequence


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows as lines, each column as wide as its widest entry."""
    rows = [[printable(entry) for entry in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(entry.ljust(width) for entry, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def printable(text: str) -> str:
    """The text with everything but visible characters and spaces escaped, as `repr` does it.

    What a stranger's file says could else move the cursor, or worse.
    """
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)

"""What a unit could be keeping track of, as one number for each character of a text.

How well a unit does is the correlation of its activations with those numbers (Pearson's r): 1 if
one is a straight line of the other, 0 if they have nothing to do with each other. The sign says
which way round. Karpathy, Johnson & Fei-Fei (2015) found such units by looking.
"""

from collections.abc import Callable, Sequence

import numpy as np

from rnn.arrays import Array

NAMES = {
    "quotes": "inside quotes",
    "brackets": "inside brackets",
    "line": "position in line",
    "spaces": "spaces",
    "capitals": "capitals",
}
_OPENING, _CLOSING = "([{", ")]}"


def tracked(name: str, text: str) -> Array:
    """The number that belongs to each character of `text`, (characters), once it was read."""
    return np.array(_TRACKED[name](text), dtype=np.float64)


def _quotes(text: str) -> list[bool]:
    """1 inside double quotes, straight or curly. An empty line ends a quotation left open."""
    inside, before, found = False, "", []
    for character in text:
        if character == '"':
            inside = not inside
        elif character in "“”":
            inside = character == "“"
        elif character == before == "\n":
            inside = False
        found.append(inside)
        before = character
    return found


def _brackets(text: str) -> list[bool]:
    """1 inside round, square or curly brackets, however deep."""
    depth, found = 0, []
    for character in text:
        depth += character in _OPENING
        depth = max(0, depth - (character in _CLOSING))
        found.append(depth > 0)
    return found


def _line(text: str) -> list[int]:
    """How many characters of its line were read."""
    place, found = 0, []
    for character in text:
        place = 0 if character == "\n" else place + 1
        found.append(place)
    return found


_TRACKED: dict[str, Callable[[str], Sequence[int]]] = {
    "quotes": _quotes,
    "brackets": _brackets,
    "line": _line,
    "spaces": lambda text: [character == " " for character in text],
    "capitals": lambda text: [character.isupper() for character in text],
}


def correlations(units: Array, track: Array) -> Array:
    """Pearson's r of each unit, (characters, units), with what is tracked, (characters).

    A unit that never moves has 0, and so has every unit where nothing changes that could be
    tracked.
    """
    moved = units.astype(np.float64)
    moved -= moved.mean(axis=0)
    wanted = track - track.mean()
    sizes = np.sqrt((moved**2).sum(axis=0) * (wanted**2).sum())
    r: Array = np.divide(wanted @ moved, sizes, out=np.zeros(len(sizes)), where=sizes > 1e-9)
    return r

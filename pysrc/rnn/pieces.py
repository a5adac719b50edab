"""Long work in pieces: a generator stops every few milliseconds, so that others get their turn.

Whoever has all the time takes it with `finished`; a page goes on with `next` for as long as it may.
"""

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")
"""What the pieces are made for."""


def finished(work: Generator[object, None, T]) -> T:
    """Do the work to its end, at once, and return what comes of it."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result

"""Python's own traceback, without the lines that are not the reader's."""

import traceback
from dataclasses import dataclass

from lab.cells.pieces import printable
from lab.cells.source import is_readers


@dataclass(frozen=True)
class Trouble:
    """An exception in words: its class, its sentence, the traceback, the line it came from."""

    name: str
    message: str
    traceback: str
    line: int | None  # of the reader's text, from 1

    def told(self) -> dict[str, str | int | None]:
        """As plain data."""
        return {
            "name": self.name,
            "message": printable(self.message),
            "traceback": printable(self.traceback),
            "line": self.line,
        }


def explain(error: BaseException, name: str = "") -> Trouble:
    """Spell an exception as Python does, with the frames of readers' texts only.

    The line is one of the text of this name, wherever a function of another cell failed for it.
    """
    told = traceback.TracebackException.from_exception(error)
    unread = isinstance(error, SyntaxError) and is_readers(error.filename or "")
    line = told.lineno if unread else _last_line(told, name)
    _trim(told)
    words = "".join(told.format()).rstrip()
    message = getattr(told, "msg", None) or _sentence(error)
    return Trouble(type(error).__name__, message, words, int(line) if line else None)


def _sentence(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - a reader's __str__ may do anything
        return "(its message cannot be spelled)"


def _last_line(told: traceback.TracebackException, name: str) -> int | None:
    mine = [
        frame.lineno
        for frame in told.stack
        if (frame.filename == name if name else is_readers(frame.filename))
    ]
    return mine[-1] if mine else None


def _trim(told: traceback.TracebackException, seen: frozenset[int] = frozenset()) -> None:
    if id(told) in seen:
        return
    told.stack[:] = [frame for frame in told.stack if is_readers(frame.filename)]
    linked = [told.__cause__, told.__context__, *(getattr(told, "exceptions", None) or ())]
    for other in linked:
        if other is not None:
            _trim(other, seen | {id(told)})

"""Run a reader's code: what it prints is streamed, its errors are told, and Stop ends it."""

import builtins
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType
from typing import Any, Literal

import numpy as np

from lab.cells import plots
from lab.cells.pieces import Piece, table_piece, value_piece
from lab.cells.source import Source
from lab.cells.stopping import Breathe, Watch
from lab.cells.streams import NoInput, Printed, refuse_input
from lab.cells.tracebacks import Trouble, explain

Namespace = dict[str, Any]
Status = Literal["done", "error", "stopped"]


@dataclass(frozen=True)
class Outcome:
    """How a run ended. `value` is what the work returned, if it was done."""

    status: Status
    seconds: float
    value: Any = None
    trouble: Trouble | None = None

    def told(self) -> dict[str, Any]:
        """As plain data, without the value."""
        return {
            "status": self.status,
            "seconds": self.seconds,
            "error": self.trouble.told() if self.trouble else None,
        }


class Runner:
    """One run, of a cell or of an exercise.

    Args:
        say: told every piece, as it comes.
        breathe: gives the page its turn; True when the reader wants to stop. See `stopping`.
    """

    def __init__(self, say: Callable[[Piece], None], breathe: Breathe | None = None) -> None:
        self._printed = Printed(say)
        self._watch = Watch(breathe, self._printed)

    def say(self, piece: Piece) -> None:
        """Show a piece, after all that was printed before it."""
        self._printed.say(piece)

    def execute(self, source: Source, namespace: Namespace) -> Outcome:
        """Run a text in a namespace, and show the value of the expression it ends in, if any."""
        began = time.perf_counter()
        try:
            code, ending = source.compiled()
        # ValueError: too deep, or characters Python does not take. The others: too deep for Python.
        except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError) as error:
            return Outcome("error", time.perf_counter() - began, trouble=explain(error))

        def work() -> None:
            exec(code, namespace)  # noqa: S102 - the reader's code, on the reader's machine
            value = eval(ending, namespace) if ending else None  # noqa: S307
            if value is not None:
                self.say(value_piece(value))

        return self.guarded(work, *(part for part in (code, ending) if part))

    def guarded(self, work: Callable[[], object], *codes: CodeType) -> Outcome:
        """Do work that calls a reader's functions: its printing, its errors and Stop are seen to.

        `codes` are what the reader's functions were compiled into, if they may call themselves; an
        error's line is one of theirs.
        """
        name = codes[0].co_filename if codes else ""
        began = time.perf_counter()
        status: Status = "done"
        value, trouble = None, None
        with self._redirected():
            try:
                with self._watch.watching(codes):
                    value = work()
            except KeyboardInterrupt:
                status = "stopped"
            except SystemExit:
                self.say({"kind": "text", "stream": "err", "text": "The code ended itself.\n"})
            except BaseException as error:  # noqa: BLE001 - whatever a reader's code may raise
                status, trouble = "error", explain(error, name)
            self._printed.flush()
        return Outcome(status, time.perf_counter() - began, value, trouble)

    @contextmanager
    def _redirected(self) -> Iterator[None]:
        before = sys.stdout, sys.stderr, sys.stdin
        printed = self._printed
        sys.stdout, sys.stderr, sys.stdin = printed.stream("out"), printed.stream("err"), NoInput()
        try:
            with plots.shown_by(self.say), np.printoptions(threshold=200, linewidth=76):
                yield
        finally:
            sys.stdout, sys.stderr, sys.stdin = before


def fresh_namespace() -> Namespace:
    """Where a reader's code starts: Python's own names, `plot` and `show`; `input` is refused."""
    return {
        "__name__": "__main__",
        "__builtins__": {**vars(builtins), "input": refuse_input},
        "plot": plots.plot,
        "show": show,
    }


def show(value: object, title: str = "") -> None:
    """Show a value as the end of a cell would: an array as a small table with a title."""
    if isinstance(value, (np.ndarray, list, tuple)) and np.ndim(value) >= 1 and np.size(value):
        plots.say(table_piece(np.asarray(value), title))
    else:
        plots.say(value_piece(value))

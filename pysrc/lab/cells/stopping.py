"""Stop: a reader's endless loop is interrupted from inside, where Python can be asked to look up.

`sys.monitoring` (Python 3.12) calls back at every jump, and every loop jumps. Now and then the
callback lets the page breathe: `breathe` gives the page's messages their turn and says whether Stop
was among them. Then KeyboardInterrupt is raised where the reader's code is, and its state stays.

Functions that call themselves need no jump, so calls of the reader's own functions are watched too.
What neither loops nor calls, such as one huge matrix product, cannot be stopped in this way: then
the page replaces the worker.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from lab.cells.streams import Printed

EVERY = 0.025  # seconds between two breaths: a stop is heard in less than a tenth of a second
_MOST_SKIPPED = 64  # events between two looks at the clock; a slow loop looks every time
_QUICK = 0.002  # seconds

Breathe = Callable[[], bool]


class Watch:
    """Watches one run; without `breathe`, or before Python 3.12, it only counts the time."""

    def __init__(self, breathe: Breathe | None, printed: Printed) -> None:
        self._breathe = breathe
        self._printed = printed
        self._skip = self._skipped = 1
        self._looked = self._breathed = 0.0
        self._stopping = False
        self._breathing = False

    @contextmanager
    def watching(self, codes: tuple[CodeType, ...] = ()) -> Iterator[None]:
        """Watch what is done inside; the functions in `codes` also where they are called."""
        monitoring: Any = getattr(sys, "monitoring", None)
        if monitoring is None or self._breathe is None:
            yield
            return
        tool = monitoring.DEBUGGER_ID
        events = monitoring.events
        monitoring.use_tool_id(tool, "stop")
        monitoring.register_callback(tool, events.JUMP, self._on_event)
        monitoring.register_callback(tool, events.PY_START, self._on_event)
        for code in codes:
            for function in _functions(code):
                monitoring.set_local_events(tool, function, events.PY_START)
        self._looked = self._breathed = time.perf_counter()
        monitoring.set_events(tool, events.JUMP)
        try:
            yield
        finally:
            monitoring.set_events(tool, 0)
            monitoring.free_tool_id(tool)

    def _on_event(self, *_: object) -> None:
        self._skipped += 1
        if self._skipped < self._skip or self._breathing or self._printed.busy:
            return
        self._skipped = 0
        now = time.perf_counter()
        quick = now - self._looked < _QUICK
        self._skip = min(self._skip * 2, _MOST_SKIPPED) if quick else 1
        self._looked = now
        if self._stopping or now - self._breathed > EVERY:
            self._look_up()

    def _look_up(self) -> None:
        assert self._breathe is not None  # noqa: S101 - or nothing would have called
        self._breathing = True  # what runs meanwhile is not the reader's
        try:
            self._printed.flush()
            self._stopping = self._breathe() or self._stopping
        finally:
            self._breathing = False
            self._looked = self._breathed = time.perf_counter()
        if self._stopping:  # again and again, for code that catches everything
            raise KeyboardInterrupt


def _functions(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _functions(constant)

"""Code that never ends must not hang a build: after a while it is interrupted, as Ctrl-C would.

An alarm of the operating system does it, so it works in the main thread, and not on Windows; what
Python itself cannot interrupt, such as one endless sum, is not ended.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 0.1  # seconds between two interrupts, for code that catches everything


class Limit:
    """Whether the time was up, and on which line of `name`, as tracebacks call it, that was."""

    def __init__(self, name: str) -> None:
        self.over = False
        self.line = 0
        self._name = name

    def _on_alarm(self, _signal: int, frame: FrameType | None) -> None:
        while frame and frame.f_code.co_filename != self._name:
            frame = frame.f_back
        if not self.over and frame:
            self.line = frame.f_lineno
        self.over = True
        raise KeyboardInterrupt

    @contextmanager
    def of(self, seconds: float) -> Iterator[None]:
        """Interrupt what is done inside when it takes longer."""
        main = threading.current_thread() is threading.main_thread()
        if not main or not hasattr(signal, "setitimer"):
            yield
            return
        before = signal.signal(signal.SIGALRM, self._on_alarm)
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

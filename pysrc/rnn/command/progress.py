"""Progress one can live with: on a terminal one line that changes, in a log a line now and then."""

import os
import shutil
import time
from collections.abc import Callable
from typing import TextIO

LIVE_SECONDS = 0.1
"""Seconds between two drawings of the line."""
LOG_SECONDS = 10.0
"""Seconds between two lines of a log."""
CLEAR = "\r\x1b[K"
"""What a terminal is sent to clear the line."""


class Display:
    """Draws lines on `stream`, as often as it bears.

    When nobody reads them any more (`train ... | head`, a terminal that was closed, a full disk)
    it falls silent: what they tell of is worth more than they are.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self.stream, self.clock = stream, clock
        self.live = stream.isatty() and os.environ.get("TERM") != "dumb"
        self.closed = False
        self._last = -float("inf")
        self._drawn = False

    def show(self, line: Callable[[], str], *, now: bool = False) -> None:
        """Draw a passing line, if it is time for one or it must be `now`; it is made only then."""
        time_now = self.clock()
        if not now and time_now - self._last < (LIVE_SECONDS if self.live else LOG_SECONDS):
            return
        self._last = time_now
        if self.live:
            width = shutil.get_terminal_size().columns - 1
            self._write(f"{CLEAR}{line()[:width]}")
            self._drawn = True
        else:
            self._write(f"{line()}\n")

    def keep(self, line: str) -> None:
        """Write a line that stays."""
        self._write(f"{CLEAR if self._drawn else ''}{line}\n")
        self._drawn = False

    def _write(self, text: str) -> None:
        if self.closed:
            return
        try:
            self.stream.write(text)
            self.stream.flush()
        except OSError:  # a closed pipe among others
            self.closed = True


def duration(seconds: float) -> str:
    """`seconds` as a clock shows them: 0:07, 12:34, 1:02:03."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"

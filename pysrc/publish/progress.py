"""Say which step is running, how long it takes, and that it is still alive.

Standard library only: the set-up uses this before anything is installed.
"""

from __future__ import annotations  # so that an older Python gets as far as the sentence

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TICK_ON_TERMINAL = 1.0
TICK_IN_LOG = 15.0


class StepError(Exception):
    """A step could not be done. The message is the one sentence the reader of the terminal gets."""


class Steps:
    """Numbered steps: `[2/5] Python packages ... 12 s`."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.terminal = sys.stdout.isatty()

    @contextmanager
    def step(self, title: str) -> Iterator[Callable[[str], None]]:
        """Announce a step, keep the line moving while it runs, then print how long it took.

        What it yields prints a detail of the step, on a line of its own.
        """
        self.done += 1
        label = f"[{self.done}/{self.total}] {title} ..."
        started = time.monotonic()
        finished = threading.Event()
        _write(label)
        ticker = threading.Thread(target=self._tick, args=(label, started, finished), daemon=True)
        ticker.start()
        try:
            yield lambda detail: _write(f"\n      {detail} ")
        except BaseException:
            _end(ticker, finished)
            _write(" failed\n")
            raise
        _end(ticker, finished)
        _write(f"{self._rewind(label)} {_seconds(started)}\n")

    def _tick(self, label: str, started: float, finished: threading.Event) -> None:
        interval = TICK_ON_TERMINAL if self.terminal else TICK_IN_LOG
        while not finished.wait(interval):
            _write(f"{self._rewind(label)} {_seconds(started)}" if self.terminal else " .")

    def _rewind(self, label: str) -> str:
        """On a terminal the line is written over; in a log it goes on."""
        return f"\r{label}" if self.terminal else ""


def _end(ticker: threading.Thread, finished: threading.Event) -> None:
    finished.set()
    ticker.join()


def _seconds(started: float) -> str:
    elapsed = time.monotonic() - started
    return f"{elapsed:.1f} s" if elapsed < 10 else f"{elapsed:.0f} s"


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()

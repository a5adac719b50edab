"""Ctrl-C is a question, not an accident: the step in hand is finished, then it is answered."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""Ctrl-C, `kill`, and the terminal's window that is closed; the last is unknown to Windows."""
PATIENCE = 3.0
"""Seconds after which asking again means: now."""


class Interrupts:
    """While it is entered, the signals do nothing but set `asked`, so that work can be saved.

    Asked again after a while, or where nothing can be lost, they raise KeyboardInterrupt.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.asked = False
        self._clock, self._since, self._saved = clock, 0.0, False

    def __enter__(self) -> "Interrupts":
        self._before = {
            number: signal.signal(number, self._ask)
            for number in SIGNALS
            if number == signal.SIGINT or signal.getsignal(number) != signal.SIG_IGN  # nohup
        }
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def nothing_to_lose(self) -> Iterator[None]:
        """All is saved here: whoever asked, or asks now, gets a KeyboardInterrupt at once."""
        self._saved = True
        try:
            if self.asked:
                raise KeyboardInterrupt
            yield
        finally:
            self._saved = False

    def _ask(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        now = self._clock()
        again = self.asked and now - self._since > PATIENCE
        if not self.asked:
            self.asked, self._since = True, now
        if again or self._saved:
            raise KeyboardInterrupt

"""What is printed goes to the page as it comes, a piece at a time, and not without end."""

import io
import itertools
import time
from collections.abc import Callable

from lab.cells.pieces import Piece, text_piece

MOST_CHARACTERS = 20_000  # of one run: more would be no output but a page that no longer answers
SOON = 0.03  # seconds between two pieces, once there were many
MANY = 100
LONG = 4096
ENOUGH = f"\n… Output ends here: a run may print {MOST_CHARACTERS:,} characters.\n"
Say = Callable[[Piece], None]


class Printed:
    """All that one run prints: what is still to be said, and how much may come."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._left = MOST_CHARACTERS
        self._waiting: list[tuple[str, str]] = []
        self._length = 0
        self._said = 0
        self._said_at = 0.0
        # Whoever looks up from inside (`stopping`) must not change what waits; and while the page
        # takes a piece, Python cannot be suspended.
        self.busy = False

    def stream(self, name: str) -> "Stream":
        """A file to print to."""
        return Stream(self, name)

    def add(self, name: str, text: str) -> None:
        """Take what was printed. After the last character that may come, nothing is kept."""
        if self._left <= 0 or not text:
            return
        self.busy = True
        kept = text[: self._left]
        self._left -= len(kept)
        self._waiting.append((name, kept if self._left > 0 else kept + ENOUGH))
        self._length += len(kept)
        self.busy = False
        if self._length > LONG or self._left <= 0 or (text.endswith("\n") and self._due()):
            self.flush()

    def flush(self) -> None:
        """Say what waits: neighbours of one stream as one piece."""
        self.busy = True
        waiting, self._waiting, self._length = self._waiting, [], 0
        for name, group in itertools.groupby(waiting, key=lambda written: written[0]):
            self._say(text_piece("".join(text for _, text in group), name))
            self._said += 1
        self._said_at = time.perf_counter()
        self.busy = False

    def say(self, piece: Piece) -> None:
        """Say a piece of another kind, after all that was printed before it."""
        self.flush()
        self.busy = True
        try:
            self._say(piece)
        finally:
            self.busy = False

    def _due(self) -> bool:
        return self._said < MANY or time.perf_counter() - self._said_at > SOON


class Stream(io.TextIOBase):
    """What stands for `sys.stdout` or `sys.stderr` while a reader's code runs."""

    def __init__(self, printed: Printed, name: str) -> None:
        self._printed = printed
        self._name = name

    def writable(self) -> bool:  # noqa: D102 - said by io
        return True

    def write(self, text: str) -> int:  # noqa: D102
        if not isinstance(text, str):
            raise TypeError(f"only text can be printed; got {type(text).__name__}")
        self._printed.add(self._name, text)
        return len(text)

    def flush(self) -> None:  # noqa: D102
        self._printed.flush()


class NoInput(io.TextIOBase):
    """What stands for `sys.stdin`: nobody is there to type."""

    def readable(self) -> bool:  # noqa: D102
        return True

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # noqa: ARG002, D102
        raise RuntimeError(NOBODY)

    def read(self, size: int | None = -1, /) -> str:  # noqa: ARG002, D102
        raise RuntimeError(NOBODY)


NOBODY = "nobody can be asked while a page runs code: write the value into the code instead"


def refuse_input(prompt: object = "", /) -> str:  # noqa: ARG001
    """What `input` does here."""
    raise RuntimeError(NOBODY)

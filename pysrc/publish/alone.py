"""One build at a time in a folder: `make serve` and `make test` may run side by side."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other build works in `folder`, then keep others waiting.

    The lock is the system's, on an open file: one that was killed leaves nothing locked.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another build is working here; waiting for it.", flush=True)
            fcntl.flock(held, fcntl.LOCK_EX)
        yield

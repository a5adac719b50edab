"""Serve the book while it is being written: build again whenever a source changes.

A broken build prints its error and the last good site stays up.
"""

import subprocess
import sys
import threading
import time
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from publish.programs import ROOT
from publish.progress import StepError
from publish.server import HERE, serve

WATCHED = ("docs", "models", "overrides", "pysrc", "web")
PORT = 8000
QUIET = 0.2  # seconds without a change before building: editors save in several steps


class Changes(FileSystemEventHandler):
    """Remember that a source has changed."""

    def __init__(self) -> None:
        self.happened = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note what changes a file; reading one is an event, too."""
        if event.event_type in ("created", "deleted", "modified", "moved") and not _product(event):
            self.happened.set()

    def wait(self) -> None:
        """Wait for a change, and for the end of a burst of them."""
        self.happened.wait()
        while self.happened.is_set():
            self.happened.clear()
            time.sleep(QUIET)


def _product(event: FileSystemEvent) -> bool:
    path = Path(str(event.src_path))
    return event.is_directory or "__pycache__" in path.parts or path.name.startswith(".")


def serve_book(site: Path, port: int = PORT) -> None:
    """Build and serve until interrupted.

    Raises:
        StepError: if the port is taken, or there is no site to serve at all.
    """
    address = f"http://{HERE}:{port}/"
    try:
        server = serve(site, port=port, cache="no-cache")
    except OSError as error:
        raise StepError(f"cannot serve on {address}: {error.strerror}") from error
    if not _build(address) and not site.exists():
        raise StepError("nothing to serve yet: mend the error above, then run `make serve` again")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"\nThe book is on {address}  (Ctrl+C ends)", flush=True)
    changes = Changes()
    observer = Observer()
    for folder in filter(Path.is_dir, (ROOT / name for name in WATCHED)):
        observer.schedule(changes, str(folder), recursive=True)
    observer.schedule(changes, str(ROOT), recursive=False)  # mkdocs.yml
    observer.start()
    try:
        while True:
            changes.wait()
            if _build(address):
                print(f"Built. {address}", flush=True)
    finally:
        observer.stop()
        server.shutdown()


def _build(address: str) -> bool:
    """Build in a process of its own, so that changes to the build itself count."""
    command = [sys.executable, "-m", "publish", "build", "--base-url", address]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0

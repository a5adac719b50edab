"""What the benchmarks share: the built site, a server, a browser, and honest statistics.

Machines are noisy and differ, so what counts is a ratio of two things measured in turn, in the
same run, in the same browser.
"""

import os
import statistics
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from publish.programs import ROOT
from publish.server import serve
from publish.site import build
from tests.browser.chromium import launch

BASE = "/unrolled/"
SITE = ROOT / "build" / "bench-site"


def built_site() -> Path:
    """The site as it is deployed, built again only where sources have changed."""
    build(SITE)
    return SITE


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as GitHub Pages would; yield its address."""
    server = serve(folder, base=BASE)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{BASE}"
    server.shutdown()
    server.server_close()


@contextmanager
def opened_browser(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium that has never seen anything; it optimises WebAssembly as readers' do."""
    browser = launch(playwright, much_to_compute=True)
    yield browser
    browser.close()


def stolen() -> float:
    """Seconds of computing a virtual machine's host has kept for others so far; 0 if unknown."""
    counters = Path("/proc/stat")
    if not counters.exists():
        return 0.0
    ticks_of_all = counters.read_text().splitlines()[0].split()
    return int(ticks_of_all[8]) / os.sysconf("SC_CLK_TCK")


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print aligned columns: words to the left, numbers to the right."""
    table = [header, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(header))]
    print(f"\n{title}")
    for row in table:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  " + "  ".join(cells).rstrip())

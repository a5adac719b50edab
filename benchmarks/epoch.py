"""One training epoch of ten steps in the browser: our engine, plain JavaScript, and 1x1 arrays.

Why the one-unit lab calculates with plain numbers: for a network this small an array costs more
than the arithmetic in it. All three must reach the same loss, or the comparison means nothing.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.harness import built_site, opened_browser, print_table, served
from publish.programs import ROOT
from publish.runtime.fetch import PYODIDE

PAGES = Path(__file__).parent / "pages"
FOLDER = ROOT / "build" / "bench-epoch"
RUN = """
({ base, lock }) => new Promise((resolve, reject) => {
  const worker = new Worker("epoch-worker.js", { type: "module" });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage({ base, lock });
})
"""


def measure() -> dict[str, dict[str, float]]:
    """Time per epoch in microseconds and the loss after 500 epochs, for each of the three."""
    manifest: dict[str, Any] = json.loads(
        (ROOT / "build" / "runtime" / "manifest.json").read_text("utf-8")
    )
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(built_site() / "runtime", FOLDER / "runtime")
    for path in (PYODIDE / "pyodide.mjs", *PAGES.glob("epoch*")):
        shutil.copy(path, FOLDER)
    (FOLDER / "index.html").write_text("<!doctype html><title>Epoch</title>", "utf-8")
    with served(FOLDER) as url, sync_playwright() as playwright, opened_browser(playwright) as b:
        page = b.new_page()
        page.goto(url)
        options = {"base": f"{url}runtime/{manifest['version']}/", "lock": manifest["lock"]}
        results: dict[str, dict[str, float]] = page.evaluate(RUN, options)
    return results


def main() -> bool:
    """Print the comparison; True if all three did the same arithmetic."""
    results = measure()
    engine = results["engine"]["time"]
    rows = [
        [words, f"{results[name]['time']:.2f} us", f"{results[name]['time'] / engine:.3f}"]
        for name, words in (
            ("engine", "our engine: plain Python numbers"),
            ("javascript", "the same loop in JavaScript"),
            ("arrays", "1x1 NumPy arrays"),
        )
    ]
    title = "One epoch of 10 steps, one tanh unit, in the browser (best of 5)"
    print_table(title, ["", "per epoch", "to our engine"], rows)
    losses = [result["loss"] for result in results.values()]
    return max(losses) - min(losses) < 1e-12


if __name__ == "__main__":
    raise SystemExit(not main())

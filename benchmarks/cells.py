"""How fast are the three cells, beside each other? Run by name: `python -m benchmarks.cells`.

128 units, windows of 50 characters, 32 of them side by side: characters per second while training,
in a page's Python and natively on one thread, measured in turn. What counts is the ratio to the
LSTM; the table of *Gated cells* quotes it.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.harness import built_site, median, opened_browser, print_table, served
from publish.programs import ROOT
from publish.runtime.fetch import PYODIDE

FOLDER = ROOT / "build" / "bench-cells"
KINDS = ("rnn", "gru", "lstm")
ROUNDS, ITERATIONS = 7, 6
CHARACTERS = 50 * 32 * ITERATIONS
CODE = """
import numpy as np
from rnn.optimisers import make_optimiser
from rnn.text.char_model import CharModel
from rnn.text.streams import Streams
from rnn.text.training import TextTraining
from rnn.text.vocabulary import Vocabulary

def made(kind):
    model = CharModel(Vocabulary("".join(map(chr, range(40, 105)))), kind, 128)
    model.initialise(np.random.default_rng(1))
    indices = np.random.default_rng(0).integers(0, 65, 20_001)
    training = TextTraining(model, Streams(indices, 32, 50))
    gradients, optimiser = model.parameters.zeros(), make_optimiser("adam")
    def train(iterations):
        for _ in range(iterations):
            gradients.flat.fill(0.0)
            training.loss_and_gradients(gradients)
            optimiser.step(model.parameters.flat, gradients.flat, 0.002)
    return train

trainers = {kind: made(kind) for kind in ("rnn", "gru", "lstm")}
"""
PAGE = """<!doctype html><title>Cells</title><script type="module">
import { loadPyodide } from "./pyodide.mjs";
globalThis.load = async (base, lock, code) => {
  const python = await loadPyodide({ indexURL: base, lockFileContents: lock,
    packageBaseUrl: base, packages: Object.keys(lock.packages) });
  python.runPython(code);
  globalThis.train = (kind, count) => {
    const began = performance.now();
    python.runPython(`trainers["${kind}"](${count})`);
    return (performance.now() - began) / 1000;
  };
};
</script>"""

Timer = Callable[[str, int], float]


def native() -> Timer:
    """Seconds of processor time for so many iterations, on this machine itself."""
    names: dict[str, Any] = {}
    exec(CODE, names)  # noqa: S102  (the text above)

    def timed(kind: str, count: int) -> float:
        began = time.process_time()
        names["trainers"][kind](count)
        return time.process_time() - began

    return timed


def measure(timed: Timer) -> dict[str, list[float]]:
    """Characters per second by kind, round by round, the kinds in turn."""
    for kind in KINDS:
        timed(kind, 2)
    rounds = [{kind: timed(kind, ITERATIONS) for kind in KINDS} for _ in range(ROUNDS)]
    return {kind: [CHARACTERS / times[kind] for times in rounds] for kind in KINDS}


def rows(where: str, speeds: dict[str, list[float]]) -> list[list[str]]:
    """Place, kind, the middle speed, and the middle of the ratios to the LSTM."""
    return [
        [
            f"{where}, {kind}",
            f"{median(speeds[kind]):,.0f}",
            f"{median([a / b for a, b in zip(speeds[kind], speeds['lstm'], strict=True)]):.2f}",
        ]
        for kind in KINDS
    ]


def main() -> bool:
    """Print both tables."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(built_site() / "runtime", FOLDER / "runtime")
    shutil.copy(PYODIDE / "pyodide.mjs", FOLDER)
    (FOLDER / "index.html").write_text(PAGE, "utf-8")
    manifest = json.loads(Path(ROOT / "build" / "runtime" / "manifest.json").read_text("utf-8"))
    with served(FOLDER) as url, sync_playwright() as playwright, opened_browser(playwright) as b:
        page = b.new_page()
        page.goto(url)
        base = f"{url}runtime/{manifest['version']}/"
        page.evaluate("given => load(...given)", [base, manifest["lock"], CODE])
        in_page = measure(
            lambda kind, count: page.evaluate("([k, n]) => train(k, n)", [kind, count])
        )
    header = ("where, cell", "characters/s", "to the LSTM")
    print_table("Training", header, [*rows("page", in_page), *rows("native", measure(native()))])
    return True


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(not main())

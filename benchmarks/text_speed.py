"""Characters per second, training and writing: our engine against others, in one browser.

All contenders stand in one worker of one page, start from the same weights, read the same windows,
take the same Adam steps and must reach the same loss; only then are they timed, in turn, round
after round. Natively the same code runs with NumPy's own BLAS, on one thread, and PyTorch where it
is installed. The table goes to docs/speed.md.
"""

import importlib.util
import json
import os
import platform
import runpy
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.harness import built_site, median, opened_browser, print_table, served
from publish.programs import ROOT, run
from publish.runtime.fetch import PYODIDE

PAGES = Path(__file__).parent / "pages"
FOLDER = ROOT / "build" / "bench-text"
PACKAGES = ROOT / "build" / "bench-npm"
TFJS = {
    "@tensorflow/tfjs-core": "4.22.0",
    "@tensorflow/tfjs-layers": "4.22.0",
    "@tensorflow/tfjs-backend-wasm": "4.22.0",
}
TABLE = ROOT / "docs" / "speed.md"
ROUNDS = 6
SLICE = 0.6  # seconds
TASKS = {  # words, characters per iteration, target against TensorFlow.js's layers
    "rnn": ("RNN 100, 25 steps, batch 1", 25, 10.0),
    "lstm": ("LSTM 128, 50 steps, batch 32", 1600, 2.5),
    "gru": ("GRU 128, 50 steps, batch 32", 1600, 3.0),
    "sample": ("writing, LSTM 128", 1, 1.8),
}
CONTENDERS = {
    "engine": "our engine",
    "layers": "TensorFlow.js's layers",
    "tfjs": "TensorFlow.js's core, by hand",
    "plain": "plain JavaScript, as recurrentjs",
    "columns": "column-vector NumPy, as min-char-rnn",
    "native": "our engine, native, one thread",
    "torch": "PyTorch, native, one thread",
}
OWN_WEIGHTS = ("layers", "torch")  # which draw their own
ASK = """
message => new Promise((resolve, reject) => {
  globalThis.worker ??= new Worker("text_speed_worker.js", { type: "module" });
  worker.onmessage = ({ data }) => data.error ? reject(new Error(data.error)) : resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(message);
})
"""

CPU_TIME = sys.platform == "linux"
CLOCK = os.sysconf("SC_CLK_TCK") if CPU_TIME else 1
UNIT = "characters per CPU second" if CPU_TIME else "characters/s"

Ask = Callable[[str, str, int], tuple[float, float]]  # contender, task, iterations: seconds, loss


def prepare() -> None:
    """Lay out the page: the built runtime, TensorFlow.js bundled, the contenders' scripts."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(built_site() / "runtime", FOLDER / "runtime")
    shutil.copy(PYODIDE / "pyodide.mjs", FOLDER)
    for name in ("worker.js", "plain.js", "in_python.py"):
        shutil.copy(PAGES / f"text_speed_{name}", FOLDER)
    wanted = [f"{name}@{version}" for name, version in TFJS.items()]
    command = ["npm", "install", "--prefix", PACKAGES, "--no-audit", "--no-fund", *wanted]
    PACKAGES.mkdir(parents=True, exist_ok=True)
    run("Installing TensorFlow.js for the benchmark", command)
    modules = PACKAGES / "node_modules"
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    bundle = ["--bundle", "--format=esm", "--minify", f"--outfile={FOLDER / 'tfjs.js'}"]
    environment = {**os.environ, "NODE_PATH": str(modules)}
    script = PAGES / "text_speed_tfjs.js"
    run("Bundling TensorFlow.js", [esbuild, script, *bundle], environment)
    for path in (modules / "@tensorflow" / "tfjs-backend-wasm" / "wasm-out").glob("*.wasm"):
        shutil.copy(path, FOLDER)
    (FOLDER / "index.html").write_text("<!doctype html><title>Text speed</title>", "utf-8")


class Native:
    """The same Python on this machine itself."""

    def __init__(self) -> None:
        path = PAGES / "text_speed_in_python.py"
        self.code = runpy.run_path(str(path))
        self.made: dict[tuple[str, str], Callable[[int], Any]] = {}

    def __call__(self, contender: str, task: str, iterations: int) -> tuple[float, float]:
        """Seconds, and the last loss."""
        if (contender, task) not in self.made:
            if contender == "torch":
                made = self.code["torch_trainer"](task)
            else:
                made = self.code["sampler"]() if task == "sample" else self.code["engine"](task)
            self.made[contender, task] = made
        clock = time.process_time if CPU_TIME else time.perf_counter
        started = clock()
        loss = self.made[contender, task](iterations)
        return clock() - started, loss if isinstance(loss, float) else 0.0


def in_page(page: Page) -> Ask:
    """Ask the page's worker."""

    def ask(contender: str, task: str, iterations: int) -> tuple[float, float]:
        message = {"contender": contender, "task": task, "iterations": iterations}
        before = browser_seconds()
        answer = page.evaluate(ASK, message)
        used = browser_seconds() - before
        return used if CPU_TIME else answer["time"] / 1000, answer["loss"]

    return ask


def browser_seconds() -> float:
    """The processor time that the processes started from here have used; 0 if we cannot know.

    Linux counts it in hundredths of a second. It does not grow while others have the processor.
    """
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat") if CPU_TIME else ():
        try:
            fields = path.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        process = int(path.parent.name)
        parents[process], ticks[process] = int(fields[1]), int(fields[11]) + int(fields[12])
    family, grown = {os.getpid()}, True
    while grown:
        more = {process for process, parent in parents.items() if parent in family} - family
        family, grown = family | more, bool(more)
    return sum(ticks.get(process, 0) for process in family - {os.getpid()}) / CLOCK


def measure(asks: dict[str, Ask]) -> dict[str, dict[str, list[float]]]:
    """Characters per second, by task, contender and round.

    Raises RuntimeError when two contenders do not reach the same loss.
    """
    speeds: dict[str, dict[str, list[float]]] = {}
    for task, (_, characters, _) in TASKS.items():
        taking = [name for name in asks if not (task == "sample" and name in ("columns", "torch"))]
        iterations: dict[str, int] = {}
        losses = {}
        for name in taking:
            losses[name] = asks[name](name, task, 5)[1]
            iterations[name] = 2
            while (elapsed := asks[name](name, task, iterations[name])[0]) < SLICE / 4:
                iterations[name] *= 2
            iterations[name] = max(1, round(iterations[name] * SLICE / elapsed))
            asks[name](name, task, iterations[name])  # warm
        same = [loss for name, loss in losses.items() if name not in OWN_WEIGHTS]
        if max(same) - min(same) > 1e-3:
            raise RuntimeError(f"the losses of {task} differ after 5 iterations: {losses}")
        speeds[task] = {name: [] for name in taking}
        for _ in range(ROUNDS):
            for name in taking:
                elapsed, _ = asks[name](name, task, iterations[name])
                speeds[task][name].append(iterations[name] * characters / elapsed)
    return speeds


def table(speeds: dict[str, dict[str, list[float]]]) -> tuple[list[list[str]], bool]:
    """Rows of the table, and whether all targets are met."""
    rows, met = [], True
    for task, (words, _, target) in TASKS.items():
        ours = speeds[task]["engine"]
        for name, values in speeds[task].items():
            ratio = median([a / b for a, b in zip(ours, values, strict=True)])
            wanted = ""
            if name == "layers":
                wanted, met = f"{target:g}", met and ratio >= target
            spread = f"{min(values):,.0f} to {max(values):,.0f}"
            rows.append(
                [words, CONTENDERS[name], f"{median(values):,.0f}", spread, f"{ratio:.2f}", wanted]
            )
    return rows, met


HEADER = ["", "", UNIT, "spread", "ours to it", "at least"]


PAGE = """---
description: How fast the engine trains and writes in a browser, beside other libraries.
search:
  exclude: true
---

# Speed

How many characters are read while training, or written, per second. All contenders run in one
worker of one page and are timed in turn; a row gives the middle of {rounds} rounds and the spread.
*Ours to it* is the middle of the rounds' ratios: above 1, our engine in the browser is faster.
Times depend on the machine, ratios much less; a CPU second leaves out what other programs had of
the processor.

All but TensorFlow.js's layers start from the same weights, read the same windows, take the same
Adam steps and reach the same loss, or nothing is measured. TensorFlow.js runs on wasm with SIMD on
one thread, twice: with its own layers, as its users write, and with its core operations, arranged
by hand as our engine arranges NumPy's.

Measured with {machine}, by `python -m benchmarks text-speed`, which writes this page.
"""


def write_page(rows: list[list[str]], machine: str) -> None:
    """Write the tables, one a task, as a page of the book."""
    lines = [PAGE.format(rounds=ROUNDS, machine=machine)]
    for task in dict.fromkeys(row[0] for row in rows):
        lines += [f"## {task[0].upper()}{task[1:]}", ""]
        lines += [f"| Contender | C{UNIT[1:]} (spread) | Ours to it |", "|---|--:|--:|"]
        for _, contender, middle, spread, ratio, target in (row for row in rows if row[0] == task):
            wanted = f" (target {target})" if target else ""
            lines.append(f"| {contender} | {middle} ({spread}) | {ratio}{wanted} |")
        lines.append("")
    TABLE.write_text("\n".join(lines), "utf-8")


def main() -> bool:
    """Print the comparison and write docs/speed.md; True if the targets are met."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is imported
    prepare()
    manifest: dict[str, Any] = json.loads(
        (ROOT / "build" / "runtime" / "manifest.json").read_text("utf-8")
    )
    native = Native()
    with served(FOLDER) as url, sync_playwright() as playwright, opened_browser(playwright) as b:
        page = b.new_page()
        page.set_default_timeout(600_000)
        page.goto(url)
        base = f"{url}runtime/{manifest['version']}/"
        words = page.evaluate(ASK, {"base": base, "lock": manifest["lock"]})["words"]
        asks: dict[str, Ask] = dict.fromkeys(
            ("engine", "layers", "tfjs", "plain", "columns"), in_page(page)
        )
        asks["native"] = native
        if importlib.util.find_spec("torch"):
            asks["torch"] = native
        speeds = measure(asks)
        machine = f"Chromium {b.version}, TensorFlow.js {words}, {platform.machine()}"
    rows, met = table(speeds)
    print_table(f"Text models (median of {ROUNDS}; {machine})", HEADER, rows)
    write_page(rows, machine)
    return met


if __name__ == "__main__":
    raise SystemExit(not main())

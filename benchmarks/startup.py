"""From navigation to NumPy imported: our packed runtime against Pyodide's and NumPy's own files.

Both start in a worker of an otherwise empty page, served alike. Cold is a browser that has never
seen the page; warm is its third visit, with files and compiled code in its caches. Ours does
more: it checks every byte, shows its progress, and imports the labs as well.
"""

import shutil
from pathlib import Path

from playwright.sync_api import Page, Playwright, sync_playwright

from benchmarks.harness import built_site, median, opened_browser, print_table, served
from publish.programs import ROOT, node, run
from publish.runtime.fetch import PYODIDE, numpy_wheel

PAGES = Path(__file__).parent / "pages"
FOLDER = ROOT / "build" / "bench-startup"
HTML = '<!doctype html><meta charset="utf-8"><script type="module" src="{}"></script>'
ROUNDS = 5
TARGET = 0.50


def prepare(site: Path) -> None:
    """Lay out both pages: the built runtime for ours, the official files for the stock page."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    assets, stock = FOLDER / "assets", FOLDER / "stock"
    shutil.copytree(site / "runtime", FOLDER / "runtime")
    assets.mkdir()
    worker = next((site / "assets").glob("worker-*.js"))
    shutil.copy(worker, assets)
    run("Bundling the benchmark", [node(), PAGES / "build.mjs", worker, assets / "ours.js"])
    stock.mkdir()
    names = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
    for path in (*(PYODIDE / name for name in names), PYODIDE / "pyodide-lock.json"):
        shutil.copy(path, stock)
    shutil.copy(numpy_wheel(print), stock)
    for name in ("stock.js", "stock-worker.js"):
        shutil.copy(PAGES / name, stock)
    (FOLDER / "ours.html").write_text(HTML.format("assets/ours.js"), "utf-8")
    (FOLDER / "stock.html").write_text(HTML.format("stock/stock.js"), "utf-8")


def measure(playwright: Playwright, address: str) -> tuple[float, float]:
    """Milliseconds from navigation to ready: of a first visit, and of a third."""
    with opened_browser(playwright) as browser:
        context = browser.new_context()
        visits = [_visit(context.new_page(), address) for _ in range(3)]
    return visits[0], visits[2]


def _visit(page: Page, address: str) -> float:
    page.goto(address)
    page.wait_for_function("() => globalThis.readyAfter", timeout=120_000)
    elapsed: float = page.evaluate("() => globalThis.readyAfter")
    page.close()
    return elapsed


def main() -> bool:
    """Print the comparison; True if the target is met."""
    prepare(built_site())
    times: dict[str, list[tuple[float, float]]] = {"stock": [], "ours": []}
    with served(FOLDER) as url, sync_playwright() as playwright:
        for _ in range(ROUNDS):
            for name, results in times.items():
                results.append(measure(playwright, f"{url}{name}.html"))
    rows, ratios = [], []
    for label, visit in (("cold", 0), ("warm", 1)):
        stock, ours = (median([pair[visit] for pair in times[name]]) for name in times)
        ratios.append(ours / stock)
        rows.append([label, f"{stock:.0f} ms", f"{ours:.0f} ms", f"{ours / stock:.2f}"])
    print_table(
        f"Start-up, navigation to ready (median of {ROUNDS}; target: cold at most {TARGET:.2f})",
        ["", "stock Pyodide + NumPy", "ours", "ratio"],
        rows,
    )
    return ratios[0] <= TARGET


if __name__ == "__main__":
    raise SystemExit(not main())

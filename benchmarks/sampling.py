"""How fast the sampler writes at full speed, on the page, beside the engine alone.

The page is the chapter as it is deployed, with everything drawn that a reader sees; the engine
alone is the same Python with the same model in a worker of the same browser. Both write in turn. In
the end the page writes while it is used: a place is chosen, the temperature moved, and each must be
answered.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.harness import (
    built_site,
    median,
    opened_browser,
    percentile,
    print_table,
    served,
)
from benchmarks.text_speed import browser_seconds
from publish.programs import ROOT
from publish.runtime.fetch import PYODIDE

PAGES = Path(__file__).parent / "pages"
FOLDER = ROOT / "build" / "bench-sampling"
MODEL = "moby-dick-lstm"
ROUNDS, LENGTH = 9, 2000
CHARACTERS_A_SECOND, ANSWER_MS = 5000.0, 100.0

ASK = """
message => new Promise((resolve, reject) => {
  globalThis.bare ??= new Worker("sampling_worker.js", { type: "module" });
  bare.onmessage = ({ data }) => data.error ? reject(new Error(data.error)) : resolve(data);
  bare.onerror = ({ message }) => reject(new Error(message));
  bare.postMessage(message);
})
"""
# From the press of the button until the finished text is drawn, and how often it was drawn.
WRITE = """
length => new Promise((resolve) => {
  const lab = document.getElementById("text-sampler");
  const button = lab.querySelector("[data-action=sample]");
  const figure = lab.querySelector("[data-figure=text] .written-lines");
  let drawn = 0;
  let begun = false;
  const started = performance.now();
  const observer = new MutationObserver(() => {
    drawn += 1;
    begun ||= lab.snapshot.values.written < length;
    if (!begun || lab.snapshot.running || lab.snapshot.values.written < length) return;
    observer.disconnect();
    resolve({ milliseconds: performance.now() - started, drawn });
  });
  observer.observe(lab, { subtree: true, childList: true, characterData: true, attributes: true });
  button.click();
})
"""
# Meanwhile: a place chosen and the temperature moved, in turn, each timed until it is drawn.
USE = """
async (events) => {
  const lab = document.getElementById("text-sampler");
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const frame = () => new Promise(requestAnimationFrame);
  const slider = lab.querySelector("[data-control=temperature] input[type=range]");
  const times = [];
  for (let i = 0; i < events; i++) {
    if (!lab.snapshot.running) lab.querySelector("[data-action=sample]").click();
    await pause(60 + (i * 17.3) % 61);
    const started = performance.now();
    if (i % 2) {
      const place = 2 + (i % 7);
      const text = lab.querySelector("[data-figure=text]");
      text.querySelectorAll(".piece > span")[place - 1].click();
      while (text.querySelector("[role=slider]").ariaValueNow !== String(place)) await frame();
    } else {
      slider.value = String(0.5 + 0.05 * (i % 13));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      while (lab.snapshot.values.temperature !== Number(slider.value)) await frame();
    }
    times.push(performance.now() - started);
  }
  return times;
}
"""


def prepare() -> dict[str, Any]:
    """Lay out the engine's own page beside the site; give the runtime's manifest."""
    site = built_site()
    manifest: dict[str, Any] = json.loads(
        (ROOT / "build" / "runtime" / "manifest.json").read_text("utf-8")
    )
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(site, FOLDER)
    for path in (PYODIDE / "pyodide.mjs", PAGES / "sampling_worker.js"):
        shutil.copy(path, FOLDER)
    shutil.copy(ROOT / "models" / f"{MODEL}.safetensors", FOLDER)
    (FOLDER / "bare.html").write_text("<!doctype html><title>Sampling</title>", "utf-8")
    return manifest


def opened(page: Page, url: str) -> None:
    """The chapter with its sampler at full speed."""
    page.goto(f"{url}characters/")
    page.locator("#text-sampler").scroll_into_view_if_needed()
    ready = "() => document.getElementById('text-sampler').dataset.state === 'ready'"
    page.wait_for_function(ready, timeout=60_000)
    values = {"pace": "full", "length": str(LENGTH), "step": "1000000"}
    page.evaluate("values => document.getElementById('text-sampler').apply(values)", values)
    page.evaluate(WRITE, LENGTH)  # warm


def timed(page: Page, script: str, argument: Any) -> tuple[float, float, dict[str, Any]]:
    """Seconds by the clock, and of the processor, and the answer."""
    before = browser_seconds()
    answer: dict[str, Any] = page.evaluate(script, argument)
    return answer["milliseconds"] / 1000, browser_seconds() - before, answer


def main() -> bool:
    """Print speeds and latencies; True if both targets are met."""
    manifest = prepare()
    with served(FOLDER) as url, sync_playwright() as playwright, opened_browser(playwright) as b:
        page, bare = b.new_page(viewport={"width": 1280, "height": 800}), b.new_page()
        bare.goto(f"{url}bare.html")
        start = {
            "base": f"{url}runtime/{manifest['version']}/",
            "lock": manifest["lock"],
            "model": f"{url}{MODEL}.safetensors",
        }
        bare.evaluate(ASK, start)
        bare.evaluate(ASK, {"length": 3 * LENGTH})  # warm
        page.bring_to_front()
        opened(page, url)
        runs = [
            (timed(page, WRITE, LENGTH), timed(bare, ASK, {"length": 3 * LENGTH}))
            for _ in range(ROUNDS)
        ]
        answers: list[float] = page.evaluate(USE, 60)
    by_clock = [(LENGTH / on[0], 3 * LENGTH / alone[0]) for on, alone in runs]
    by_processor = [(LENGTH / on[1], 3 * LENGTH / alone[1]) for on, alone in runs if on[1]]
    rows = []
    for words, pairs in (("characters/s", by_clock), ("per CPU second", by_processor)):
        page_speeds, engine_speeds = zip(*pairs, strict=True)
        ratio = median([a / b for a, b in pairs])
        spread = f"{min(page_speeds):,.0f} to {max(page_speeds):,.0f}"
        speeds = [f"{median(each):,.0f}" for each in (page_speeds, engine_speeds)]
        rows.append([words, speeds[0], spread, speeds[1], f"{ratio:.2f}"])
    header = ["", "on the page", "spread", "engine alone", "ratio"]
    print_table(f"Writing {LENGTH:,} characters at full speed, {ROUNDS} rounds", header, rows)
    drawn = median([on[2]["drawn"] for on, _ in runs])
    slowest = max(answers)
    print(f"  drawn {drawn:.0f} times; a place or a temperature is answered in")
    print(
        f"  {median(answers):.0f} ms (95 % within {percentile(answers, 95):.0f}, all {slowest:.0f})"
    )
    speed = median([pair[0] for pair in by_clock])
    met = speed >= CHARACTERS_A_SECOND and slowest <= ANSWER_MS
    print(f"  at least {CHARACTERS_A_SECOND:,.0f} characters/s, answers within {ANSWER_MS:.0f} ms")
    return met


if __name__ == "__main__":
    raise SystemExit(not main())

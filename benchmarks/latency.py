"""From a slider's `input` event to the updated figure, and to the next painted frame.

Measured on the built page with the engine loaded. Events come at uneven times, so that they meet
the display's clock at every phase. On a virtual machine whose host has no time for it every answer
is late: rounds in which more was stolen than `DISTURBED` of one processor's time are measured
again, and told are the rounds with the least theft, never those with the best latencies. Each round
has a browser of its own, lest one tell for all.
"""

import time
from typing import Any

from playwright.sync_api import Playwright, sync_playwright

from benchmarks.harness import (
    built_site,
    median,
    opened_browser,
    percentile,
    print_table,
    served,
    stolen,
)

EVENTS = 200
ROUNDS, MOST_ROUNDS, DISTURBED = 5, 15, 0.005
FIGURE_MS, FRAME_MS = 5.0, 20.0

# The figure is updated when its first change appears in the document; the frame is painted when a
# task that was posted from an animation frame runs.
DRAG = """
async ([id, control, events]) => {
  const slider = document.querySelector(`#${id} [data-control=${control}] input[type=range]`);
  const figure = document.querySelector(`#${id} figure`);
  const [low, high] = [Number(slider.min), Number(slider.max)];
  const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
  const changed = () => new Promise(resolve => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      resolve(performance.now());
    });
    observer.observe(figure, { subtree: true, childList: true, attributes: true,
      characterData: true });
  });
  const painted = () => new Promise(resolve => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(null);
  }));
  const times = [];
  for (let i = 0; i < events; i++) {
    await pause(20 + (i * 7.3) % 31);
    slider.value = low + (high - low) * (0.25 + 0.5 * ((i * 37) % events) / events);
    const started = performance.now();
    const update = changed();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const updated = await update;
    times.push([updated - started, await painted() - started]);
  }
  return times;
}
"""


def main() -> bool:
    """Print the latencies; True if both targets are met."""
    with served(built_site()) as url, sync_playwright() as playwright:
        theft, times = _least_disturbed(playwright, url)
    met, rows = True, []
    for index, (words, target) in enumerate(
        (("updated figure", FIGURE_MS), ("painted frame", FRAME_MS))
    ):
        values = [float(pair[index]) for pair in times]
        high = percentile(values, 95)
        met = met and high <= target
        rows.append([words, f"{median(values):.1f} ms", f"{high:.1f} ms", f"{target:.0f} ms"])
    title = f"From a slider's input event ({len(times)} events, at most {theft:.1%} stolen)"
    print_table(title, ["to the", "median", "95th percentile", "target"], rows)
    return met


def _least_disturbed(playwright: Playwright, url: str) -> tuple[float, list[list[Any]]]:
    """The rounds with the least theft: the most that was stolen in one, and all latencies."""
    rounds: list[tuple[float, list[list[Any]]]] = []
    while len(rounds) < MOST_ROUNDS and sum(theft <= DISTURBED for theft, _ in rounds) < ROUNDS:
        rounds.append(_round(playwright, url))
    least = sorted(rounds, key=lambda one: one[0])[:ROUNDS]
    return max(theft for theft, _ in least), [pair for _, times in least for pair in times]


def _round(playwright: Playwright, url: str) -> tuple[float, list[list[Any]]]:
    """In a browser of its own: the share of a processor that was stolen, and the latencies."""
    with opened_browser(playwright) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{url}one-unit/")
        page.locator("#scalar-rnn").scroll_into_view_if_needed()
        page.wait_for_selector("#scalar-rnn[data-state=ready]", timeout=60_000)
        page.evaluate(DRAG, ["scalar-rnn", "w_h", EVENTS])  # warm
        began, before = time.monotonic(), stolen()
        times = page.evaluate(DRAG, ["scalar-rnn", "w_h", EVENTS])
        return (stolen() - before) / (time.monotonic() - began), times


if __name__ == "__main__":
    raise SystemExit(not main())

"""From a slider's `input` event to the updated figure, and to the next painted frame.

Measured on the built page with the engine loaded, in two ways: dragged by a mouse, whose moves the
browser hands out at the beginning of a frame; and moved by a script at uneven times, which meets
the display's clock at every phase. Between two drags another weight is moved: what Python told
ahead for a drag is void then, and the next drag's first events have to be asked for.

On a virtual machine whose host has no time for it every answer is late: rounds in which more was
stolen than `DISTURBED` of one processor's time are measured again, and told are the rounds with the
least theft, never those with the best latencies. Each round has a browser of its own, lest one tell
for all.
"""

import math
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Playwright, sync_playwright

from benchmarks.harness import (
    built_site,
    median,
    opened_browser,
    percentile,
    print_table,
    served,
    stolen,
)

LAB, CONTROL, OTHER = "scalar-rnn", "w_h", "w_x"
DRAGS, EVENTS, PAUSE = 5, 40, 0.3  # PAUSE in seconds
ROUNDS, MOST_ROUNDS, DISTURBED = 5, 15, 0.005
FIGURE_MS, FRAME_MS = 5.0, 20.0

# The figure is updated when its first change appears in the document; the frame is painted when a
# task that was posted from an animation frame runs.
WATCH = """
([id, control]) => {
  const slider = document.querySelector(`#${id} [data-control=${control}] input[type=range]`);
  const figure = document.querySelector(`#${id} figure`);
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  window.times = [];
  addEventListener("input", ({ target }) => {
    if (target !== slider) return;
    const started = performance.now();
    const observer = new MutationObserver(() => {
      const updated = performance.now();
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          window.times.push([updated - started, performance.now() - started]);
          window.painted?.();
        };
        port2.postMessage(null);
      });
    });
    observer.observe(figure, all);
  }, true);
}
"""
SCRIPTED_DRAG = """
async ([id, control, events]) => {
  const slider = document.querySelector(`#${id} [data-control=${control}] input[type=range]`);
  for (let i = 0; i < events; i++) {
    await new Promise(resolve => setTimeout(resolve, 20 + (i * 7.3) % 31));
    const painted = new Promise(resolve => { window.painted = resolve; });
    const share = 0.25 + 0.5 * ((i * 37) % events) / events;
    slider.value = Number(slider.min) + (slider.max - slider.min) * share;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await painted;
  }
}
"""


def main() -> bool:
    """Print the latencies; True if all targets are met."""
    with served(built_site()) as url, sync_playwright() as playwright:
        theft, rounds = _least_disturbed(playwright, url)
    met, rows = True, []
    for way in WAYS:
        times = [pair for one in rounds for pair in one[way]]
        for index, (words, target) in enumerate(
            (("updated figure", FIGURE_MS), ("painted frame", FRAME_MS))
        ):
            values = [float(pair[index]) for pair in times]
            high = percentile(values, 95)
            met = met and high <= target
            cells = [f"{median(values):.1f} ms", f"{high:.1f} ms", f"{target:.0f} ms"]
            rows.append([f"{way}, {words}", str(len(values)), *cells])
    title = f"From a slider's input event (at most {theft:.1%} stolen)"
    print_table(title, ["", "events", "median", "95th percentile", "target"], rows)
    return met


def _least_disturbed(
    playwright: Playwright, url: str
) -> tuple[float, list[dict[str, list[list[float]]]]]:
    """The rounds with the least theft: the most that was stolen in one, and all latencies."""
    rounds: list[tuple[float, dict[str, list[list[float]]]]] = []
    while len(rounds) < MOST_ROUNDS and sum(theft <= DISTURBED for theft, _ in rounds) < ROUNDS:
        rounds.append(_round(playwright, url))
    least = sorted(rounds, key=lambda one: one[0])[:ROUNDS]
    return max(theft for theft, _ in least), [times for _, times in least]


def _round(playwright: Playwright, url: str) -> tuple[float, dict[str, list[list[float]]]]:
    """In a browser of its own: the share of a processor that was stolen, and latencies by way."""
    with opened_browser(playwright) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{url}one-unit/")
        page.locator(f"#{LAB}").scroll_into_view_if_needed()
        page.wait_for_selector(f"#{LAB}[data-state=ready]", timeout=60_000)
        _slider(page, CONTROL).scroll_into_view_if_needed()
        page.evaluate(WATCH, [LAB, CONTROL])
        for drag in WAYS.values():
            drag(page, 0)  # warm
        began, before = time.monotonic(), stolen()
        times = {way: _latencies(page, drag) for way, drag in WAYS.items()}
        return (stolen() - before) / (time.monotonic() - began), times


def _latencies(page: Page, drag: Callable[[Page, int], None]) -> list[list[float]]:
    page.evaluate("() => { window.times = [] }")
    for number in range(DRAGS):
        _slider(page, OTHER).press("ArrowRight")
        time.sleep(PAUSE)
        drag(page, number)
    found: list[list[float]] = page.evaluate("window.times")
    return found


def _slider(page: Page, control: str) -> Locator:
    return page.locator(f"#{LAB} [data-control={control}] input[type=range]")


def _by_script(page: Page, _number: int) -> None:
    page.evaluate(SCRIPTED_DRAG, [LAB, CONTROL, EVENTS])


def _by_mouse(page: Page, number: int) -> None:
    """To and fro on the track, each time a little faster."""
    box = _slider(page, CONTROL).bounding_box()
    if box is None:
        raise RuntimeError(f"the slider {CONTROL} is not to be seen")
    middle, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(middle, y)
    page.mouse.down()
    for event in range(EVENTS):
        turn = math.sin(math.tau * event / EVENTS * (1 + 0.3 * number))
        page.mouse.move(middle + 0.3 * box["width"] * turn, y)
        time.sleep(0.012 + 0.007 * (event * 5 % 3))
    page.mouse.up()
    time.sleep(PAUSE)


WAYS = {"by mouse": _by_mouse, "by script": _by_script}


if __name__ == "__main__":
    raise SystemExit(not main())

"""From the arrival of a snapshot to the figures drawn and laid out, in every lab at its largest.

Every lab of the book is opened wide, with all that is behind *More*, its sliders of size at their
hard ends, and one value is moved again and again. What counts is the page's own work: from the
worker's message to the document changed, and laid out.
"""

from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.harness import built_site, median, opened_browser, percentile, print_table, served
from lab.kit.controls import Slider
from tests.browser.lab import Lab
from tests.browser.walk import Place, places

CHANGES = 60
TARGET_MS = 33.0
_NOT_A_SIZE = ("learning_rate", "seed", "step", "temperature", "scale", "rate")

# The first thing that hears a message is this: it stamps the time at which the answer was there.
_STAMP = """
const Original = Worker;
window.Worker = class extends Original {
  constructor(...given) {
    super(...given);
    super.addEventListener("message", () => { window.arrived ??= performance.now(); });
  }
};
"""
_MOVE = """
async ([id, name, values]) => {
  const root = document.getElementById(id);
  const times = [];
  const observer = new MutationObserver(() => {
    root.getBoundingClientRect();
    if (window.arrived) times.push(performance.now() - window.arrived);
    window.arrived = undefined;
  });
  observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  for (const value of values) {
    window.arrived = undefined;
    await root.apply({ [name]: value });
    await new Promise(resolve => setTimeout(resolve, 30));
  }
  observer.disconnect();
  return times;
}
"""


def largest(place: Place) -> dict[str, Any]:
    """The sliders that say how much there is, at the most they take."""
    return {
        control.name: control.maximum
        for control in place.controls
        if isinstance(control, Slider)
        and control.integer
        and control.maximum is not None
        and control.maximum <= 10_000
        and control.name not in _NOT_A_SIZE
    }


def measure(page: Page, url: str, place: Place) -> list[float]:
    """Open a lab at its largest and move what it is looked at by."""
    page.goto(f"{url}{place.path}")
    lab = Lab(page, place.lab_id).load()
    lab.wait_for("!s.wants", timeout=60_000)
    lab.root.evaluate("(e, values) => e.apply(values)", largest(place))
    lab.wait_for("!s.running", timeout=120_000)
    lab.open_more()
    page.wait_for_timeout(500)
    name, values = _moved(lab, place)
    times: list[float] = lab.root.evaluate(_MOVE_ON, [place.lab_id, name, values])
    return times


_MOVE_ON = f"(root, given) => ({_MOVE})(given)"


def _moved(lab: Lab, place: Place) -> tuple[str, list[float]]:
    """The step where there is one, else the first number, back and forth."""
    steps = lab.snapshot["steps"]
    if "step" in lab.values and steps > 1:
        return "step", [1 + index % steps for index in range(CHANGES)]
    slider = next(c for c in place.controls if isinstance(c, Slider) and not c.shown_when)
    ends = (slider.low, slider.default)
    return slider.name, [ends[index % 2] for index in range(CHANGES)]


def main() -> bool:
    """Print every lab's times; True if all are within the target."""
    met, rows = True, []
    with (
        served(built_site()) as url,
        sync_playwright() as playwright,
        opened_browser(playwright) as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(_STAMP)
        for place in places():
            if place.compact:
                continue
            times = measure(page, url, place)
            high = percentile(times, 95)
            met = met and high <= TARGET_MS
            size = ", ".join(f"{name} {value}" for name, value in largest(place).items())
            rows.append([place.lab, size, f"{median(times):.1f} ms", f"{high:.1f} ms"])
    title = f"From a snapshot's arrival to the figures drawn (target {TARGET_MS:.0f} ms)"
    print_table(title, ["lab", "at", "median", "95th percentile"], rows)
    return met


if __name__ == "__main__":
    raise SystemExit(not main())

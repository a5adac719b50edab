"""How the browser tests handle a lab: as a reader would, by labels and buttons."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playwright.sync_api import Locator, Page, expect

# Arrays become lists on the way out of the page; the whole takes long, a part does not.
_SNAPSHOT = """
(element, names) => {
  const part = names.reduce((whole, name) => whole[name], element.snapshot);
  return JSON.parse(JSON.stringify(part, (key, value) =>
    ArrayBuffer.isView(value) ? Array.from(value, String) : value));
}
"""
# Clicks a link to a page; false if that page is open, where a link would lead nowhere.
_FOLLOW = """
path => {
  const link = document.createElement("a");
  link.href = new URL(path, document.querySelector("a.md-logo").href);
  if (link.pathname === location.pathname) return false;
  document.querySelector("h1").setAttribute("data-old", "");
  document.body.append(link);
  link.click();
  link.remove();
  return true;
}
"""
# Milliseconds: what is waited for comes sooner or never, but a machine under load may stall long.
PATIENCE = 60_000
WEIGHTS = ("w_x", "w_h", "w_y", "b_h", "b_y")


def go(page: Page, link: str, title: str | re.Pattern[str]) -> None:
    """Follow a link within the site and wait until the new page stands; Python stays."""
    page.evaluate("() => document.querySelector('h1').setAttribute('data-old', '')")
    page.evaluate("link => document.querySelector(link).click()", link)
    expect(page).to_have_title(title)
    expect(page.locator("h1[data-old]")).to_have_count(0)


def visit(page: Page, path: str) -> None:
    """Go to a page of the sitemap as a link does, from any other: instantly, Python stays.

    A page that is open already is left first, so that it is always entered anew.
    """
    if not page.evaluate(_FOLLOW, path):
        visit(page, "glossary/" if path == "references/" else "references/")
        page.evaluate(_FOLLOW, path)
    expect(page.locator("h1:not([data-old])")).to_have_count(1)


def until(page: Page, condition: Callable[[], object], otherwise: str) -> None:
    """Wait for what only the test sees, such as what the browser has asked for."""
    for _ in range(PATIENCE // 50):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError(otherwise)


class Lab:
    """One `<rnn-lab>` on a page."""

    def __init__(self, page: Page, lab_id: str = "scalar-rnn") -> None:
        self.page = page
        self.root = page.locator(f"#{lab_id}")

    def load(self) -> "Lab":
        """Touch it and wait until Python answers."""
        for _ in range(10):  # a page that was just entered may go to its top once more
            self.root.scroll_into_view_if_needed()
            with suppress(AssertionError):
                expect(self.root).not_to_have_attribute("data-state", "static", timeout=1_000)
                break
        expect(self.root).to_have_attribute("data-state", re.compile("ready|running"))
        return self

    @property
    def snapshot(self) -> dict[str, Any]:
        return self.part()

    def part(self, *names: str | int) -> Any:
        """One part of the snapshot, by the names that lead to it."""
        return self.root.evaluate(_SNAPSHOT, list(names))

    @property
    def values(self) -> dict[str, Any]:
        return self.part("values")

    def status(self, name: str) -> str:
        return next(fact["value"] for fact in self.part("status") if fact["name"] == name)

    def losses(self, series: int = 0) -> list[float]:
        return [float(y) for y in self.part("figures", "losses", "series", series, "y", "data")]

    def button(self, action: str) -> Locator:
        return self.root.locator(f"[data-action={action}]")

    def press(self, action: str) -> None:
        """Press a button; what is waited for next must be true of an answer that came after."""
        self.root.evaluate("lab => { lab.before = lab.snapshot }")
        self.button(action).click()

    def pause(self, action: str) -> None:
        """Pause what runs, unless it has just ended by itself: a press would start it again."""
        self.root.evaluate(
            """(lab, action) => {
              const button = lab.querySelector(`[data-action=${action}]`);
              if (lab.snapshot.running === action) button.click();
            }""",
            action,
        )
        self.wait_for("!s.running")

    def control(self, name: str) -> Locator:
        """The native input whose label names the control."""
        return self.root.locator(f"[id$='-{name}']")

    def field(self, name: str) -> Locator:
        """The number field of a slider."""
        return self.root.locator(f"[data-control={name}] .field")

    def type_number(self, name: str, text: str) -> None:
        self.field(name).fill(text)
        self.field(name).press("Enter")

    def choose(self, name: str, value: str) -> None:
        self.control(name).select_option(value)

    def open_table(self, figure: str) -> None:
        self.root.locator(f"[data-figure={figure}] .figure-data > summary").click()
        self.wait_for(f"s.figures.{figure}.tables.length > 0")

    def open_more(self) -> None:
        self.root.locator(".lab-more > summary").click()

    def expect_value(self, name: str, value: Any, timeout: float = PATIENCE) -> None:
        """Wait until Python has accepted a value and the page shows it."""
        self.page.wait_for_function(
            "([id, name, value]) => document.getElementById(id).snapshot.values[name] === value",
            arg=[self.root.get_attribute("id"), name, value],
            timeout=timeout,
        )

    def wait_until_kept(self) -> None:
        """Wait until a reload would lose nothing."""
        self.page.wait_for_function(
            "id => document.getElementById(id).kept", arg=self.root.get_attribute("id")
        )

    def wait_for(self, condition: str, timeout: float = PATIENCE) -> None:
        """Wait for a condition on the snapshot `s`, which must be newer than the last press."""
        self.page.wait_for_function(
            f"""id => {{
              const lab = document.getElementById(id);
              const s = lab.snapshot;
              return s !== lab.before && ({condition});
            }}""",
            arg=self.root.get_attribute("id"),
            timeout=timeout,
        )

"""Which labs the book holds, and how to use one of them without knowing which it is."""

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from lab.kit.controls import Choice, Control, Slider, Text, Toggle
from lab.kit.declaration import Declaration
from tests.browser.lab import Lab

DOCS = Path(__file__).parents[2] / "docs"
_FENCE = re.compile(r"^```lab ([a-z0-9-]+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_STATE = """e => JSON.stringify([e.snapshot.values, e.snapshot.said, e.snapshot.running,
  e.snapshot.output?.name])"""


@dataclass(frozen=True)
class Place:
    """A lab on a page."""

    path: str  # of the page, from the site's root
    lab_id: str
    lab: str
    compact: bool

    def __str__(self) -> str:
        return f"{self.path or 'home'}#{self.lab_id}"

    @property
    def declaration(self) -> Declaration:
        """What the lab says it has."""
        declared: Declaration = importlib.import_module(
            f"lab.{self.lab.replace('-', '_')}"
        ).LAB.declaration
        return declared

    @property
    def controls(self) -> list[Control]:
        """Those that the page shows, or would show."""
        own = self.declaration
        if self.compact:
            return [control for control in own.controls if control.compact]
        return [c for c in own.controls if c.group in own.groups or c.more]


def page_paths() -> list[str]:
    """Every chapter and page; of the decisions their list, of the reference one page as well."""
    names = sorted(path.stem for path in DOCS.glob("*.md"))
    others = ("decisions/", "api/", "api/cells/", "404.html")
    return ["", *(f"{name}/" for name in names if name != "index"), *others]


def lab_pages() -> list[str]:
    """Every page that has a lab."""
    return sorted({place.path for place in places()})


def places() -> Iterator[Place]:
    """Every lab of every page, in the order of the pages' names."""
    for page in sorted(DOCS.glob("*.md")):
        for name, body in _FENCE.findall(page.read_text("utf-8")):
            options = dict(re.findall(r"^(\w+):\s*(.+?)\s*$", body, re.MULTILINE))
            path = "" if page.stem == "index" else f"{page.stem}/"
            yield Place(path, options.get("id", name), name, options.get("layout") == "compact")


def choose_scheme(page: Page, scheme: str) -> None:
    """Press the button in the header, unless the page is in this scheme already."""
    shown = {"light": "default", "dark": "slate"}[scheme]
    body = page.locator("body")
    if body.get_attribute("data-md-color-scheme") != shown:
        page.locator("[data-scheme-to]:visible").first.click()
    expect(body).to_have_attribute("data-md-color-scheme", shown)


def reveal(lab: Lab, place: Place, control: Control) -> None:
    """Open what a control is behind, and set what it waits for."""
    if control.more and not place.compact and not _is_more_open(lab):
        lab.open_more()
    for name, allowed in control.shown_when.items():
        if lab.values[name] not in allowed:
            lab.root.evaluate("(e, values) => e.apply(values)", {name: allowed[0]})
            lab.expect_value(name, allowed[0])
    expect(lab.root.locator(f"[data-control={control.name}]")).to_be_visible()


def _is_more_open(lab: Lab) -> bool:
    return bool(lab.root.locator(".lab-more").evaluate("e => e.open"))


def use(lab: Lab, control: Control) -> None:
    """Change a control by mouse and by keyboard; Python must accept each value."""
    if isinstance(control, Slider):
        _use_slider(lab, control)
    elif isinstance(control, Choice):
        _use_choice(lab, control)
    elif isinstance(control, Toggle):
        _use_toggle(lab, control)
    elif isinstance(control, Text):
        _use_text(lab, control)
    expect(lab.root.locator(f"[data-control={control.name}] .control-error")).to_have_count(0)


def _use_slider(lab: Lab, control: Slider) -> None:
    thumb = lab.control(control.name)
    thumb.scroll_into_view_if_needed()
    box = thumb.bounding_box()
    assert box
    before = _value(lab, control)
    share = 0.3 if before > _middle(control) else 0.7
    thumb.click(position={"x": box["width"] * share, "y": box["height"] / 2})
    by_mouse = _wait_for_other(lab, control, before)
    thumb.press("ArrowLeft" if share > 0.5 else "ArrowRight")
    by_key = _wait_for_other(lab, control, by_mouse)
    lab.type_number(control.name, f"{by_mouse:.15g}")
    _wait_for_other(lab, control, by_key)


def _middle(control: Slider) -> float:
    if control.scale == "log":
        return float((control.low * control.high) ** 0.5)
    return (control.low + control.high) / 2


def _value(lab: Lab, control: Control) -> Any:
    return lab.root.evaluate("(e, name) => e.snapshot.values[name]", control.name)


def _wait_for_other(lab: Lab, control: Control, before: Any) -> Any:
    lab.wait_for(f"s.values[{control.name!r}] !== {_spelled(before)}")
    return _value(lab, control)


def _spelled(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _use_choice(lab: Lab, control: Choice) -> None:
    menu = lab.control(control.name)
    for option in control.options:
        menu.select_option(option.value)
        lab.expect_value(control.name, option.value)
    menu.focus()
    menu.press("Home")
    lab.expect_value(control.name, control.options[0].value)


def _use_toggle(lab: Lab, control: Toggle) -> None:
    box = lab.control(control.name)
    for change in (lambda: box.click(), lambda: box.press("Space")):
        before = _value(lab, control)
        change()
        lab.expect_value(control.name, not before)


def _use_text(lab: Lab, control: Text) -> None:
    field = lab.control(control.name)
    text = field.input_value()
    other = f"{text[:-1]}" if len(text) > 8 else f"{text} 1"
    field.fill(other)
    field.blur()
    lab.expect_value(control.name, other)


def press(lab: Lab, button: Locator, touch: bool) -> None:
    """Press a button; what it starts is left to run a moment and then paused by keyboard."""
    before = lab.root.evaluate(_STATE)
    if touch:
        button.tap()
    else:
        button.click()
    lab.page.wait_for_function(
        f"([id, before]) => ({_STATE})(document.getElementById(id)) !== before",
        arg=[lab.root.get_attribute("id"), before],
    )
    lab.wait_for("!s.wants")  # what it starts may need a file first
    if lab.part("running"):
        lab.page.wait_for_timeout(150)
        if lab.part("running") and button.count():
            button.press("Enter")
        lab.wait_for("!s.running")


def pointable(lab: Lab) -> list[Locator]:
    """The parts of figures that take the focus and the arrow keys."""
    return lab.root.locator("figure [role=slider][tabindex='0']:visible").all()


def move_with_keys(lab: Lab, part: Locator) -> None:
    """Move what a figure chooses by one, there or back."""
    part.focus()
    before = part.get_attribute("aria-valuenow")
    if part.get_attribute("aria-valuemin") == part.get_attribute("aria-valuemax"):
        return  # there is nothing else to choose
    part.press("ArrowLeft" if before == part.get_attribute("aria-valuemax") else "ArrowRight")
    expect(part).not_to_have_attribute("aria-valuenow", before or "")


def touch_the_middle(lab: Lab, part: Locator) -> None:
    """Tap a figure where it is seen: something of it is chosen, and nothing goes wrong."""
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    assert box
    right = min(box["x"] + box["width"], lab.page.viewport_size["width"])  # type: ignore[index]
    bottom = min(box["y"] + box["height"], lab.page.viewport_size["height"])  # type: ignore[index]
    lab.page.touchscreen.tap((max(box["x"], 0) + right) / 2, (max(box["y"], 60) + bottom) / 2)

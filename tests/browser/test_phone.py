"""On a phone: labs fit, what is pinned leaves room, its data opens and closes, a finger hits."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.lab import Lab

PINNED = """() => [...document.querySelectorAll(".lab-first")]
  .filter(e => getComputedStyle(e).position === "sticky")
  .map(e => [e.closest("rnn-lab").id, e.getBoundingClientRect().height / innerHeight])"""
SMALL = """() => [...document.querySelectorAll(
    "rnn-lab :is(button, select, .field, .text, .figure-data > summary, .figure-save > summary)")]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 30)
  .map(e => e.outerHTML.slice(0, 80))"""
OUTSIDE = """() => [...document.querySelectorAll("rnn-lab .plot svg *")]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().right
    > e.closest("rnn-lab").getBoundingClientRect().right)
  .map(e => e.outerHTML.slice(0, 80))"""
TOUCH = {"has_touch": True, "is_mobile": True}


def chapters(site: Path) -> list[str]:
    pages = sorted(site.glob("*/index.html"))
    return [page.parent.name for page in pages if "<rnn-lab" in page.read_text("utf-8")]


@pytest.mark.parametrize(
    ("width", "height"), [(320, 568), (360, 640), (390, 664), (390, 844), (640, 400)]
)
def test_labs_fit_and_a_pinned_figure_leaves_half_of_the_screen(
    new_page: NewPage, site: Path, width: int, height: int
) -> None:
    """On small telephones, usual ones, and a desk's window enlarged to 200 %."""
    size = {"width": width, "height": height}
    page = new_page(viewport=size, java_script_enabled=False, **TOUCH)
    pinned = 0
    for chapter in chapters(site):
        page.goto(f"{chapter}/")
        shares = page.evaluate(PINNED)
        pinned += len(shares)
        assert not [share for share in shares if share[1] > 0.5], chapter
        assert page.evaluate(SMALL) == [], chapter
        assert page.evaluate(OUTSIDE) == [], chapter
        wide = page.evaluate("() => document.querySelector('.md-main').scrollWidth")
        assert wide <= width, chapter  # also with the larger letters that a finger gets
    assert (pinned > 0) == (height >= 640)
    assert (pinned > 1) == (height >= 700)


def swipe(page: Page, slider: Locator, across: float, up: float) -> None:
    """Put a finger on a slider's track, a fifth from its left, and move it."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    left, top = box["x"] + box["width"] / 5, box["y"] + box["height"] / 2
    devtools = page.context.new_cdp_session(page)
    touch = "Input.dispatchTouchEvent"
    devtools.send(touch, {"type": "touchStart", "touchPoints": [{"x": left, "y": top}]})
    for part in (0.1, 0.25, 0.5, 0.75, 1):
        point = {"x": left + part * across, "y": top - part * up}
        devtools.send(touch, {"type": "touchMove", "touchPoints": [point]})
    devtools.send(touch, {"type": "touchEnd", "touchPoints": []})
    devtools.detach()


def test_a_finger_moves_a_slider_and_scrolls_over_it(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, **TOUCH)
    page.goto("one-unit/")
    lab = Lab(page).load()
    slider = lab.control("w_h")
    swipe(page, slider, across=100, up=0)
    lab.wait_for("s.values.w_h > -1.5 && s.values.w_h < 0.7")
    moved, top = slider.input_value(), page.evaluate("scrollY")
    swipe(page, slider, across=0, up=150)
    page.wait_for_function("top => scrollY > top + 50", arg=top)
    expect(slider).to_have_value(moved)  # it was scrolled over


def test_a_finger_on_a_slider_leaves_its_field(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, **TOUCH)
    page.goto("one-unit/")
    lab = Lab(page).load()
    lab.field("w_h").press_sequentially("1")
    swipe(page, lab.control("w_h"), across=100, up=0)
    lab.wait_for("s.values.w_h > -1.5 && s.values.w_h < 0.7")
    expect(lab.field("w_h")).not_to_be_focused()
    expect(lab.field("w_h")).to_have_value(lab.control("w_h").input_value())


def test_the_data_of_a_pinned_figure_opens_before_the_reader_and_closes(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, **TOUCH)
    page.goto("one-unit/")
    lab = page.locator("#scalar-rnn")
    first = lab.locator(".lab-first")
    lab.locator("[data-control=w_h]").scroll_into_view_if_needed()
    expect(first).to_have_css("position", "sticky")
    first.locator(".figure-data > summary").tap()
    expect(first.locator(".figure-tables td").first).to_be_visible()
    expect(first).to_have_css("position", "static")
    expect(first.locator(".figure-tables")).to_be_in_viewport()
    first.locator(".figure-data > summary").tap()
    expect(first.locator(".figure-tables")).to_be_hidden()
    expect(first).to_have_css("position", "sticky")

"""On a phone: what is pinned leaves room, its data can be opened and closed, and a finger hits."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage

PINNED = """() => [...document.querySelectorAll(".lab-first")]
  .filter(e => getComputedStyle(e).position === "sticky")
  .map(e => [e.closest("rnn-lab").id, e.getBoundingClientRect().height / innerHeight])"""
SMALL = """() => [...document.querySelectorAll(
    "rnn-lab :is(button, select, .field, .text, .figure-data > summary, .figure-save > summary)")]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 30)
  .map(e => e.outerHTML.slice(0, 80))"""
TOUCH = {"has_touch": True, "is_mobile": True}


def chapters(site: Path) -> list[str]:
    pages = sorted(site.glob("*/index.html"))
    return [page.parent.name for page in pages if "<rnn-lab" in page.read_text("utf-8")]


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (640, 400)])
def test_a_pinned_figure_leaves_half_of_the_screen(
    new_page: NewPage, site: Path, width: int, height: int
) -> None:
    """On a small telephone, a usual one, and a desk's window enlarged to 200 %."""
    size = {"width": width, "height": height}
    page = new_page(viewport=size, java_script_enabled=False, **TOUCH)
    pinned = 0
    for chapter in chapters(site):
        page.goto(f"{chapter}/")
        shares = page.evaluate(PINNED)
        pinned += len(shares)
        assert not [share for share in shares if share[1] > 0.5], chapter
        assert page.evaluate(SMALL) == [], chapter
    assert bool(pinned) == (height > 700)


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

"""A page on paper, or saved as PDF: text and figures in light colours, and nothing to press."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SAVE_DATA, NewPage

VISIBLE = """selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility())
  .map(e => e.outerHTML.slice(0, 100))"""
PRESSED = ".md-content :is(button, input, select, textarea, .lab-more, .lab-share, .figure-save)"
FRAME = ".md-header, .md-sidebar, .md-footer, .headerlink, .md-search"
LIGHTNESS = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = getComputedStyle(document.body).getPropertyValue("--md-default-bg-color");
  pen.fillRect(0, 0, 1, 1);
  return pen.getImageData(0, 0, 1, 1).data[0];
}"""


@pytest.mark.parametrize("path", ["one-unit/", "api/cells/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_printed_page_is_light_and_holds_figures_and_no_controls(
    new_page: NewPage, path: str, scheme: str
) -> None:
    page = new_page(color_scheme=scheme, viewport={"width": 720, "height": 1000})
    page.add_init_script(SAVE_DATA)
    page.goto(path)
    on_screen = page.evaluate(LIGHTNESS)
    assert (on_screen > 200) is (scheme == "light")
    page.emulate_media(media="print")
    assert page.evaluate(LIGHTNESS) == 255
    assert page.evaluate(VISIBLE, PRESSED) == []
    assert page.evaluate(VISIBLE, FRAME) == []
    figures = len(page.evaluate(VISIBLE, "rnn-lab figure svg, rnn-lab figure .track"))
    assert figures > 2 if path == "one-unit/" else figures == 0
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 720
    pdf = page.pdf(format="A4")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 80


def test_only_the_data_that_the_reader_opened_is_printed_and_all_of_it(new_page: NewPage) -> None:
    """Before it prints, Material opens every door of the page."""
    page = new_page(viewport={"width": 720, "height": 1000})
    page.add_init_script(SAVE_DATA)
    page.goto("unrolled/")
    cell = page.locator("python-cell").first
    cell.locator(".figure-data > summary").click()
    expect(cell.locator(".figure-tables td").first).to_be_visible()
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.evaluate("() => document.querySelectorAll('.figure-data').forEach(e => e.open = true)")
    page.emulate_media(media="print")
    assert len(page.evaluate(VISIBLE, ".figure-data")) == 1
    tables = cell.locator(".figure-tables")
    assert tables.evaluate("e => e.scrollHeight <= e.clientHeight")

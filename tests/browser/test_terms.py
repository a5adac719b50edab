"""A glossary term's meaning: pointed at, focused or tapped; it can be reached, and put away."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NewPage, watched_tab
from tests.browser.test_accessibility import AXE, FIND_VIOLATIONS

PAGE = "faq/"  # many terms, and no laboratory to wait for


@pytest.fixture(scope="module")
def tab(browser: Browser, server: str) -> Iterator[Page]:
    with watched_tab(browser, server, viewport={"width": 1280, "height": 800}) as (page, problems):
        page.goto(PAGE)
        yield page
        assert not problems, "\n".join(problems)


def test_the_meaning_can_be_pointed_at_and_put_away(tab: Page) -> None:
    term, meaning = tab.locator("a.term").nth(2), tab.get_by_role("tooltip")
    term.hover()
    expect(meaning).to_have_text(term.get_attribute("data-meaning") or "")
    expect(term).to_have_attribute("aria-describedby", "term-meaning")
    tab.evaluate(AXE.read_text())
    assert tab.evaluate(FIND_VIOLATIONS, ["#term-meaning"]) == []
    meaning.hover()
    tab.wait_for_timeout(300)  # longer than it stays when it is left
    expect(meaning).to_be_visible()
    tab.keyboard.press("Escape")
    expect(meaning).to_have_count(0)
    tab.mouse.move(0, 0)
    term.hover()
    expect(meaning).to_be_visible()
    tab.mouse.move(0, 0)
    expect(meaning).to_have_count(0)


def test_the_meaning_comes_and_goes_with_the_focus(tab: Page) -> None:
    terms, meaning = tab.locator("a.term"), tab.get_by_role("tooltip")
    tab.keyboard.press("Tab")
    terms.nth(0).focus()
    expect(meaning).to_have_text(terms.nth(0).get_attribute("data-meaning") or "")
    tab.keyboard.press("Escape")
    expect(meaning).to_have_count(0)
    expect(terms.nth(0)).to_be_focused()
    terms.nth(1).focus()
    expect(meaning).to_have_text(terms.nth(1).get_attribute("data-meaning") or "")
    terms.nth(1).blur()
    expect(meaning).to_have_count(0)


def test_it_stands_within_the_window(tab: Page) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    for term in tab.locator("a.term").all()[:8]:
        term.hover()
        box = tab.get_by_role("tooltip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert tab.evaluate("() => document.documentElement.scrollWidth") <= 320
        tab.keyboard.press("Escape")


def test_a_tap_shows_it_and_a_second_one_follows_the_link(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(PAGE)
    term, meaning = page.locator("a.term").first, page.get_by_role("tooltip")
    term.tap()
    expect(meaning).to_be_visible()
    page.locator("h1").tap()
    expect(meaning).to_have_count(0)
    term.tap()
    expect(meaning).to_be_visible()
    term.tap()
    expect(page).to_have_url(re.compile(r"/glossary/#"))
    expect(meaning).to_have_count(0)

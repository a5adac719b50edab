"""The site as such: its pages and policy, search, navigation, and the page that is not there."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BASE, ROOT, SAVE_DATA, watched_tab


def pages() -> list[str]:
    """Every page of the book, by its address below the base path."""
    found = (path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md"))
    return sorted(
        "" if str(path) == "index.md" else f"{path.with_suffix('')}/".replace("/index/", "/")
        for path in found
    )


@pytest.fixture(scope="module")
def tab(browser: Browser, server: str) -> Iterator[tuple[Page, list[str]]]:
    """One tab: what all pages share is fetched once."""
    with watched_tab(browser, server) as tab:
        tab[0].add_init_script(SAVE_DATA)
        yield tab


@pytest.mark.parametrize("address", pages())
def test_every_page_opens_and_carries_the_policy(tab: tuple[Page, list[str]], address: str) -> None:
    page, problems = tab
    page.goto(address)
    expect(page.locator("h1")).to_have_count(1)
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert policy is not None
    assert "worker-src 'self' blob:" in policy
    assert not problems, "\n".join(problems)


@pytest.mark.console_errors_expected  # the browser logs the 404 itself
def test_a_missing_page_is_told_in_the_books_own_frame_at_any_depth(page: Page) -> None:
    response = page.goto("no/such/page/")
    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    page.get_by_role("link", name="the first page").click()
    page.wait_for_url(f"**{BASE}")


def test_instant_navigation_goes_to_the_next_chapter_without_a_new_document(page: Page) -> None:
    page.goto("")
    page.evaluate("() => { window.sameDocument = true; }")
    page.get_by_role("link", name="Next: Sequences").click()
    expect(page).to_have_title("Sequences - Unrolled")
    assert page.evaluate("() => window.sameDocument") is True


def test_search_finds_a_page(page: Page) -> None:
    page.goto("", wait_until="networkidle")
    page.get_by_role("textbox", name="Search").press_sequentially("sigmoid")
    results = page.locator(".md-search-result__item")
    expect(results.filter(has_text="One unit").first).to_be_visible(timeout=15_000)


def test_text_between_laboratories_is_one_piece_to_the_browser(page: Page) -> None:
    page.goto("one-unit/")
    pieces = page.locator("article > *").evaluate_all(
        """all => all.map(one => [one.className, getComputedStyle(one).isolation])"""
    )
    passages = [isolation for name, isolation in pieces if name.startswith("passage")]
    assert 4 <= len(passages) < 10
    assert set(passages) == {"isolate"}
    gathered = [name.startswith("passage") for name, _ in pieces]
    assert (True, True) not in pairwise(gathered)
    assert page.locator("article > :is(p, ul, h2, h3)").count() == 0


def test_every_asset_a_page_names_exists(site: Path) -> None:
    manifest = json.loads((ROOT / "build" / "web" / "manifest.json").read_text(encoding="utf-8"))
    for html in site.rglob("*.html"):
        text = html.read_text(encoding="utf-8")
        for name in manifest.values():
            assert name in text
            assert (site / "assets" / name).is_file()
        for font in ("source-serif-4-latin-wght-normal", "inter-latin-wght-normal"):
            assert f"assets/fonts/{font}.woff2" in text
            assert (site / "assets" / "fonts" / f"{font}.woff2").is_file()

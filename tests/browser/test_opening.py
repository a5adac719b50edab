"""How a page opens: in the reader's scheme, laid out as far as it is seen, labs when near."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.lab import Lab

SCHEME = "data-md-color-scheme"
TO_DARK, TO_LIGHT = "[data-scheme-to=slate]", "[data-scheme-to=default]"
WAITING = """() => [...document.querySelectorAll("article > *, .passage > *")].filter(
  piece => getComputedStyle(piece).contentVisibility === "auto").length"""

WHEN = r"""() => [
  Math.min(...performance.getEntriesByType("paint").map(({ startTime }) => startTime)),
  ...performance.getEntriesByType("resource")
    .filter(({ name }) => /\/(bundle|unrolled)[^/]*[.]js$/.test(name))
    .map(({ startTime }) => startTime)]"""


@pytest.mark.console_errors_expected
def test_a_dark_system_gets_a_dark_page_before_any_script_has_come(new_page: NewPage) -> None:
    page = new_page(color_scheme="dark")
    page.route("**/*.js", lambda route: route.abort())
    page.goto("architecture/", wait_until="load")
    expect(page.locator("body")).to_have_attribute(SCHEME, "slate")
    assert page.evaluate("() => getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_the_scheme_follows_the_system_until_the_reader_chooses(new_page: NewPage) -> None:
    page = new_page(color_scheme="light")
    page.goto("architecture/")
    body = page.locator("body")
    page.emulate_media(color_scheme="dark")
    expect(body).to_have_attribute(SCHEME, "slate")
    expect(page.locator(TO_DARK)).to_be_hidden()
    page.locator(TO_LIGHT).focus()
    page.keyboard.press("Enter")
    expect(body).to_have_attribute(SCHEME, "default")
    expect(page.locator(TO_DARK)).to_be_focused()
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    expect(body).to_have_attribute(SCHEME, "default")
    page.reload()
    expect(body).to_have_attribute(SCHEME, "default")


def test_without_javascript_no_button_promises_a_scheme(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("architecture/")
    expect(page.locator("[data-scheme-to]:visible")).to_have_count(0)


def test_scripts_are_asked_for_once_the_page_is_painted(page: Page) -> None:
    page.goto("one-unit/")
    painted, *asked = page.evaluate(WHEN)
    assert len(asked) == 2
    assert 0 < painted <= min(asked)
    assert page.locator("body > script[src]").evaluate_all("all => all.map(one => one.async)") == [
        False,
        False,
    ]


def test_the_theme_begins_though_the_document_was_complete_before(page: Page) -> None:
    page.goto("engine/")
    expect(page.locator("pre[id^=__code]").first).to_be_attached()
    page.locator("h2").last.scroll_into_view_if_needed()
    page.mouse.wheel(0, 300)
    following = page.locator(".md-sidebar--secondary .md-nav__link--active")
    expect(following).to_be_visible()


def test_a_page_that_nobody_sees_does_not_wait_to_be_painted(page: Page) -> None:
    page.add_init_script(
        """Object.defineProperty(document, "hidden", { value: true });
        window.PerformanceObserver = class { observe() { throw new Error("it waits"); } };"""
    )
    page.goto("architecture/")


def test_what_is_out_of_sight_is_laid_out_soon_after(page: Page) -> None:
    page.add_init_script(
        "window.requestIdleCallback = (call) => { (window.idle ??= []).push(call) }"
    )
    page.goto("gradients/")
    page.wait_for_function("() => window.idle?.length")
    assert page.evaluate(WAITING) > 0
    page.evaluate("() => { while (idle.length) idle.shift()() }")
    assert page.evaluate(WAITING) == 0
    expect(page.locator("html.settling")).to_have_count(0)


def test_a_page_entered_at_a_heading_is_laid_out_whole(page: Page) -> None:
    page.goto("gradients/#try-this")
    expect(page.locator("html.settling")).to_have_count(0)
    assert page.evaluate(WAITING) == 0


def test_a_lab_far_below_comes_to_life_when_it_is_near_or_spoken_to(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 600})
    page.goto("bptt/")
    first, last = page.locator("rnn-lab").first, page.locator("rnn-lab").last
    expect(page.locator("html.js:not(.settling)")).to_have_count(1)
    built = last.locator("> template")  # what the build left for the lab to take over
    assert built.count() == 1
    assert last.evaluate("lab => lab.description.name")  # a script speaks to it
    assert built.count() == 0
    Lab(page, first.get_attribute("id") or "").load()


@pytest.mark.console_errors_expected
def test_a_page_keeps_its_height_when_its_fonts_come(new_page: NewPage) -> None:
    """Until then others stand in, scaled: a reader who has begun must not lose the line."""
    page = new_page(viewport={"width": 412, "height": 823})
    height = "() => document.fonts.ready.then(() => document.querySelector('article').offsetHeight)"
    page.route("**/*.woff2", lambda route: route.abort())
    page.goto("faq/")
    before = page.evaluate(height)
    page.unroute("**/*.woff2")
    page.reload()
    assert page.evaluate("() => document.fonts.check('18px \"Source Serif 4\"')")
    assert before == pytest.approx(page.evaluate(height), rel=0.02)

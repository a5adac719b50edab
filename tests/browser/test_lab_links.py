"""State is shareable: links set the lab, the address holds what was set, nothing in it runs."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.lab import Lab, visit


@pytest.fixture
def page(tab: tuple[Page, list[str]]) -> Iterator[Page]:
    """The tab in which Python runs already, wherever it was left."""
    page, problems = tab
    yield page
    assert not problems, "\n".join(problems)


def test_every_try_this_link_sets_its_lab(lab: Lab) -> None:
    links = lab.page.locator("a[data-set]:visible")
    count = links.count()
    assert count > 20
    for index in range(count):
        link = links.nth(index)
        link.scroll_into_view_if_needed()
        link.click()
        wanted = dict(pair.split("=") for pair in (link.get_attribute("data-set") or "").split("&"))
        lab.wait_for(f"s.preset === '{wanted.get('preset', 'counting')}'")
        for name, value in wanted.items():
            if name not in ("preset", "step"):
                shown = {"on": "true", "off": "false"}.get(value, value)
                lab.wait_for(f"String(s.values.{name}) === '{shown}'")
        lab.pause("train")
        expect(lab.root.locator(".engine-words")).to_have_text("Python runs on your machine.")


def test_a_link_that_trains_presses_train(lab: Lab) -> None:
    lab.page.get_by_role("link", name="Train it to count").click()
    lab.wait_for("s.running === 'train'")
    expect(lab.root).to_be_in_viewport()


def test_the_address_round_trips(lab: Lab) -> None:
    page = lab.page
    lab.control("preset").select_option("rise-or-fall")
    lab.wait_for("s.preset === 'rise-or-fall'")
    lab.type_number("w_h", "-1.25")
    lab.press("step_forward")
    lab.expect_value("step", 5)
    page.wait_for_function("() => location.hash.includes('step=5')")
    values = lab.values
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    lab.wait_for("s.preset === 'rise-or-fall' && s.values.step === 5 && s.values.w_h === -1.25")
    assert lab.values == values
    assert not lab.snapshot["running"]


def test_a_link_from_another_page_opens_the_lab_as_it_says(page: Page) -> None:
    visit(page, "faq/")
    page.get_by_role("link", name="push the gates shut").click()
    lab = Lab(page, "gates")
    expect(lab.root).to_be_in_viewport()
    lab.load()
    lab.wait_for("s.preset === 'forgets'")
    assert not lab.snapshot["running"]


def test_a_bad_value_in_the_address_is_refused_in_words(page: Page) -> None:
    visit(page, "one-unit/#scalar-rnn?sequence=fibonaci")
    lab = Lab(page).load()
    error = lab.root.locator("[data-control=sequence] .control-error")
    expect(error).to_contain_text("'fibonaci' is not allowed; allowed: fibonacci")
    assert lab.values["sequence"] == "linear"


def test_a_hostile_address_is_text_and_nothing_else(page: Page) -> None:
    visit(page, "one-unit/#scalar-rnn?sequence=custom&numbers=<img src=x onerror=alert(1)>")
    lab = Lab(page).load()
    lab.expect_value("sequence", "custom")
    error = lab.root.locator("[data-control=numbers] .control-error")
    expect(error).to_contain_text("is not a number")
    assert page.locator("#scalar-rnn img").count() == 0


def test_copy_link(lab: Lab) -> None:
    page = lab.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.type_number("w_h", "0.5")
    lab.expect_value("w_h", 0.5)
    lab.root.locator(".lab-share > summary").click()
    lab.press("copy-link")
    expect(lab.root.locator(".lab-share [role=status]")).to_contain_text("on the clipboard")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert re.search(r"/one-unit/#scalar-rnn\?preset=counting&.*w_h=0\.5", copied)


def test_the_home_page_has_a_compact_lab_that_writes(page: Page) -> None:
    visit(page, "")
    lab = Lab(page, "text-sampler").load()
    expect(lab.root.locator("fieldset")).to_have_count(0)
    page.get_by_role("link", name="make it wild").click()
    lab.wait_for("s.preset === 'wild' && !s.wants && !s.running")
    lab.press("sample")
    lab.wait_for("s.running && s.values.written > 0 && s.values.written < 20")
    assert lab.values["temperature"] > 1.2


def test_a_jump_within_the_page_leaves_its_labs_alone(lab: Lab) -> None:
    page = lab.page
    lab.type_number("w_h", "1.7")
    lab.expect_value("w_h", 1.7)
    page.evaluate("() => { window.left = document.querySelector('rnn-lab'); }")
    fetched: list[str] = []
    page.on("request", lambda sent: fetched.append(f"{sent.resource_type} {sent.url}"))
    headings = page.locator(".md-sidebar--secondary a.md-nav__link")
    for index in (1, 2):
        headings.nth(index).click()
        page.wait_for_url(re.compile(r"#[a-z]"))
        expect(page.locator(":target")).to_be_in_viewport()
    page.go_back()
    page.wait_for_url(re.compile(r"#[a-z]"))
    assert lab.values["w_h"] == 1.7
    assert page.evaluate("() => window.left === document.querySelector('rnn-lab')")
    assert [sent for sent in fetched if not sent.startswith("other")] == []


def test_a_jump_closes_the_drawer_of_a_phone(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 800})
    page.goto("one-unit/")
    page.wait_for_function("!!customElements.get('rnn-lab')")
    page.locator(".md-header label[for=__drawer]").click()
    expect(page.locator("#__drawer")).to_be_checked()
    page.locator(".md-sidebar--primary label[for=__toc].md-nav__link").click()
    page.locator(".md-sidebar--primary .md-nav--secondary a.md-nav__link").nth(3).click()
    expect(page.locator("#__drawer")).not_to_be_checked()
    expect(page.locator(":target")).to_be_in_viewport()


def test_instant_navigation_still_goes_there_and_back(lab: Lab) -> None:
    page = lab.page
    page.evaluate("() => { window.same = true; }")
    page.locator(".md-sidebar--secondary a.md-nav__link").nth(1).click()
    page.locator(".md-nav--primary a[href$='characters/']").first.click()
    expect(page).to_have_title("Characters - Unrolled")
    page.locator(".md-sidebar--secondary a.md-nav__link").nth(1).click()
    page.go_back()
    expect(page).to_have_title("Characters - Unrolled")
    page.go_back()
    expect(page).to_have_title("One unit - Unrolled")
    expect(page.locator("rnn-lab")).to_have_count(1)
    page.go_forward()
    expect(page).to_have_title("Characters - Unrolled")
    assert page.evaluate("() => window.same")

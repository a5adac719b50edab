"""Predict, then reveal: a guess first, the answer beside it after, on every lesson page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SAVE_DATA, NewPage, watched_tab
from tests.browser.lab import Lab, visit
from tests.browser.test_accessibility import AXE, FIND_VIOLATIONS
from tests.browser.walk import choose_scheme
from tests.publish.test_predict import LESSONS, questions


@pytest.fixture(scope="module")
def tab(browser: Browser, server: str) -> Iterator[Page]:
    with watched_tab(browser, server, viewport={"width": 390, "height": 844}) as (page, problems):
        page.add_init_script(SAVE_DATA)
        page.goto("references/")
        yield page
        assert not problems, "\n".join(problems)


@pytest.mark.parametrize("path", LESSONS)
def test_commit_and_reveal(tab: Page, path: str) -> None:
    """The answer hides until there is a guess, which survives a reload and can be taken back."""
    visit(tab, f"{path}/")
    name, _ = questions(path)[0]
    question = tab.locator(f"#predict-{name}")
    why = question.locator(".predict-reveal")
    expect(question).to_have_attribute("data-state", "asked")
    expect(why).to_be_hidden()
    if question.get_attribute("data-kind") == "choice":
        question.get_by_role("button", name="This is my guess").click()
        expect(question.get_by_role("status")).to_have_text("Choose one of the answers first.")
        question.get_by_role("radio").first.check()
        expect(why).to_be_hidden()
    question.get_by_role("button", name="This is my guess").click()
    expect(why).to_be_visible()
    expect(question.get_by_role("status")).not_to_be_empty()
    beside = question.locator(".predict-note:visible, .predict-scale > span:visible")
    expect(beside).to_have_count(2)
    tab.reload()
    expect(why).to_be_visible()
    question.get_by_role("button", name="Take my guess back").click()
    expect(why).to_be_hidden()
    visit(tab, f"{path}/")
    expect(question).to_have_attribute("data-state", "asked")


def test_the_answer_links_to_the_lab_that_shows_it(page: Page) -> None:
    page.goto("one-unit/")
    question = page.locator("#predict-left-of-a-one")
    question.get_by_role("slider").fill("20")
    question.get_by_role("button", name="This is my guess").press("Enter")
    expect(question.locator(".predict-verdict")).to_have_text(
        "You guessed 20\u00a0%: too low. It is 34.9\u00a0%."
    )
    question.get_by_role("link", name="See it in the laboratory").click()
    lab = Lab(page).load()
    lab.wait_for("s.values.w_h === 0.9 && s.values.step === 11")
    assert lab.snapshot["readout"][-1][-1]["number"] == "0.349"


def test_axe_finds_nothing_before_and_after(tab: Page) -> None:
    for path, name in (("one-unit", "left-of-a-one"), ("bptt", "gradients-untouched")):
        tab.goto(f"{path}/")
        question = tab.locator(f"#predict-{name}")
        tab.evaluate(AXE.read_text())
        where = [f"#predict-{name}"]
        for scheme in ("light", "dark"):
            choose_scheme(tab, scheme)
            assert tab.evaluate(FIND_VIOLATIONS, where) == []
        if question.get_by_role("radio").count():
            question.get_by_role("radio").first.check()
        question.get_by_role("button", name="This is my guess").click()
        assert tab.evaluate(FIND_VIOLATIONS, where) == []
        choose_scheme(tab, "light")
        assert tab.evaluate(FIND_VIOLATIONS, where) == []
        question.get_by_role("button", name="Take my guess back").click()


def test_without_a_memory_or_without_a_script(new_page: NewPage) -> None:
    """Blocked storage loses nothing but the guess; without JavaScript the answer can be opened."""
    page = new_page()
    page.add_init_script(
        """for (const name of ["getItem", "setItem"]) {
          const real = Storage.prototype[name];
          Storage.prototype[name] = function (key, ...rest) {
            if (key.startsWith("unrolled:")) throw new DOMException("blocked", "SecurityError");
            return real.call(this, key, ...rest);
          };
        }"""
    )
    page.goto("sequences/")
    question = page.locator("#predict-answers-moved")
    question.get_by_role("button", name="This is my guess").click()
    expect(question.locator(".predict-reveal")).to_be_visible()
    page = new_page(java_script_enabled=False)
    page.goto("sequences/")
    question = page.locator("#predict-answers-moved")
    expect(question.locator("fieldset")).to_be_visible()
    question.locator("summary").click()
    expect(question.locator(".predict-reveal")).to_contain_text("6\u00a0steps")

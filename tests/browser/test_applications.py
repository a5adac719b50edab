"""The chapter on applications: reading a line, its cursor, and training in the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import Lab, visit


@pytest.fixture
def chapter(shared: tuple[Page, list[str]]) -> Iterator[Page]:
    """The chapter, entered anew."""
    page, problems = shared
    visit(page, "applications/")
    yield page
    assert not problems, "\n".join(problems)


def opened(page: Page, name: str) -> Lab:
    lab = Lab(page, name).load()
    lab.wait_for("!s.wants")
    return lab


def test_every_link_of_the_classifier_sets_it(chapter: Page) -> None:
    lab = opened(chapter, "classify")
    for link in chapter.locator("a[data-set][href$='#classify']:not([data-act]):visible").all():
        link.click()
        preset = (link.get_attribute("data-set") or "").removeprefix("preset=")
        lab.wait_for(f"s.preset === '{preset}'")
    chapter.locator("a[data-act=mistake]").click()
    lab.wait_for("s.said.includes('number 1 of 12')")


def test_a_typed_line_is_judged_and_the_cursor_is_shared(chapter: Page) -> None:
    lab = opened(chapter, "classify")
    lab.control("line").fill("import os, sys")
    lab.control("line").blur()
    lab.expect_value("line", "import os, sys")
    expect(lab.root.locator("[data-figure=text] .figure-summary")).to_contain_text("for code")
    lab.root.locator(".written-cursor").press("Home")
    lab.expect_value("step", 1)
    first = lab.root.locator(".curve-cursor").first.get_attribute("x1")
    lab.root.locator(".written-cursor").press("End")
    lab.expect_value("step", 14)
    assert lab.root.locator(".curve-cursor").first.get_attribute("x1") == "100%" != first


def test_training_in_the_page_learns(chapter: Page) -> None:
    lab = opened(chapter, "classify")
    lab.press("train")
    lab.wait_for("s.running === 'train'")
    lab.wait_for("Number(s.status.find(f => f.name === 'Update').value) >= 60", timeout=180_000)
    lab.press("train")
    lab.wait_for("!s.running")
    expect(lab.root.locator("[data-figure=confusion] .figure-summary")).to_contain_text(
        "trained here gets"
    )


def test_the_forecast_of_carbon_dioxide_beats_both(chapter: Page) -> None:
    lab = opened(chapter, "forecast")
    lab.press("walk")
    lab.wait_for("!s.running && s.status[0].value === 'Over'", timeout=240_000)
    summary = lab.root.locator("[data-figure=errors] .figure-summary")
    expect(summary).to_contain_text("it beats both")


def test_own_numbers_by_paste(chapter: Page) -> None:
    lab = opened(chapter, "forecast")
    lab.control("preset").select_option("own")
    lab.wait_for("s.preset === 'own'")
    lab.control("numbers").fill("\n".join(str(at % 7) for at in range(70)))
    lab.control("numbers").blur()
    lab.wait_for("s.values.numbers.length < 200")
    expect(lab.root.locator("[data-figure=errors] .figure-summary")).to_contain_text("Press Walk")

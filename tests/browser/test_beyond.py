"""The page *Beyond one layer*: what only a browser shows, and the trainings from the defaults."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import Lab, go

MINUTES = 60_000  # a busy machine trains several times more slowly than a quiet one


@pytest.fixture
def page_of_labs(tab: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page as a newcomer finds it, in a tab where Python may be running already."""
    page, problems = tab
    page.mouse.move(0, 0)
    go(page, "a[href$='architecture/']", "Architecture - Unrolled")
    go(page, "a[href$='beyond/']", "Beyond one layer - Unrolled")
    yield page
    assert not problems, "\n".join(problems)


def opened(page: Page, name: str) -> Lab:
    lab = Lab(page, name).load()
    lab.wait_for("!s.wants")
    return lab


def test_a_typed_date_is_written_anew_and_what_is_unknown_is_refused(page_of_labs: Page) -> None:
    lab = opened(page_of_labs, "attention")
    field = lab.control("date")
    field.fill("Dec 24th, '84")
    field.press("Enter")
    summary = lab.root.locator("[data-figure=alignment] .figure-summary")
    expect(summary).to_contain_text("written as 1984-12-24")
    field.fill("24 décembre 1984")
    field.press("Enter")
    error = lab.root.locator("[data-control=date] .control-error")
    expect(error).to_contain_text("never saw 'é'")
    expect(field).to_have_value("24 décembre 1984")
    assert lab.values["date"] == "Dec 24th, '84"


def test_a_row_of_the_matrix_is_chosen_by_pointer_and_keys(page_of_labs: Page) -> None:
    lab = opened(page_of_labs, "attention")
    rows = lab.root.locator("[data-figure=alignment] [role=slider]")
    rows.click(position={"x": 30, "y": 24 + 6.5 * 20})
    lab.expect_value("step", 7)
    expect(lab.root.locator(".readout")).to_contain_text("After “1999-0” it writes “5”")
    expect(lab.root.locator(".alignment-names .here")).to_have_text("5")
    rows.hover(position={"x": 1.5 * 20, "y": 24 + 6.5 * 20})
    expect(rows).to_have_attribute("title", re.compile("^“5”, character 7, to “a” at 2: [0-9.]+"))
    rows.press("ArrowDown")
    lab.expect_value("step", 8)
    rows.press("ArrowUp")
    rows.press("ArrowUp")
    lab.expect_value("step", 6)
    rows.press("End")
    lab.expect_value("step", 11)
    assert "“end”: most attention to" in (rows.get_attribute("aria-valuetext") or "")


def test_links_of_the_prose_set_the_labs(page_of_labs: Page) -> None:
    lab = opened(page_of_labs, "attention")
    page_of_labs.get_by_role("link", name="Nothing to copy").click()
    lab.wait_for('s.values.date === "May 3, \'49" && s.values.step === 1')
    page_of_labs.get_by_role("link", name="An American date").click()
    lab.wait_for("s.figures.alignment.summary.includes('1999-05-05')")
    tagging = opened(page_of_labs, "bidirectional")
    page_of_labs.get_by_role("link", name="No bracket is opened").click()
    tagging.wait_for("s.values.text.startsWith('nothing ever') && s.values.step === 20")
    counting = opened(page_of_labs, "depth")
    page_of_labs.get_by_role("link", name="All triples").click()
    counting.wait_for("s.values.text === 'abcabcabcabcabca'")


def test_a_reader_of_dates_learns_in_the_page(page_of_labs: Page) -> None:
    lab = opened(page_of_labs, "attention")
    lab.press("train")
    lab.wait_for("s.figures.share.series[0]?.y.data.at(-1) >= 0.9", timeout=5 * MINUTES)
    lab.press("train")
    lab.wait_for("!s.running")
    said = lab.root.locator(".said")
    expect(said).to_contain_text("Paused after")
    lab.press("check")
    lab.wait_for("s.said.startsWith('Of 500')", timeout=2 * MINUTES)


@pytest.mark.parametrize(
    ("name", "winner", "loss"),
    [("bidirectional", "both ways", 0.01), ("depth", "three layers", 0.1)],
)
def test_the_richer_network_wins_in_the_page(
    page_of_labs: Page, name: str, winner: str, loss: float
) -> None:
    lab = opened(page_of_labs, name)
    lab.press("train")
    lab.wait_for("s.said.includes('Better')", timeout=5 * MINUTES)
    assert lab.snapshot["said"].endswith(f"Better: {winner}.")
    assert lab.losses(1)[-1] < loss < lab.losses(0)[-1]
    expect(lab.button("train")).to_be_disabled()

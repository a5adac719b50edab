"""The chapter on practice: its links, a race in the page, and what a batch is worth there."""

import itertools
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import Lab, visit

# Of the names of curves, from above: how far right of the plot each begins, and where it stands.
NAMES_BESIDE_THE_PLOT = """figure => {
    const plot = figure.querySelector(".plot-area").getBoundingClientRect();
    const names = [...figure.querySelectorAll(".end-label")];
    return names.map(name => name.getBoundingClientRect())
        .sort((one, two) => one.top - two.top)
        .map(({left, top, bottom}) => ({beyond: left - plot.right, top, bottom}));
}"""


@pytest.fixture
def page(shared: tuple[Page, list[str]]) -> Iterator[Page]:
    """The chapter, entered anew."""
    page, problems = shared
    page.mouse.move(0, 0)
    visit(page, "practice/")
    yield page
    assert not problems, "\n".join(problems)


def test_every_try_this_link_sets_its_lab(page: Page) -> None:
    labs = {name: Lab(page, name).load() for name in ("initialisation", "schedules")}
    links = page.locator("a[data-set]:visible")
    assert links.count() >= 15
    for link in links.all():
        lab = labs[(link.get_attribute("href") or "").rpartition("#")[2]]
        link.click()
        wanted = dict(pair.split("=") for pair in (link.get_attribute("data-set") or "").split("&"))
        preset = wanted.pop("preset")
        lab.wait_for(f"s.preset === '{preset}'")
        for name, value in wanted.items():
            lab.wait_for(f"String(s.values.{name}) === '{value}'")
        action = link.get_attribute("data-act")
        if action:
            lab.wait_for(f"s.running === '{action}'")
            lab.press(action)
            lab.wait_for("!s.running")


def test_the_race_from_the_defaults(page: Page) -> None:
    """The figures of the chapter, in the page's own Python."""
    lab = Lab(page, "schedules").load()
    lab.press("race")
    lab.wait_for("!s.running", timeout=240_000)
    ends = {
        one["name"]: float(one["y"]["data"][-1])
        for one in lab.snapshot["figures"]["losses"]["series"]
    }
    constant = ends.pop("constant")
    assert max(ends.values()) < 0.14 < constant
    for name in ("rates", "losses"):
        boxes = lab.root.locator(f"[data-figure={name}]").evaluate(NAMES_BESIDE_THE_PLOT)
        assert len(boxes) == 4
        assert all(box["beyond"] >= 0 for box in boxes)
        assert all(one["bottom"] <= two["top"] + 2 for one, two in itertools.pairwise(boxes))
    words = [lab.root.locator(f"[data-figure={name}] .probe-words") for name in ("rates", "losses")]
    lab.root.locator("[data-figure=losses] .plot-area").press("Home")
    expect(words[1]).to_have_text(re.compile("^update 10: "))
    expect(words[0]).to_have_text(re.compile("^update (9|10|11): constant 0.2"))
    lab.root.locator("[data-figure=rates] .plot-area").hover(position={"x": 200, "y": 60})
    expect(words[0]).to_be_visible()
    expect(words[1]).to_have_text(re.compile(r"^update \d\d\d: "))
    lab.page.mouse.move(0, 0)
    page.locator("a[data-act=measure]:visible").click()
    expect(words[1]).to_be_hidden()
    measured = lab.root.locator("[data-figure=noise]")
    expect(measured.locator(".bars-panel")).to_have_count(2, timeout=240_000)
    expect(measured).to_be_in_viewport(ratio=0.95)  # it was not as tall when the link led to it


def test_a_histogram_is_moved_by_keys_and_both_share_the_step(page: Page) -> None:
    lab = Lab(page, "initialisation").load()
    parts = lab.root.locator(".histograms")
    parts.first.press("ArrowRight")
    lab.expect_value("step", 26)
    parts.first.press("End")
    lab.expect_value("step", 50)
    expect(parts.nth(1)).to_have_attribute("aria-valuenow", "50")

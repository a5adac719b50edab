"""The walk and the landscape as a reader uses them: pointing, keys, touch, and walks that run."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import Lab, go

NAME = "Backpropagation through time - Unrolled"


@pytest.fixture
def chapter(tab: tuple[Page, list[str]]) -> Iterator[Page]:
    """The chapter, entered anew, with Python running."""
    page, problems = tab
    page.mouse.move(0, 0)
    go(page, "a[href$='architecture/']", "Architecture - Unrolled")
    go(page, "a[href$='bptt/']", NAME)
    yield page
    assert not problems, "\n".join(problems)


@pytest.fixture
def walk(chapter: Page) -> Lab:
    return Lab(chapter, "bptt-walkthrough").load()


@pytest.fixture
def landscape(chapter: Page) -> Lab:
    return Lab(chapter, "loss-landscape").load()


def number(lab: Lab, name: str, figure: str = "sheet"):
    return lab.root.locator(f"[data-figure={figure}] [data-number={name}]")


def readout(lab: Lab):
    return lab.root.locator(".readout")


def test_a_number_opens_when_it_is_pointed_at(walk: Lab) -> None:
    number(walk, "d_a_2").hover()
    walk.expect_value("number", "d_a_2")
    expect(readout(walk)).to_contain_text("Step 2, backward: the error signal")
    expect(number(walk, "d_h_2")).to_have_attribute("data-mark", "source")
    number(walk, "later_2", "network").click()
    walk.expect_value("number", "later_2")
    expect(readout(walk)).to_contain_text("0.800")
    expect(number(walk, "later_2", "network")).to_have_attribute("data-mark", "open")


def test_arrow_keys_reach_every_number(walk: Lab) -> None:
    table = walk.root.locator("[data-figure=sheet] [role=slider]")
    table.focus()
    number(walk, "a_1").click()
    walk.expect_value("number", "a_1")
    for key, name in (
        *(("ArrowRight", "a_2"), ("ArrowDown", "share_2"), ("ArrowDown", "d_y_2")),
        *(("ArrowLeft", "d_y_1"), ("ArrowUp", "share_1"), ("ArrowUp", "a_1")),
    ):
        table.press(key)
        walk.expect_value("number", name)
    expect(table).to_have_attribute("aria-valuetext", "a_1 is 0.500.")
    for _ in range(3):  # keys that come before Python answers add up
        table.press("ArrowRight")
    walk.expect_value("number", "a_4")


def test_the_walk_is_played_from_an_empty_sheet(walk: Lab) -> None:
    walk.press("first_step")
    walk.wait_for("s.values.step === 1")
    written = walk.root.locator("[data-figure=sheet] .ledger-cell.written")
    expect(written).to_have_count(0)
    walk.choose("stride", "step")
    walk.expect_value("stride", "step")
    expect(walk.button("play")).to_have_text("Play walk")
    walk.press("play")
    walk.wait_for("s.values.step === s.steps")
    expect(walk.button("play")).to_have_text("Play walk")
    assert written.count() > 30
    number(walk, "d_a_3").click()
    walk.press("first_step")
    walk.wait_for("s.values.step === 1")
    number(walk, "d_a_3").click()  # one that is not written yet: everything up to it is
    walk.wait_for("s.values.step === 36 && s.values.number === 'd_a_3'")


def test_gradients_are_checked_and_used(walk: Lab) -> None:
    walk.press("check")
    walk.wait_for("s.said.startsWith('All five agree')")
    expect(number(walk, "error_w_h", "gradients")).to_be_visible()
    number(walk, "numeric_w_h", "gradients").click()
    expect(readout(walk)).to_contain_text("/ 0.00002")
    for at in (1, 2, 3):
        walk.press("update")
        walk.wait_for(f"s.said.startsWith('Update {at}: the loss fell')")
    expect(walk.root.locator(".facts")).to_contain_text("0.249 → 0.192 → 0.181")
    walk.type_number("truncate", "2")
    walk.wait_for("s.figures.gradients.summary.includes('Not equal')")
    expect(walk.root.locator("[data-figure=network] .cut")).to_have_count(1)


def test_the_link_that_checks_leads_to_what_it_found(walk: Lab) -> None:
    walk.page.locator("a[data-act=check]:visible").first.click()
    walk.wait_for("s.said.startsWith('All five agree')")
    found = walk.root.locator("[data-figure=gradients]")
    expect(found).to_be_in_viewport(ratio=0.95)
    expect(found.locator(".figure-summary")).to_contain_text("All five agree")


def test_a_click_and_the_keys_set_the_start(landscape: Lab) -> None:
    plane = landscape.root.locator(".contours-map")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    assert box
    plane.hover(position={"x": box["width"] * 0.5, "y": box["height"] * 0.25})
    landscape.wait_for("Math.abs(s.values.look_x - 0.75) < 0.02")
    landscape.wait_for("Math.abs(s.values.look_h - 1.25) < 0.02")
    assert landscape.values["w_x"] == 0.4  # pointing only looks
    plane.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.25})
    landscape.wait_for("Math.abs(s.values.w_x - 0.75) < 0.02")
    before = landscape.values
    plane.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        plane.press(key)
    landscape.wait_for(f"s.values.look_x > {before['look_x']} + 1.5 * 2.5 / 64")
    landscape.wait_for(f"s.values.look_h < {before['look_h']} - 0.9 / 64")
    plane.press("Enter")
    landscape.wait_for("s.values.w_x === s.values.look_x && s.values.w_h === s.values.look_h")
    expect(readout(landscape)).to_contain_text("One update from here")


def test_from_the_defaults_the_unclipped_walk_falls_off(landscape: Lab) -> None:
    paths = landscape.root.locator(".way.free path")
    expect(paths).to_have_count(0)
    landscape.press("train")
    expect(paths).to_have_count(1)
    landscape.wait_for("!s.running")
    said = landscape.snapshot["said"]
    assert said.startswith("Not clipped: thrown off at update 9 by a gradient 6,122 long")
    assert "Clipped: loss 0.00293 after 150 updates." in said
    landscape.press("search")
    landscape.wait_for("!s.running && s.figures.map.dots !== null")
    assert "Best of 450 guesses" in landscape.snapshot["said"]
    expect(landscape.root.locator(".contours-ways")).to_contain_text("best guess")


def test_the_map_is_computed_at_the_chosen_resolution(landscape: Lab) -> None:
    landscape.open_more()
    landscape.type_number("resolution", "96")
    landscape.wait_for("s.figures.map.points === 96")
    stamp = landscape.snapshot["figures"]["map"]["stamp"]
    ground = landscape.root.locator(".ground").first
    ground.evaluate("e => { e.dataset.kept = 'yes'; }")
    landscape.root.locator(".contours-map").hover(position={"x": 50, "y": 50})
    landscape.wait_for("s.values.look_x < 0.3")
    assert landscape.snapshot["figures"]["map"]["stamp"] == stamp
    expect(ground).to_have_attribute("data-kept", "yes")  # pointing draws no landscape anew


def test_on_a_phone_a_tap_opens_and_starts(new_page) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto("bptt/")
    walk = Lab(page, "bptt-walkthrough").load()
    number(walk, "h_2", "network").tap()
    walk.expect_value("number", "h_2")
    landscape = Lab(page, "loss-landscape").load()
    plane = landscape.root.locator(".contours-map")
    plane.scroll_into_view_if_needed()
    plane.tap(position={"x": 40, "y": 60})
    landscape.wait_for("s.values.w_x < 0 && s.values.w_x === s.values.look_x")
    width = page.evaluate("() => document.documentElement.scrollWidth")
    assert width == 390

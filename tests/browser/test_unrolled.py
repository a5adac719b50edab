"""The unrolled network as a reader uses it: pointing, two clocks, and what two units can do."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.lab import Lab, go

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

# The site itself lies below /unrolled/ here; the chapter is below that.
CHAPTER = "a[href='../unrolled/'], a[href$='/unrolled/unrolled/']"


@pytest.fixture
def lab(tab: tuple[Page, list[str]]) -> Iterator[Lab]:
    """The laboratory as a newcomer finds it, with Python running."""
    page, problems = tab
    page.mouse.move(0, 0)
    go(page, "a[href$='architecture/']", "Architecture - Unrolled")
    go(page, CHAPTER, "Unrolled - Unrolled")
    yield Lab(page, "unrolled-rnn").load()
    assert not problems, "\n".join(problems)


def loss(lab: Lab) -> float:
    """The mean squared error of what is drawn."""
    network = lab.snapshot["figures"]["network"]
    outputs, targets = (
        [float(v) for v in network[name]["data"]] for name in ("outputs", "targets")
    )
    pairs = zip(outputs, targets, strict=True)
    return sum((y - target) ** 2 for y, target in pairs) / len(outputs)


def train(lab: Lab, condition: str) -> None:
    """Press Train, wait, pause."""
    lab.press("train")
    lab.wait_for(condition, timeout=180_000)
    lab.pause("train")


def test_two_units_learn_the_sine_live_and_one_does_not(lab: Lab) -> None:
    assert (lab.values["sequence"], lab.values["length"], lab.values["hidden"]) == ("sine", 20, 2)
    train(lab, "s.values.epoch >= 1500 || !s.running")
    two = loss(lab)
    lab.control("preset").select_option("one-unit")
    lab.wait_for("s.values.hidden === 1 && s.values.epoch === 0")
    train(lab, "s.values.epoch >= 1500 || !s.running")
    one = loss(lab)
    assert two < 1e-3
    assert one > 5e-3


def test_one_cell_is_chosen_in_all_figures_by_mouse_and_by_keys(lab: Lab) -> None:
    network = lab.root.locator("[data-figure=network] [role=slider]")
    heatmap = lab.root.locator("[data-figure=hidden] [role=slider]")
    box = heatmap.bounding_box()
    assert box
    lab.page.mouse.move(box["x"] + box["width"] * 4.5 / 19, box["y"] + 30)
    lab.wait_for("s.values.step === 5 && s.values.unit === 2")
    value = lab.root.locator("[data-figure=hidden] .cell-words").inner_text()
    assert value.startswith("unit 2, step 5: ")
    expect(network).to_have_attribute("aria-valuetext", value)
    expect(lab.root.locator(".readout .result .figure-number")).to_have_text(value.split(": ")[1])
    network.focus()
    lab.page.keyboard.press("ArrowUp")
    lab.page.keyboard.press("ArrowUp")
    lab.page.keyboard.press("ArrowRight")
    lab.wait_for("s.values.step === 6 && s.values.unit === 0")  # the output
    expect(lab.root.locator(".readout")).to_contain_text("In the sequence’s own units")
    lab.page.keyboard.press("End")
    lab.wait_for("s.values.step === 19")
    size = network.bounding_box()
    assert size
    network.click(position={"x": 5, "y": size["height"] - 10})
    lab.wait_for("s.values.step === 1 && s.values.unit === 3")  # the input
    expect(lab.root.locator(".readout")).to_contain_text("mapped to [−1, 1]")


def test_an_enlarged_figure_is_hit_where_it_is_seen(lab: Lab) -> None:
    lab.control("preset").select_option("sixteen-units")
    lab.wait_for("s.values.hidden === 16")
    lab.root.locator(".lab-share > summary").click()
    lab.press("full-screen")
    expect(lab.button("leave-full")).to_be_focused()
    network = lab.root.locator("[data-figure=network]")
    network.locator(".side-label", has_text="unit 12").scroll_into_view_if_needed()
    row = network.locator(".side-label", has_text="unit 12").bounding_box()
    columns = network.locator("[role=slider]").bounding_box()
    assert row
    assert columns
    lab.page.mouse.click(columns["x"] + columns["width"] * 2.5 / 19, row["y"] + row["height"] / 2)
    lab.wait_for("s.values.step === 3 && s.values.unit === 12")
    lab.page.keyboard.press("Escape")
    expect(lab.button("full-screen")).to_be_focused()


def test_the_step_is_played_dragged_and_stepped(lab: Lab) -> None:
    lab.control("step").fill("15")
    lab.expect_value("step", 15)
    lab.press("step_back")
    lab.expect_value("step", 14)
    lab.press("first_step")
    lab.expect_value("step", 1)
    lab.press("play")
    lab.wait_for("s.values.step >= 3")
    lab.press("play")
    expect(lab.button("play")).to_have_text("Play sequence")
    assert lab.control("step").get_attribute("max") == "19"


def test_training_is_paused_dragged_back_and_replayed(lab: Lab) -> None:
    lab.choose("pace", "slow")
    lab.expect_value("pace", "slow")
    train(lab, "s.values.epoch >= 12")
    done = lab.values["epoch"]
    slider = lab.control("epoch")
    assert slider.get_attribute("max") == str(done)
    slider.fill("4")
    lab.expect_value("epoch", 4)
    assert lab.status("Epoch") == f"4 of {done}"
    lab.press("replay")
    lab.wait_for(f"!s.running && s.values.epoch === {done}")
    lab.press("one_epoch")
    lab.expect_value("epoch", done + 1)


def test_a_link_trains_fibonacci_and_the_early_steps_stay_wrong(lab: Lab) -> None:
    lab.page.get_by_role("link", name="Train one linear unit").click()
    lab.wait_for("s.preset === 'early-steps' && s.values.epoch > 2500")
    lab.press("train")
    lab.wait_for("!s.running")
    summary = lab.root.locator("[data-figure=prediction] .figure-summary")
    expect(summary).to_contain_text("the worst answer is that of step 2: 1.6")
    expect(lab.root.locator("[data-control=sequence] .control-hint")).to_have_text(
        "1, 1, 2, 3, 5, 8, 13, 21, 34, 55"
    )


def test_a_finger_chooses_and_sixteen_units_fit_a_phone(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto("unrolled/")
    lab = Lab(page, "unrolled-rnn").load()
    lab.control("preset").select_option("sixteen-units")
    lab.wait_for("s.values.hidden === 16")
    network = lab.root.locator("[data-figure=network] [role=slider]")
    network.scroll_into_view_if_needed()
    inner = network.bounding_box()
    assert inner
    assert inner["width"] >= 19 * 24  # it scrolls inside its figure
    network.tap(position={"x": 24 * 2.5, "y": 72 + 18 * 9.5})
    lab.wait_for("s.values.step === 3 && s.values.unit === 10")
    assert page.evaluate(SIDEWAYS) == 0
    lab.control("step").fill("19")
    lab.expect_value("step", 19)
    scroller = lab.root.locator("[data-figure=network] [data-columns]")
    assert scroller.evaluate("e => e.scrollLeft") > 50  # the step is brought into sight

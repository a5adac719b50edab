"""With and without memory: a value is moved, a window widened, a cell opened."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import Lab, go


@pytest.fixture
def lab(tab: tuple[Page, list[str]]) -> Iterator[Lab]:
    """The laboratory as a newcomer finds it, with Python running."""
    page, problems = tab
    page.mouse.move(0, 0)
    go(page, "a[href$='architecture/']", "Architecture - Unrolled")
    go(page, "a[href$='sequences/']", "Sequences - Unrolled")
    yield Lab(page, "with-and-without-memory").load()
    assert not problems, "\n".join(problems)


def last(lab: Lab, row: int) -> float:
    """The last value of a row: 2 and 3 are the recurrent unit's answers, 4 and 5 the window's."""
    values = lab.snapshot["figures"]["histories"]["values"]
    steps = values["shape"][1]
    return float(values["data"][row * steps + steps - 1])


def test_an_early_value_moves_one_answer_and_a_wider_window_both(lab: Lab) -> None:
    window, recurrent = last(lab, 5), last(lab, 3)
    lab.control("value").fill("0.3")
    lab.wait_for("Math.abs(s.values.value - 0.3) < 1e-9")
    assert last(lab, 3) == pytest.approx(recurrent + 1.0)
    assert last(lab, 5) == window
    lab.control("window").fill("9")
    lab.expect_value("window", 9)
    assert last(lab, 5) != last(lab, 4)
    expect(lab.root.locator(".facts dt")).to_have_text(
        ["Recurrent, 5 weights", "Window, 10 weights"]
    )


def test_cells_open_by_mouse_and_keys_and_the_frame_follows(lab: Lab) -> None:
    cells = lab.root.locator("[data-figure=histories] [role=slider]")
    box = cells.bounding_box()
    assert box
    lab.page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] - 30)
    lab.wait_for("s.values.step === 6 && s.values.row === 6")
    expect(lab.root.locator(".readout")).to_contain_text("window of 4: 5 weights")
    outline = lab.root.locator("[data-figure=histories] .outline").first
    expect(outline).to_have_attribute("x", "20%")
    cells.focus()
    lab.page.keyboard.press("ArrowUp")
    lab.page.keyboard.press("ArrowUp")
    lab.page.keyboard.press("ArrowRight")
    lab.wait_for("s.values.step === 7 && s.values.row === 4")
    expect(lab.root.locator(".readout")).to_contain_text("all of the past is in the old memory")
    expect(outline).to_have_attribute("x", "30%")


def test_links_of_the_prose_set_it(lab: Lab) -> None:
    for name, words in (
        ("Make the sequence longer", "both times: value 2 has left it"),
        ("Widen the window to all ten values", "sees value 2 and answers"),
        ("Start with an early value", "both times: value 2 has left it"),
    ):
        lab.page.get_by_role("link", name=name).click()
        summary = lab.root.locator("[data-figure=histories] .figure-summary")
        expect(summary).to_contain_text(words)

"""Reading values off a curve: by mouse, by touch and by keys, without asking Python."""

from playwright.sync_api import expect

from tests.browser.lab import Lab


def test_a_curve_tells_its_values_where_it_is_pointed_at(lab: Lab) -> None:
    area = lab.root.locator("[data-figure=losses] .plot-area")
    width = area.evaluate("e => e.clientWidth")
    expect(area.locator(".key-beside .end-label")).to_have_text(["BPTT", "random search"])
    lab.choose("pace", "one")
    for _ in range(3):
        lab.press("train")
        lab.wait_for("!s.running")
    assert area.evaluate("e => e.clientWidth") == width  # where there was nothing to draw yet
    words = area.locator(".probe-words")
    expect(words).to_be_hidden()
    area.hover(position={"x": 1, "y": 60})
    first = lab.losses()[0]
    expect(words).to_be_visible()
    expect(words).to_have_text(f"function evaluations 0: BPTT {first:.3g}")
    lab.page.mouse.move(0, 0)
    expect(words).to_be_hidden()
    area.focus()
    area.press("End")
    expect(words).to_contain_text("function evaluations 9: BPTT")
    area.press("ArrowLeft")
    expect(words).to_contain_text("function evaluations 6: BPTT")
    expect(area).to_have_attribute("aria-valuetext", words.inner_text())

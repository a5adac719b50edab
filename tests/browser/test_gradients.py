"""The chapter on gradients as a reader uses it: pointing at a step, dragging an arrow, training."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched_tab
from tests.browser.lab import Lab


@pytest.fixture(scope="module")
def chapter(browser: Browser, server: str) -> Iterator[tuple[Page, list[str]]]:
    with watched_tab(browser, server, viewport={"width": 1280, "height": 800}) as tab:
        tab[0].goto("gradients/")
        yield tab


@pytest.fixture
def flow(chapter: tuple[Page, list[str]]) -> Iterator[Lab]:
    yield from started(chapter, "gradient-flow", "fading")


@pytest.fixture
def clipping(chapter: tuple[Page, list[str]]) -> Iterator[Lab]:
    yield from started(chapter, "clipping", "cliff")


def started(chapter: tuple[Page, list[str]], name: str, preset: str) -> Iterator[Lab]:
    page, problems = chapter
    page.mouse.move(0, 0)
    lab = Lab(page, name).load()
    lab.root.evaluate("(e, preset) => e.apply({preset})", preset)
    lab.wait_for("s.changed.length === 0")
    yield lab
    assert problems == []


def test_a_step_pointed_at_is_the_same_in_every_figure(flow: Lab) -> None:
    for name in ("survival", "factors"):
        figure = flow.root.locator(f"[data-figure={name}] .log-bars")
        figure.scroll_into_view_if_needed()
        box = figure.bounding_box()
        assert box is not None
        step = {"survival": 12, "factors": 44}[name]
        flow.page.mouse.move(box["x"] + (step + 0.5) / 51 * box["width"], box["y"] + 60)
        flow.expect_value("step", step)
        bands = flow.root.locator(".cursor-band")
        assert len({band.get_attribute("x") for band in bands.all()}) == 1
        expect(flow.root.locator(".readout")).to_contain_text(f"J_{step + 1}")


def test_arrow_keys_choose_a_step_from_the_first_to_the_last(flow: Lab) -> None:
    slider = flow.root.locator("[data-figure=survival] [role=slider]")
    slider.focus()
    for key, step in (("Home", 0), ("ArrowLeft", 0), ("ArrowRight", 1), ("End", 50)):
        slider.press(key)
        flow.expect_value("step", step)
        expect(slider).to_have_attribute("aria-valuenow", str(step))
    expect(slider).to_have_attribute("aria-valuetext", "step 50: RNN 1.00, LSTM 1.00")


def test_a_link_in_the_text_shows_what_eigenvalues_miss(flow: Lab) -> None:
    flow.page.get_by_role("link", name="Here is an example").click()
    summary = flow.root.locator("[data-figure=survival] .figure-summary")
    expect(summary).to_contain_text("At step 0 it has grown to 7,241 times its size.")
    expect(flow.root.locator(".facts")).to_contain_text("16.0")
    expect(flow.root.locator("[data-control=cell]")).to_have_count(0)


def test_the_reach_answers_while_the_singular_value_is_dragged(flow: Lab) -> None:
    reaches = []
    for size in ("0.5", "1", "1.5", "2"):
        flow.type_number("scale", size)
        flow.expect_value("scale", float(size))
        reaches.append(int(flow.status("Above 10⁻³").split()[0]))
    assert reaches == sorted(set(reaches))


def test_a_tip_is_dragged_and_typed_and_given_back_to_the_network(clipping: Lab) -> None:
    plane = clipping.root.locator("[data-figure=arrows] .arrows-plane")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    assert box is not None
    mouse, (x, y) = clipping.page.mouse, (box["x"] + 152, box["y"] + 152)
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 106, y - 36, steps=5)  # 71 pixels are the limit, which is 1
    mouse.up()
    clipping.wait_for("s.values.source === 'hand' && s.values.g_x > 1.4")
    values = clipping.values
    assert values["g_x"] == pytest.approx(1.5, abs=0.03)
    assert values["g_h"] == pytest.approx(0.5, abs=0.03)
    plane.press("ArrowUp")
    clipping.wait_for(f"Math.abs(s.values.g_h - {values['g_h'] + 0.1}) < 1e-6")
    clipping.type_number("g_x", "-3")
    clipping.expect_value("g_x", -3)
    summary = clipping.root.locator("[data-figure=arrows] .figure-summary")
    expect(summary).to_contain_text("By norm: length 1.00, direction kept")
    clipping.choose("source", "network")
    expect(summary).to_contain_text("The gradient is 8,059 long")


def test_three_runs_from_the_defaults(clipping: Lab) -> None:
    clipping.press("train")
    clipping.wait_for("!s.running && s.figures.losses.series[2].y.data.length > 60")
    unclipped, value, norm = (clipping.losses(series) for series in range(3))
    assert unclipped[-1] == 1e12
    assert max(value[-1], norm[-1]) < 1e-8
    names = clipping.root.locator("[data-figure=losses] .end-label")
    for words in ("no clipping: beyond", "by value", "by norm"):
        expect(names.filter(has_text=words)).to_have_count(1)
    expect(clipping.button("train")).to_have_text("Train again")

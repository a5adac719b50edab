"""The site for everyone: axe in both schemes and sizes, the keyboard alone, small screens."""

import itertools
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.lab import Lab
from tests.browser.walk import choose_scheme, page_paths

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SIZES, SCHEMES = (1280, 320), ("light", "dark")
FIND_VIOLATIONS = """async () => (await axe.run()).violations.map(
  ({id, nodes}) => [id, nodes.map(node => node.html.slice(0, 160) + node.failureSummary)])"""
SCROLLS_INSIDE = """.columns-scroll, .heatmap-scroll, .sheet-scroll, .readout, .katex-mathml,
  .formula-display, pre, .md-sidebar, .md-search, .md-typeset__scrollwrap, svg, .figure-tables,
  .md-typeset__table"""
FIND_WIDE = """inside => [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(inside))
  .map(e => e.outerHTML.slice(0, 120))"""
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e.closest("rnn-lab")) return ["outside", ""];
  const control = e.closest("[data-control]")?.dataset.control;
  return [e.dataset.action || control || e.getAttribute("role") || e.tagName, e.type];
}"""


@pytest.mark.parametrize("path", page_paths())
def test_axe_finds_no_violation(page: Page, path: str) -> None:
    """With every lab alive, its doors open and a value refused; both schemes, wide and narrow."""
    page.goto(path or "./")
    labs = page.locator("rnn-lab")
    for index in range(labs.count()):
        lab = Lab(page, labs.nth(index).get_attribute("id") or "").load()
        if lab.root.locator(".lab-more").count():
            lab.open_more()
            refuse_something(lab)
    answer_wrongly(page)
    page.evaluate(AXE.read_text())
    for width, scheme in itertools.product(SIZES, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        choose_scheme(page, scheme)
        page.wait_for_timeout(300)  # colours change in a transition
        found = page.evaluate(FIND_VIOLATIONS)
        assert found == [], f"{width} px, {scheme}: {json.dumps(found, indent=1)}"


def refuse_something(lab: Lab) -> None:
    """Type a word where a number belongs."""
    fields = lab.root.locator(".field:visible")
    if fields.count():
        fields.first.fill("much")
        fields.first.press("Enter")
        expect(lab.root.locator(".control-error")).to_be_visible()


def answer_wrongly(page: Page) -> None:
    """Let every exercise say what is wrong, with its editor, a hint and its question open."""
    for exercise in page.locator("rnn-exercise").all():
        exercise.locator(".exercise-code pre").click()
        expect(exercise.locator(".cm-content")).to_be_focused()
        exercise.evaluate("e => { e.text = 'print(1); [][0]'; return e.check(); }")
        expect(exercise).to_have_attribute("data-state", "failed")
        exercise.locator(".exercise-hint summary").first.click()
        exercise.locator(".exercise-solution summary").click()


@pytest.mark.parametrize("path", page_paths())
def test_no_page_scrolls_sideways(page: Page, path: str) -> None:
    page.goto(path or "./")
    page.wait_for_load_state("networkidle")
    for width in (320, 390, 768, 1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("() => new Promise(requestAnimationFrame)")
        wide = page.evaluate(FIND_WIDE, SCROLLS_INSIDE)
        assert wide == [], f"{width} px"
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_the_lab_by_keyboard_alone(page: Page) -> None:
    page.goto("one-unit/")
    lab = Lab(page).load()
    lab.control("preset").focus()
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name, kind = page.evaluate(FOCUSED)
        if name == "outside":
            break
        reached.append(name)
        if name == "slider":
            page.keyboard.press("ArrowRight")
            lab.expect_value("step", 5)
        if name == "w_h" and kind == "range":
            before = lab.values["w_h"]
            page.keyboard.press("ArrowRight")
            lab.wait_for(f"s.values.w_h !== {before!r}")
        if name == "train":
            page.keyboard.press("Enter")
            lab.wait_for("s.running === 'train'")
            page.keyboard.press("Enter")
            lab.wait_for("!s.running")
    for name in (
        "slider",
        "step_forward",
        "play",
        "sequence",
        "length",
        "normalise",
        "w_x",
        "w_h",
        "w_y",
        "b_h",
        "b_y",
        "activation",
        "reset_weights",
        "randomise",
        "learning_rate",
        "pace",
        "train",
        "search",
        "SUMMARY",
    ):
        assert name in reached, f"{name} cannot be reached by Tab; reached {reached}"


def test_focus_is_visible(page: Page) -> None:
    page.goto("one-unit/")
    lab = Lab(page).load()
    lab.control("preset").focus()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert (
            page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
        )


def test_under_reduced_motion_the_ring_jumps(new_page: NewPage) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto("one-unit/")
    ring = page.locator(".cursor-ring").first
    duration = ring.evaluate("e => getComputedStyle(e).transitionDuration")
    assert duration == "0s"


def test_at_390_px_the_network_stays_in_view_while_a_slider_is_dragged(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto("one-unit/")
    lab = Lab(page).load()
    for name in ("w_x", "w_h", "b_y", "learning_rate"):
        slider = lab.control(name)
        slider.evaluate("e => e.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(100)
        network = lab.root.locator("[data-figure=network] .network").bounding_box()
        thumb = slider.bounding_box()
        assert network
        assert thumb
        assert network["y"] >= 0
        assert network["y"] + network["height"] < thumb["y"]
    smallest = lab.root.locator("button:visible").evaluate_all(
        "all => Math.min(...all.map(e => e.getBoundingClientRect().height))"
    )
    assert smallest >= 40
    lab.root.locator("[data-action=train]").tap()
    lab.wait_for("s.running === 'train'")


def test_at_1280_by_800_network_chart_and_weights_are_in_view_together(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("one-unit/")
    lab = Lab(page).load()
    lab.root.locator("[data-figure=network]").evaluate(
        "e => window.scrollBy(0, e.getBoundingClientRect().top - 48)"  # the header is 48 px high
    )
    page.wait_for_timeout(200)
    for selector in (
        "[data-figure=network] .network",
        "[data-figure=tracks] .tracks",
        "[data-control=w_x]",
        "[data-control=b_y]",
        "[data-control=sequence]",
    ):
        box = lab.root.locator(selector).bounding_box()
        assert box
        assert box["y"] >= 0, selector
        assert box["y"] + box["height"] <= 800, selector

"""The site for everyone: axe in both schemes and sizes, the keyboard alone, small screens."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NewPage, watched_tab
from tests.browser.lab import Lab, visit
from tests.browser.walk import choose_scheme, page_paths

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# Every rule at both widths and in both schemes; what looks at colours in all four views.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
VIEWS: tuple[tuple[int, str, dict[str, list[str]]], ...] = (
    (1280, "light", {}),
    (1280, "dark", COLOURS),
    (320, "dark", {}),
    (320, "light", COLOURS),
)
# Colours change in a transition: it ends at once. Only what turns for ever cannot.
END_TRANSITIONS = """() => {
  for (const moving of document.getAnimations()) try { moving.finish(); } catch { continue; }
}"""
# Of the whole page, or of what a selector names; `options` are axe's own.
FIND_VIOLATIONS = """async ([where, options = {}]) =>
  (await axe.run(where, options)).violations.map(
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


@pytest.fixture(scope="module")
def reading(browser: Browser, server: str) -> Iterator[tuple[Page, list[str]]]:
    """One tab that goes from page to page, with Python running."""
    with watched_tab(browser, server, viewport={"width": 1280, "height": 900}) as tab:
        tab[0].goto("references/")
        yield tab
        assert not tab[1], "\n".join(tab[1])


def enter(page: Page, path: str) -> None:
    if path == "404.html":
        page.goto(path)
    else:
        visit(page, path)
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture(scope="module", params=page_paths())
def alive(reading: tuple[Page, list[str]], request: pytest.FixtureRequest) -> Iterator[Page]:
    """Every page with its labs alive, entered once for what is asked of all."""
    page, problems = reading
    enter(page, request.param)
    for lab in labs_of(page):
        lab.load()
    yield page
    if request.param == "404.html":
        page.goto("references/")
    assert not problems, "\n".join(problems)


def labs_of(page: Page) -> list[Lab]:
    return [Lab(page, lab.get_attribute("id") or "") for lab in page.locator("rnn-lab").all()]


def test_no_page_scrolls_sideways(alive: Page) -> None:
    for width in (320, 390, 768, 1024, 1280, 1920):
        alive.set_viewport_size({"width": width, "height": 800})
        alive.evaluate("() => new Promise(requestAnimationFrame)")
        wide = alive.evaluate(FIND_WIDE, SCROLLS_INSIDE)
        assert wide == [], f"{width} px"
        assert alive.evaluate("() => document.documentElement.scrollWidth") <= width


def test_axe_finds_no_violation(alive: Page) -> None:
    """With every lab alive, its doors open and a value refused; both schemes, wide and narrow."""
    page = alive
    page.set_viewport_size({"width": 1280, "height": 900})
    for lab in labs_of(page):
        if lab.root.locator(".lab-more").count():
            lab.open_more()
            refuse_something(lab)
        data = lab.root.locator(".figure-data > summary:visible")
        if data.count():
            data.first.click()
    answer_wrongly(page)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    for width, scheme, options in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        choose_scheme(page, scheme)
        page.evaluate(END_TRANSITIONS)
        found = page.evaluate(FIND_VIOLATIONS, ["html", options])
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


def test_the_lab_by_keyboard_alone(reading: tuple[Page, list[str]]) -> None:
    page = reading[0]
    enter(page, "one-unit/")
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


def test_focus_is_visible(reading: tuple[Page, list[str]]) -> None:
    page = reading[0]
    enter(page, "one-unit/")
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


def test_at_1280_by_800_network_chart_and_weights_are_in_view_together(
    reading: tuple[Page, list[str]],
) -> None:
    page = reading[0]
    enter(page, "one-unit/")
    page.set_viewport_size({"width": 1280, "height": 800})
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

"""Before any Python, and without JavaScript, a page shows the true first figure."""

import html
import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, Route, expect

from lab.kit import first_frame
from tests.browser.conftest import SAVE_DATA, NewPage
from tests.browser.lab import Lab, until
from tests.browser.walk import lab_pages, page_paths

EMBEDDED = re.compile(
    r"<rnn-lab (?:(?!</rnn-lab>).)*<template>(.*?)</template></rnn-lab>", re.DOTALL
)

ONE_WORD = 100  # pixels: the browser may set a letter a quarter of a pixel further on


def first_values(figure: str, column: str) -> list[float]:
    table = first_frame("scalar-rnn", {})["snapshot"]["figures"][figure]["tables"][0]
    return list(table["data"][table["columns"].index(column)])


def spoken(text: str) -> float:
    return float(text.replace("−", "-").replace("×10⁻", "e-").replace("³", "3"))


def test_without_javascript_the_figure_its_sentence_and_its_table_are_there(
    new_page: NewPage,
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("one-unit/")
    network = page.locator("#scalar-rnn [data-figure=network]")
    expect(network.locator("circle.node")).to_have_count(9)
    expect(network.locator(".figure-summary")).to_contain_text("Step 4 of 9")
    network.locator(".figure-data > summary").click()
    cells = network.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert [spoken(cell) for cell in cells] == pytest.approx(
        first_values("network", "hidden state h"), rel=5e-3
    )
    expect(page.locator("#scalar-rnn noscript")).to_be_visible()


def test_mathematics_is_readable_without_javascript(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("one-unit/")
    expect(page.locator(".katex-display").first).to_be_visible()
    assert page.locator("math").count() == page.locator(".katex").count()
    assert "$$" not in page.locator("article").inner_text()


@pytest.mark.console_errors_expected
def test_with_the_runtime_blocked_the_figure_stays_and_the_page_says_so(page: Page) -> None:
    page.route("**/runtime/**", lambda route: route.abort())
    page.goto("one-unit/")
    lab = page.locator("#scalar-rnn")
    lab.scroll_into_view_if_needed()
    expect(lab).to_have_attribute("data-state", "error")
    expect(lab.locator("circle.node")).to_have_count(9)
    expect(lab.locator("[data-action=retry]")).to_be_visible()
    page.unroute("**/runtime/**")
    lab.locator("[data-action=retry]").click()
    expect(lab).to_have_attribute("data-state", "ready")


def test_the_live_figure_is_the_static_one_pixel_for_pixel(new_page: NewPage) -> None:
    size = {"width": 1280, "height": 900}
    still = new_page(viewport=size, java_script_enabled=False)
    live = new_page(viewport=size)
    for page in (still, live):
        page.goto("one-unit/")
    Lab(live).load()
    for figure in ("network", "tracks", "losses"):
        shots = []
        for page in (still, live):
            target = page.locator(f"#scalar-rnn [data-figure={figure}] svg:visible").first
            target.evaluate("figure => figure.scrollIntoView({ block: 'center' })")
            page.mouse.move(0, 0)
            shots.append(target.screenshot(animations="disabled"))
        assert differing(*shots) < ONE_WORD, f"{figure} changed when the engine arrived"


def differing(first: bytes, second: bytes) -> int:
    """How many pixels differ; all of them if the sizes do."""
    images = [Image.open(BytesIO(shot)).convert("L") for shot in (first, second)]
    if images[0].size != images[1].size:
        return images[0].width * images[0].height
    return sum(ImageChops.difference(*images).histogram()[1:])


@pytest.mark.parametrize("path", lab_pages())
def test_nothing_moves_when_the_engine_arrives(page: Page, path: str) -> None:
    page.add_init_script("""
      window.shift = 0;
      let settled = 0;  // a font that comes late moves text: that is not the engine's doing
      document.fonts.addEventListener("loadingdone", () => { settled = performance.now() + 100; });
      new PerformanceObserver(list => {
        for (const {hadRecentInput, startTime, value} of list.getEntries())
          if (!hadRecentInput && startTime > settled) window.shift += value;
      }).observe({type: "layout-shift", buffered: true});
    """)
    page.goto(path or "./")
    Lab(page, page.locator("rnn-lab").first.get_attribute("id") or "").load()
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.shift") < 0.01


def test_lines_end_where_they_did_when_the_fonts_of_formulas_come_late(page: Page) -> None:
    held: list[Route] = []
    tops = "() => [...document.querySelectorAll('article :is(h3, p)')].map(e => e.offsetTop)"
    page.add_init_script(SAVE_DATA)
    page.route("**/KaTeX_*", lambda route: held.append(route))
    page.goto("faq/", wait_until="domcontentloaded")  # the rest waits for these fonts
    page.wait_for_function("() => document.fonts.check('18px \"Source Serif 4\"')")
    page.wait_for_function("() => document.fonts.check('italic 18px \"Source Serif 4\"')")
    until(page, lambda: len(held) > 1, "the fonts of formulas were not asked for")
    before = page.evaluate(tops)
    for route in held:
        route.continue_()
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.wait_for_function("() => document.fonts.check('italic 18px KaTeX_Math')")
    assert page.evaluate(tops) == before


def test_code_on_a_wide_page_is_read_without_moving_it_aside(page: Page) -> None:
    page.add_init_script(SAVE_DATA)
    for path in ("bptt", "characters", "practice", "teaching", "engine"):
        page.goto(f"{path}/")
        wide = page.evaluate(
            """() => {
              for (const folded of document.querySelectorAll("article details"))
                folded.open = true;
              return [...document.querySelectorAll("article pre > code")]
                .filter((code) => code.scrollWidth > code.clientWidth + 1)
                .map((code) => code.textContent);
            }"""
        )
        assert wide == [], path


@pytest.mark.parametrize("path", page_paths())
def test_a_page_transfers_at_most_400_kb_before_the_engine(new_page: NewPage, path: str) -> None:
    page = new_page()
    page.route("**/runtime/**", lambda route: route.abort())
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    transferred: list[float] = []
    client.on(
        "Network.loadingFinished", lambda event: transferred.append(event["encodedDataLength"])
    )
    page.goto(path or "./")
    before = 0
    while before < len(transferred):  # until nothing more has come
        before = len(transferred)
        page.wait_for_timeout(600)
    assert 20_000 < sum(transferred) <= 400_000


@pytest.mark.parametrize("path", lab_pages())
def test_a_lab_embeds_at_most_100_kb(site: Path, path: str) -> None:
    text = (site / path / "index.html").read_text("utf-8")
    frames = EMBEDDED.findall(text)
    assert frames
    for frame in frames:
        embedded = html.unescape(frame)
        assert len(embedded.encode()) <= 100_000
        figures = json.loads(embedded)["snapshot"]["figures"]
        assert figures
        assert all(figure["summary"] for figure in figures.values())


def test_the_home_page_shows_what_a_network_wrote_without_javascript(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("./")
    written = page.locator("#text-sampler [data-figure=text] .written-lines").inner_text()
    assert len(written) > 250
    expect(page.locator("#text-sampler [data-figure=choices]")).to_contain_text("others")
    expect(page.locator("#text-sampler [data-figure=strip] svg")).to_be_visible()


def test_with_save_data_the_engine_waits_for_a_tap_that_states_its_size(new_page: NewPage) -> None:
    page = new_page()
    page.add_init_script(SAVE_DATA)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("one-unit/")
    lab = Lab(page)
    lab.root.scroll_into_view_if_needed()
    lab.type_number("w_h", "0.25")
    lab.press("train")
    lab.press("play")
    page.get_by_role("link", name="Train it to count").click()
    lab.type_number("w_h", "0.25")
    expect(lab.root.locator(".waiting-words")).to_contain_text("waits for your tap")
    page.wait_for_timeout(300)
    expect(lab.root.locator(".engine-words")).to_contain_text("waits for your tap")
    assert not [url for url in asked if "/runtime/" in url]
    # The line stands at the lab's head; the button that was pressed may be screens below.
    expect(lab.root.locator(".waiting-words")).to_contain_text("waits for your tap")
    expect(lab.root.locator(".waiting-bar")).to_be_in_viewport()
    load = lab.button("load")
    expect(load).to_have_text(re.compile(r"Load Python \(\d+\.\d MB\)"))
    load.click()
    lab.load()
    lab.expect_value("w_h", 0.25)
    expect(lab.root.locator(".lab-waiting")).to_have_count(0)


@pytest.mark.parametrize(
    ("missing", "words"),
    [("delete window.WebAssembly", "WebAssembly"), ("delete window.Worker", "workers")],
)
def test_a_browser_that_cannot_run_python_gets_a_sentence_and_the_static_figures(
    page: Page, missing: str, words: str
) -> None:
    page.add_init_script(missing)
    page.goto("one-unit/")
    lab = page.locator("#scalar-rnn")
    lab.scroll_into_view_if_needed()
    expect(lab.locator(".engine-words")).to_contain_text(words)
    expect(lab.locator("circle.node")).to_have_count(9)
    expect(lab.locator("[data-action=train]")).to_be_disabled()

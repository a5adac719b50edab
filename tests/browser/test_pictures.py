"""Figures saved as pictures: an SVG that needs nothing of the page, a PNG of twice its size."""

import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import watched_tab
from tests.browser.lab import Lab, visit

SVG = "{http://www.w3.org/2000/svg}"
WHITISH = (0xFB, 0xFA, 0xF7)  # the paper of the light scheme


@pytest.fixture(scope="module")
def dark(browser: Browser, server: str) -> Iterator[Page]:
    """A phone in the dark: the pictures are light and wide all the same."""
    options = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
    with watched_tab(browser, server, **options) as (page, problems):
        page.goto("one-unit/")
        Lab(page).load()
        yield page
        assert not problems, "\n".join(problems)


def save(page: Page, figure: Locator, kind: str, folder: Path) -> Path:
    figure.scroll_into_view_if_needed()
    if not figure.locator("[data-save=svg]").is_visible():
        figure.locator(".figure-save > summary").click()
    with page.expect_download() as download:
        figure.locator(f"[data-save={kind}]").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def check_svg(path: Path) -> ET.Element:
    """It parses, and everything in it is drawn, with no way out of the file."""
    text = path.read_text("utf-8")
    root = ET.fromstring(text)  # noqa: S314  (we have just made it)
    assert root.tag == f"{SVG}svg"
    assert {element.tag for element in root.iter()} <= {
        SVG + name
        for name in (
            *("svg", "g", "title", "desc", "rect", "circle", "ellipse", "line", "path", "text"),
            *("tspan", "linearGradient", "stop", "polyline", "polygon"),
        )
    }
    for hint in ("http://127", "var(--", "color-mix", "oklab", "class=", "url(&quot;", "href"):
        assert hint not in text, hint
    faces = {element.get("font-family") or "" for element in root.iter(f"{SVG}text")}
    assert all(re.search(r"sans-serif|serif|monospace", face) for face in faces), faces
    background = root.find(f"{SVG}rect")
    assert background is not None
    assert background.get("fill") == f"rgb{WHITISH}"
    return root


def test_every_figure_of_a_lab_is_an_svg_that_stands_alone(dark: Page, tmp_path: Path) -> None:
    for figure in dark.locator("#scalar-rnn figure:visible").all():
        root = check_svg(save(dark, figure, "svg", tmp_path))
        title = root.findtext(f"{SVG}title") or ""
        assert title == figure.locator(".figure-title").text_content()
        words = {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
        assert title in words
        assert float(root.get("width") or 0) >= 840
    network = ET.parse(tmp_path / "unrolled-scalar-rnn-network.svg")  # noqa: S314
    words = {"".join(text.itertext()).strip() for text in network.iter(f"{SVG}text")}
    assert {"next value", "−0.33", "1.00"} <= words  # of step 1 to the last, also beyond 390 px
    assert not [text for text in words if "Click" in text]  # nobody can click a picture
    assert dark.locator(".figure-stage").count() == 0


def test_a_png_has_twice_the_pixels_and_the_figures_colours(dark: Page, tmp_path: Path) -> None:
    figure = dark.locator("#scalar-rnn [data-figure=tracks]")
    root = check_svg(save(dark, figure, "svg", tmp_path))
    data = save(dark, figure, "png", tmp_path).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert (width, height) == (2 * int(root.get("width") or 0), 2 * int(root.get("height") or 0))
    colours = dark.evaluate(
        """async bytes => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          const {data} = context.getImageData(0, 0, image.width, image.height);
          const seen = new Set();
          for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 3).join());
          return [[...data.slice(0, 3)], [...seen]];
        }""",
        list(data),
    )
    assert tuple(colours[0]) == WHITISH
    assert "213,94,0" in colours[1]  # the prediction's line, #d55e00


@pytest.mark.parametrize(
    ("path", "lab", "figure"),
    [
        ("bptt", "loss-landscape", "map"),
        ("characters", "text-sampler", "choices"),
        ("practice", "initialisation", "activations"),
    ],
)
def test_other_kinds_stand_alone_too(
    dark: Page, tmp_path: Path, path: str, lab: str, figure: str
) -> None:
    """A map of paths, bars made by style sheets alone, shades from another colour space."""
    visit(dark, f"{path}/")
    shown = dark.locator(f"#{lab} [data-figure={figure}]")
    root = check_svg(save(dark, shown, "svg", tmp_path))
    fills = {element.get("fill") for element in root.iter() if element.get("fill")}
    assert len(fills - {"none"}) >= 3

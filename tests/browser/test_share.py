"""A lab's foot, for those who show it to others: link, hidden controls, embed, full screen."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from publish.server import serve
from tests.browser.conftest import patient_context
from tests.browser.lab import Lab, visit
from tests.browser.test_accessibility import AXE, FIND_VIOLATIONS

HIDING = "one-unit/#scalar-rnn?preset=counting&w_h=0.5&hide=w_x,b_h,train,preset"


@pytest.fixture
def visitor(tab: tuple[Page, list[str]]) -> Iterator[Page]:
    """A tab in which Python runs already, wherever it was left."""
    page, problems = tab
    yield page
    assert not problems, "\n".join(problems)


def open_share(lab: Lab) -> None:
    lab.root.locator(".lab-share > summary").click()


def test_a_link_hides_controls_and_names_them_nowhere(visitor: Page) -> None:
    page = visitor
    visit(page, HIDING)
    lab = Lab(page).load()
    lab.expect_value("w_h", 0.5)
    for name in ("w_x", "b_h"):
        expect(lab.root.locator(f"[data-control={name}]")).to_have_count(0)
    expect(lab.button("train")).to_have_count(0)
    expect(lab.root.locator(".lab-preset")).to_be_hidden()
    note = lab.root.locator(".hidden-note")
    expect(note).to_have_text(re.compile(r"^\s*Some controls are hidden\. Show all\s*$"))
    open_share(lab)
    lab.root.locator(".share-hide > summary").click()
    assert "input weight" not in lab.root.inner_text()
    lab.type_number("w_y", "2")
    page.wait_for_function("() => location.hash.includes('w_y=2')")
    assert "hide=w_x,b_h,train,preset" in page.url
    lab.press("show-all")
    expect(lab.root.locator("[data-control=w_x]")).to_be_visible()
    expect(lab.button("train")).to_be_enabled()
    page.wait_for_function("() => !location.hash.includes('hide=')")
    assert lab.values["w_y"] == 2


def test_what_cannot_be_hidden_is_said(visitor: Page) -> None:
    visit(visitor, "one-unit/#scalar-rnn?w_h=0.5&hide=volume")
    lab = Lab(visitor).load()
    expect(lab.root.locator(".hidden-note")).to_contain_text(
        "“volume” is no control of this laboratory."
    )


def test_share_by_keyboard_gives_link_and_code(lab: Lab) -> None:
    page = lab.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("Tab")
    lab.root.locator(".lab-share > summary").focus()
    page.keyboard.press("Enter")
    expect(lab.button("full-screen")).to_be_visible()
    page.keyboard.press("Tab")
    expect(lab.button("full-screen")).to_be_focused()
    lab.root.locator(".share-hide > summary").focus()
    page.keyboard.press("Enter")
    lab.root.get_by_role("checkbox", name="learning rate").focus()
    page.keyboard.press("Space")
    for action in ("copy-link", "copy-embed"):
        lab.button(action).focus()
        page.keyboard.press("Enter")
        expect(lab.root.locator(".lab-share [role=status]")).to_contain_text("on the clipboard")
        copied = page.evaluate("() => navigator.clipboard.readText()")
        if action == "copy-link":
            assert copied.endswith("/one-unit/#scalar-rnn?preset=counting&hide=learning_rate")
        else:
            assert copied.startswith('<iframe src="http')
            assert "/one-unit/embed/scalar-rnn/#scalar-rnn?preset=counting&amp;hide=" in copied
            assert 'allow="fullscreen; clipboard-write"' in copied
    page.evaluate(AXE.read_text())
    assert page.evaluate(FIND_VIOLATIONS, [".lab-share"]) == []


@pytest.mark.parametrize("granted", [True, False])
def test_full_screen_keeps_state_and_training(page: Page, *, granted: bool) -> None:
    """The browser's own where there is one, else the window; Escape leaves both."""
    if not granted:
        page.add_init_script("delete Element.prototype.requestFullscreen")
    page.goto("one-unit/#scalar-rnn?w_h=0.5")
    lab = Lab(page).load()
    lab.expect_value("w_h", 0.5)
    lab.press("train")
    lab.wait_for("s.running === 'train'")
    open_share(lab)
    small = lab.button("train").evaluate("e => e.getBoundingClientRect().height")
    twice = "e => e.addEventListener('click', () => e.click(), { once: true })"
    lab.button("full-screen").evaluate(twice)
    lab.press("full-screen")
    expect(lab.root).to_have_attribute("data-full", "screen" if granted else "window")
    expect(page.locator(".full-bar")).to_have_count(1)
    expect(lab.button("leave-full")).to_be_focused()
    for width, height, least in ((1280, 800, 1.15), (1920, 1080, 1.6)):
        page.set_viewport_size({"width": width, "height": height})
        button = lab.button("train")
        button.scroll_into_view_if_needed()
        box = button.bounding_box()
        assert box
        assert box["height"] > least * small
        assert lab.root.evaluate("e => e.scrollWidth <= e.clientWidth")
        assert lab.root.evaluate("e => e.getBoundingClientRect().width") == pytest.approx(width)
    if not granted:
        assert page.locator(".md-header").evaluate("e => e.inert")
    lab.wait_for("s.running === 'train'")
    page.keyboard.press("Escape")
    expect(lab.root).not_to_have_attribute("data-full", re.compile(""))
    expect(lab.button("full-screen")).to_be_focused()
    assert not page.evaluate("() => !!document.querySelector('[inert]')")
    lab.wait_for("s.running === 'train'")
    lab.press("train")
    lab.wait_for("!s.running")


@pytest.fixture
def elsewhere(tmp_path: Path, site_url: str) -> Iterator[str]:
    """Somebody else's page, on another origin, with the lab in a frame."""
    source = f"{site_url}one-unit/embed/scalar-rnn/#scalar-rnn?preset=alternating&hide=w_y"
    (tmp_path / "index.html").write_text(
        '<!doctype html><link rel="icon" href="data:,"><title>Notes</title><h1>Notes</h1>'
        f'<iframe src="{source}" title="Lab" '
        'width="900" height="900" allow="fullscreen; clipboard-write"></iframe>',
        encoding="utf-8",
    )
    server = serve(tmp_path)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("storage", ["open", "closed"])
def test_an_embed_on_another_origin(browser: Browser, elsewhere: str, storage: str) -> None:
    """It computes, keeps to its own address, and does without the browser's memory."""
    context = patient_context(browser)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(error.message))
    page.on("console", lambda said: said.type == "error" and problems.append(said.text))
    if storage == "closed":
        page.add_init_script(
            """for (const name of ["localStorage", "sessionStorage", "indexedDB"])
              Object.defineProperty(window, name, { get() {
                throw new DOMException("closed", "SecurityError"); } });"""
        )
    page.goto(elsewhere)
    frame: FrameLocator = page.frame_locator("iframe")
    lab = frame.locator("#scalar-rnn")
    expect(lab).to_have_attribute("data-state", "ready")
    expect(lab.locator("[data-control=w_y]")).to_have_count(0)
    expect(frame.get_by_role("navigation")).to_have_count(0)
    lab.locator("[data-control=w_h] .field").fill("1.25")
    lab.locator("[data-control=w_h] .field").press("Enter")
    expect(lab.locator(".readout")).to_contain_text("1.25")
    lab.locator("[data-action=train]").click()
    expect(lab).to_have_attribute("data-state", "running")
    lab.locator("[data-action=train]").click()
    expect(lab).to_have_attribute("data-state", "ready")
    expect(frame.get_by_role("link", name="One unit")).to_have_attribute("target", "_blank")
    lab.locator(".lab-share > summary").click()
    lab.locator("[data-action=full-screen]").click()
    expect(lab).to_have_attribute("data-full", re.compile("screen|window"))
    context.close()
    assert problems == []


def test_a_lab_alone_links_to_its_chapter_and_has_nothing_for_axe(page: Page) -> None:
    """Where the clipboard is closed, as in many frames, the link stands there to be copied."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto("one-unit/embed/scalar-rnn/")
    lab = Lab(page).load()
    open_share(lab)
    lab.press("copy-link")
    link = lab.root.get_by_label("Text to copy")
    expect(link).to_have_value(re.compile(r"/unrolled/one-unit/#scalar-rnn\?preset=counting$"))
    page.evaluate(AXE.read_text())
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        found = page.evaluate(FIND_VIOLATIONS, ["html"])
        assert [violation[0] for violation in found] == []

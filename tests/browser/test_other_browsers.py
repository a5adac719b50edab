"""Firefox and WebKitGTK: Python starts, a slider moves a figure, training runs, code is stopped.

One tab of each for all tests, on one page: there, starting Python is what takes the time.
"""

import base64
import zlib
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Playwright

from tests.browser.others import NoBrowser, Tab, firefox, wait_for, webkit

LAB = "document.getElementById('scalar-rnn')"
SNAPSHOT = f"{LAB}.snapshot"
CELL = "document.getElementById('cell-counting')"
PYTHON_ANEW = 90.0  # seconds that a loaded machine may need


# Where the network is seen, found without asking for boxes: an enlarged lab's are told differently.
CLICK_IN_NETWORK = """
const under = (x, y) => document.elementFromPoint(x, y);
const hit = (x, y) => under(x, y)?.closest("#scalar-rnn [data-figure=network] [role=slider]");
for (let y = 100; y < innerHeight; y += 20) {
  const xs = Array.from({ length: innerWidth }, (_, x) => x).filter((x) => hit(x, y));
  if (xs.length === 0) continue;
  const x = xs[Math.round(xs.length * 0.75)];
  under(x, y).dispatchEvent(new MouseEvent("click", { clientX: x, clientY: y, bubbles: true }));
  return;
}
"""


@pytest.fixture(scope="module", params=["firefox", "webkit"])
def tab(request: pytest.FixtureRequest, playwright: Playwright, server: str) -> Iterator[Tab]:
    """The page *One unit* in one of the browsers, its laboratory awake."""
    with ExitStack() as stack:
        try:
            tab = stack.enter_context(
                firefox(playwright) if request.param == "firefox" else webkit()
            )
        except NoBrowser as problem:
            pytest.skip(f"{problem}; `make test` installs it where it can")
        tab.go(f"{server}one-unit/")
        assert tab.ask("return document.title;") == "One unit - Unrolled"
        assert tab.ask(f"return {LAB}.querySelectorAll('[data-figure] svg').length;") > 0
        tab.ask(f"{LAB}.scrollIntoView();")
        wait_for(tab, f"['ready', 'running'].includes({LAB}.dataset.state)", PYTHON_ANEW)
        yield tab
        assert tab.problems == []


def test_a_dragged_weight_is_drawn_before_python_is_asked(tab: Tab) -> None:
    moved_at_once = f"""(() => {{
      const slider = {LAB}.querySelector("[data-control=w_y] input[type=range]");
      const before = {LAB}.querySelector(".network").innerHTML;
      slider.value = Number(slider.value) === 1 ? 0.99 : 1;
      slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
      return {LAB}.querySelector(".network").innerHTML !== before;
    }})()"""
    wait_for(tab, moved_at_once)  # the first move is asked for, and begins it


def test_a_slider_moves_a_figure_and_training_runs(tab: Tab) -> None:
    tab.ask(f"""
      const slider = {LAB}.querySelector("[data-control=w_h] input[type=range]");
      slider.value = slider.max;
      slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
      window.before = {LAB}.querySelector('[data-figure=tracks]').innerHTML;""")
    assert tab.ask("return window.before;")
    wait_for(tab, f"{SNAPSHOT}.values.w_h > 1.5")
    wait_for(tab, f"{LAB}.querySelector('[data-figure=tracks]').innerHTML !== window.before")
    wait_for(tab, "location.hash.includes('w_h=')")

    tab.ask(f"{LAB}.querySelector('[data-action=train]').click();")
    wait_for(tab, f"{SNAPSHOT}.figures.losses.series[0].y.data.length > 3")
    tab.ask(f"if ({SNAPSHOT}.running) {LAB}.querySelector('[data-action=train]').click();")
    wait_for(tab, f"!{SNAPSHOT}.running")


def test_a_figure_is_saved_as_a_picture(tab: Tab) -> None:
    tab.ask("""
      window.pictures = {};
      const address = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        window.pictures[blob.type] = blob.size;
        return address.call(URL, blob);
      };""")
    for kind in ("svg", "png"):
        tab.ask(f"{LAB}.querySelector('[data-save={kind}]').click();")
    wait_for(tab, "window.pictures['image/svg+xml'] > 5000")
    wait_for(tab, "window.pictures['image/png'] > 20000")
    wait_for(tab, f"{LAB}.querySelector('.save-said').textContent === 'Saved.'")


def test_a_lab_fills_screen_or_window_and_leaves_it(tab: Tab) -> None:
    tab.ask(f"{LAB}.querySelector('.lab-share').open = true;")
    wait_for(tab, f"{LAB}.querySelector('[data-action=full-screen]')")
    tab.ask(f"{LAB}.querySelector('[data-action=full-screen]').click();")
    wait_for(tab, f"['screen', 'window'].includes({LAB}.dataset.full)")
    wait_for(tab, "document.activeElement.dataset.action === 'leave-full'")
    tab.ask(CLICK_IN_NETWORK)
    wait_for(tab, f"{SNAPSHOT}.values.step === 7")  # three quarters of nine steps
    tab.ask("document.activeElement.click();")
    wait_for(tab, f"!{LAB}.dataset.full && !document.fullscreenElement")
    wait_for(tab, "document.activeElement.dataset.action === 'full-screen'")


def test_an_endless_loop_is_stopped_and_what_was_typed_stays(tab: Tab) -> None:
    endless = "made = 41\nprint('on')\nwhile True: pass"
    follow(tab, endless)
    assert tab.ask(f"return {CELL}.dataset.state;") == "ready"  # shown, not run
    press(tab, "run")
    wait_for(tab, f"{CELL}.querySelector('.cell-live').textContent.trim() === 'on'")
    press(tab, "stop")
    wait_for(tab, f"{CELL}.dataset.state === 'stopped'")
    assert code(tab) == endless

    # Where the browser cannot look up while it computes, what was made is gone, and that is said.
    lost = "is gone" in words(tab)
    assert lost or "is there" in words(tab)
    follow(tab, "print('made' in globals())")
    press(tab, "run")
    told = f"{CELL}.querySelector('.cell-live').textContent.trim()"
    wait_for(tab, f"{told} === '{not lost}'", PYTHON_ANEW)


def test_code_is_shared_by_link(tab: Tab) -> None:
    follow(tab, "print(6 * 7)")
    press(tab, "share")
    wait_for(tab, f"{CELL}.querySelector('.cell-state').textContent.includes('carries this code')")


def follow(tab: Tab, text: str) -> None:
    """Follow a link that carries a text to the cell."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(text.encode()) + packer.flush()
    letters = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    tab.ask(f"location.hash = '#cell-counting?code=z{letters}';")
    first = text.splitlines()[0]
    wait_for(tab, f"{CELL}.querySelector('.cell-code').innerText.includes({first!r})")


def press(tab: Tab, action: str) -> None:
    tab.ask(f"{CELL}.querySelector('[data-action={action}]').click();")


def code(tab: Tab) -> str:
    """What stands in the cell; an editor shows each line by itself."""
    return str(
        tab.ask(f"""
          const lines = [...{CELL}.querySelectorAll('.cm-line')].map((line) => line.textContent);
          return lines.length ? lines.join('\\n') : {CELL}.querySelector('code').textContent;""")
    )


def words(tab: Tab) -> str:
    return str(tab.ask(f"return {CELL}.querySelector('.cell-state').textContent;"))

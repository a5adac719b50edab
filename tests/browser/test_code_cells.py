"""Code cells on the built site: what the book recorded is what the reader's browser gives."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import engine
from tests.browser.conftest import NewPage, watched_tab
from tests.browser.lab import visit

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(
    path.stem for path in DOCS.glob("*.md") if "\n```python-cell" in path.read_text("utf-8")
)
NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
# Runs every cell and returns the texts that were recorded and those that it gave.
RUN_ALL = """
async () => {
  const told = (cell, kind) => cell.querySelector(`.cell-${kind}`).textContent;
  const words = (text) => text.replace(/\\s+/g, " ").trim();
  const results = [];
  for (const cell of document.querySelectorAll("python-cell")) {
    const done = await cell.run();
    results.push([cell.id, done, words(told(cell, "recorded")), words(told(cell, "live"))]);
  }
  return results;
}
"""


@pytest.fixture(scope="module")
def tab(browser: Browser, server: str) -> Iterator[Page]:
    """One tab, one Python."""
    with watched_tab(browser, server, viewport={"width": 1280, "height": 900}) as (page, problems):
        page.goto("references/")
        yield page
        assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", PAGES)
def test_every_cell_gives_what_the_book_recorded(tab: Page, name: str) -> None:
    visit(tab, f"{name}/")
    assert engine.start(tab) is None
    for cell, done, recorded, live in tab.evaluate(RUN_ALL):
        assert done, f"{cell}: {live}"
        assert NUMBER.sub("#", live) == NUMBER.sub("#", recorded), cell
        assert values(live) == pytest.approx(values(recorded), rel=0.02, abs=1e-6), cell


def values(text: str) -> list[float]:
    """The numbers of a text as the book writes them."""
    return [value(match.group()) for match in NUMBER.finditer(text)]


def value(word: str) -> float:
    mantissa, _, exponent = word.replace("−", "-").replace(",", "").partition("×10")
    return float(mantissa) * 10.0 ** int(exponent.translate(RAISED) or 0)


@pytest.fixture
def cell(tab: Page) -> Locator:
    """The first cell of a page, as a newcomer finds it."""
    visit(tab, "references/")
    tab.evaluate("() => localStorage.clear()")
    visit(tab, "bptt/")
    found = tab.locator("#cell-forward")
    expect(found).to_have_attribute("data-state", "ready")
    return found


def edit(cell: Locator, text: str) -> None:
    """Replace a cell's text by typing, and wait until it is taken."""
    cell.locator("pre[tabindex]").first.click()
    editor = cell.locator(".cm-content")
    expect(editor).to_be_focused()
    cell.page.keyboard.press("Control+a")
    cell.page.keyboard.insert_text(text)
    expect(editor).to_have_text(text.replace("\n", ""))


def press(cell: Locator, action: str) -> None:
    cell.locator(f"[data-action={action}]").click()


def test_an_error_is_told_once_in_the_readers_lines_and_marked(cell: Locator) -> None:
    edit(cell, "x = 1\ny = x / 0")
    press(cell, "run")
    expect(cell).to_have_attribute("data-state", "error")
    expect(cell.locator(".cell-state")).to_have_text("An error ended it in line 2. Python says:")
    assert cell.locator(".cell-live").inner_text().count("division by zero") == 1
    expect(cell.locator(".cell-said")).to_contain_text("ZeroDivisionError: division by zero")
    expect(cell.locator(".cell-error")).to_contain_text('File "cell 1", line 2, in <module>')
    expect(cell.locator(".cm-error-line")).to_have_text("y = x / 0")


def test_a_run_that_takes_long_says_whose_output_stands_below_until_it_gives_its_own(
    cell: Locator,
) -> None:
    edit(cell, "while True: pass")
    press(cell, "run")
    state = cell.locator(".cell-state")
    expect(state).to_have_text(re.compile("Stop ends it. Below is what it gave when the book was"))
    expect(cell.locator(".cell-recorded")).to_be_visible()
    press(cell, "stop")
    expect(state).to_have_text(re.compile(r"Stopped after [\d.]+ s\."))
    expect(cell.locator(".cell-recorded")).to_be_hidden()
    edit_in_place(cell, "print('on')")
    press(cell, "run")
    expect(cell.locator(".cell-live")).to_have_text("on")
    edit_in_place(cell, "while True: pass")
    press(cell, "run")
    expect(state).to_have_text(re.compile("Stop ends it. Below is what it gave before.$"))
    press(cell, "stop")
    expect(cell).to_have_attribute("data-state", "stopped")


def test_stop_keeps_text_and_state_and_reset_brings_the_book_back(cell: Locator) -> None:
    book = cell.locator(".cell-recorded").inner_text()
    code = cell.locator("code").inner_text()
    edit(cell, "made = 41\nprint('on')\nwhile True: pass")
    press(cell, "run")
    expect(cell.locator(".cell-live")).to_have_text("on")
    expect(cell.locator(".cell-state")).to_have_text(
        re.compile("looks just like this; Stop ends it.$")
    )
    press(cell, "stop")
    expect(cell).to_have_attribute("data-state", "stopped")
    expect(cell.locator(".cm-content")).to_contain_text("while True: pass")
    edit_in_place(cell, "made + 1")
    press(cell, "run")
    expect(cell.locator(".cell-live")).to_have_text("42")
    press(cell, "reset")
    expect(cell.locator(".cell-recorded")).to_have_text(re.compile(re.escape(book.strip())))
    expect(cell.locator(".cm-content")).to_have_text(code.replace("\n", ""))
    expect(cell.locator("[data-action=reset]")).to_be_hidden()
    press(cell, "undo")
    expect(cell.locator(".cm-content")).to_have_text("made + 1")
    expect(cell.locator(".cell-name")).to_have_text("Python, cell 1, your version")
    expect(cell.locator("[data-action=undo]")).to_be_hidden()


def edit_in_place(cell: Locator, text: str) -> None:
    cell.locator(".cm-content").click()
    cell.page.keyboard.press("Control+a")
    cell.page.keyboard.insert_text(text)


def test_what_was_edited_survives_a_reload(cell: Locator) -> None:
    edit(cell, "print('mine')")
    cell.page.reload()
    expect(cell.locator("code")).to_have_text("print('mine')")
    expect(cell.locator(".cell-name")).to_have_text("Python, cell 1, your version")
    press(cell, "reset")
    cell.page.reload()
    expect(cell.locator("code")).to_contain_text("import numpy")


def test_a_second_tab_takes_the_newer_text_and_keeps_its_own(cell: Locator, tab: Page) -> None:
    other = tab.context.new_page()
    other.goto("bptt/")
    there = other.locator("#cell-forward")
    expect(there).to_have_attribute("data-state", "ready")
    edit(cell, "print('here')")
    expect(there.locator("code")).to_have_text("print('here')")
    edit(there, "print('there')")
    expect(cell.locator(".cell-notice")).to_contain_text("Another tab changed this code too")
    expect(cell.locator(".cm-content")).to_have_text("print('here')")
    edit_in_place(cell, "print('here again')")
    expect(cell.locator(".cell-notice")).to_be_hidden()
    expect(there.locator(".cell-notice")).to_contain_text("Another tab changed this code too")
    expect(there.locator(".cm-content")).to_have_text("print('there')")
    other.close()


def test_code_from_a_link_is_shown_and_not_run(cell: Locator, tab: Page) -> None:
    edit(cell, "print('from a link')")
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    press(cell, "share")
    expect(cell.locator(".cell-state")).to_contain_text("on the clipboard")
    assert "#cell-forward?code=z" in tab.evaluate("() => navigator.clipboard.readText()")
    # Where the clipboard is closed, the address takes the code.
    tab.evaluate("() => { navigator.clipboard.write = () => Promise.reject(); }")
    press(cell, "share")
    expect(tab).to_have_url(re.compile("#cell-forward.code=z"))
    press_nothing = tab.evaluate("() => [location.href, localStorage.clear()][0]")
    tab.goto("about:blank")
    tab.goto(press_nothing)
    expect(cell.locator("code")).to_have_text("print('from a link')")
    expect(cell.locator(".cell-notice")).to_contain_text("has not been run")
    expect(cell).to_have_attribute("data-state", "ready")
    expect(cell.locator(".cell-live")).to_be_hidden()
    press(cell, "reset")
    expect(cell.locator("code")).to_contain_text("import numpy")
    assert "code=" not in tab.url


def test_keys_lead_in_run_and_lead_out(cell: Locator, tab: Page) -> None:
    cell.locator("[data-action=run]").focus()
    tab.keyboard.press("Tab")
    editor = cell.locator(".cm-content")
    expect(editor).to_be_focused()
    expect(cell.locator(".cell-name")).to_contain_text("Escape")
    tab.keyboard.press("Control+a")
    tab.keyboard.insert_text("for i in range(3):")
    tab.keyboard.press("Enter")
    tab.keyboard.insert_text("print(i)")
    tab.keyboard.press("Control+Enter")
    expect(cell.locator(".cell-live")).to_have_text("0\n1\n2")
    tab.keyboard.press("Tab")
    expect(editor).to_be_focused()
    tab.keyboard.press("Escape")
    tab.keyboard.press("Tab")
    expect(editor).not_to_be_focused()


def test_completion_offers_our_names_and_numpys(cell: Locator, tab: Page) -> None:
    assert engine.start(tab) is None
    edit(cell, "from rnn.losses import ")
    tab.keyboard.type("soft", delay=20)
    offered = tab.locator(".cm-tooltip-autocomplete")
    expect(offered).to_contain_text("softmax_cross_entropy")
    tab.keyboard.press("Escape")
    edit_in_place(cell, "import numpy as np\nnp.lina")
    tab.keyboard.type("l", delay=20)
    expect(offered).to_contain_text("linalg")
    tab.keyboard.press("Control+Enter")
    expect(offered).to_have_count(0)


def test_a_cell_that_lacks_the_ones_above_says_so_and_they_can_be_run(
    cell: Locator, tab: Page
) -> None:
    slip = tab.locator("#cell-slip")
    expect(slip).to_have_attribute("data-state", "ready")
    press(slip, "run")
    expect(slip.locator(".cell-live .cell-note")).to_contain_text("Run all above")
    press(slip, "above")
    expect(cell).to_have_attribute("data-state", "done")
    expect(slip.locator(".cell-state")).to_have_text("The cells above have run. Now run this one.")
    expect(slip.locator(".cell-live")).to_be_hidden()
    expect(slip.locator(".cm-error-line")).to_have_count(0)
    press(slip, "run")
    expect(slip).to_have_attribute("data-state", "done")


def test_without_scripts_there_is_code_and_output(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("bptt/")
    cell = page.locator("#cell-forward")
    expect(cell.locator("code")).to_contain_text("import numpy as np")
    expect(cell.locator(".cell-recorded")).to_contain_text("loss")
    expect(cell.locator("[data-action=run]")).to_be_hidden()

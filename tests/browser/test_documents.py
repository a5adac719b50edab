"""A reader's own document, and what a lab gives away."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import native
from tests.browser.conftest import NewPage
from tests.browser.lab import Lab

pytestmark = pytest.mark.usefixtures("notebook_lab")
DROP = """
(zone, [name, size]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(size).fill(97)], name));
  const init = { dataTransfer: transfer, bubbles: true, cancelable: true };
  zone.dispatchEvent(new DragEvent("dragover", init));
  const over = zone.hasAttribute("data-over");
  const event = new DragEvent("drop", init);
  zone.dispatchEvent(event);
  return [over, zone.hasAttribute("data-over"), event.defaultPrevented];
}
"""
PASTE = """
(field, text) => {
  const transfer = new DataTransfer();
  transfer.setData("text/plain", text);
  const init = { clipboardData: transfer, bubbles: true, cancelable: true };
  field.dispatchEvent(new ClipboardEvent("paste", init));
}
"""


def state(lab: Lab):
    return lab.root.locator(".document-state")


def error(lab: Lab):
    return lab.root.locator("[data-control=document] .control-error")


def test_typed_text_is_taken_and_stays(notebook: Lab) -> None:
    field = notebook.root.get_by_label("Your own text")
    expect(notebook.button("use-document")).to_be_disabled()
    field.fill("Call me\nIshmael 🐋")
    notebook.press("use-document")
    expect(state(notebook)).to_have_text("Taken: typed text, 20 bytes.")
    expect(field).to_have_value("Call me\nIshmael 🐋")
    field.fill("again")
    field.press("Control+Enter")
    expect(state(notebook)).to_have_text("Taken: typed text, 5 bytes.")


def test_half_a_character_reaches_python_as_it_is(notebook: Lab) -> None:
    field = notebook.root.get_by_label("Your own text")
    field.evaluate(
        "(field) => { field.value = 'ab\\ud800'; field.dispatchEvent(new Event('input')); }"
    )
    notebook.press("use-document")
    expect(error(notebook)).to_have_text("document: byte 3 is not UTF-8")
    assert field.evaluate("field => field.value") == field.evaluate("() => 'ab\\ud800'")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("good")
    notebook.press("use-document")
    expect(error(notebook)).to_have_count(0)


def test_a_file_is_chosen_by_the_native_input(notebook: Lab, tmp_path: Path) -> None:
    file = tmp_path / "a <b> novel.txt"
    file.write_text("whale", encoding="utf-8")
    chooser = notebook.root.get_by_label("Choose a file")
    chooser.focus()
    expect(chooser).to_be_focused()
    for text in ("whale", "whales"):  # the same name again
        file.write_text(text, encoding="utf-8")
        chooser.set_input_files(file)
        expect(state(notebook)).to_have_text(f"Taken: a <b> novel.txt, {len(text)} bytes.")
    file.write_bytes(b"\x80\x04")
    chooser.set_input_files(file)
    expect(error(notebook)).to_have_text("document: the file is a Python pickle")
    expect(state(notebook)).to_have_text("Taken: a <b> novel.txt, 6 bytes.")


def test_what_is_too_large_is_told_before_it_is_read(notebook: Lab) -> None:
    zone = notebook.root.locator(".document")
    notebook.root.get_by_label("Your own text").fill("stays")
    assert zone.evaluate(DROP, ["big.txt", 2345]) == [True, False, True]
    expect(error(notebook)).to_have_text("“big.txt” has 2 kB; at most 1 kB are taken here.")
    zone.locator("textarea").evaluate(PASTE, "a" * 30_000)
    expect(error(notebook)).to_have_text("This text has 30 kB; at most 1 kB are taken here.")
    expect(notebook.root.get_by_label("Your own text")).to_have_value("stays")
    zone.evaluate(DROP, ["small.txt", 12])
    expect(state(notebook)).to_have_text("Taken: small.txt, 12 bytes.")
    expect(error(notebook)).to_have_count(0)


def test_a_file_dropped_beside_its_place_does_not_replace_the_page(notebook: Lab) -> None:
    body = notebook.page.locator("body")
    assert body.evaluate(DROP, ["beside.txt", 3])[2]
    expect(state(notebook)).to_have_text("")


def test_a_document_waits_for_python(page: Page) -> None:
    native.install(page)
    page.add_init_script(
        "window.pythonArrives = new Promise(resolve => { window.arrive = resolve; })"
    )
    page.goto("architecture/")
    lab = native.insert(page, "notebook", "notebook")
    lab.root.get_by_label("Your own text").fill("early")
    lab.press("use-document")
    expect(state(lab)).to_have_text("Taking the text.")
    page.evaluate("arrive()")
    expect(state(lab)).to_have_text("Taken: typed text, 5 bytes.")


def test_a_new_python_is_given_the_document_again(notebook: Lab) -> None:
    notebook.root.get_by_label("Your own text").fill("twelve bytes")
    notebook.press("use-document")
    notebook.wait_for("s.values.document !== ''")
    notebook.page.evaluate("indexedDB.deleteDatabase('unrolled'); unrolledEngine.retry()")
    notebook.page.wait_for_function("() => unrolledEngine.state === 'ready'")
    notebook.root.get_by_label("Your own text").focus()
    notebook.wait_for("s.status[0].value === '12'")


def test_a_text_of_several_lines(notebook: Lab) -> None:
    field = notebook.control("word")
    assert field.evaluate("field => field.tagName") == "TEXTAREA"
    field.fill("one")
    field.press("Enter")
    field.press_sequentially("two")
    field.press("Control+Enter")
    notebook.expect_value("word", "one\ntwo")
    field.press("End")
    field.press_sequentially("!")
    field.blur()
    notebook.expect_value("word", "one\ntwo!")


def test_what_is_pasted_is_taken_at_once_and_the_caret_stays(notebook: Lab) -> None:
    notebook.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    notebook.page.evaluate("navigator.clipboard.writeText('a whole\\nparagraph ')")
    field = notebook.control("word")
    field.fill("ab")
    field.press("ArrowLeft")
    field.press("Control+V")
    notebook.expect_value("word", "aa whole\nparagraph b")
    assert field.evaluate("field => field.selectionStart") == 19


def test_on_a_phone_by_touch(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    lab = native.open_lab(page, "notebook")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = lab.root.locator(".file").bounding_box()
    assert box
    assert box["height"] >= 40
    with page.expect_file_chooser():
        lab.root.locator(".file").tap()


# Giving away


def test_a_download_is_a_file_with_its_name(notebook: Lab) -> None:
    with notebook.page.expect_download() as started:
        notebook.press("save")
    assert started.value.suggested_filename == "notebook.txt"
    assert Path(started.value.path()).read_bytes() == b"sum 0"
    link = notebook.root.locator("a[data-output]")
    expect(link).to_have_text("notebook.txt")
    with notebook.page.expect_download():
        link.press("Enter")


def test_text_goes_to_the_clipboard(notebook: Lab) -> None:
    notebook.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    notebook.press("copy")
    expect(notebook.root.locator(".given")).to_contain_text("On the clipboard: notebook.txt.")
    assert notebook.page.evaluate("navigator.clipboard.readText()") == "sum 0"


def test_where_the_clipboard_is_closed_the_text_is_there_to_copy(notebook: Lab) -> None:
    notebook.page.evaluate(
        "() => { Clipboard.prototype.writeText = () => Promise.reject(new Error('no')); }"
    )
    notebook.press("copy")
    field = notebook.root.get_by_label("Text to copy")
    expect(field).to_have_value("sum 0")
    expect(field).to_be_focused()
    assert field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    notebook.press("close-output")
    expect(field).to_have_count(0)

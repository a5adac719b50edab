"""Work that outlives the page: kept, gone on from, and the loss told where it cannot be kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import native
from tests.browser.lab import Lab

pytestmark = pytest.mark.usefixtures("notebook_lab")


def summed(lab: Lab, value: int) -> None:
    lab.wait_for(f"s.status[0].value === '{value}'")


def run(lab: Lab) -> None:
    """Count to fifty, and wait until that is stored."""
    lab.press("count")
    summed(lab, 50)
    lab.wait_until_kept()


def enter_again(page: Page) -> Lab:
    page.reload()
    return native.insert(page, "notebook", "notebook").load()


def test_work_survives_a_reload(notebook: Lab) -> None:
    run(notebook)
    again = enter_again(notebook.page)
    summed(again, 50)
    expect(again.root.locator(".not-kept")).to_have_count(0)


def test_work_survives_leaving_the_page_and_coming_back(notebook: Lab) -> None:
    page = notebook.page
    notebook.press("count")
    notebook.wait_for("Number(s.status[0].value) > 3")
    notebook.root.evaluate("lab => { window.left = lab; lab.remove(); }")
    page.evaluate("document.querySelector('article h1').after(left)")
    Lab(page, "notebook").load()
    notebook.wait_for("Number(s.status[0].value) > 3")


def test_a_record_that_is_refused_is_dropped_with_a_sentence(notebook: Lab) -> None:
    run(notebook)
    notebook.page.evaluate(
        """() => new Promise(resolve => {
          indexedDB.open("unrolled").onsuccess = ({ target }) => {
            const labs = target.result.transaction("labs", "readwrite").objectStore("labs");
            const key = labs.getAllKeys();
            key.onsuccess = () => {
              labs.put(new Uint8Array([1, 2]), key.result[0]).onsuccess = resolve;
            };
          };
        })"""
    )
    again = enter_again(notebook.page)
    expect(again.root.locator(".not-kept")).to_have_text(
        "What was kept is dropped: what was kept is no number."
    )
    summed(again, 0)
    summed(enter_again(notebook.page), 0)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("Object.defineProperty(window, 'indexedDB', { value: undefined })", "closed to this page"),
        (
            "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }",
            "closed to this page",
        ),
        ("IDBFactory.prototype.open = () => ({})", "does not answer"),
        (
            """IDBObjectStore.prototype.put = function () {
              this.transaction.abort();
              Object.defineProperty(this.transaction, 'error',
                { value: new DOMException('no', 'QuotaExceededError') });
            }""",
            "storage is full",
        ),
    ],
)
def test_without_storage_everything_works_and_the_loss_is_told(
    page: Page, script: str, why: str
) -> None:
    page.add_init_script(script)
    lab = native.open_lab(page, "notebook")
    lab.press("count")
    summed(lab, 50)
    words = lab.root.locator(".not-kept")
    expect(words).to_contain_text(why)
    expect(words).to_have_text(re.compile("Reloading or leaving the page loses it.$"))


def test_of_two_tabs_one_keeps_and_the_other_says_so(notebook: Lab) -> None:
    run(notebook)
    second = notebook.page.context.new_page()
    other = native.open_lab(second, "notebook")
    words = other.root.locator(".not-kept")
    expect(words).to_contain_text("another tab keeps this laboratory")
    summed(other, 0)
    notebook.page.close()
    expect(words).to_have_count(0)
    summed(other, 50)  # nobody had worked here, so it goes on from what the first kept
    second.close()


def test_a_page_that_lets_go_late_is_waited_for(notebook: Lab) -> None:
    run(notebook)
    notebook.page.add_init_script(
        """{
          const request = LockManager.prototype.request;
          LockManager.prototype.request = async function (...given) {
            await new Promise((resolve) => setTimeout(resolve, 1500));
            return request.apply(this, given);
          };
        }"""
    )
    summed(enter_again(notebook.page), 50)

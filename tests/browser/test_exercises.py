"""Exercises in a browser: every solution passes, every starter fails, and what was done is kept."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from lab.exercises import BOOK, exercise
from publish.exercises import places
from tests.browser import engine
from tests.browser.conftest import NewPage, watched_tab
from tests.browser.lab import go
from tests.lab.exercises.answers import plain, slips

KEY = "unrolled:exercises"
PAGES = {name: page.removesuffix(".md") for name, page in places()}
CLOSED = """
const refuse = name => {
  const native = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...rest) {
    if (key === "unrolled:exercises") throw new DOMException("closed", "SecurityError");
    return native.call(this, key, ...rest);
  };
};
["getItem", "setItem", "removeItem"].forEach(refuse);
"""
# The page's own request, once for each text: whether it passed, and all that was found.
CHECK_ALL = """
async ([exercise, texts]) => {
  const reports = [];
  for (const text of texts) {
    const run = unrolledEngine.run({ op: "exercise", exercise, text }, () => {});
    const { passed, checks } = (await run.done).report;
    reports.push([passed, checks.flatMap(({ findings }) => findings).join(" ")]);
  }
  return reports;
}
"""


@pytest.fixture(scope="module")
def shared(browser: Browser, server: str) -> Iterator[tuple[Page, list[str]]]:
    """One tab: Python is started once for all tests of this file."""
    with watched_tab(browser, server, viewport={"width": 1280, "height": 900}) as tab:
        tab[0].goto("exercises/")
        yield tab


@pytest.fixture
def tab(shared: tuple[Page, list[str]]) -> Iterator[Page]:
    """The tab, as a reader who has done nothing yet finds it."""
    page, problems = shared
    enter(page, "architecture", "Architecture")  # elements leave the page
    page.evaluate("key => localStorage.removeItem(key)", KEY)
    yield page
    assert not problems, "\n".join(problems)


def enter(page: Page, path: str, title: str = "") -> None:
    """Go to a page as a reader does: instantly, so that Python stays."""
    if f"/{path}/" in page.url:
        return
    names = {
        "one-unit": "One unit",
        "bptt": "Backpropagation through time",
        "gradients": "Gradients through time",
        "gated-cells": "Gated cells",
        "characters": "Characters",
        "practice": "In practice",
        "exercises": "Exercises",
    }
    go(page, f".md-nav a[href$='{path}/']", f"{title or names[path]} - Unrolled")


def found(page: Page, name: str) -> Locator:
    enter(page, PAGES[name])
    root = page.locator(f"#exercise-{name}")
    expect(root).to_have_attribute("data-state", "ready")
    root.scroll_into_view_if_needed()
    return root


def passes(root: Locator, text: str) -> bool:
    """Put a text in and check it, by the element's own property and method."""
    report = root.evaluate("(e, text) => { e.text = text; return e.check(); }", text)
    assert report is not None, root.locator(".exercise-said").inner_text()
    return bool(report["passed"])


@pytest.mark.parametrize("name", BOOK)
def test_a_starter_fails_a_slip_is_named_and_the_solution_passes(tab: Page, name: str) -> None:
    root = found(tab, name)
    asked = exercise(name)
    findings = root.locator(".exercise-finding")
    assert not passes(root, asked.starter)
    expect(findings.first).to_be_visible()
    expect(root.locator(".exercise-state")).to_have_text("Tried")
    # Best one whose words are emphasised: the page draws and tells them without the marks.
    slip = next((slip for slip in slips(name) if "*" in slip.words), slips(name)[0])
    assert not passes(root, slip.applied(asked.solution))
    expect(findings.filter(has_text=plain(slip.words))).to_be_visible()
    expect(root.locator("[role=status]")).to_contain_text(plain(slip.words))
    assert passes(root, asked.solution)
    expect(root).to_have_attribute("data-state", "passed")
    expect(root.locator(".exercise-state")).to_have_text("✓ Solved")


@pytest.mark.parametrize("name", BOOK)
def test_every_usual_mistake_gets_its_feedback_in_the_browser_too(
    shared: tuple[Page, list[str]], name: str
) -> None:
    page, _ = shared
    assert engine.start(page) is None
    wrong = slips(name)
    assert len(wrong) >= 3
    texts = [slip.applied(exercise(name).solution) for slip in wrong]
    for slip, (passed, found_) in zip(wrong, page.evaluate(CHECK_ALL, [name, texts]), strict=True):
        assert not passed, slip.name
        assert plain(slip.words) in plain(found_), slip.name


def test_an_answer_is_typed_and_checked_by_keyboard(tab: Page) -> None:
    root = found(tab, "perplexity")
    root.locator(".exercise-code pre").focus()
    editor = root.locator(".cm-content")
    expect(editor).to_be_focused()
    tab.keyboard.press("Control+a")
    tab.keyboard.type("perplexity = lambda p: 1 / p.prod() ** (1 / len(p))")
    tab.keyboard.press("Control+Enter")
    expect(root).to_have_attribute("data-state", "passed")
    expect(root.locator("[role=status]")).to_have_text("Solved: all 3 checks pass.")
    tab.keyboard.press("Escape")  # closes suggestions, if there are any
    tab.keyboard.press("Escape")
    tab.keyboard.press("Tab")
    expect(root.locator("[data-action=check]")).to_be_focused()


def test_an_endless_loop_is_stopped_and_the_text_stays(tab: Page) -> None:
    root = found(tab, "one-hot")
    text = "while True:\n    pass\n"
    root.evaluate("(e, text) => { e.text = text; }", text)
    root.locator("[data-action=check]").click()
    said = root.locator(".exercise-said")
    expect(said).to_contain_text("An endless loop looks just like this")
    expect(root.locator("[role=status]")).to_contain_text("Stop ends it")
    root.locator("[data-action=stop]").click()
    expect(root.locator(".exercise-said")).to_contain_text("Stopped")
    assert root.evaluate("e => e.text") == text
    assert passes(root, exercise("one-hot").solution)  # Python is there again


def test_hints_come_one_at_a_time_and_the_solution_asks_first(tab: Page) -> None:
    root = found(tab, "step-function")
    hints, solution = root.locator(".exercise-hint"), root.locator(".exercise-solution")
    hints.nth(1).locator("summary").click()
    expect(hints.nth(1)).not_to_have_attribute("open", "")
    expect(root.locator("[role=status]")).to_have_text("First open hint 1.")
    hints.nth(0).locator("summary").click()
    hints.nth(1).locator("summary").click()
    expect(hints.nth(1)).to_have_attribute("open", "")
    solution.locator("summary").click()
    expect(solution).not_to_have_attribute("open", "")
    root.get_by_role("button", name="Not yet").click()
    solution.locator("summary").click()
    root.get_by_role("button", name="Show it").click()
    expect(solution).to_have_attribute("open", "")


def test_a_reload_keeps_text_hints_and_what_was_solved(page: Page) -> None:
    page.goto("one-unit/")
    root = found(page, "step-function")
    text = "# mine\n"
    root.evaluate("(e, text) => { e.text = text; }", text)
    root.locator(".exercise-hint summary").first.click()
    expect(root.locator(".exercise-hint").nth(1)).not_to_have_attribute("data-locked", "")
    page.reload()
    root = found(page, "step-function")
    expect(root.locator(".exercise-code code")).to_have_text("# mine")
    assert root.evaluate("e => e.text") == text
    expect(root.locator(".exercise-hint").nth(1)).not_to_have_attribute("data-locked", "")
    root.locator("[data-action=reset]").click()
    assert root.evaluate("e => e.text") == exercise("step-function").starter.rstrip()
    root.locator("[data-action=undo]").click()
    assert root.evaluate("e => e.text") == text


def test_a_second_tab_takes_the_newer_text_and_keeps_its_own(tab: Page) -> None:
    here = found(tab, "perplexity")
    other = tab.context.new_page()
    other.goto("characters/")
    there = found(other, "perplexity")
    here.evaluate("e => { e.text = '# here'; }")
    expect(there.locator(".exercise-code code")).to_have_text("# here")
    there.evaluate("e => { e.text = '# there'; }")
    expect(here.locator(".exercise-said")).to_contain_text("Another tab changed this code too")
    assert here.evaluate("e => e.text") == "# here"
    here.evaluate("e => { e.text = '# here again'; }")
    expect(here.locator(".exercise-said")).to_have_text("")
    expect(there.locator(".exercise-said")).to_contain_text("Another tab changed this code too")
    assert there.evaluate("e => e.text") == "# there"
    other.close()


def test_progress_is_shown_exported_forgotten_and_imported(tab: Page, tmp_path: Path) -> None:
    tab.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, json.dumps({
        "bptt": {"state": "solved", "text": "mine"}, "one-hot": {"state": "tried"},
    })])  # fmt: skip
    enter(tab, "exercises")
    count, said = tab.locator(".progress-count"), tab.locator(".progress-said")
    expect(count).to_have_text("1 of 14 solved")
    expect(tab.locator("li[data-exercise=bptt]")).to_contain_text("✓ solved")
    expect(tab.locator("li[data-exercise=one-hot]")).to_contain_text("tried")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Export").click()
    exported = tmp_path / "exported.json"
    download.value.save_as(exported)
    tab.get_by_role("button", name="Forget").click()
    expect(count).to_have_text("1 of 14 solved")  # it asks first
    tab.get_by_role("button", name="Forget it all").click()
    expect(count).to_have_text("0 of 14 solved")
    assert tab.evaluate("key => localStorage.getItem(key)", KEY) is None
    tab.locator("#progress-file").set_input_files(exported)
    expect(said).to_have_text("exported.json: 2 exercises imported.")
    kept = json.loads(tab.evaluate("key => localStorage.getItem(key)", KEY))
    assert kept["bptt"] == {"state": "solved", "text": "mine"}
    expect(count).to_have_text("1 of 14 solved")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("no", "it is not JSON"),
        ('{"format": "other"}', "this is no export of these exercises: its format must be"),
        ('{"format": "unrolled-exercises", "version": 9}', "its version must be 1; it is 9"),
        ({"juggling": {"state": "solved"}}, 'this book has no exercise "juggling"'),
        ({"bptt": {"state": "great"}}, 'bptt: state must be open, tried, solved; it is "great"'),
        ({"bptt": {"state": "open", "text": 3}}, "bptt: text must be words"),
    ],
)
def test_a_bad_import_is_refused_and_changes_nothing(tab: Page, content: object, why: str) -> None:
    kept = json.dumps({"bptt": {"state": "solved"}})
    tab.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, kept])
    enter(tab, "exercises")
    if isinstance(content, dict):
        content = json.dumps({"format": "unrolled-exercises", "version": 1, "exercises": content})
    file = {"name": "bad.json", "mimeType": "application/json", "buffer": str(content).encode()}
    tab.locator("#progress-file").set_input_files([file])  # type: ignore[list-item]
    expect(tab.locator(".progress-said")).to_contain_text(f"bad.json was not imported: {why}")
    assert tab.evaluate("key => localStorage.getItem(key)", KEY) == kept


def test_where_storage_is_closed_all_works_and_says_so(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(CLOSED)
    page.goto("one-unit/")
    root = found(page, "step-function")
    expect(root.locator(".exercise-said")).to_contain_text("not kept")
    assert passes(root, exercise("step-function").solution)
    enter(page, "exercises")
    expect(page.locator(".progress-count")).to_have_text("1 of 14 solved")
    expect(page.locator(".progress-said")).to_contain_text("storage is closed")


def test_without_javascript_there_is_a_list_of_links_and_everything_can_be_read(
    new_page: NewPage,
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("exercises/")
    assert page.locator("rnn-progress li a").count() == len(BOOK)
    page.locator("rnn-progress li a").first.click()
    root = page.locator("#exercise-step-function")
    root.locator(".exercise-solution summary").click()
    expect(root.locator(".exercise-solution pre")).to_be_visible()
    expect(root.locator(".exercise-story")).to_contain_text("one function")

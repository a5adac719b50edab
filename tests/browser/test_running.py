"""Long work: Python is kept busy, the page is drawn as often as the lab wants, hidden or not."""

import pytest
from playwright.sync_api import Page

from tests.browser import native
from tests.browser.lab import Lab, until
from tests.lab.kit.keeping import Notebook, install


@pytest.fixture
def asked(monkeypatch) -> list[list[str] | None]:
    """For each slice, the figures that were asked for."""
    figures: list[list[str] | None] = []
    snapshot, advance = Notebook.snapshot, Notebook.advance

    def noting(self, shown=None):
        if figures and figures[-1] == ["?"]:
            figures[-1] = list(shown)
        return {**snapshot(self, shown), "frame_ms": self.frame_ms}

    def slice_of(self, budget_ms):
        figures.append(["?"])
        advance(self, budget_ms)

    install(monkeypatch)
    monkeypatch.setattr(Notebook, "frame_ms", 0, raising=False)
    monkeypatch.setattr(Notebook, "snapshot", noting)
    monkeypatch.setattr(Notebook, "advance", slice_of)
    return figures


@pytest.fixture
def notebook(page: Page, asked) -> Lab:
    return native.open_lab(page, "notebook")


def finish(lab: Lab) -> None:
    lab.press("count")
    lab.wait_for("s.status[0].value === '50' && !s.running")


def test_every_slice_is_drawn_where_the_lab_does_not_mind(notebook: Lab, asked) -> None:
    finish(notebook)
    assert asked == [["plot"]] * 50


def test_a_frame_stands_as_long_as_the_lab_wants_and_the_last_one_is_seen(
    notebook: Lab, asked, monkeypatch
) -> None:
    monkeypatch.setattr(Notebook, "frame_ms", 60_000)
    finish(notebook)  # the last answer is on the page, though no frame was due
    seen = [place for place, figures in enumerate(asked) if figures == ["plot"]]
    assert seen[-1] == len(asked) - 1 == 50, "one more, to be seen"
    assert len(seen) <= 3


def test_no_timer_and_no_frame_is_waited_for(notebook: Lab) -> None:
    """A hidden tab has frames never and timers once a second."""
    notebook.press("clear")
    notebook.page.evaluate(
        "() => { window.setTimeout = () => 0; window.requestAnimationFrame = () => 0; }"
    )
    notebook.root.evaluate("lab => lab.querySelector('[data-action=count]').click()")
    until(notebook.page, lambda: notebook.status("Sum") == "50", "it did not count on")
    assert notebook.snapshot["running"] == ""


def test_pressing_again_pauses_and_pressing_once_more_goes_on(notebook: Lab) -> None:
    notebook.press("count")
    notebook.wait_for("Number(s.status[0].value) > 2")
    notebook.press("count")
    notebook.wait_for("!s.running")
    paused = notebook.status("Sum")
    notebook.page.wait_for_timeout(100)
    assert notebook.status("Sum") == paused
    notebook.press("count")
    notebook.wait_for("s.status[0].value === '50' && !s.running")

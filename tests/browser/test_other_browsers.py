"""Firefox and WebKitGTK: the page stands, Python starts, a slider moves a figure, training runs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from tests.browser.others import NoBrowser, Tab, firefox, wait_for, webkit

LAB = "document.getElementById('scalar-rnn')"
SNAPSHOT = f"{LAB}.snapshot"


@pytest.fixture(params=["firefox", "webkit"])
def tab(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Tab]:
    opened = firefox(playwright) if request.param == "firefox" else webkit()
    try:
        entered = opened.__enter__()
    except NoBrowser as problem:
        pytest.skip(f"{problem}; `make test` installs it where it can")
    yield entered
    opened.__exit__(None, None, None)


def test_the_one_unit_laboratory_works(tab: Tab, server: str) -> None:
    tab.go(f"{server}one-unit/")
    assert tab.ask("return document.title;") == "One unit - Unrolled"
    assert tab.ask(f"return {LAB}.querySelectorAll('[data-figure] svg').length;") > 0

    tab.ask(f"{LAB}.scrollIntoView();")
    wait_for(tab, f"['ready', 'running'].includes({LAB}.dataset.state)")
    before = tab.ask(f"return {LAB}.querySelector('[data-figure=tracks]').innerHTML;")
    tab.ask(f"""
      const slider = {LAB}.querySelector("[data-control=w_h] input[type=range]");
      slider.value = slider.max;
      slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
      window.before = {LAB}.querySelector('[data-figure=tracks]').innerHTML;""")
    assert before
    wait_for(tab, f"{SNAPSHOT}.values.w_h > 1.5")
    wait_for(tab, f"{LAB}.querySelector('[data-figure=tracks]').innerHTML !== window.before")

    tab.ask(f"{LAB}.querySelector('[data-action=train]').click();")
    wait_for(tab, f"{SNAPSHOT}.figures.losses.series[0].y.data.length > 3")
    assert tab.problems == []

"""Every lab of the book, walked through from its own declaration: each control, each button.

Nothing here knows what a lab is about. On a wide light page the controls are used by mouse and by
keyboard; on a phone in the dark every button is tapped, and paused by keyboard.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched_tab
from tests.browser.lab import Lab, visit
from tests.browser.walk import (
    Place,
    choose_scheme,
    move_with_keys,
    places,
    pointable,
    press,
    reveal,
    touch_the_middle,
    use,
)

PLACES = list(places())
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def touched(browser: Browser, server: str) -> Iterator[tuple[Page, list[str]]]:
    """One tab that can be touched, for all labs."""
    with watched_tab(browser, server, viewport=WIDE, has_touch=True) as tab:
        tab[0].goto("references/")
        yield tab


def enter(tab: tuple[Page, list[str]], place: Place, size: dict[str, int], scheme: str) -> Lab:
    page, _ = tab
    page.set_viewport_size(size)  # type: ignore[arg-type]
    visit(page, place.path)
    choose_scheme(page, scheme)
    return Lab(page, place.lab_id).load()


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_every_control_by_mouse_and_keyboard(touched: tuple[Page, list[str]], place: Place) -> None:
    lab = enter(touched, place, WIDE, "light")
    lab.wait_for("!s.wants")
    for control in place.controls:
        reveal(lab, place, control)
        use(lab, control)
    assert lab.root.evaluate("e => Object.values(e.snapshot.figures).every(f => f.summary)")
    assert touched[1] == []


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_every_button_and_every_figure_by_touch_and_keyboard(
    touched: tuple[Page, list[str]], place: Place
) -> None:
    lab = enter(touched, place, PHONE, "dark")
    lab.wait_for("!s.wants")
    if not place.compact:
        lab.open_more()
    for part in pointable(lab):
        move_with_keys(lab, part)
        touch_the_middle(lab, part)
    pressed = set()
    for action in place.declaration.actions:
        button = lab.button(action.name).first
        if button.count() and button.is_visible() and button.is_enabled():
            press(lab, button, touch=True)
            pressed.add(action.name)
    assert pressed or not place.declaration.actions
    expect(lab.root).to_have_attribute("data-state", "ready")
    assert touched[1] == []

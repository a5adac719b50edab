"""A slider, dragged: Python has told before what the figure that is watched will show there."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.engine import sessions
from tests.browser.lab import Lab, until

# All that the page says to Python from now on, and all that it hears, passes here, and may be held.
TAP = """
() => {
  const post = Worker.prototype.postMessage;
  const tap = window.tap = { asked: [], out: [], back: [], worker: null };
  tap.send = () => { for (const message of tap.out.splice(0)) post.apply(tap.worker, message); };
  tap.hear = () => { const event = tap.back.shift(); if (event) tap.listener(event); };
  tap.off = () => {
    Worker.prototype.postMessage = post;
    if (tap.worker) tap.worker.onmessage = tap.listener;
    tap.send();
    while (tap.back.length) tap.hear();
  };
  Worker.prototype.postMessage = function (...message) {
    if (!tap.worker) {
      tap.worker = this;
      tap.listener = this.onmessage;
      this.onmessage = event => (tap.holdBack ? tap.back.push(event) : tap.listener(event));
    }
    if (message[0].kind === "call") {
      const { op, values, action } = JSON.parse(message[0].request);
      tap.asked.push(op === "act" ? action : op === "set" ? values : op);
    }
    if (tap.holdOut) tap.out.push(message);
    else post.apply(this, message);
  };
}
"""
NETWORK, GRADIENTS = ".network > svg", "[data-figure=gradients] .bars"
# Moves a slider as a hand does; then the figure as it stands, before Python could have answered.
MOVE = """
([id, name, value, figure]) => {
  const slider = document.getElementById(`${id}-${name}`);
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  return document.querySelector(`#${id} ${figure}`).innerHTML;
}
"""
# How far the ring's middle is from the current step's node.
RING_OFF = """
id => {
  const middle = part => {
    const drawn = document.querySelector(`#${id} .network ${part}`);
    const { left, right } = drawn.getBoundingClientRect();
    return (left + right) / 2;
  };
  return Math.abs(middle(".cursor-ring") - middle(".column.current circle"));
}
"""


@pytest.fixture
def tapped(lab: Lab) -> Iterator[Lab]:
    lab.page.evaluate(TAP)
    yield lab
    lab.page.evaluate("tap.off()")


def move(lab: Lab, name: str, value: float, figure: str = NETWORK) -> str:
    """Drag to a value; what a figure then says at once, without Python."""
    said: str = lab.page.evaluate(MOVE, [lab.root.get_attribute("id"), name, value, figure])
    return said


def drawn(lab: Lab, figure: str = NETWORK) -> str:
    """What a figure says."""
    return lab.root.locator(figure).inner_html()


def move_before_the_answer(lab: Lab, name: str, older: float, newer: float) -> str:
    """Move on before the answer to one move is heard, then hear it; what was said before that."""
    lab.page.evaluate("() => { tap.holdBack = true }")
    move(lab, name, older)
    until(lab.page, lambda: lab.page.evaluate("tap.back.length") > 0, "no answer")
    newest = move(lab, name, newer)
    lab.page.evaluate("tap.hear()")
    return newest


def has_fallen_silent(lab: Lab) -> bool:
    """Whether nothing new is asked any more."""
    before = lab.page.evaluate("tap.asked.length")
    lab.page.wait_for_timeout(200)
    sessions(lab.page)  # answered after all that was asked before; a request too
    return bool(lab.page.evaluate("tap.asked.length") == before + 1)


def drag_until_all_is_foreseen(lab: Lab, name: str, value: float) -> None:
    move(lab, name, value)
    lab.expect_value(name, value)
    wait_until_all_is_foreseen(lab)


def wait_until_all_is_foreseen(lab: Lab) -> None:
    until(lab.page, lambda: has_fallen_silent(lab), "Python is asked ahead without end")


def test_the_network_follows_at_every_place_of_the_track_while_python_is_silent(
    tapped: Lab,
) -> None:
    drag_until_all_is_foreseen(tapped, "w_h", 0.5)
    tapped.page.evaluate("() => { tap.holdOut = true }")
    shown = {value: move(tapped, "w_h", value / 100) for value in range(-300, 301)}
    assert len(set(shown.values())) == 601
    tapped.page.evaluate("() => { tap.holdOut = false; tap.send() }")
    tapped.expect_value("w_h", 3)
    for value in (-300, -77, 0, 123, 300):
        tapped.type_number("w_h", str(value / 100))
        tapped.expect_value("w_h", value / 100)
        assert drawn(tapped) == shown[value]


@pytest.mark.parametrize(
    ("name", "values", "figure"),
    [
        ("length", range(5, 21), NETWORK),
        ("seed", range(1, 101), NETWORK),
        ("clip_limit", [tenth / 10 for tenth in range(1, 101)], GRADIENTS),
    ],
)
def test_a_hand_on_the_slider_is_enough_to_foresee_even_its_first_move(
    tapped: Lab, name: str, values: list[float], figure: str
) -> None:
    tapped.choose("activation", "linear")
    tapped.type_number("w_h", "3")  # a gradient that every limit clips
    tapped.expect_value("w_h", 3)
    tapped.open_more()
    tapped.control(name).hover()
    wait_until_all_is_foreseen(tapped)
    tapped.page.evaluate("() => { tap.holdOut = true }")
    shown = {value: move(tapped, name, value, figure) for value in values}
    assert len(set(shown.values())) > 0.9 * len(values)
    tapped.page.evaluate("() => { tap.holdOut = false; tap.send() }")
    tapped.expect_value(name, values[-1])
    for value in (values[0], values[7], values[-1]):
        tapped.type_number(name, str(value))
        tapped.expect_value(name, value)
        assert drawn(tapped, figure) == shown[value]


def test_the_ring_is_at_its_step_at_once_when_there_are_more_columns(tapped: Lab) -> None:
    drag_until_all_is_foreseen(tapped, "length", 5)
    for length in (20, 6, 13):
        move(tapped, "length", length)
        assert tapped.page.evaluate(RING_OFF, tapped.root.get_attribute("id")) < 1


def test_whatever_else_is_set_makes_python_answer_first(tapped: Lab) -> None:
    drag_until_all_is_foreseen(tapped, "w_h", 0.5)
    tapped.page.evaluate("() => { tap.holdOut = true }")
    before = drawn(tapped)
    tapped.choose("activation", "linear")
    assert move(tapped, "w_h", -1.0) == before
    tapped.page.evaluate("() => { tap.holdOut = false; tap.send() }")
    tapped.expect_value("w_h", -1)
    tapped.expect_value("activation", "linear")
    expect(tapped.root.locator(".network .weight").nth(1)).to_have_text(re.compile("−1.00"))


def test_an_older_answer_does_not_push_the_network_back(tapped: Lab) -> None:
    drag_until_all_is_foreseen(tapped, "w_h", 0.5)
    newest = move_before_the_answer(tapped, "w_h", 1.5, 2.0)
    tapped.expect_value("w_h", 1.5)
    assert drawn(tapped) == newest
    tapped.page.evaluate("() => { tap.holdBack = false; tap.hear() }")
    tapped.expect_value("w_h", 2)
    assert drawn(tapped) == newest


def test_until_the_rest_is_there_it_keeps_the_steps_it_was_drawn_with(tapped: Lab) -> None:
    """An older answer comes while the network shows another length: nothing is mixed."""
    drag_until_all_is_foreseen(tapped, "length", 20)
    tapped.root.locator(".network").press("End")
    tapped.expect_value("step", 19)
    tapped.control("length").hover()
    wait_until_all_is_foreseen(tapped)
    newest = move_before_the_answer(tapped, "length", 18, 6)
    tapped.expect_value("length", 18)
    assert drawn(tapped) == newest
    expect(tapped.root.locator(".network .column")).to_have_count(5)
    expect(tapped.root.locator(".tracks text.tick")).to_have_count(17)
    expect(tapped.root.locator(".tracks rect.cell")).to_have_count(2 * 17)
    expect(tapped.root.locator(".transport")).to_contain_text("step 17 of 17")
    expect(tapped.control("length")).to_have_value("6")
    tapped.page.evaluate("() => { tap.holdBack = false; tap.hear() }")
    tapped.expect_value("length", 6)
    expect(tapped.root.locator(".tracks text.tick")).to_have_count(5)
    expect(tapped.root.locator(".transport")).to_contain_text("step 5 of 5")


def test_the_focus_is_enough_for_a_key_to_be_answered_at_once(tapped: Lab) -> None:
    before = drawn(tapped)
    tapped.control("w_h").focus()
    wait_until_all_is_foreseen(tapped)
    tapped.page.evaluate("() => { tap.holdOut = true }")
    tapped.page.keyboard.press("ArrowRight")
    assert drawn(tapped) != before


def test_a_figure_that_was_put_away_meanwhile_does_not_come_back_without_its_words(
    tapped: Lab,
) -> None:
    tapped.open_more()
    tapped.control("clip_limit").hover()
    wait_until_all_is_foreseen(tapped)
    tapped.open_more()  # closes
    tapped.wait_for("!s.figures.gradients")
    tapped.page.evaluate("() => { tap.holdBack = true }")
    tapped.open_more()
    expect(tapped.control("clip_limit")).to_be_visible()
    move(tapped, "clip_limit", 1, ".more-figures")
    tapped.button("play").click()  # draws all there is
    expect(tapped.button("play")).to_contain_text("Pause")
    tapped.page.evaluate("tap.off()")
    expect(tapped.root.locator(GRADIENTS)).to_be_visible()
    tapped.expect_value("clip_limit", 1)
    tapped.button("play").click()


def test_a_button_pressed_in_the_same_frame_acts_on_what_is_seen(tapped: Lab) -> None:
    drag_until_all_is_foreseen(tapped, "w_h", 0.5)
    tapped.page.evaluate("() => { tap.asked = [] }")
    tapped.page.evaluate(
        f"""([id, ...rest]) => {{
          ({MOVE})([id, ...rest]);
          document.querySelector(`#${{id}} [data-action=train]`).click();
        }}""",
        [tapped.root.get_attribute("id"), "w_h", -2.0, NETWORK],
    )
    tapped.wait_for("s.running")
    tapped.pause("train")
    assert tapped.page.evaluate("tap.asked.slice(0, 2)") == [{"w_h": -2}, "train"]

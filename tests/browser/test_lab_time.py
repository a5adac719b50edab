"""The sequence's clock: stepping, playing, choosing a step; every number of a step in view."""

import itertools
import re

from playwright.sync_api import expect

from tests.browser.lab import Lab


def test_step_forward_back_and_reset(lab: Lab) -> None:
    lab.press("step_forward")
    lab.expect_value("step", 5)
    lab.press("step_back")
    lab.press("step_back")
    lab.expect_value("step", 3)
    lab.press("first_step")
    lab.expect_value("step", 1)
    expect(lab.button("step_back")).to_be_disabled()
    expect(lab.root.locator(".transport-name")).to_contain_text("step 1 of 9")


def test_play_runs_to_the_end_and_stops(lab: Lab) -> None:
    lab.root.locator("[role=slider]").press("End")
    lab.expect_value("step", 9)
    play = lab.button("play")
    play.click()
    lab.expect_value("step", 3)
    expect(play).to_have_text("Pause sequence")
    play.click()
    expect(play).to_have_text("Play sequence")
    paused = lab.values["step"]
    lab.page.wait_for_timeout(1_000)
    assert lab.values["step"] == paused
    play.click()
    lab.expect_value("step", 9)
    expect(play).to_have_text("Play sequence")


def test_a_click_chooses_a_step_in_each_figure(lab: Lab) -> None:
    for figure, column in (("network", 7), ("tracks", 2)):
        target = lab.root.locator(f"[data-figure={figure}] .columns-inner")
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box
        lab.page.mouse.click(box["x"] + box["width"] * (column - 0.5) / 9, box["y"] + 60)
        lab.expect_value("step", column)


def test_arrow_keys_choose_a_step(lab: Lab) -> None:
    network = lab.root.get_by_role("slider", name="Current step of the network")
    network.focus()
    network.press("ArrowRight")
    lab.expect_value("step", 5)
    network.press("ArrowLeft")
    network.press("Home")
    lab.expect_value("step", 1)
    expect(network).to_have_attribute("aria-valuenow", "1")


def test_steps_ahead_are_outlined_only(lab: Lab) -> None:
    columns = lab.root.locator("[data-figure=network] svg.column")
    expect(lab.root.locator("[data-figure=network] svg.column.ahead")).to_have_count(5)
    expect(columns.nth(8).locator("text.value")).to_have_count(1)  # its input, no memory, no output


def test_the_formulas_hold_this_steps_numbers(lab: Lab) -> None:
    lab.choose("activation", "linear")
    for name, value in (("w_x", "2"), ("w_h", "0.5"), ("w_y", "3"), ("b_h", "1"), ("b_y", "-1")):
        lab.type_number(name, value)
        lab.expect_value(name, float(value))
    lab.control("normalise").uncheck()
    lab.expect_value("normalise", False)
    lab.press("first_step")
    lab.press("step_forward")
    lab.expect_value("step", 2)
    # x = 1, 2: h_1 = 2 + 1 = 3, h_2 = 4 + 1.5 + 1 = 6.5, y_2 = 19.5 - 1 = 18.5
    lines = lab.root.locator(".readout-line")
    expect(lines.nth(0)).to_contain_text("6.50")
    expect(lines.nth(0).locator(".result")).to_contain_text("6.50")
    expect(lines.nth(1).locator(".result")).to_contain_text("18.5")
    expect(lines.nth(1)).to_contain_text("(−1.00)")


def test_those_who_listen_hear_of_an_epoch_and_of_what_a_weight_does(lab: Lab) -> None:
    region = lab.root.locator(".visually-hidden[role=status]")
    lab.choose("pace", "one")
    lab.press("train")
    expect(region).to_have_text(re.compile(r"State: Paused\. Epoch: 1\. Loss: 0\.\d+\."))
    lab.press("train")
    expect(region).to_have_text(re.compile(r"^Epoch: 2\. Loss: 0\.\d+\.$"))
    lab.type_number("w_y", "3")
    expect(region).to_have_text(re.compile(r"^Loss: \d\.\d+\.$"))
    assert lab.status("Loss") in region.inner_text()


def test_results_are_announced_at_most_every_two_seconds(lab: Lab) -> None:
    lab.page.evaluate("""() => {
      window.heard = [];
      const region = document.querySelector("#scalar-rnn .visually-hidden[role=status]");
      new MutationObserver(() => window.heard.push([performance.now(), region.textContent]))
        .observe(region, {childList: true, characterData: true, subtree: true});
    }""")
    for _ in range(8):
        lab.press("step_forward" if lab.values["step"] < 9 else "step_back")
        lab.page.wait_for_timeout(150)
    lab.page.wait_for_timeout(2_500)
    heard = lab.page.evaluate("() => window.heard")
    assert heard
    assert "Step" in heard[-1][1]
    times = [at for at, _ in heard]
    # Two seconds, of which a stalled page may see less: from drawing one late to drawing the next.
    assert all(later - earlier > 1_000 for earlier, later in itertools.pairwise(times))

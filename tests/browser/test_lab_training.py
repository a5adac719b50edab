"""Training's clock: BPTT on each sequence, random search, divergence and the way back."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import WEIGHTS, Lab


@pytest.mark.parametrize(
    "sequence", ["fibonacci", "linear", "alternating", "exponential", "sine", "custom"]
)
def test_training_lowers_the_loss_on_each_sequence(lab: Lab, sequence: str) -> None:
    lab.choose("sequence", sequence)
    lab.expect_value("sequence", sequence)
    lab.press("train")
    lab.wait_for("Number(s.status.find(f => f.name === 'Epoch').value.replaceAll(',', '')) > 500")
    lab.pause("train")
    losses = lab.losses()
    assert losses[-1] < 0.5 * losses[0]


@pytest.mark.parametrize("sequence", ["linear", "alternating"])
def test_training_solves_what_one_unit_can_do(lab: Lab, sequence: str) -> None:
    lab.choose("sequence", sequence)
    lab.expect_value("sequence", sequence)
    lab.press("train")
    lab.wait_for("s.figures.losses.series[0].y.data.at(-1) < 1e-4")
    lab.press("train")


def test_sliders_answer_while_training(lab: Lab) -> None:
    lab.press("train")
    expect(lab.button("train")).to_have_text("Pause")
    expect(lab.root).to_have_attribute("data-state", "running")
    lab.control("learning_rate").fill("500")
    lab.wait_for("s.running === 'train' && Math.abs(s.values.learning_rate - 0.01) < 1e-3")
    lab.press("step_forward")
    lab.wait_for("s.running === 'train' && s.values.step === 5")
    lab.press("train")
    lab.wait_for("!s.running")
    epoch = lab.status("Epoch")
    lab.page.wait_for_timeout(200)
    assert lab.status("Epoch") == epoch


def test_one_epoch_a_press_and_slow(lab: Lab) -> None:
    lab.choose("pace", "one")
    expect(lab.button("train")).to_have_text("Train one epoch")
    for count in ("1", "2"):
        lab.press("train")
        lab.wait_for(f"s.status.find(f => f.name === 'Epoch').value === '{count}'")
    lab.choose("pace", "slow")
    lab.press("train")
    lab.wait_for("Number(s.status.find(f => f.name === 'Epoch').value) >= 5")
    lab.pause("train")
    assert int(lab.status("Epoch")) <= 300  # full speed would have done thousands


@pytest.mark.parametrize(
    ("preset", "winner"), [("bptt-wins", "BPTT"), ("guessing-wins", "Random search")]
)
def test_random_search_at_an_equal_budget(lab: Lab, preset: str, winner: str) -> None:
    lab.control("preset").select_option(preset)
    lab.wait_for(f"s.preset === '{preset}'")
    lab.press("train")
    lab.wait_for("s.figures.losses.series[0].x.data.length > 0")
    lab.wait_for("!s.running || s.figures.losses.series[0].x.data.at(-1) > 4000")
    lab.pause("train")
    lab.press("search")
    lab.wait_for("!s.running && s.said.startsWith('Random search')")
    expect(lab.root.locator(".said")).to_contain_text(f"{winner} is ahead")
    series = lab.snapshot["figures"]["losses"]["series"]
    spent = [float(each["x"]["data"][-1]) for each in series]
    assert spent[1] == max(spent[0], 3_000)
    best = lab.losses(1)
    assert best == sorted(best, reverse=True)
    lab.press("use_best_guess")
    lab.wait_for("s.said.startsWith('Weights set to guess')")


@pytest.mark.parametrize("recover", ["restore", "clip"])
def test_divergence_stops_says_why_and_offers_a_way_back(lab: Lab, recover: str) -> None:
    lab.control("preset").select_option("exploding")
    lab.wait_for("s.preset === 'exploding'")
    start = [lab.values[name] for name in WEIGHTS]
    lab.press("train")
    lab.wait_for("s.problem")
    problem = lab.root.locator(".problem")
    expect(problem).to_contain_text("Diverged at epoch 2")
    expect(problem).to_contain_text("Switch clipping on")
    assert lab.status("State") == "Diverged"
    expect(lab.root.locator(".visually-hidden[role=status]")).to_contain_text("Diverged")
    if recover == "restore":
        lab.press("restore")
        lab.wait_for("!s.problem")
        assert [lab.values[name] for name in WEIGHTS] == start
    else:
        lab.press("restore")
        lab.open_more()
        lab.control("clip").check()
        lab.expect_value("clip", True)
        lab.press("train")
        lab.wait_for("s.figures.losses.series[0].x.data.at(-1) > 3000")
        assert lab.snapshot["problem"] is None
        lab.press("train")


def test_gradients_before_and_after_clipping_and_each_steps_share(lab: Lab) -> None:
    lab.open_more()
    lab.wait_for("'gradients' in s.figures")
    panels = lab.snapshot["figures"]["gradients"]["panels"]
    shares = [float(value) for value in panels[1]["series"][0]["values"]["data"]]
    of_w_h = float(panels[0]["series"][0]["values"]["data"][1])
    assert sum(shares) == pytest.approx(of_w_h)
    expect(lab.root.locator("[data-figure=gradients] .bars-panel")).to_have_count(2)


def test_undo_goes_back_to_before_training(lab: Lab) -> None:
    start = [lab.values[name] for name in WEIGHTS]
    lab.press("train")
    lab.wait_for("s.figures.losses.series[0].x.data.length > 20")
    lab.press("train")
    lab.wait_for("!s.running")
    lab.press("undo")
    lab.wait_for(f"s.values.w_x === {start[0]!r}")
    assert [lab.values[name] for name in WEIGHTS] == start


def test_a_field_that_is_typed_in_stays_the_readers_while_training_draws(lab: Lab) -> None:
    lab.press("train")
    lab.wait_for("s.running === 'train'")
    field = lab.field("learning_rate")
    field.click()
    field.fill("")
    field.press_sequentially("0.025", delay=60)
    assert field.input_value() == "0.025"
    field.press("Enter")
    lab.expect_value("learning_rate", 0.025)
    lab.pause("train")


def test_a_number_can_be_typed_while_training_moves_it(lab: Lab) -> None:
    lab.choose("pace", "slow")
    lab.press("train")
    lab.wait_for("s.running && s.values.w_x !== s.start.w_x")
    lab.field("w_x").dblclick()
    for key in ("Control+a", "2", ".", "2"):
        lab.page.keyboard.press(key)
        lab.page.wait_for_timeout(100)  # some epochs, each of which draws the lab
    expect(lab.field("w_x")).to_have_value("2.2")
    lab.page.keyboard.press("Enter")
    lab.wait_for("s.running && Math.abs(s.values.w_x - 2.2) < 0.2")
    lab.pause("train")


def test_a_field_shows_what_came_while_it_had_the_focus(lab: Lab) -> None:
    lab.choose("pace", "slow")
    lab.press("train")
    lab.wait_for("s.running")
    lab.field("w_x").focus()
    held = lab.field("w_x").input_value()
    lab.page.wait_for_timeout(500)  # some epochs
    lab.root.evaluate("lab => lab.querySelector('[data-action=train]').click()")  # the focus stays
    lab.wait_for("!s.running")
    expect(lab.field("w_x")).to_have_value(held)
    lab.field("w_x").blur()
    expect(lab.field("w_x")).not_to_have_value(held)


def test_a_field_may_go_while_it_has_the_focus(lab: Lab) -> None:
    lab.open_more()
    lab.field("clip_limit").press_sequentially("3")
    lab.root.locator(".lab-more").evaluate("more => { more.open = false }")
    expect(lab.field("clip_limit")).to_have_count(0)
    lab.expect_value("clip_limit", 35)  # what was typed is not lost
    lab.open_more()
    expect(lab.field("clip_limit")).to_have_value("35")


def test_a_refused_number_goes_when_a_button_sets_its_control(lab: Lab) -> None:
    lab.type_number("w_x", "much")
    expect(lab.root.locator(".control-error")).to_be_visible()
    lab.press("step_forward")
    lab.expect_value("step", 5)
    expect(lab.field("w_x")).to_have_value("much")  # nothing has come in its place
    lab.press("randomise")
    lab.wait_for("s.said.startsWith('New weights')")
    expect(lab.root.locator(".control-error")).to_have_count(0)
    expect(lab.field("w_x")).not_to_have_value("much")


def test_predictions_beyond_the_chart_are_marked(lab: Lab) -> None:
    tracks = lab.root.locator("[data-figure=tracks]")
    expect(tracks).not_to_contain_text("beyond the scale")
    lab.type_number("b_y", "9")
    lab.expect_value("b_y", 9)
    expect(tracks).to_contain_text("▲ ▼ beyond the scale")
    expect(tracks.locator(".line-prediction path.dot")).to_have_count(9)

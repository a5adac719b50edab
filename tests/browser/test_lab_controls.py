"""Every control of the one-unit laboratory, by slider, field, menu, switch and text."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import WEIGHTS, Lab


@pytest.mark.parametrize("name", WEIGHTS)
def test_a_weight_is_dragged_and_every_figure_answers(lab: Lab, name: str) -> None:
    before = lab.snapshot
    slider = lab.control(name)
    reach = 3.0 if name.startswith("w") else 2.0
    slider.fill(f"{0.8 * reach:g}")
    lab.wait_for(f"s.values.{name} > {0.75 * reach}")
    after = lab.snapshot
    assert after["values"][name] == pytest.approx(0.8 * reach)
    assert after["figures"]["tracks"]["summary"] != before["figures"]["tracks"]["summary"]
    assert float(lab.field(name).input_value()) == pytest.approx(after["values"][name])
    expect(lab.root.locator(f"[data-control={name}]")).to_have_attribute("data-changed", "")


@pytest.mark.parametrize("name", WEIGHTS)
def test_a_number_is_typed_also_beyond_the_slider(lab: Lab, name: str) -> None:
    lab.type_number(name, "7.5")
    lab.expect_value(name, 7.5)
    thumb = lab.control(name)
    assert thumb.input_value() == thumb.get_attribute("max")  # it rests at its end


def test_what_is_not_a_number_is_refused_with_the_rule_and_kept(lab: Lab) -> None:
    before = lab.values["w_x"]
    lab.type_number("w_x", "1,2x")
    error = lab.root.locator("[data-control=w_x] .control-error")
    expect(error).to_have_text("w_x must be a number; got '1,2x'")
    expect(lab.field("w_x")).to_have_value("1,2x")
    expect(lab.field("w_x")).to_have_attribute("aria-invalid", "true")
    assert lab.values["w_x"] == before
    lab.type_number("w_x", "1.25")
    lab.expect_value("w_x", 1.25)
    expect(error).to_have_count(0)


def test_double_click_and_delete_bring_a_slider_back(lab: Lab) -> None:
    start = lab.values["w_h"]
    for reset in (
        lambda: lab.control("w_h").dblclick(),
        lambda: lab.control("w_h").press("Delete"),
    ):
        lab.type_number("w_h", "-2")
        lab.expect_value("w_h", -2)
        reset()
        lab.expect_value("w_h", start)


@pytest.mark.parametrize(
    ("sequence", "last"),
    [
        ("fibonacci", 55),
        ("linear", 10),
        ("alternating", -1),
        ("exponential", 512),
        ("sine", -0.9775),
    ],
)
def test_each_sequence(lab: Lab, sequence: str, last: float) -> None:
    lab.choose("sequence", sequence)
    lab.expect_value("sequence", sequence)
    lab.open_table("tracks")
    table = lab.snapshot["figures"]["tracks"]["tables"][0]
    own = table["data"][table["columns"].index("target in own units")]["data"]
    assert float(own[-1]) == pytest.approx(last, abs=1e-3)
    expect(lab.root.locator("[data-control=sequence] .control-help")).not_to_be_empty()


def test_custom_numbers(lab: Lab) -> None:
    lab.choose("sequence", "custom")
    text = lab.control("numbers")
    expect(text).to_be_visible()
    expect(lab.control("length")).to_have_count(0)
    text.fill("3, 1, 4, 1, 5")
    text.press("Enter")
    lab.wait_for("s.steps === 4")
    text.fill("3, one, 4")
    text.press("Enter")
    error = lab.root.locator("[data-control=numbers] .control-error")
    expect(error).to_contain_text("“one” is not a number")
    expect(text).to_have_value("3, one, 4")
    text.fill("3, 1")
    text.press("Enter")
    expect(error).to_contain_text("3 to 20 numbers; got 2")
    assert lab.snapshot["steps"] == 4


def test_length_from_5_to_20_and_no_further(lab: Lab) -> None:
    for length in (5, 20):
        lab.type_number("length", str(length))
        lab.wait_for(f"s.steps === {length - 1}")
        expect(lab.root.locator("[data-figure=network] circle.node")).to_have_count(length - 1)
    lab.type_number("length", "21")
    expect(lab.root.locator("[data-control=length] .control-error")).to_have_text(
        "length must be in [5, 20]; got 21"
    )


def test_normalising_changes_units_and_shows_both(lab: Lab) -> None:
    expect(lab.root.get_by_text("the sequence’s own units")).to_have_count(2)  # chart, formulas
    lab.control("normalise").uncheck()
    lab.expect_value("normalise", False)
    expect(lab.root.get_by_text("the sequence’s own units")).to_have_count(0)
    assert lab.snapshot["figures"]["network"]["inputs"]["data"][0] == "1"


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "linear"])
def test_each_activation(lab: Lab, activation: str) -> None:
    lab.choose("activation", activation)
    lab.expect_value("activation", activation)
    hidden = [float(h) for h in lab.snapshot["figures"]["network"]["hidden"]["data"]]
    low = {"tanh": -1, "relu": 0, "sigmoid": 0, "linear": -100}[activation]
    assert min(hidden) >= low
    expect(lab.root.locator("[data-control=activation] .control-help")).not_to_be_empty()


def test_the_learning_rate_is_logarithmic_and_limited(lab: Lab) -> None:
    lab.control("learning_rate").fill("500")  # the middle of the track
    lab.wait_for("Math.abs(s.values.learning_rate - 0.01) < 1e-3")
    lab.type_number("learning_rate", "3")
    expect(lab.root.locator("[data-control=learning_rate] .control-error")).to_have_text(
        "learning_rate must be in [0.0001, 1]; got 3"
    )


def test_clipping_its_limit_and_the_seed_are_under_more(lab: Lab) -> None:
    expect(lab.control("clip")).not_to_be_visible()
    lab.open_more()
    lab.type_number("clip_limit", "0.1")
    lab.expect_value("clip_limit", 0.1)
    expect(lab.root.locator("[data-figure=gradients] .figure-summary")).to_contain_text(
        "Clipping cut"
    )
    lab.control("clip").uncheck()
    lab.expect_value("clip", False)
    expect(lab.control("clip_limit")).to_have_count(0)
    weights = [lab.values[name] for name in WEIGHTS]
    lab.type_number("seed", "7")
    lab.expect_value("seed", 7)
    assert [lab.values[name] for name in WEIGHTS] != weights


def test_a_preset_sets_everything_and_says_what_it_shows(lab: Lab) -> None:
    lab.control("preset").select_option("rise-or-fall")
    lab.wait_for("s.preset === 'rise-or-fall' && s.values.sequence === 'sine' && s.steps === 19")
    expect(lab.root.locator(".lab-note")).to_contain_text("rising from falling")


def test_show_data_holds_what_is_plotted(lab: Lab) -> None:
    figure = lab.root.locator("[data-figure=tracks]")
    figure.locator(".figure-data > summary").click()
    expect(figure.locator("tbody tr")).to_have_count(9)
    expect(figure.locator("thead")).to_contain_text("target in own units")
    expect(figure.locator("tbody tr").last.locator("td").last).to_have_text("10")


def test_reset_weights_randomise_and_undo(lab: Lab) -> None:
    start = [lab.values[name] for name in WEIGHTS]
    lab.type_number("w_x", "2.5")
    lab.expect_value("w_x", 2.5)
    lab.press("undo")
    lab.expect_value("w_x", start[0])
    lab.press("randomise")
    lab.expect_value("seed", 56)
    drawn = [lab.values[name] for name in WEIGHTS]
    assert drawn != start
    lab.type_number("w_y", "-2")
    lab.expect_value("w_y", -2)
    lab.press("reset_weights")
    lab.expect_value("w_y", drawn[2])


@pytest.mark.parametrize("name", ["w_h", "b_h", "b_y", "length"])
def test_arrow_keys_keep_moving_a_slider(lab: Lab, name: str) -> None:
    start = 5 if name == "length" else 0
    step = 1 if name == "length" else 0.01
    lab.type_number(name, str(start))
    lab.expect_value(name, start)
    slider = lab.control(name)
    for _ in range(10):
        slider.press("ArrowRight")
    lab.wait_for(f"Math.abs(s.values.{name} - {start + 10 * step}) < 1e-9")
    for _ in range(10):
        slider.press("ArrowLeft")
    lab.wait_for(f"Math.abs(s.values.{name} - {start}) < 1e-9")


def test_arrow_keys_keep_moving_a_logarithmic_slider(lab: Lab) -> None:
    slider = lab.control("learning_rate")
    before = lab.values["learning_rate"]
    for _ in range(10):
        slider.press("ArrowLeft")
    lab.wait_for(f"s.values.learning_rate < {before} * 0.95")


def test_a_large_whole_number_is_shown_as_it_is(lab: Lab) -> None:
    lab.open_more()
    lab.type_number("seed", "4294967295")
    lab.expect_value("seed", 4294967295)
    expect(lab.field("seed")).to_have_value("4,294,967,295")

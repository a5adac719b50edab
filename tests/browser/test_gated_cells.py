"""Gates and the race as a reader uses them: drag a bias, point at a cell, train three networks."""

from collections.abc import Callable, Iterator
from time import perf_counter

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import Lab, go

RACE_MS = 300_000  # 30 seconds are promised on a quiet machine; the tests' own may be busy


@pytest.fixture
def chapter(tab: tuple[Page, list[str]]) -> Iterator[Page]:
    """The chapter, entered anew, with Python running."""
    page, problems = tab
    page.mouse.move(0, 0)
    go(page, "a[href$='architecture/']", "Architecture - Unrolled")
    go(page, "a[href$='gated-cells/']", "Gated cells - Unrolled")
    yield page
    assert not problems, "\n".join(problems)


@pytest.fixture
def gates(chapter: Page) -> Lab:
    lab = Lab(chapter, "gates").load()
    lab.wait_for("!s.wants")
    return lab


@pytest.fixture
def race(chapter: Page) -> Lab:
    return Lab(chapter, "memory-race").load()


def unit_row(lab: Lab, row: int) -> list[float]:
    """A row of the first figure, from 0."""
    figure = lab.snapshot["figures"]["unit"]
    steps = len(figure["letters"])
    return [float(value) for value in figure["values"]["data"][row * steps : (row + 1) * steps]]


def test_dragging_the_forget_gate_makes_it_forget_and_a_button_brings_it_back(gates: Lab) -> None:
    assert gates.status("400 new questions") == "100 % right"
    before = abs(unit_row(gates, 3)[5])
    gates.control("forget").fill("-3")
    gates.wait_for("s.values.forget === -3")
    assert abs(unit_row(gates, 3)[5]) < 0.6 * before
    assert float(gates.status("400 new questions").split()[0]) < 60
    assert "wrong" in gates.status("Last answer")
    expect(gates.root.locator(".readout")).to_contain_text("added")
    gates.press("restore")
    gates.wait_for("s.values.forget === 0")
    assert gates.status("400 new questions") == "100 % right"


def test_a_cell_of_the_figure_opens_its_formula_by_mouse_and_by_keys(gates: Lab) -> None:
    cells = gates.root.locator("[data-figure=unit] [role=slider]")
    cells.scroll_into_view_if_needed()
    box = cells.bounding_box()
    assert box
    cells.hover(position={"x": box["width"] * (6.5 / 12), "y": 26 * 1.5})  # input gate, step 7
    gates.wait_for("s.values.step === 7 && s.values.row === 2")
    expect(gates.root.locator(".readout-line").first).to_contain_text("from a")
    expect(cells).to_have_attribute("aria-valuetext", f"input, step 7: {unit_row(gates, 1)[6]:.3g}")
    cells.press("ArrowUp")
    gates.wait_for("s.values.row === 1")
    cells.press("ArrowLeft")
    gates.wait_for("s.values.step === 6")
    other = gates.root.locator("[data-figure=units] [role=slider]")
    other.focus()
    other.press("ArrowDown")
    gates.wait_for("s.values.unit === 4")
    expect(gates.root.locator("[data-figure=unit] .figure-title")).to_have_text(
        "Unit 4, step by step"
    )


def test_the_gru_is_fetched_when_it_is_chosen_and_shows_its_own_gates(gates: Lab) -> None:
    gates.choose("cell", "gru")
    gates.wait_for("!s.wants && s.figures.unit.rows.length === 5")
    expect(gates.control("update")).to_be_visible()
    expect(gates.control("forget")).to_have_count(0)
    gates.control("update").fill("-5")
    gates.wait_for("s.values.update === -5")
    assert float(gates.status("400 new questions").split()[0]) < 70


def test_a_readers_own_sequence_is_read_or_refused_with_the_rule(gates: Lab) -> None:
    field = gates.control("text")
    field.fill("xyz")
    field.press("Enter")
    error = gates.root.locator("[data-control=text] .control-error")
    expect(error).to_have_text("text may hold a, b, c and ?; got “x”")
    expect(field).to_have_value("xyz")
    field.fill("cbabababababab?")
    field.press("Enter")
    gates.wait_for("s.steps === 15")
    expect(error).to_have_count(0)
    assert gates.status("Last answer").startswith("c, ")


def test_links_of_the_text_set_the_lab(gates: Lab) -> None:
    gates.page.get_by_role("link", name="Keep one forget gate open").click()
    gates.wait_for("s.preset === 'clings'")
    assert gates.status("Last answer").endswith("wrong, c is right")


def test_the_default_race_is_run_and_the_lstm_beats_the_rnn(
    race: Lab, record_property: Callable[[str, object], None]
) -> None:
    started = perf_counter()
    race.press("train")
    race.wait_for("s.running === 'train'")
    expect(race.button("train")).to_have_text("Pause")
    race.wait_for("!s.running", timeout=RACE_MS)
    seconds = perf_counter() - started
    last = {
        series["name"]: float(series["y"]["data"][-1])
        for series in race.snapshot["figures"]["losses"]["series"]
    }
    record_property("memory-race", f"{seconds:.1f} s, held-out losses {last}")
    assert race.status("Step") == "600 of 600"
    assert last["LSTM"] < 0.1 * last["RNN"]
    assert last["RNN"] > 0.1
    expect(race.root.locator(".said")).to_have_text(race.snapshot["said"])
    assert "The RNN is no better than guessing." in race.snapshot["said"]


def test_the_race_pauses_at_once_and_all_stand_at_the_same_step(race: Lab) -> None:
    race.press("train")
    race.wait_for("s.figures.losses.series.length === 3")
    race.press("train")
    race.wait_for("!s.running")
    assert race.snapshot["said"].startswith("Paused. ")
    ends = {s["x"]["data"][-1] for s in race.snapshot["figures"]["losses"]["series"]}
    assert len(ends) == 1
    step = race.status("Step")
    race.page.wait_for_timeout(300)
    assert race.status("Step") == step
    race.choose("task", "latch")
    race.wait_for("s.values.length === 20 && s.status[1].value.startsWith('0 of')")

"""The text labs as a reader uses them: writing, pointing, comparing, colouring."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import Lab, go

BOTH_WRITTEN = """!s.running && s.figures.text_2
  && s.figures.text_2.characters.length === s.figures.text.characters.length"""
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def characters(tab: tuple[Page, list[str]]) -> Iterator[Page]:
    """The chapter, entered anew, with Python running."""
    page, problems = tab
    page.mouse.move(0, 0)
    go(page, "a[href$='architecture/']", "Architecture - Unrolled")
    go(page, "a[href$='characters/']", "Characters - Unrolled")
    yield page
    assert not problems, "\n".join(problems)


@pytest.fixture
def sampler(characters: Page) -> Lab:
    return ready(Lab(characters, "text-sampler"))


@pytest.fixture
def colours(characters: Page) -> Lab:
    return ready(Lab(characters, "cell-colours"))


def ready(lab: Lab) -> Lab:
    lab.load()
    expect(lab.root.locator(".engine-words")).to_have_text("Python runs on your machine.")
    lab.wait_for("!s.wants")
    return lab


def text(lab: Lab, figure: str = "text") -> str:
    return "".join(lab.snapshot["figures"][figure]["characters"])


def cursor(lab: Lab):
    return lab.root.locator("[data-figure=text] [role=slider]")


def write(lab: Lab) -> str:
    """Clear, sample to the end, and return the text."""
    lab.press("clear")
    lab.wait_for("!s.running && s.values.written === 0")
    lab.press("sample")
    lab.wait_for("!s.running && s.values.written === s.values.length")
    return text(lab)


def test_sample_writes_a_text_of_the_set_length(sampler: Lab) -> None:
    sampler.choose("pace", "full")
    sampler.expect_value("pace", "full")
    sampler.type_number("length", "120")
    sampler.expect_value("length", 120)
    assert len(write(sampler)) == len("The whale") + 120
    assert text(sampler).startswith("The whale")
    shown = sampler.root.locator("[data-figure=text] .written-lines").inner_text()
    assert shown.replace("⏎", "").split() == text(sampler).split()


def test_a_pause_keeps_what_is_written(sampler: Lab) -> None:
    sampler.press("sample")
    sampler.wait_for("s.running && s.values.written > 2")
    expect(sampler.button("sample")).to_have_text("Pause")
    sampler.press("sample")
    sampler.wait_for("!s.running")
    kept = text(sampler)
    sampler.press("step")
    sampler.wait_for(f"s.figures.text.characters.length === {len(kept) + 1}")
    assert text(sampler).startswith(kept)


def test_step_shows_how_one_character_is_drawn(sampler: Lab) -> None:
    sampler.press("clear")
    sampler.wait_for("s.values.written === 0")
    sampler.press("step")
    sampler.wait_for("s.values.written === 1")
    readout = sampler.root.locator(".readout")
    for word in ("Read", "Remember", "Score", "Draw"):
        expect(readout).to_contain_text(word)
    rows = sampler.snapshot["figures"]["choices"]["rows"]
    assert len(rows) == 10
    drawn = [row["label"] for row in rows if row["drawn"]]
    assert drawn in ([], [text(sampler)[-1].replace(" ", "␣").replace("\n", "⏎")])


def test_every_character_can_be_pointed_at_by_key_and_by_mouse(sampler: Lab) -> None:
    cursor(sampler).focus()
    sampler.page.keyboard.press("Home")
    sampler.expect_value("step", 1)
    sampler.page.keyboard.press("ArrowRight")
    sampler.expect_value("step", 2)
    sampler.page.keyboard.press("ArrowDown")
    sampler.wait_for("s.values.step > 20")
    sampler.page.keyboard.press("End")
    sampler.wait_for("s.values.step === s.steps")
    piece = sampler.root.locator("[data-figure=text] .piece").first
    piece.locator("span").nth(3).click()
    sampler.expect_value("step", 4)
    assert sampler.snapshot["figures"]["choices"]["summary"]


@pytest.mark.parametrize("method", ["greedy", "top-k", "top-p"])
def test_each_way_to_draw(sampler: Lab, method: str) -> None:
    sampler.choose("pace", "full")
    sampler.choose("method", method)
    sampler.expect_value("method", method)
    field = {"top-k": "top_k", "top-p": "top_p"}.get(method)
    if field:
        only = 1 if method == "top-k" else 0.001
        sampler.type_number(field, str(only))
        sampler.expect_value(field, only)
    first = write(sampler)
    sampler.open_more()
    sampler.type_number("seed", "77")
    sampler.expect_value("seed", 77)
    assert write(sampler) == first  # all three leave nothing to chance here


def test_two_temperatures_side_by_side(sampler: Lab) -> None:
    sampler.control("compare").check()
    sampler.type_number("temperature_2", "0.8")
    sampler.wait_for(f"s.values.temperature_2 === 0.8 && {BOTH_WRITTEN}")
    assert text(sampler, "text_2") == text(sampler)
    sampler.type_number("temperature_2", "1.8")
    sampler.wait_for(f"s.values.temperature_2 === 1.8 && {BOTH_WRITTEN}")
    assert text(sampler, "text_2") != text(sampler)
    expect(sampler.root.locator("[data-figure=text_2] .written-lines")).to_be_visible()


def test_a_character_it_never_saw_is_named_and_what_was_typed_stays(sampler: Lab) -> None:
    field = sampler.control("seed_text")
    field.fill("naïve ☃")
    field.press("Enter")
    error = sampler.root.locator("[data-control=seed_text] .control-error")
    expect(error).to_contain_text("☃")
    expect(error).to_contain_text("ï")
    assert field.input_value() == "naïve ☃"


@pytest.mark.parametrize("temperature", ["0", "-1", "NaN"])
def test_a_temperature_that_is_none_is_refused(sampler: Lab, temperature: str) -> None:
    sampler.type_number("temperature", temperature)
    expect(sampler.root.locator("[data-control=temperature] .control-error")).to_be_visible()


def test_each_model_writes(sampler: Lab) -> None:
    sampler.choose("pace", "full")
    for model in sampler.control("model").locator("option").all():
        name = model.get_attribute("value") or ""
        sampler.choose("model", name)
        sampler.wait_for(f"s.values.model === '{name}' && !s.wants && !s.running")
        sampler.control("seed_text").fill("")
        sampler.control("seed_text").press("Enter")
        assert len(set(write(sampler))) > 5


def test_markup_in_a_text_stays_text(colours: Lab) -> None:
    colours.choose("model", "python-lstm")  # it knows every character of the mark-up
    colours.wait_for("s.values.model === 'python-lstm' && !s.wants")
    colours.choose("source", "own")
    own = colours.control("own_text")
    own.fill(HOSTILE)
    own.press("Control+Enter")
    colours.wait_for("s.figures.text.characters.join('').includes('<img')")
    expect(colours.root.locator("[data-figure=text] .written-lines")).to_contain_text(HOSTILE)
    expect(colours.root.locator("img")).to_have_count(0)


def test_the_best_unit_colours_the_text(colours: Lab) -> None:
    colours.choose("track", "capitals")
    colours.expect_value("track", "capitals")
    colours.press("best")
    colours.wait_for("!s.running")
    best = colours.snapshot["figures"]["ranking"]["summary"]
    assert best
    tint = [float(value) for value in colours.snapshot["figures"]["text"]["tint"]["data"]]
    assert max(map(abs, tint)) <= 1.0
    colours.press("next_best")
    colours.wait_for(
        "s.figures.text.tint.data.some((value, index) => String(value) !== "
        f"{[str(value) for value in tint]!r}[index])"
    )
    assert colours.root.locator("[data-figure=text] :is(.plus, .minus)").count() > 0


def test_text_and_heatmap_share_their_cursor(colours: Lab) -> None:
    cursor(colours).focus()
    colours.page.keyboard.press("Home")
    colours.expect_value("step", 1)
    for _ in range(3):
        colours.page.keyboard.press("ArrowRight")
    colours.expect_value("step", 4)
    heatmap = colours.root.locator("[data-figure=heatmap] [role=slider]")
    expect(heatmap).to_have_attribute("aria-valuenow", "4")

"""Every place of a text: by mouse, by keys and by touch; what is told there; the shared cursor."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import watched_tab
from tests.browser.lab import Lab, go
from tests.browser.test_text_labs import BOTH_WRITTEN, cursor, ready, text

PLACE = 30


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


@pytest.fixture(scope="module")
def phone(browser: Browser, server: str) -> Iterator[tuple[Page, list[str]]]:
    """The chapter on a phone."""
    size = {"width": 390, "height": 800}
    with watched_tab(browser, server, viewport=size, has_touch=True, is_mobile=True) as tab:
        tab[0].goto("characters/")
        yield tab


@pytest.fixture(params=["text-sampler", "cell-colours"])
def pocket(phone: tuple[Page, list[str]], request: pytest.FixtureRequest) -> Iterator[Lab]:
    """Each lab on the phone."""
    page, problems = phone
    yield ready(Lab(page, request.param))
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert problems == []


def at(lab: Lab, place: int, figure: str = "text") -> Locator:
    """The character at a place."""
    return lab.root.locator(f"[data-figure={figure}] .piece > span").nth(place - 1)


def chosen(lab: Lab, figure: str = "text") -> int:
    """The place that a text's cursor stands at."""
    place: int = lab.root.locator(f"[data-figure={figure}] [data-cursor]").evaluate(
        """e => Number(e.parentElement.dataset.first)
          + [...e.parentElement.children].indexOf(e)"""
    )
    return place


def told_at(lab: Lab, place: int) -> str:
    """What the chart of choices must begin with."""
    before = text(lab)[max(0, place - 13) : place - 1].replace("\n", "⏎")
    return f"What comes after “{'…' if place > 13 else ''}{before}”"


def test_a_mouse_that_moves_over_a_character_shows_its_choices(sampler: Lab) -> None:
    title = sampler.root.locator("[data-figure=choices] .choices-title")
    for place in (PLACE, PLACE + 4, 12):
        at(sampler, place).hover()
        sampler.expect_value("step", place)
        expect(title).to_have_text(told_at(sampler, place))
        expect(sampler.root.locator("[data-figure=text] .written-place")).to_contain_text(
            f"place {place} of "
        )
        rows = sampler.snapshot["figures"]["choices"]["rows"]
        assert 10 <= len(rows) <= 11, "and the one that was drawn, if it is none of the ten"
        (drawn,) = [row for row in rows if row["drawn"]]
        assert drawn["label"] == text(sampler)[place - 1].replace(" ", "␣").replace("\n", "⏎")
        expect(sampler.root.locator(".choice.drawn .choice-label")).to_have_text(drawn["label"])


def test_a_mouse_that_rests_while_the_text_moves_chooses_nothing(sampler: Lab) -> None:
    at(sampler, PLACE).hover()
    sampler.expect_value("step", PLACE)
    cursor(sampler).focus()
    sampler.page.keyboard.press("End")
    sampler.wait_for("s.values.step === s.steps")
    sampler.page.evaluate("() => unrolledEngine.sessions()")  # what was asked for is answered
    assert sampler.values["step"] == sampler.snapshot["steps"]


def test_step_tells_the_numbers_that_the_chart_shows(sampler: Lab) -> None:
    sampler.press("clear")
    sampler.wait_for("s.values.written === 0")
    readout = sampler.root.locator(".readout")
    for count in (1, 2, 3):
        sampler.button("step").press("Enter")
        sampler.wait_for(f"s.values.written === {count}")
        (drawn,) = [r for r in sampler.snapshot["figures"]["choices"]["rows"] if r["drawn"]]
        lines = readout.locator(".readout-line")
        expect(lines).to_have_count(4)
        expect(lines.nth(0)).to_contain_text("is 1, all others 0")
        scored = [part["number"] for part in sampler.snapshot["readout"][2] if "number" in part]
        assert len(scored) == 4, "score, temperature, their quotient, probability"
        assert scored[1] == "0.8"
        assert float(scored[3].replace("−", "-")) == pytest.approx(drawn["probability"], rel=0.01)
        low, high = (
            float(part["number"]) for part in sampler.snapshot["readout"][3] if part.get("name")
            in ("all before", "with it")
        )  # fmt: skip
        (random,) = [
            float(p["number"]) for p in sampler.snapshot["readout"][3] if p.get("name") == "random"
        ]
        assert low - 0.001 <= random <= high + 0.001
        expect(lines.nth(3)).to_contain_text(drawn["label"])


def test_two_texts_share_the_cursor_and_only_one_moves_with_its_temperature(sampler: Lab) -> None:
    sampler.control("compare").press("Space")
    sampler.wait_for(f"s.values.compare && {BOTH_WRITTEN}")
    at(sampler, 15, "text_2").click()
    sampler.expect_value("step", 15)
    for figure in ("text", "text_2"):
        assert chosen(sampler, figure) == 15
    first, second = text(sampler), text(sampler, "text_2")
    sampler.control("temperature_2").press("ArrowRight")
    sampler.wait_for(f"s.values.temperature_2 > 1.2 && {BOTH_WRITTEN}")
    assert text(sampler) == first
    assert text(sampler, "text_2") != second
    assert sampler.values["step"] == 15


def test_the_temperatures_caption_names_its_three_ranges(sampler: Lab) -> None:
    help_text = sampler.root.locator("[data-control=temperature] .control-help")
    for words in ("Low, 0.1 to 0.5", "Balanced, 0.8 to 1.2", "High, 1.5 to 2.0"):
        expect(help_text).to_contain_text(words)


def test_heatmap_and_text_follow_each_other(colours: Lab) -> None:
    heatmap = colours.root.locator("[data-figure=heatmap] [role=slider]")
    heatmap.scroll_into_view_if_needed()
    heatmap.click(position={"x": 5.5 * 16, "y": 30})
    colours.wait_for("s.values.step > 3 && s.values.step < 8")
    place = colours.values["step"]
    assert chosen(colours) == place
    heatmap.press("ArrowRight")
    colours.expect_value("step", place + 1)
    at(colours, PLACE).hover()
    colours.expect_value("step", PLACE)
    expect(heatmap).to_have_attribute("aria-valuenow", str(PLACE))
    value = colours.snapshot["figures"]["text"]["tint"]["data"][PLACE - 1]
    told = [p["number"] for p in colours.snapshot["readout"][0] if p.get("name") == "activation"]
    assert float(told[0].replace("−", "-")) == pytest.approx(float(value), abs=1e-3)


def test_paragraphs_of_ones_own_are_read_and_coloured(colours: Lab) -> None:
    own = 'He said: "A (small) boat."\n\nAnd they went, "slowly," to sea.'
    colours.choose("source", "own")
    field = colours.control("own_text")
    field.fill(own)
    field.press("Control+Enter")
    colours.wait_for(
        f"s.figures.text.characters.length === {len(own)} && s.values.source === 'own'"
    )
    assert text(colours) == own
    colours.choose("track", "quotes")
    colours.wait_for("s.values.track === 'quotes' && s.figures.ranking.panels.length === 1")
    for sign, name in ((1, "plus"), (-1, "minus")):
        tint = [float(v) * sign for v in colours.snapshot["figures"]["text"]["tint"]["data"]]
        where = tint.index(max(tint))
        if max(tint) > 0.3:
            assert name in (at(colours, where + 1).get_attribute("class") or "")


def test_any_unit_by_number_by_key_and_out_of_range(colours: Lab) -> None:
    colours.type_number("unit", "7")
    colours.expect_value("unit", 7)
    expect(colours.root.locator("[data-figure=text] .written-key")).to_contain_text("unit 7,")
    colours.control("unit").press("ArrowRight")
    colours.expect_value("unit", 8)
    colours.type_number("unit", "999")
    error = colours.root.locator("[data-control=unit] .control-error")
    expect(error).to_have_text("unit must be at most 200, so many has this model; got 999")


def test_a_finger_chooses_a_character_and_does_not_scroll_it_away(pocket: Lab) -> None:
    pocket.root.locator("[data-figure=text] .written-box").scroll_into_view_if_needed()
    at(pocket, PLACE).tap()
    pocket.expect_value("step", PLACE)
    expect(pocket.root.locator("[data-figure=text] [data-cursor]")).to_be_in_viewport()
    at(pocket, PLACE + 20).tap()
    pocket.expect_value("step", PLACE + 20)
    if pocket.root.get_attribute("id") == "text-sampler":
        title = pocket.root.locator("[data-figure=choices] .choices-title")
        expect(title).to_have_text(told_at(pocket, PLACE + 20))


def test_a_finger_chooses_a_column_of_the_heatmap(pocket: Lab) -> None:
    name = "strip" if pocket.root.get_attribute("id") == "text-sampler" else "heatmap"
    cells = pocket.root.locator(f"[data-figure={name}] [role=slider]")
    at(pocket, 3).tap()
    pocket.expect_value("step", 3)
    cells.evaluate("e => e.scrollIntoView({ block: 'end' })")  # above it stays the text
    x, y, column = cells.evaluate(
        """e => {
          const cells = e.getBoundingClientRect();
          const seen = e.parentElement.getBoundingClientRect();
          const size = parseFloat(getComputedStyle(e).getPropertyValue("--cell"));
          const column = Math.floor((seen.left + 60 - cells.left) / size);
          return [cells.left + (column + 0.5) * size, seen.top + 30, column];
        }"""
    )
    pocket.page.touchscreen.tap(x, y)
    place = pocket.snapshot["figures"][name]["start"] + column
    pocket.expect_value("step", place)
    assert chosen(pocket) == place != 3


def test_writing_on_a_phone_by_touch(phone: tuple[Page, list[str]]) -> None:
    lab = ready(Lab(phone[0], "text-sampler"))
    lab.button("clear").tap()
    lab.wait_for("s.values.written === 0")
    lab.button("step").tap()
    lab.wait_for("s.values.written === 1")
    lab.button("sample").tap()
    lab.wait_for("s.running && s.values.written > 5")
    lab.button("sample").tap()
    lab.wait_for("!s.running")
    assert lab.values["step"] == lab.snapshot["steps"], "the cursor follows what is written"
    expect(lab.root.locator("[data-figure=text] [data-cursor]")).to_be_in_viewport()

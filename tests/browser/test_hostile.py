"""Texts, files, names and addresses that break pages, through the page: one tab for all of them.

Each works or is refused in one sentence; what was typed stays; nothing in any of them ever runs.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched_tab
from tests.browser.hostile import (
    EVERY_CHARACTER,
    SCRIPTS,
    TEXTS,
    assert_nothing_ran,
    assert_one_sentence,
    deliver,
    deliver_as_built,
    field_text,
    in_a_field,
    model_that_knows,
    set_text,
    watch,
)
from tests.browser.lab import Lab
from tests.rnn.hostile import HOSTILE as FILES

MALFORMED = (
    "nothing",
    "text",
    "a pickle that runs",
    "a zip bomb",
    "a header of 2^63 bytes",
    "80,000 braces",
    "a shape too large",
    "one byte short",
    "NaN",
    "a lone surrogate",
    "a name of 100,000 letters",
)
FIELDS = [("text-sampler", "seed_text"), ("cell-colours", "own_text")]


@pytest.fixture(scope="module")
def chapter(browser: Browser, server: str) -> Iterator[Page]:
    """The chapter on characters, with Python running, in a tab that notices what runs."""
    with watched_tab(browser, server, viewport={"width": 1280, "height": 800}) as (page, problems):
        watch(page)
        page.goto("characters/")
        for lab_id in ("text-sampler", "cell-colours"):
            Lab(page, lab_id).load().wait_for("!s.wants")
        yield page
    assert problems == []


@pytest.fixture(scope="module")
def labs(chapter: Page) -> dict[str, Lab]:
    """Both labs with a model that knows every character of the texts, and the reader's own text."""
    deliver(chapter, model_that_knows(EVERY_CHARACTER))
    both = {lab_id: Lab(chapter, lab_id) for lab_id, _ in FIELDS}
    for lab in both.values():
        lab.choose("model", "moby-dick-rnn")
        lab.wait_for("s.values.model === 'moby-dick-rnn' && !s.wants && !s.running")
    deliver_as_built(chapter)
    both["cell-colours"].choose("source", "own")
    both["cell-colours"].expect_value("source", "own")
    return both


@pytest.mark.parametrize(("lab_id", "control"), FIELDS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_works_or_is_refused_in_a_sentence(
    labs: dict[str, Lab], lab_id: str, control: str, name: str
) -> None:
    lab, text = labs[lab_id], TEXTS[name]
    refusal = set_text(lab, control, text)
    assert field_text(lab.control(control)) == in_a_field(text)
    assert_nothing_ran(lab.root)
    if refusal:
        assert_one_sentence(refusal)
        assert refusal.startswith(f"{control}")
        assert name in ("half a character", "the other half", "too long", "nothing")
    else:
        assert lab.values[control] == in_a_field(text)
        shown = "".join(lab.snapshot["figures"]["text"]["characters"])
        spoken = lab.root.locator("[data-figure=text] .written-spoken").inner_text()
        assert not set("\u202e\u2067\x00\x1b") & set(shown + spoken), "shown as what they are"


@pytest.mark.parametrize(("lab_id", "control"), FIELDS)
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_in_a_text_stays_text(
    labs: dict[str, Lab], lab_id: str, control: str, name: str
) -> None:
    lab, script = labs[lab_id], SCRIPTS[name]
    assert set_text(lab, control, script) == ""
    shown = lab.root.locator("[data-figure=text] .written-lines").inner_text()
    assert script.replace(" ", "") in re.sub(r"\s", "", shown)
    lab.open_table("text")
    lab.root.locator("[data-figure=text] .figure-data > summary").click()
    assert_nothing_ran(lab.root)


GO_TO = """
async (hash) => {
  const changed = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
  location.hash = hash;
  await changed;
  await unrolledEngine.sessions(); // which Python answers after what the address asked for
  await new Promise((resolve) => setTimeout(resolve));
  const lab = document.getElementById("text-sampler");
  return (lab.querySelector(".control-error") ?? lab.querySelector(".engine-words")).innerText;
}
"""


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_in_an_address_stays_text(labs: dict[str, Lab], name: str) -> None:
    lab, script = labs["text-sampler"], quote(SCRIPTS[name])
    before = lab.snapshot["figures"]["text"]["characters"]
    for query in (f"preset={script}", f"model={script}", f"temperature={script}", f"{script}=1"):
        said = lab.page.evaluate(GO_TO, f"#text-sampler?{query}")
        assert_one_sentence(said)
        assert "pwned" in said
        assert_nothing_ran(lab.root)
    assert lab.snapshot["figures"]["text"]["characters"] == before


def test_a_malformed_model_that_the_site_serves_is_told_in_a_sentence(chapter: Page) -> None:
    lab = Lab(chapter, "text-sampler")
    words = lab.root.locator(".engine-words")
    lab.control("preset").select_option("balanced")
    lab.wait_for("s.preset === 'balanced' && s.values.seed_text === 'The whale' && !s.wants")
    try:
        deliver(chapter, FILES[MALFORMED[0]][0]())
        lab.choose("model", "moby-dick-gru")
        said = []
        for name in MALFORMED:
            deliver(chapter, FILES[name][0]())
            if said:
                lab.button("retry").click()
            expect(words).to_contain_text("was refused")
            said.append(words.inner_text())
            assert_one_sentence(said[-1])
            assert said[-1].startswith("moby-dick-gru was refused: ")
            assert_nothing_ran(lab.root)
        assert len(set(said)) > 5
    finally:
        deliver_as_built(chapter)
    lab.button("retry").click()
    lab.wait_for("!s.wants && s.values.model === 'moby-dick-gru'")
    assert lab.snapshot["problem"] is None

"""Every chapter has its parts, and all that it cites stands among the references."""

import re
import unicodedata
from importlib import import_module
from urllib.parse import parse_qsl

import pytest
import yaml
from markdown.extensions.toc import slugify

from publish.page import DOCS

CHAPTERS = (
    "sequences",
    "one-unit",
    "unrolled",
    "bptt",
    "gradients",
    "gated-cells",
    "characters",
    "train-your-own",
    "practice",
    "beyond",
    "applications",
)
CITING = (*CHAPTERS, "today")
QUOTED = re.compile(r"“\[?(.+?)(?:\]\([^ ]*\))?(?:: [^”]*)?”")
ADDRESS = re.compile(r"\]\((https://[^)]+)\)")
ELSEWHERE = re.compile(r'\]\(([a-z-]+)\.md#([a-z-]+)\)\{ data-set="([^"]*)" \}')


def text_of(page):
    return (DOCS / f"{page}.md").read_text(encoding="utf-8")


def plain(words):
    """Letters and digits alone, in lower case, without accents or dashes that differ."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in letters if sign.isalnum())


def cited(page):
    _, _, sources = text_of(page).partition("## Where this came from\n")
    assert sources.strip(), f"{page} does not say where it came from"
    return [line for line in sources.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("page", CITING)
def test_a_chapter_begins_with_what_it_is_for(page):
    _, front, body = text_of(page).split("---\n", 2)
    assert yaml.safe_load(front)["description"]
    opening = body.split("\n## ", 1)[0]
    assert "After this page you can\n\n- " in opening
    assert 3 <= opening.split("After this page you can")[1].count("\n- ") <= 4


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_has_labs_and_something_to_try(page):
    text = text_of(page)
    labs = text.count("\n```lab ")
    assert labs
    assert text.count("**Try this**") >= labs  # a list beside each
    assert text.count('data-set="') >= 3 * labs


@pytest.mark.parametrize("page", CITING)
def test_the_references_hold_every_source(page):
    references = plain(text_of("references"))
    for line in cited(page):
        for title in QUOTED.findall(line):
            assert plain(title) in references, f"{page}: {title}"
        for address in ADDRESS.findall(line):
            assert f"]({address})" in text_of("references"), f"{page}: {address}"


@pytest.mark.parametrize("page", sorted(path.stem for path in DOCS.glob("*.md")))
def test_a_link_to_a_lab_elsewhere_sets_what_exists(page):
    for other, lab, values in ELSEWHERE.findall(text_of(page)):
        assert f"```lab {lab}\n" in text_of(other), f"{page}: {other} has no {lab}"
        session = import_module(f"lab.{lab.replace('-', '_')}").LAB({})
        asked = dict(parse_qsl(values, keep_blank_values=True))
        hidden = filter(None, asked.pop("hide", "").split(","))  # web/views/hidden.ts
        known = (*session.declaration.controls, *session.declaration.actions)
        assert {*hidden} <= {one.name for one in known}, f"{page}: {values}"
        session.set(asked)


TERM = re.compile(r"^(?P<term>[^\n{]+) \{ #(?P<id>[a-z-]+) \}\n:   (?P<text>.+)$", re.MULTILINE)
LINK = re.compile(r"\]\((?P<page>[a-z-]*)(?:\.md)?#(?P<anchor>[a-z0-9-]+)\)")


def anchors(page):
    """The targets on a page: its headings, and the terms of the glossary."""
    text = text_of(page)
    headings = re.findall(r"^##+ (.+)$", text, re.MULTILINE)
    return {slugify(words, "-") for words in headings} | set(re.findall(r"\{ #([a-z-]+) \}", text))


def test_the_glossary_stands_in_order_and_leads_to_where_a_term_is_taught():
    entries = list(TERM.finditer(text_of("glossary")))
    assert len(entries) == text_of("glossary").count("\n:   ")
    names = [entry["term"].casefold() for entry in entries]
    assert names == sorted(names)
    assert len({entry["id"] for entry in entries}) == len(entries)
    for entry in entries:
        links = LINK.findall(entry["text"])
        assert any(page for page, _ in links), f"{entry['term']} leads to no page"
        for page, anchor in links:
            assert anchor in anchors(page or "glossary"), f"{entry['term']}: {page}#{anchor}"


@pytest.mark.parametrize("page", [page for page in CITING if page != "train-your-own"])
def test_code_beside_a_formula_is_the_engines_own(page):
    assert '--8<-- "pysrc/rnn/' in text_of(page)


ASKED = re.compile(r"^```exercise ([a-z-]+)$", re.MULTILINE)
OF_SOMETHING_ELSE = {"one-hot"}  # above it stand the lines of softmax and of the draw


@pytest.mark.parametrize("page", CITING)
def test_no_exercise_is_given_away_by_the_engines_lines_above_it(page):
    for asked in ASKED.finditer(text_of(page)):
        section = text_of(page)[: asked.start()].rpartition("\n## ")[2]
        open_lines = re.search(r"^--8<-- \"pysrc/rnn/", section, re.MULTILINE)
        assert not open_lines or asked[1] in OF_SOMETHING_ELSE, asked[1]

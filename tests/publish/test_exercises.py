"""Exercise fences: readable without script, refused in one sentence; every exercise has a place."""

import html
import json
import re

import pytest
from markdown import Markdown

from lab.exercises import BOOK, exercise
from publish import exercises, fences

ACCEPT = fences.accept
SUPERFENCES = {
    "pymdownx.superfences": {
        "custom_fences": [
            {"name": "exercise", "class": "x", "format": exercises.draw, "validator": ACCEPT},
            {"name": "exercises", "class": "x", "format": exercises.draw_list, "validator": ACCEPT},
        ]
    }
}


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave stories as they are written: how formulas are drawn is tested in test_math."""
    monkeypatch.setattr(exercises, "rendered", lambda text: f"<p>{html.escape(text)}</p>")


def render(text: str) -> str:
    md = Markdown(
        extensions=["pymdownx.superfences", "publish.fences"], extension_configs=SUPERFENCES
    )
    return md.convert(text)


@pytest.mark.parametrize("name", BOOK)
def test_story_starter_hints_and_solution_stand_on_the_page(name: str) -> None:
    asked, page = exercise(name), render(f"Before\n\n```exercise {name}\n```\n\nAfter")
    words = html.unescape(re.sub(r"<[^>]+>", "", page.replace("\n", " ")))
    assert f'<rnn-exercise id="exercise-{name}" data-exercise="{name}" data-state="static"' in page
    assert asked.title in words
    assert page.count('<details class="exercise-hint">') == len(asked.hints)
    assert page.count('<details class="exercise-solution">') == 1
    for part in (asked.story, *asked.hints, asked.starter, asked.solution):
        for line in part.strip().splitlines():
            assert line.strip() in words
    assert "<p><rnn-exercise" not in page


def test_the_element_finds_title_and_solution_in_a_template() -> None:
    page = render("```exercise bptt\n```")
    inside = re.search(r"<template>(.*)</template>", page, re.DOTALL)
    assert inside
    facts = json.loads(html.unescape(inside[1]))
    assert facts["title"] == "The backward loop"
    assert facts["solution"] == exercise("bptt").solution


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a\n\n```exercise juggling\n```",
            r"3: exercise juggling: there is no exercise 'juggling'",
        ),
        ("```exercise\n```", r"1: exercise: there is no exercise ''; exercises: step-function"),
        ("```exercise bptt\nhints: 3\n```", r"1: exercise bptt: an exercise takes no options"),
    ],
)
def test_a_bad_fence_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(fences.LabError, match=message):
        render(text)


def test_every_exercise_stands_on_one_page_of_the_book() -> None:
    standing = [name for name, _ in exercises.places()]
    assert sorted(standing) == sorted(BOOK)


def test_the_list_has_the_order_in_which_a_page_asks() -> None:
    standing = exercises.places()
    for page in {page for _, page in standing}:
        here = [name for name, where in standing if where == page]
        assert here == sorted(here, key=BOOK.index)


def test_an_exercise_that_stands_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = [("bptt", "bptt.md"), ("bptt", "practice.md")]
    monkeypatch.setattr(exercises, "places", lambda: twice)
    with pytest.raises(fences.LabError, match=r"stands on bptt\.md and practice\.md"):
        render("```exercise bptt\n```")


def test_the_list_links_to_where_each_exercise_stands() -> None:
    page = render("```exercises\n```")
    for name, where in exercises.places():
        address = f"../{where.removesuffix('.md')}/#exercise-{name}"
        assert f'<li data-exercise="{name}"><a href="{address}">' in page


def test_a_list_without_one_of_them_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exercises, "places", lambda: exercises_but("bptt"))
    with pytest.raises(fences.LabError, match="bptt: no page has this exercise"):
        render("```exercises\n```")


def exercises_but(left_out: str) -> list[tuple[str, str]]:
    return [(name, "practice.md") for name in BOOK if name != left_out]


def test_an_example_inside_a_longer_fence_is_no_exercise() -> None:
    text = "````markdown\n```exercise bptt\n```\n````"
    assert list(exercises._asked_on(text)) == []
    assert "<rnn-exercise" not in render(text)

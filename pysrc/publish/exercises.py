"""An ```` ```exercise bptt ```` fence: story, starter, hints and solution, readable without script.

The same file of `lab.exercises` is run by the tests and checks the reader's answer in the browser.
An ```` ```exercises ```` fence lists them all, each with a link to the page where it stands.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from markdown import Markdown
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from lab.exercises import BOOK, UnknownExercise, exercise
from lab.exercises.kit import Exercise
from publish.fences import Place, asks_for, formatter, openings
from publish.page import DOCS, announce_anchor, current_page

KIND = "exercise"
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


@formatter
def draw(
    source: str,
    language: str,  # noqa: ARG001  (superfences' signature)
    css_class: str,  # noqa: ARG001
    options: Mapping[str, Any],
    md: Markdown,
    **_: object,
) -> str:
    """Write an exercise's element.

    Raises:
        LabError: naming page, line and what is allowed.
    """
    place = Place(current_page(md), int(options["line"]), str(options["name"]), KIND)
    if source.strip():
        raise place.error(f"an exercise takes no options; got {source.strip()!r}")
    try:
        asked = exercise(place.name)
    except UnknownExercise as error:
        raise place.error(str(error)) from error
    standing = [page for name, page in places() if name == asked.name]
    if len(standing) > 1:
        raise place.error(f"stands on {' and '.join(standing)}; it may stand on one page, once")
    announce_anchor(md, anchor(asked.name))
    return _element(asked)


@formatter
def draw_list(
    source: str,  # noqa: ARG001  (superfences' signature)
    language: str,  # noqa: ARG001
    css_class: str,  # noqa: ARG001
    options: Mapping[str, Any],
    md: Markdown,
    **_: object,
) -> str:
    """Write the list of all exercises, with the page each stands on."""
    standing = dict(places())
    line = int(options["line"])
    missing = [name for name in BOOK if name not in standing]
    if missing:
        place = Place(current_page(md), line, "", "exercises")
        raise place.error(f"{', '.join(missing)}: no page has this exercise")
    items = "".join(_item(exercise(name), standing[name]) for name in BOOK)
    return (
        f'<rnn-progress data-search-exclude><div class="progress-live"></div>'
        f'<ol class="progress-list">{items}</ol></rnn-progress>'
    )


def places() -> list[tuple[str, str]]:
    """Every exercise fence of the book: its exercise, and its page's path inside docs/."""
    return [
        (name, str(page.relative_to(DOCS)))
        for page in sorted(DOCS.rglob("*.md"))
        for name in _asked_on(page.read_text(encoding="utf-8"))
    ]


def _asked_on(text: str) -> Iterator[str]:
    for _, opening in openings(text.splitlines()):
        kind, name = asks_for(opening)
        if kind == KIND:
            yield name


def anchor(name: str) -> str:
    """What a link to an exercise ends in."""
    return f"exercise-{name}"


def _item(asked: Exercise, page: str) -> str:
    title = _TITLE.search((DOCS / page).read_text(encoding="utf-8"))
    chapter = title[1] if title else page
    address = f"../{page.removesuffix('.md')}/#{anchor(asked.name)}"
    return (
        f'<li data-exercise="{asked.name}"><a href="{address}">{html.escape(asked.title)}</a> '
        f'<span class="progress-page">{html.escape(chapter)}</span></li>'
    )


def _element(asked: Exercise) -> str:
    own = anchor(asked.name)
    facts = html.escape(
        json.dumps({"solution": asked.solution, "title": asked.title}),
        quote=False,
    )
    hints = "".join(
        f'<details class="exercise-hint"><summary>Hint {number}</summary>'
        f'<div class="exercise-inside">{rendered(hint)}</div></details>'
        for number, hint in enumerate(asked.hints, 1)
    )
    return (
        f'<rnn-exercise id="{own}" data-exercise="{asked.name}" data-state="static" role="group" '
        f'aria-labelledby="{own}-title" data-search-exclude>'
        '<div class="exercise-head"><div class="exercise-kind">Exercise</div>'
        f'<div class="exercise-title" id="{own}-title">{html.escape(asked.title)}</div>'
        '<div class="exercise-state"></div></div>'
        f'<div class="exercise-story">{rendered(asked.story)}</div>'
        f'<div class="exercise-code">{coloured(asked.starter)}</div>'
        f'<div class="exercise-live">{_waiting()}</div>'
        f'<div class="exercise-help">{hints}'
        '<details class="exercise-solution"><summary>Solution</summary>'
        f'<div class="exercise-inside">{coloured(asked.solution)}</div></details></div>'
        f"<template>{facts}</template></rnn-exercise>"
    )


def _waiting() -> str:
    """The row of buttons as it is before any script, so that nothing moves when they wake."""
    return (
        '<div class="exercise-bar"><button type="button" class="button primary" disabled>Check'
        "</button> "
        '<button type="button" class="button" disabled>Reset</button>'
        '<span class="exercise-said"><noscript>Checking needs JavaScript. Hints and solution open '
        "without it.</noscript></span></div>"
    )


@cache
def rendered(text: str) -> str:
    """Markdown with formulas, as on the pages."""
    md = Markdown(
        extensions=["pymdownx.arithmatex", "publish.math"],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    )
    return md.convert(text.strip())


def coloured(code: str) -> str:
    """Python, highlighted as on the pages; a frame that the keyboard can scroll."""
    inside = highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")
    return (
        '<div class="highlight"><pre tabindex="0" aria-label="Code"><code>'
        f"{inside}</code></pre></div>"
    )

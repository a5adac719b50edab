"""A ```` ```python-cell ```` fence: code with the output it had when the book was built.

The cells of a page are run natively, in their order, in one namespace, as the reader's browser will
run them; a cell that fails ends the build. A name after `python-cell` gives the cell its id, so
that links and what a reader edited find it again: `cell-forward`; without one it is counted.
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown import Markdown
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from lab.cells import Runner, Source, fresh_namespace
from lab.cells.pieces import Piece
from lab.kit.wire import to_json
from publish.fences import ID, Place, formatter
from publish.page import announce_anchor, current_page
from publish.prerender import DrawError, prerenderer
from publish.time_limit import Limit

SECONDS = 60.0  # that a cell may take: on a machine with much else to do, and ten times over


@dataclass
class Notebook:
    """The cells of one page, so far."""

    namespace: dict[str, Any] = field(default_factory=fresh_namespace)
    ids: list[str] = field(default_factory=list)


@formatter
def draw(
    source: str,
    language: str,  # noqa: ARG001  (superfences' signature)
    css_class: str,  # noqa: ARG001
    options: Mapping[str, Any],
    md: Markdown,
    **_: object,
) -> str:
    """Run the cell and write its element: code, output, and the buttons a script will wake.

    Raises:
        LabError: naming page, line, cell and, where it failed, Python's own traceback, or, where it
            did not end in time, the line it was on.
    """
    place = Place(current_page(md), int(options["line"]), str(options["name"]), "python-cell")
    notebook: Notebook = md.__dict__.setdefault("notebook", Notebook())
    number = len(notebook.ids) + 1
    element_id = f"cell-{place.name or number}"  # headings may be called the same
    if not ID.fullmatch(element_id) or element_id in notebook.ids:
        raise place.error(f"the name must be new, of a-z, 0-9 and hyphens; got {place.name!r}")
    notebook.ids.append(element_id)
    text = source.strip("\n")
    pieces = record(text, f"cell {number}", notebook.namespace, place)
    try:
        data = to_json(pieces)
        drawn = prerenderer.cell(element_id, data) if pieces else ""
    except (DrawError, ValueError) as error:
        raise place.error(str(error)) from error
    if any(piece["kind"] == "figure" for piece in pieces):  # which a script makes readable by keys
        data_for_script = f"<template>{html.escape(data, quote=False)}</template>"
    else:
        data_for_script = ""
    announce_anchor(md, element_id)
    return _element(element_id, number, text, drawn, data_for_script)


def record(text: str, name: str, namespace: dict[str, Any], place: Place) -> list[Piece]:
    """Run a cell and return what it shows, neighbouring text as one piece."""
    pieces: list[Piece] = []
    limit = Limit(name)
    stopped = False
    try:
        with limit.of(SECONDS):
            outcome = Runner(pieces.append).execute(Source(name, text), namespace)
        stopped = outcome.status == "stopped"
    except KeyboardInterrupt:  # it came when the cell had just ended
        stopped = True
    if limit.over:
        raise place.error(
            f"the cell must end within {SECONDS:g} s; it was on its line {limit.line} then"
        )
    if stopped:
        raise KeyboardInterrupt
    if outcome.trouble:
        # MkDocs' own tracebacks are cut off at their first line; this one is for the author.
        _, _, trace = outcome.trouble.traceback.rpartition("Traceback (most recent call last):\n")
        raise place.error(f"the cell fails:\n{trace}")
    joined: list[Piece] = []
    for piece in pieces:
        same = joined and piece["kind"] == joined[-1]["kind"] == "text"
        if same and piece["stream"] == joined[-1]["stream"]:
            joined[-1] = {**piece, "text": joined[-1]["text"] + piece["text"]}
        else:
            joined.append(piece)
    return joined


def _element(element_id: str, number: int, text: str, drawn: str, data: str) -> str:
    name = f"cell {number}"
    code = highlight(text, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")
    above = _button("above", "Run all above") if number > 1 else ""
    buttons = (
        _button("run", "Run", "button primary"), _button("stop", "Stop", hidden=True), above,
        _button("reset", "Reset", hidden=True), _button("undo", "Undo", hidden=True),
        _button("share", "Copy link", hidden=True),
    )  # fmt: skip
    said = "What it gave when the book was built" if drawn else ""
    return (
        f'<python-cell id="{element_id}" data-name="{name}" data-state="static" role="group" '
        f'aria-label="Code, {name}" data-search-exclude>'
        f'<div class="cell-bar"><span class="cell-name">Python, {name}</span>'
        f'<span class="cell-buttons">{"".join(buttons)}</span></div>'
        '<p class="cell-notice" hidden></p>'
        '<div class="cell-code highlight">'
        f'<pre tabindex="0" role="group" aria-label="Code of {name}">'
        f"<code>{code}</code></pre></div>"
        f'<p class="cell-status"><span class="cell-state">{said}</span></p>'
        f'<div class="cell-output cell-recorded">{drawn}</div>'
        '<div class="cell-output cell-live" hidden></div>'
        f'<p class="visually-hidden cell-said" role="status"></p>{data}</python-cell>'
    )


def _button(action: str, words: str, kind: str = "button", *, hidden: bool = False) -> str:
    shown = " hidden" if hidden else ""
    label = html.escape(words)
    return f'<button type="button" class="{kind}" data-action="{action}"{shown}>{label}</button>'

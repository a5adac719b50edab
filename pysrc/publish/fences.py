"""A ```` ```lab scalar-rnn ```` fence becomes the lab's first frame, drawn at build.

Superfences parses fences, but neither a hyphen in a fence's name nor the line it stands on. So a
preprocessor that runs before it rewrites the header, and the formatter below reads name and line
from there.
"""

import functools
import html
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import SuperFencesException

from lab.kit import ControlError, FileRefused, UnknownLab, first_frame
from lab.kit.wire import to_json
from publish import deliveries
from publish.page import BuildError, announce_anchor, current_page, lines_before
from publish.prerender import DrawError, prerenderer

BEFORE_SUPERFENCES = 29  # superfences has 25, the normalising of white space 30
OUR_ELEMENTS = ["rnn-lab", "rnn-predict", "rnn-exercise", "rnn-progress", "python-cell"]
KINDS = ("lab", "predict", "exercise", "exercises", "python-cell")
FENCE = re.compile(r"^(?P<indent>[>\s]*)(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
ID = re.compile(r"[a-z][a-z0-9-]*")


class LabError(SuperFencesException, BuildError):  # type: ignore[misc]  # it has no types
    """A lab fence cannot be drawn.

    Superfences lets only its own exceptions through, and MkDocs prints only its own in one line.
    """


@dataclass(frozen=True)
class Place:
    """Where a fence stands, and which lab it asks for."""

    page: str
    line: int
    name: str
    kind: str = "lab"

    def error(self, message: str) -> LabError:
        """Say what is wrong at this place: `one-unit.md:15: lab scalar-rnn: ...`."""
        fence = f"{self.kind} {self.name}".strip()
        return LabError(f"{self.page}:{self.line}: {fence}: {message}")


def formatter(draw: Callable[..., str]) -> Callable[..., str]:
    """What superfences calls: whatever fails ends the build.

    Of all but its own exceptions superfences makes nothing, and leaves the fence on the page as it
    was written: a mistake in a lab would be a page without that lab.
    """

    @functools.wraps(draw)
    def drawn(
        source: str,
        language: str,
        css_class: str,
        options: Mapping[str, Any],
        md: Markdown,
        **rest: object,
    ) -> str:
        try:
            return draw(source, language, css_class, options, md, **rest)
        except SuperFencesException:
            raise
        except Exception as error:
            line, name = int(options.get("line", 0)), str(options.get("name", ""))
            trace = "".join(traceback.format_exception(error))
            raise Place(current_page(md), line, name, language).error(f"fails:\n{trace}") from error

    return drawn


class LabHeaders(Preprocessor):
    """Turn ```` ```lab scalar-rnn ```` into what superfences can parse."""

    def run(self, lines: list[str]) -> list[str]:
        """Rewrite the headers of lab fences; leave examples inside longer fences alone."""
        first = 1 + lines_before(self.md, lines)
        return list(_rewritten(lines, first))


def _rewritten(lines: list[str], first: int) -> Iterator[str]:
    for number, (line, opening) in enumerate(openings(lines), first):
        kind, name = asks_for(opening)
        yield (
            f'{opening["indent"]}{opening["fence"]}{kind} name="{name}" line="{number}"'
            if opening and kind in KINDS
            else line
        )


def openings(lines: Iterable[str]) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Every line, with its match where it opens a fence; what stands inside a fence opens none."""
    closing = ""
    for line in lines:
        match = FENCE.match(line)
        if match and closing:
            if match["fence"].startswith(closing) and not match["info"].strip():
                closing = ""
            match = None
        elif match:
            closing = match["fence"]
        yield line, match


def asks_for(opening: re.Match[str] | None) -> tuple[str, str]:
    """What a fence asks for, and the name behind it: `lab`, `scalar-rnn`; empty for no fence."""
    kind, _, name = opening["info"].strip().partition(" ") if opening else ("", "", "")
    return kind, name.strip()


def accept(
    language: str,  # noqa: ARG001  (superfences' signature)
    inputs: dict[str, str],
    options: dict[str, Any],
    attrs: dict[str, str],  # noqa: ARG001
    md: Markdown,  # noqa: ARG001
) -> bool:
    """Take name and line from the rewritten header (superfences calls this the validator)."""
    options.update(inputs)
    return True


@formatter
def draw(
    source: str,
    language: str,  # noqa: ARG001  (superfences' signature)
    css_class: str,  # noqa: ARG001
    options: Mapping[str, Any],
    md: Markdown,
    **_: object,
) -> str:
    """Write the lab's element: what a reader sees before any script runs, and its data.

    Raises:
        LabError: naming page, line, lab, option and what is allowed.
    """
    place = Place(current_page(md), int(options["line"]), str(options["name"]))
    if not place.name:
        raise place.error("name one, as in `lab scalar-rnn`")
    chosen = read_options(source, place)
    element_id = _claim_id(str(chosen.pop("id", place.name)), place, md)
    try:
        frame = to_json(first_frame(place.name, chosen, deliveries.read))
        drawing = prerenderer.lab(element_id, frame)
    except (ControlError, UnknownLab, FileRefused, deliveries.UnknownFile, DrawError) as error:
        raise place.error(str(error)) from error
    announce_anchor(md, element_id)
    return (
        f'<rnn-lab id="{element_id}" data-lab="{place.name}" data-state="static" role="group" '
        f'aria-labelledby="{element_id}-title" data-search-exclude>{drawing}'
        f"<template>{html.escape(frame, quote=False)}</template></rnn-lab>"
    )


def read_options(source: str, place: Place) -> dict[str, Any]:
    """Read a fence's lines, `name: value`; raise LabError for what is no such."""
    try:
        options = yaml.safe_load(source) or {}
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise place.error(f"the options are not YAML: {problem}") from error
    if not isinstance(options, dict):
        raise place.error(f"write options as `name: value`; got {source.strip()!r}")
    return options


def _claim_id(element_id: str, place: Place, md: Markdown) -> str:
    """Every lab on a page has its own id: links in the prose point to it."""
    if not ID.fullmatch(element_id):
        raise place.error(f"id: {element_id!r} is not allowed; allowed: a-z, 0-9 and hyphens")
    taken: dict[str, int] = md.__dict__.setdefault("lab_ids", {})
    if taken.setdefault(element_id, place.line) != place.line:
        raise place.error(
            f"id: {element_id!r} is taken by the lab on line {taken[element_id]}; "
            "give one of them another `id:`"
        )
    return element_id


class LabFences(Extension):
    """The Markdown extension: headers rewritten, and our elements known as blocks."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Without the block elements, Python-Markdown would put a lab inside a paragraph."""
        md.block_level_elements += OUR_ELEMENTS
        md.preprocessors.register(LabHeaders(md), "lab-headers", BEFORE_SUPERFENCES)
        md.registerExtension(self)
        self.md = md

    def reset(self) -> None:
        """Forget the ids of the page before, and what its cells have made."""
        self.md.__dict__["lab_ids"] = {}
        self.md.__dict__.pop("notebook", None)


def makeExtension(**_: object) -> LabFences:  # noqa: N802  (Python-Markdown's name)
    """Python-Markdown calls this for `- publish.fences` in mkdocs.yml."""
    return LabFences()

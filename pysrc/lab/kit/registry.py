"""A lab is found by its name: `scalar-rnn` is the class `LAB` in `lab.scalar_rnn`.

A small lab is one file; one that has outgrown a screenful is a folder.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Protocol, runtime_checkable

import lab
from lab.kit.controls import ControlError, Document, Slider
from lab.kit.declaration import Declaration
from rnn.checkpoints import CheckpointError

NO_LABS = {"kit", "cells", "exercises"}  # what readers' code runs in stands beside the labs
GLANCE = ("values", "steps", "first_step", "figures")  # what is drawn while a slider is dragged
LAYOUTS = ("full", "compact")  # compact: the figures, controls and buttons that say so


class UnknownLab(ValueError):
    """No lab has this name. The message lists those that exist."""


class FileRefused(ValueError):
    """A file is not what the lab wanted. The message begins with the file's name."""


class Lab(Protocol):
    """What a session needs of a lab."""

    declaration: Declaration

    def __init__(self, options: Mapping[str, object]) -> None: ...

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused (ControlError), none takes effect."""

    def act(self, action: str, argument: object) -> None:
        """Press a button."""

    def advance(self, budget_ms: float) -> None:
        """Work for one slice of time. A call may come late: when nothing runs, do nothing."""

    def snapshot(self, figures: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data, with the figures named; with all if None.

        While `running` in it is not "", the page asks for slice after slice, after `wait_ms` each,
        and draws no more often than every `frame_ms`, where there is such a number.

        `wants` in it, where there is one, names the file the lab waits for. After `act` it may hold
        `output`: {"as": "download" or "copy", "name": of the file, "type": MIME type, "data": u1}.
        Then the page saves that or puts it on the clipboard; the next call of the lab forgets it.
        """


@runtime_checkable
class Glances(Protocol):
    """What a lab has besides, if a glance of it can be had sooner than a whole snapshot."""

    def glance(self, figures: Collection[str]) -> dict[str, Any]:
        """Of the snapshot what GLANCE names; of a figure what is drawn, without words and tables.

        A figure that cannot be had sooner may be missing.
        """


@runtime_checkable
class Foresees(Protocol):
    """What a lab has besides, if one of its sliders is `foreseen`."""

    def foresee(self, control: str, value: Any, figures: Collection[str]) -> dict[str, Any]:
        """The glance there would be with another value of one slider. It is accepted, not set."""


@runtime_checkable
class TakesFiles(Protocol):
    """What a lab has besides, if it ever wants a file."""

    def give(self, name: str, data: bytes) -> None:
        """Take the file it wants; raise ControlError or CheckpointError for what is wrong with it.

        A file that is refused leaves the lab as it was, still wanting.
        """


@runtime_checkable
class TakesDocuments(Protocol):
    """What a lab has besides, if one of its controls is a Document."""

    def upload(self, control: str, filename: str, data: bytes) -> None:
        """Take a document; raise ControlError or CheckpointError for what is wrong with it.

        `filename` is "" for what was typed or pasted. Such text is UTF-8, in which half a character
        (a lone surrogate) stands as the three bytes it would have. What is refused leaves the lab
        as it was.
        """


@runtime_checkable
class Keeps(Protocol):
    """What a lab has besides, if its work shall outlive the page.

    `keep`, in its snapshot, is a whole number that grows when there is more worth keeping. A page
    that restores may set the very same values once more: that must not begin the work anew.
    """

    def kept(self) -> bytes:
        """All that the work needs to go on from here."""

    def restore(self, data: bytes) -> None:
        """Go on from what `kept` gave; raise ControlError or CheckpointError for what is no such.

        What is refused leaves the lab as it was.
        """


def drawn(
    drawings: Mapping[str, Callable[[], dict[str, Any]]], figures: Collection[str] | None
) -> dict[str, Any]:
    """Draw the figures that are looked at. One behind a closed door costs nothing."""
    return {name: draw() for name, draw in drawings.items() if figures is None or name in figures}


def glance(session: Lab, figures: Collection[str]) -> dict[str, Any]:
    """What figures that follow a hand need of a snapshot: marks, and where the clock stands."""
    if isinstance(session, Glances):
        return session.glance(figures)
    snapshot = session.snapshot(figures)
    marks = {
        name: {part: figure[part] for part in figure if part not in ("summary", "tables")}
        for name, figure in snapshot["figures"].items()
    }
    return {name: snapshot[name] for name in GLANCE if name in snapshot} | {"figures": marks}


def foresee(
    session: Lab, control: str, values: Collection[object], figures: Collection[str]
) -> Iterator[dict[str, Any]]:
    """One after another, for each value of a slider the glance that it would bring.

    The lab stays as it is.

    Raises:
        ControlError: for any other control than a slider that is `foreseen`, and, when it is its
            turn, for a value that the slider does not accept.
    """
    slider = session.declaration.control(control)
    if not (isinstance(slider, Slider) and slider.foreseen and isinstance(session, Foresees)):
        raise ControlError(f"{control}: what this control would show cannot be told before")
    return (session.foresee(control, slider.accept(value), figures) for value in values)


def lab_names() -> list[str]:
    """Every lab there is, in alphabetical order."""
    modules = {module.name for module in pkgutil.iter_modules(lab.__path__)} - NO_LABS
    return sorted(name.replace("_", "-") for name in modules)


def open_lab(name: str, options: Mapping[str, object]) -> Lab:
    """Make a lab in the state the options ask for; raise UnknownLab or ControlError."""
    if not re.fullmatch(r"[a-z0-9-]+", name) or name not in lab_names():
        raise UnknownLab(f"there is no lab {name!r}; labs: {', '.join(lab_names())}")
    module = importlib.import_module(f"lab.{name.replace('-', '_')}")
    made: Lab = module.LAB(options)
    return made


def wanted(session: Lab) -> str | None:
    """The name of the file a lab waits for, if it does."""
    name: str | None = session.snapshot(()).get("wants")
    return name


def give(session: Lab, name: str, data: bytes) -> None:
    """Hand a lab a file. One that it no longer wants, since the reader chose another, is dropped.

    Raises:
        ControlError: if the lab takes no files.
        FileRefused: naming the file, and what the lab says is wrong with it.
    """
    if not isinstance(session, TakesFiles):
        raise ControlError(f"{session.declaration.name} takes no files; got {name!r}")
    if wanted(session) == name:
        try:
            session.give(name, data)
        except (ControlError, CheckpointError) as error:
            raise FileRefused(f"{name} was refused: {error}") from error


def upload(session: Lab, control: str, filename: str, data: bytes) -> None:
    """Hand a lab a document of the reader's.

    Raises:
        ControlError: beginning with the control's name, if it is no document, too long, or refused.
    """
    document = session.declaration.control(control)
    if not isinstance(document, Document) or not isinstance(session, TakesDocuments):
        raise ControlError(f"{control} takes no document; got {filename!r}")
    document.check_size(len(data))
    try:
        session.upload(control, filename, data)
    except CheckpointError as error:
        raise ControlError(f"{control}: {error}") from error


def keeper(session: Lab) -> Keeps:
    """The session as one whose work is kept; raise ControlError if it is none."""
    if not isinstance(session, Keeps):
        raise ControlError(f"{session.declaration.name} keeps nothing")
    return session


def restore(session: Lab, data: bytes) -> None:
    """Hand a lab what it once kept. Raises ControlError saying why it was refused."""
    try:
        keeper(session).restore(data)
    except CheckpointError as error:
        raise ControlError(str(error)) from error


def _read_nothing(name: str) -> bytes:
    raise ControlError(f"the file {name!r} is wanted, and there is nothing to read it from")


def first_frame(
    name: str, options: Mapping[str, object], read: Callable[[str], bytes] = _read_nothing
) -> dict[str, Any]:
    """What a page shows before any Python runs in the browser: description and snapshot.

    Besides a lab's controls, `options` may hold `layout`: "full" or "compact". `read` finds the
    files a lab wants, by name; `files` says which they were. The tables of figures behind *More*
    stay away: they would be most of the page's weight, and Python brings them when it is there.
    """
    layout = options.get("layout", "full")
    if layout not in LAYOUTS:
        raise ControlError(f"layout: {layout!r} is not allowed; allowed: {', '.join(LAYOUTS)}")
    rest = {option: value for option, value in options.items() if option != "layout"}
    opened = open_lab(name, rest)
    given: set[str] = set()
    while file := wanted(opened):
        if file in given:
            raise ControlError(f"the file {file!r} was given and is wanted again")
        given.add(file)
        give(opened, file, read(file))
    figures = opened.declaration.figures
    compact = [figure.name for figure in figures if figure.compact]
    snapshot = opened.snapshot(compact if layout == "compact" else None)
    for figure in figures:
        if figure.more and figure.name in snapshot["figures"]:
            snapshot["figures"][figure.name]["tables"] = []
    return {
        "layout": layout,
        "description": opened.declaration.describe(),
        "snapshot": snapshot,
        "files": sorted(given),
    }

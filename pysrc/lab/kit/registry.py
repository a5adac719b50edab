"""A lab is found by its name: `scalar-rnn` is the class `LAB` in `lab.scalar_rnn`.

A small lab is one file; one that has outgrown a screenful is a folder.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Protocol, runtime_checkable

import lab
from lab.kit.controls import ControlError
from lab.kit.declaration import Declaration
from rnn.checkpoints import CheckpointError

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
        """Work for one slice of time."""

    def snapshot(self, figures: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data, with the figures named; with all if None.

        `wants` in it, where there is one, names the file the lab waits for.
        """


@runtime_checkable
class TakesFiles(Protocol):
    """What a lab has besides, if it ever wants a file."""

    def give(self, name: str, data: bytes) -> None:
        """Take the file it wants; raise ControlError or CheckpointError for what is wrong with it.

        A file that is refused leaves the lab as it was, still wanting.
        """


def drawn(
    drawings: Mapping[str, Callable[[], dict[str, Any]]], figures: Collection[str] | None
) -> dict[str, Any]:
    """Draw the figures that are looked at. One behind a closed door costs nothing."""
    return {name: draw() for name, draw in drawings.items() if figures is None or name in figures}


def lab_names() -> list[str]:
    """Every lab there is, in alphabetical order."""
    modules = {module.name for module in pkgutil.iter_modules(lab.__path__)} - {"kit"}
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

"""A lab's declaration: all a view needs to draw it, said once, in Python."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lab.kit.controls import Control, ControlError


@dataclass(frozen=True, kw_only=True)
class Action:
    """A button. Its label may change with the state; the snapshot then says the new one.

    `group` is a group of controls, or "time" (the sequence's clock: an action `step_forward` can be
    played, from `first_step`), or "problem" (offered beside what went wrong). `compact` shows it in
    the compact layout too. `result` is the figure that says what came of it, where that stands far
    below the first: a link that presses the button leads there.
    """

    name: str
    label: str
    group: str
    help: str = ""
    primary: bool = False
    compact: bool = False
    result: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure: `kind` names the view that draws it.

    `more` hides it until the reader asks for more; `compact` shows it in the compact layout too.
    """

    name: str
    kind: str
    title: str
    caption: str
    more: bool = False
    compact: bool = False


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A state of the lab with a name, and what it shows."""

    name: str
    label: str
    values: Mapping[str, object]
    note: str


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """The whole lab, without any of its state."""

    name: str
    title: str
    question: str
    groups: Mapping[str, str]  # name -> the word on the screen, in order
    controls: tuple[Control, ...]
    actions: tuple[Action, ...]
    figures: tuple[Figure, ...]
    presets: tuple[Preset, ...]
    how_to: tuple[str, ...]
    more: str  # what waits behind *More*, in a few words
    clock: str = "Sequence"  # what the clock counts that an action `step_forward` moves

    def describe(self) -> dict[str, Any]:
        """Plain data for a view."""
        return {
            **asdict(self),
            "controls": [control.describe() for control in self.controls],
        }

    def control(self, name: str) -> Control:
        """Find a control; raise ControlError naming those that exist."""
        for control in self.controls:
            if control.name == name:
                return control
        known = ", ".join(["preset", *(control.name for control in self.controls)])
        raise ControlError(f"{name!r} is not a control of {self.name}; controls: {known}")

    def defaults(self) -> dict[str, Any]:
        """Every control's default."""
        return {control.name: control.default for control in self.controls}

    def preset(self, name: object) -> Preset:
        """Find a preset; raise ControlError naming those that exist."""
        for preset in self.presets:
            if preset.name == name:
                return preset
        known = ", ".join(preset.name for preset in self.presets)
        raise ControlError(f"preset: {name!r} is not allowed; allowed: {known}")

    def accept(self, values: Mapping[str, object]) -> dict[str, Any]:
        """Check every value against its control before any of them takes effect."""
        return {name: self.control(name).accept(value) for name, value in values.items()}

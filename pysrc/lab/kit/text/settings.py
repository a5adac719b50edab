"""What the reader has set: a preset, and on top of it the value of every control."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lab.kit.controls import Document
from lab.kit.declaration import Declaration

# What changes with a change, for example a seed text with the model: (before, accepted) -> accepted
Follow = Callable[[Mapping[str, Any], dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Settings:
    """The accepted values of all controls. A change is a new one; the one before stays as it was.

    `given` is what the preset and the page set: addresses tell only what differs from it.
    """

    declaration: Declaration
    follow: Follow
    page_preset: str
    page_values: Mapping[str, object]
    preset: str
    values: Mapping[str, Any]
    given: Mapping[str, Any]

    @classmethod
    def opened(
        cls, declaration: Declaration, options: Mapping[str, object], follow: Follow
    ) -> "Settings":
        """As a page's options say: a preset, and values on top of it. Raises ControlError."""
        preset = declaration.preset(options.get("preset", declaration.presets[0].name)).name
        on_top = {name: options[name] for name in options if name != "preset"}
        empty: dict[str, Any] = {}
        fresh = cls(declaration, follow, preset, on_top, preset, empty, empty)
        return fresh._loaded(preset)

    def _loaded(self, preset: str) -> "Settings":
        values = self._with(
            self.declaration.defaults(), dict(self.declaration.preset(preset).values)
        )
        if preset == self.page_preset:
            values = self._with(values, self.page_values)
        return replace(self, preset=preset, values=values, given=values)

    def _with(self, values: Mapping[str, Any], changes: Mapping[str, object]) -> dict[str, Any]:
        return {**values, **self.follow(values, self.declaration.accept(changes))}

    def changed_by(self, changes: Mapping[str, object]) -> "Settings":
        """These settings with changes, perhaps another preset first; raises ControlError."""
        rest = {name: value for name, value in changes.items() if name != "preset"}
        before = self
        if "preset" in changes:
            before = self._loaded(self.declaration.preset(changes["preset"]).name)
        return replace(before, values=before._with(before.values, rest))

    def moved(self, **values: Any) -> "Settings":
        """These settings with values that the lab itself set."""
        return replace(self, values={**self.values, **values})

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def changed(self) -> list[str]:
        """The controls an address must name, so that setting them leads here again.

        A document is none: no address can hold it.
        """
        documents = {each.name for each in self.declaration.controls if isinstance(each, Document)}
        given = self.given
        values = {name: value for name, value in self.values.items() if name not in documents}
        differ = {name: value for name, value in values.items() if value != given[name]}
        replayed = {**given, **self.follow(given, dict(differ))}
        return [name for name in values if name in differ or replayed[name] != values[name]]

    def note(self, own_state: frozenset[str]) -> str:
        """The preset's sentence, as long as it is true of what is set."""
        preset = self.declaration.preset(self.preset)
        if own_state.issuperset(self.changed):
            return preset.note
        return f"Changed from the preset {preset.label}."

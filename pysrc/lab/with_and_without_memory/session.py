"""The laboratory at work: nothing is learned here, so every change answers at once."""

from collections.abc import Collection, Mapping
from typing import Any

from lab.kit.controls import ControlError
from lab.kit.registry import drawn as drawn_figures
from lab.kit.text.settings import Settings
from lab.kit.words import number
from lab.with_and_without_memory import view
from lab.with_and_without_memory.declaration import DECLARATION
from lab.with_and_without_memory.histories import (
    RECURRENT,
    drawn,
    moved,
    read,
    weights_of_window,
)
from lab.with_and_without_memory.view import Pair

_HARMLESS = frozenset({"step", "row", "value", "seed"})  # a preset's sentence stays true


def _follow(_before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
    return accepted


class WithAndWithoutMemory:
    """One reader's laboratory; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, _follow)
        self._actions = {
            "first_step": lambda: self._go_to(1),
            "step_back": lambda: self._go_to(self._pair().step - 1),
            "step_forward": lambda: self._go_to(self._pair().step + 1),
            "redraw": self._redraw,
        }

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        self._settings = self._settings.changed_by(values)

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._actions[action]()

    def advance(self, budget_ms: float) -> None:
        """Nothing here takes longer than a slice."""

    def _go_to(self, step: int) -> None:
        self._settings = self._settings.moved(step=min(max(step, 1), self._settings["length"]))

    def _redraw(self) -> None:
        self._settings = self._settings.moved(seed=(self._settings["seed"] + 1) % 2**32)

    def _pair(self) -> Pair:
        settings = self._settings
        length = settings["length"]
        position, window = min(settings["position"], length), min(settings["window"], length)
        one = drawn(settings["seed"], length)
        two = moved(one, position, settings["value"])
        step = min(settings["step"], length)
        return Pair(read(one, window), read(two, window), window, position, step, settings["row"])

    # What the page sees

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings, pair = self._settings, self._pair()
        now = {"step": pair.step, "position": pair.position, "window": pair.window}
        drawings = {
            "histories": lambda: view.histories(pair),
            "changes": lambda: view.changes(pair),
        }
        whole = [1, pair.steps]
        return {
            "values": {**settings.values, **now},
            "preset": settings.preset,
            "note": settings.note(_HARMLESS),
            "start": dict(settings.given),
            "changed": settings.changed,
            "steps": pair.steps,
            "running": "",
            "wait_ms": 0,
            "status": self._status(pair),
            "problem": None,
            "said": "",
            "reaches": {"step": whole, "position": whole, "window": whole},
            "hints": {"position": self._hint(pair)},
            "actions": {
                "first_step": {"enabled": pair.step > 1},
                "step_back": {"enabled": pair.step > 1},
                "step_forward": {"enabled": pair.step < pair.steps},
                "redraw": {"enabled": True},
            },
            "readout": view.formula(pair),
            "figures": drawn_figures(drawings, shown),
        }

    def _hint(self, pair: Pair) -> str:
        return f"In history 1 it is {number(float(pair.one.values[pair.position - 1]))}."

    def _status(self, pair: Pair) -> list[dict[str, str]]:
        weights = {"Recurrent": len(RECURRENT), "Window": weights_of_window(pair.window)}
        return [
            {"name": f"{name}, {count} weights", "value": view.compared(pair, name.lower())}
            for name, count in weights.items()
        ]

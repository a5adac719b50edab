"""The laboratory of first weights: nothing is learned here, so all follows from what is set."""

from collections.abc import Collection, Mapping
from typing import Any

from lab.initialisation import figures
from lab.initialisation.declaration import DECLARATION, STEPS
from lab.initialisation.walk import Recipe, Walk, sizes, walk
from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.settings import Settings
from lab.kit.words import number

_OWN_STATE = frozenset({"step", "seed"})  # a preset's note stays true


class Initialisation:
    """One reader's laboratory; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, lambda _, accepted: accepted)
        self._walked: tuple[Recipe, Walk] | None = None
        self._said = ""

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        self._settings = self._settings.changed_by(values)
        if not {"step"}.issuperset(values):
            self._said = ""

    def act(self, action: str, _argument: object = None) -> None:
        """Press the button."""
        if action != "draw_again":
            raise ControlError(f"{action!r} is not an action; actions: draw_again")
        seed = (self._settings["seed"] + 1) % 2**32
        self._settings = self._settings.moved(seed=seed)
        self._said = f"The same recipe from seed {seed}."

    def advance(self, budget_ms: float) -> None:
        """Nothing here takes longer than a slice."""

    @property
    def _recipe(self) -> Recipe:
        settings = self._settings
        normal = settings["initialiser"] == "normal"
        return Recipe(
            settings["initialiser"],
            settings["deviation" if normal else "gain"],
            settings["activation"],
            settings["input"] == "every",
            settings["units"],
            settings["seed"],
        )

    @property
    def _walk(self) -> Walk:
        if self._walked is None or self._walked[0] != self._recipe:
            self._walked = (self._recipe, walk(self._recipe))
        return self._walked[1]

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, figures."""
        settings, recipe, seen = self._settings, self._recipe, self._walk
        drawings = {
            "activations": lambda: figures.activations(recipe, seen),
            "gradients": lambda: figures.gradients(seen),
            "sizes": lambda: figures.typical(seen),
            "rivals": lambda: figures.rivals(recipe, dict(settings.values)),
        }
        return {
            "values": dict(settings.values),
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "steps": STEPS,
            "running": "",
            "wait_ms": 0,
            "status": self._status(seen),
            "problem": None,
            "said": self._said,
            "actions": {"draw_again": {"enabled": True}},
            "readout": figures.readout(seen, settings["step"]),
            "figures": drawn(drawings, shown),
        }

    def _status(self, seen: Walk) -> list[dict[str, str]]:
        hidden, back = sizes(seen.hidden), sizes(seen.gradients)
        facts = [{"name": "Gradient at step 1", "value": f"{number(back[0] / back[-1])} left"}]
        if self._settings["activation"] != "linear":
            flat = figures.percent(float(figures.flat_shares(seen)[-1]))
            name = "Off" if self._settings["activation"] == "relu" else "Saturated"
            facts.append({"name": f"{name} at step 50", "value": flat})
        return [{"name": "Size at step 50", "value": number(hidden[-1])}, *facts]

"""The session of a lab in which two networks learn one task side by side.

A lab says what is declared, which task and which rivals its settings mean, and what it shows of a
text that the reader may type; training, pausing, beginning anew and the curves are the same.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar

from lab.kit.controls import ControlError
from lab.kit.declaration import Declaration
from lab.kit.registry import drawn
from lab.kit.rivals import Race, Shape
from lab.kit.text.figures import percent, table
from lab.kit.text.settings import Settings
from lab.kit.words import number
from rnn.tasks.task import Task

KEPT = frozenset({"learning_rate", "text", "step"})  # what changes without beginning anew


class Contest(ABC):
    """One reader's session; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration: ClassVar[Declaration]
    steps: ClassVar[int]  # of a race

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(self.declaration, options, self.follow)
        self.check(self._settings["text"])
        self._running = self._said = ""
        self._race = self._new_race()
        self._actions: dict[str, Callable[[], None]] = {
            "train": self._train,
            "reset": self._reset,
            "another": self._another,
        }
        self._drawn = 0

    # What a lab says

    @abstractmethod
    def task(self) -> Task:
        """The task that the settings mean."""

    @abstractmethod
    def shapes(self) -> Sequence[Shape]:
        """The plain network, then the other."""

    @abstractmethod
    def check(self, text: str) -> None:
        """Raise ControlError for a text that cannot be read."""

    @abstractmethod
    def another_text(self, number: int) -> str:
        """A text drawn at random, the same for the same number."""

    @abstractmethod
    def references(self) -> list[dict[str, Any]]:
        """The losses to compare with."""

    @abstractmethod
    def figures(self) -> dict[str, Callable[[], dict[str, Any]]]:
        """The lab's own figures."""

    @abstractmethod
    def readout(self) -> list[list[dict[str, Any]]]:
        """The place in the text, in words."""

    @staticmethod
    def follow(_before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
        """What changes with a change: nothing."""
        return dict(accepted)

    # What a page asks

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        after = self._settings.changed_by(values)
        self.check(after["text"])
        before, self._settings, self._said = self._settings, after, ""
        changed = {name for name in after.values if after[name] != before[name]}
        if changed - KEPT or "preset" in values:
            self._running, self._race = "", self._new_race()
        elif "learning_rate" in changed:
            self._race.set_rate(after["learning_rate"])

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._actions[action]()

    def advance(self, budget_ms: float) -> None:
        """Learn for one slice of time."""
        if not self._running:
            return
        race = self._race
        race.advance(time.perf_counter() + budget_ms / 1000.0)
        if race.finished or race.diverged:
            self._running = ""
            self._said = "" if race.diverged else self._verdict()

    def _new_race(self) -> Race:
        values = self._settings
        return Race(
            self.task(),
            self.shapes(),
            values["hidden"],
            values["seed"],
            values["learning_rate"],
            self.steps,
        )

    def _train(self) -> None:
        if self._running:
            self._running = ""
            self._race.judge()
            self._said = self._verdict()
            return
        for rival in self._race.rivals:
            rival.trainer.roll_back()
        if self._race.finished:
            return  # the button is off, but a click may be on its way
        self._running, self._said = "train", ""

    def _reset(self) -> None:
        self._running, self._race = "", self._new_race()
        self._said = "Random weights again."

    def _another(self) -> None:
        self._drawn += 1
        self._settings = self._settings.moved(text=self.another_text(self._drawn), step=1)

    # What the page sees

    def _verdict(self) -> str:
        """Who is ahead, with numbers."""
        race = self._race
        plain, other = race.results
        names = [rival.shape.name for rival in race.rivals]
        said = (
            f"After {race.step:,} mini-batches {names[0]} has a loss of {number(plain.loss)} on "
            f"new texts and {percent(plain.right)} right; {names[1]} has {number(other.loss)} and "
            f"{percent(other.right)}."
        )
        if other.loss < 0.8 * plain.loss:
            return f"{said} Better: {names[1]}."
        if plain.loss < 0.8 * other.loss:
            return f"{said} Better: {names[0]}."
        return f"{said} Neither is clearly better."

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings, race = self._settings, self._race
        return {
            "values": {**settings.values, "step": self.step},
            "preset": settings.preset,
            "note": settings.note(KEPT),
            "start": dict(settings.given),
            "changed": settings.changed,
            "steps": len(settings["text"]),
            "running": self._running,
            "wait_ms": 0,
            "status": self._status(),
            "problem": race.diverged or None,
            "said": self._said,
            "actions": self._buttons(),
            "readout": self.readout(),
            "figures": drawn({**self.figures(), "losses": self.losses}, shown),
        }

    @property
    def step(self) -> int:
        """The place in the text, from 1."""
        return int(min(max(self._settings["step"], 1), len(self._settings["text"])))

    @property
    def race(self) -> Race:
        """The rivals."""
        return self._race

    def _status(self) -> list[dict[str, str]]:
        race = self._race
        state = "Paused" if race.step else "Untrained"
        if self._running:
            state = "Training"
        elif race.diverged:
            state = "Diverged"
        elif race.finished:
            state = "Finished"
        facts = [
            {"name": "State", "value": state},
            {"name": "Mini-batches", "value": f"{race.step:,} of {race.steps:,}"},
        ]
        for rival, result in zip(race.rivals, race.results, strict=True):
            name = f"{rival.shape.name.capitalize()}, {rival.parameters:,} parameters"
            facts.append({"name": name, "value": f"{percent(result.right)} right"})
        return facts

    def _buttons(self) -> dict[str, dict[str, Any]]:
        race = self._race
        train = "Pause" if self._running else "Train on" if race.step else "Train both"
        return {
            "train": {"enabled": not race.finished, "label": train},
            "reset": {"enabled": race.step > 0},
            "another": {"enabled": True},
        }

    def losses(self) -> dict[str, Any]:
        """Both curves, and what they are compared with."""
        race = self._race
        series = []
        for rival in race.rivals:
            x, y = rival.losses.columns()
            series.append({"name": rival.shape.name, "style": rival.shape.style, "x": x, "y": y})
        sizes = " and ".join(f"{r.shape.name} {r.parameters:,}" for r in race.rivals)
        return {
            "series": series,
            "x_label": "mini-batches",
            "y_label": "loss, nats",
            "references": self.references(),
            "empty": "Press Train both.",
            "summary": (
                f"{self._verdict()} Parameters: {sizes}."
                if race.step
                else f"Nothing was learned yet. Parameters: {sizes}."
            ),
            "tables": [
                table({"mini-batches": each["x"], f"loss, {each['name']}": each["y"]})
                for each in series
            ],
        }

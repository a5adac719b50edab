"""The race at work: what each button does, and what the page then sees."""

import time
from collections.abc import Collection, Mapping
from typing import Any

from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.settings import Settings
from lab.kit.words import number
from lab.schedules import figures
from lab.schedules.declaration import DECLARATION
from lab.schedules.noise import Measurement
from lab.schedules.race import Racer, line_up

_OWN_STATE = frozenset({"seed"})  # a preset's note stays true


class Schedules:
    """One reader's race; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, lambda _, accepted: accepted)
        self._actions = {"race": self._race, "again": self._again, "measure": self._measure}
        self._fresh()

    def _fresh(self) -> None:
        self._racers: list[Racer] = line_up(self._settings.values)
        self._running = ""
        self._said = ""
        self._measured: Measurement | None = None

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect. A change is a new race."""
        before = self._settings
        self._settings = before.changed_by(values)
        if before.values != self._settings.values or "preset" in values:
            self._fresh()

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._actions[action]()

    def advance(self, budget_ms: float) -> None:
        """Work for one slice of time: an update for each racer, as often as they fit."""
        until = time.perf_counter() + budget_ms / 1000.0
        while self._running:
            if self._running == "race":
                self._one_update_each()
            elif self._measured is not None:
                self._measured.advance()
                if self._measured.finished:
                    self._running, self._said = "", ""
            if time.perf_counter() >= until:
                break

    def _one_update_each(self) -> None:
        for racer in self._racers:
            racer.update()
        if self._over:
            self._running = ""
            self._said = "The race is over. Another seed tells whether it was luck."

    @property
    def _over(self) -> bool:
        return not any(racer.trainer and racer.trainer.running for racer in self._racers)

    @property
    def _done(self) -> int:
        return max(racer.done for racer in self._racers)

    # Buttons

    def _race(self) -> None:
        if self._running == "race":
            self._running, self._said = "", f"Paused after {self._done:,} updates."
        elif not self._running:
            if self._over:
                self._fresh()
            self._running, self._said = "race", ""

    def _again(self) -> None:
        self._settings = self._settings.moved(seed=(self._settings["seed"] + 1) % 2**32)
        self._fresh()
        self._said = f"New weights and new examples from seed {self._settings['seed']}."

    def _measure(self) -> None:
        if self._running == "measure":
            self._running, self._said, self._measured = "", "Stopped measuring.", None
        elif not self._running:
            racer = self._racers[0]
            where = "At the first weights"
            if racer.done:
                where = f"At the weights of “{racer.name}” after {racer.done:,} updates"
            self._measured = Measurement(racer.model, where)
            self._running, self._said = "measure", ""

    # What the page sees

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings, updates = self._settings, self._settings["updates"]
        drawings = {
            "rates": lambda: figures.rates(self._racers, updates),
            "losses": lambda: figures.losses(self._racers, updates),
            "noise": lambda: figures.noise(self._measured),
        }
        return {
            "values": dict(settings.values),
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "steps": 0,
            "running": self._running,
            "wait_ms": 0,
            "status": self._status(),
            "problem": self._problem(),
            "said": self._said,
            "actions": self._buttons(),
            "readout": [],
            "figures": drawn(drawings, shown),
        }

    def _problem(self) -> str | None:
        out = [racer for racer in self._racers if racer.diverged]
        return f"{out[0].name}: {out[0].diverged}" if out else None

    def _status(self) -> list[dict[str, str]]:
        words = {"race": "Racing", "measure": "Measuring"}.get(self._running)
        if words is None:
            words = "At the start" if not self._done else "Over" if self._over else "Paused"
        facts = [
            {"name": "State", "value": words},
            {"name": "Update", "value": f"{self._done:,} of {self._settings['updates']:,}"},
        ]
        if self._done:
            best = min(self._racers, key=lambda one: one.loss)
            facts.append({"name": "Ahead", "value": f"{best.name} {number(best.loss)}"})
        return facts

    def _buttons(self) -> dict[str, dict[str, Any]]:
        racing, measuring = self._running == "race", self._running == "measure"
        label = "Pause" if racing else "Race" if self._over or not self._done else "Go on"
        return {
            "race": {"enabled": not measuring, "label": label},
            "again": {"enabled": True},
            "measure": {"enabled": not racing, "label": "Stop" if measuring else "Measure"},
        }

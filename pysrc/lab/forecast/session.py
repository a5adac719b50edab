"""The forecast at work: what each button does, and what the page then sees."""

import time
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np

from lab.forecast import view
from lab.forecast.declaration import DECLARATION, SEEDS
from lab.forecast.series import SERIES, values_of
from lab.kit.controls import ControlError, parse_numbers
from lab.kit.registry import drawn
from lab.kit.text.settings import Settings
from lab.kit.words import number
from rnn import forecast
from rnn.arrays import Array
from rnn.checkpoints import CheckpointError
from rnn.forecast import naive, stretches, walk

_OWN_STATE = frozenset({"seed", "kind", "updates", "hidden"})
_OWN_WINDOW = 24


class Forecast:
    """One reader's forecast; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, lambda _, accepted: accepted)
        self._check(self._settings.values)
        self._given: dict[str, Array] = {}  # file -> the series made of it, by the series' name
        self._actions = {"walk": self._walk, "start_over": self._start_over}
        self._fresh()

    def _fresh(self) -> None:
        self._forecasts: dict[int, Array] = {}
        self._pieces: list[Array] = []
        self._steps: Iterator[Array | None] | None = None
        self._done = 0  # updates of this walk
        self._running = self._said = ""

    @staticmethod
    def _check(values: Mapping[str, Any]) -> None:
        """Raise ControlError where the reader's own series cannot be forecast."""
        count, season = len(parse_numbers(values["numbers"])), values["season"]
        if season > int(forecast.LEARNED * count):
            raise ControlError(
                f"season must be at most {int(forecast.LEARNED * count)} for {count} numbers; "
                f"got {season}"
            )

    @property
    def _wants(self) -> str | None:
        name = self._settings["series"]
        return None if name == "own" or name in self._given else SERIES[name].file

    def give(self, name: str, data: bytes) -> None:
        """Take a file of measurements; it may hold more than one series."""
        try:
            made = {
                series: values_of(series, data)
                for series, measured in SERIES.items()
                if measured.file == name
            }
        except (ValueError, IndexError) as error:
            raise CheckpointError(f"its lines must be a date and a number: {error}") from error
        self._given |= made

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect. A change begins anew."""
        after = self._settings.changed_by(values)
        self._check(after.values)
        before, self._settings = self._settings, after
        if before.values != after.values or "preset" in values:
            self._fresh()

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        if self._wants:
            raise ControlError(f"the series {self._wants} has not arrived yet")
        self._actions[action]()

    def advance(self, budget_ms: float) -> None:
        """Train and forecast for one slice of time."""
        until = time.perf_counter() + budget_ms / 1000.0
        while self._running:
            self._step()
            if time.perf_counter() >= until:
                break

    # The walk

    @property
    def _values(self) -> Array:
        name = self._settings["series"]
        if name == "own":
            return np.array(parse_numbers(self._settings["numbers"]))
        return self._given[name]

    @property
    def _seed(self) -> int:
        """The seed of the walk that is made, or comes next."""
        return int(self._settings["seed"]) + len(self._forecasts)

    def _window(self) -> int:
        name = self._settings["series"]
        if name != "own":
            return SERIES[name].window
        return min(_OWN_WINDOW, int(forecast.LEARNED * len(self._values)) // 4)

    def _walk(self) -> None:
        if self._running:
            self._running, self._said = "", "Paused."
            return
        if len(self._forecasts) == SEEDS:
            self._fresh()
        self._running, self._said = "walk", ""

    def _start_over(self) -> None:
        self._fresh()
        self._said = "The walks are forgotten."

    def _step(self) -> None:
        if self._steps is None:
            own = self._settings
            chosen = forecast.Settings(own["kind"], own["hidden"], self._window(), own["updates"])
            self._steps, self._pieces, self._done = walk(self._values, chosen, self._seed), [], 0
        piece = next(self._steps, None)
        if piece is None:
            self._done += 1
            return
        self._pieces.append(piece)
        if len(self._pieces) == len(stretches(len(self._values))):
            self._forecasts[self._seed] = np.concatenate(self._pieces)
            self._steps = None
            if len(self._forecasts) == SEEDS:
                self._running = ""

    # What the page sees

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings = self._settings
        return {
            "values": dict(settings.values),
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "wants": self._wants,
            "steps": 0,
            "running": self._running,
            "wait_ms": 0,
            "status": self._status(),
            "problem": None,
            "said": self._said,
            "actions": self._buttons(),
            "readout": [],
            "figures": drawn(self._drawings(), shown),
        }

    def _drawings(self) -> Any:
        if self._wants:
            empty = view.nothing("The series has not arrived yet.")
            return {name: lambda name=name: empty[name] for name in empty}
        seen = self._seen
        return {"series": lambda: view.series(seen), "errors": lambda: view.errors(seen)}

    @property
    def _seen(self) -> view.Seen:
        name, values = self._settings["series"], self._values
        own = name == "own"
        season = self._settings["season"] if own else SERIES[name].season
        unit, each = ("", "value") if own else (SERIES[name].unit, SERIES[name].each)
        kind = self._settings["kind"]
        return view.Seen(values, unit, each, naive(values, season), dict(self._forecasts), kind)

    def _status(self) -> list[dict[str, str]]:
        if self._wants:
            return [{"name": "State", "value": "Waiting for the series"}]
        walks = len(self._forecasts)
        words = "Walking" if self._running else "Over" if walks == SEEDS else "Ready"
        if not self._running and self._steps is not None:
            words = "Paused"
        updates = self._settings["updates"] * len(stretches(len(self._values)))
        facts = [
            {"name": "State", "value": words},
            {"name": "Seeds done", "value": f"{walks} of {SEEDS}"},
        ]
        if self._steps is not None:
            facts.append({"name": "Update", "value": f"{self._done:,} of {updates:,}"})
        elif walks:
            errors = list(self._seen.errors.values())
            facts.append({"name": "Error", "value": number(float(np.mean(errors)))})
        return facts

    def _buttons(self) -> dict[str, dict[str, Any]]:
        label = "Pause" if self._running else "Go on" if self._steps else "Walk forward"
        begun = bool(self._forecasts) or self._steps is not None
        return {
            "walk": {"enabled": self._wants is None, "label": label},
            "start_over": {"enabled": begun and not self._running},
        }

"""The race at work: what each button does, and what the page then sees."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.settings import Settings
from lab.memory_race import figures
from lab.memory_race.declaration import DECLARATION
from lab.memory_race.problems import PROBLEMS, floor
from lab.memory_race.race import SETTINGS, Race, Start
from lab.memory_race.verdict import verdict

_NEW_RACE = ("task", "length", *SETTINGS)
_OWN_STATE = frozenset({"step", "seed", "budget"})  # a preset's note stays true


def follow(before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
    """Another task begins at a length of its own."""
    task = accepted.get("task", before["task"])
    if task == before["task"]:
        return accepted
    return {"length": PROBLEMS[task].length, "step": 1, **accepted}


class MemoryRace:
    """One reader's laboratory; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, follow)
        self._running = False
        self._said = ""
        self._race = self._fresh(self._settings)
        self._actions: dict[str, Callable[[], None]] = {
            "train": self._train,
            "restart": self._restart,
            "next_seed": self._next_seed,
        }

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        after = self._settings.changed_by(values)
        new = any(after[name] != self._settings[name] for name in _NEW_RACE)
        race = self._fresh(after) if new or "preset" in values else self._race
        self._settings = after
        if race is not self._race:
            self._race, self._running, self._said = race, False, ""

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._actions[action]()

    def advance(self, budget_ms: float) -> None:
        """Work for one slice of time: rounds of one step for each of the three."""
        if not self._running:
            return
        self._race.run(self._budget, budget_ms / 1000.0)
        if self._spent or not self._race.anyone:
            self._running = False
            self._race.test()
            self._said = self._verdict()

    def _fresh(self, settings: Settings) -> Race:
        _check_length(settings["task"], settings["length"])
        try:
            race = Race(Start.of(settings.values))
        except ValueError as error:  # too long and too many for the memory, and the like
            raise ControlError(f"length: {error}") from None
        race.test()
        return race

    @property
    def _budget(self) -> int:
        return int(self._settings["budget"])

    @property
    def _spent(self) -> bool:
        return self._race.steps >= self._budget

    def _train(self) -> None:
        if self._running:
            self._running = False
            self._race.test()
            self._said = f"Paused. {self._verdict()}".strip()
        elif self._spent:
            raise ControlError(f"budget: all {self._budget:,} steps are done; raise it to go on")
        else:
            self._said = ""
            self._running = self._race.anyone

    def _restart(self) -> None:
        self._race, self._running = self._fresh(self._settings), False
        self._said = f"Back at the start, with the weights of seed {self._settings['seed']}."

    def _next_seed(self) -> None:
        self._settings = self._settings.moved(seed=(self._settings["seed"] + 1) % 2**32)
        self._restart()
        self._said = f"New weights and new sequences, from seed {self._settings['seed']}."

    def _verdict(self) -> str:
        race = self._race
        least = floor(race.task) or 0.0
        return verdict(race.standings(), race.guess, least, race.steps, self._budget)

    # What the page sees

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings, race = self._settings, self._race
        step = min(settings["step"], race.task.steps)
        drawings = {
            "losses": lambda: figures.losses(race, self._budget),
            "reach": self._reach,
            "example": lambda: figures.example(race, step),
        }
        return {
            "values": {**settings.values, "step": step},
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "steps": race.task.steps,
            "running": "train" if self._running else "",
            "wait_ms": 0,
            "status": self._status(),
            "problem": self._problem(),
            "said": self._said,
            "actions": self._buttons(),
            "readout": [],
            "figures": drawn(drawings, shown),
        }

    def _reach(self) -> dict[str, Any]:
        self._race.measure(self._budget, now=not self._running)
        return figures.reach(self._race)

    def _status(self) -> list[dict[str, str]]:
        race = self._race
        words = "Training" if self._running else "Paused" if race.steps else "Untrained"
        if self._spent:
            words = "Budget spent"
        facts = [
            {"name": "State", "value": words},
            {"name": "Step", "value": f"{race.steps:,} of {max(self._budget, race.steps):,}"},
        ]
        for entrant in race.entrants:
            name = f"{entrant.name}, {entrant.hidden} units"
            facts.append({"name": name, "value": f"{entrant.parameters:,} parameters"})
        return facts

    def _problem(self) -> str | None:
        ran_away = [
            f"{entrant.name}: {entrant.diverged}"
            for entrant in self._race.entrants
            if entrant.diverged
        ]
        return " ".join(ran_away) or None

    def _buttons(self) -> dict[str, dict[str, Any]]:
        label = "Pause" if self._running else "Go on" if self._race.steps else "Train"
        return {
            "train": {"enabled": not self._spent and self._race.anyone, "label": label},
            "restart": {"enabled": self._race.steps > 0},
            "next_seed": {"enabled": True},
        }


def _check_length(task: str, length: int) -> None:
    """Refuse a length that this task cannot have. Raises ControlError."""
    problem = PROBLEMS[task]
    if not problem.shortest <= length <= problem.longest:
        raise ControlError(
            f"length of {problem.label.lower()} must be in "
            f"[{problem.shortest}, {problem.longest}]; got {length}"
        )

"""The laboratory of clipping at work: what each button does, and what the page then sees."""

import time
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from lab.clipping import figures
from lab.clipping.declaration import DECLARATION
from lab.clipping.runs import RULES, Run, as_array, problem_of, start_of
from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.settings import Settings
from lab.kit.words import number
from rnn.landscape import slope_at

_PLACE = {"w_x", "w_h", "activation", "length", "target"}  # where a network's gradient is taken
_HAND = {"g_x", "g_h"}
_OWN_STATE = frozenset({"source", *_HAND})  # a preset's note stays, and so does the plane below it
_STRETCH = 4  # epochs between two drawings, so that the curves can be followed
_WAIT_MS = 40


def follow(before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
    """Who drags the arrow sets it by hand; who moves a weight wants the network's again."""
    if "source" in accepted:
        return accepted
    if _HAND & accepted.keys():
        return {**accepted, "source": "hand"}
    moved = any(accepted[name] != before[name] for name in _PLACE & accepted.keys())
    return {**accepted, "source": "network"} if moved else accepted


class Clipping:
    """One reader's laboratory; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, follow)
        self._restart()

    def _restart(self) -> None:
        self._running = self._said = ""
        start = start_of(self._settings.values)
        self._runs = {rule: Run(rule, start) for rule in RULES}

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        before = self._settings.values
        self._settings = self._settings.changed_by(values)
        after = self._settings.values
        decisive = _PLACE | {"limit", "learning_rate"}
        if any(after[name] != before[name] for name in decisive):
            self._restart()

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        actions = {"train": self._train, "restart": self._go_back}
        if action not in actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(actions)}")
        actions[action]()

    def _go_back(self) -> None:
        self._restart()
        self._said = "Back to the weights w_x and w_h above."

    def _train(self) -> None:
        if self._running:
            self._running = ""
            self._said = f"Paused after {self._epochs:,} epochs."
            return
        if self._all_ended:
            self._restart()
        self._running, self._said = "train", ""

    @property
    def _epochs(self) -> int:
        return max(run.epochs for run in self._runs.values())

    @property
    def _all_ended(self) -> bool:
        return all(run.ended for run in self._runs.values())

    def advance(self, budget_ms: float) -> None:
        """A few epochs of all three runs."""
        until = time.perf_counter() + budget_ms / 1000.0
        values = self._settings.values
        problem = problem_of(values)
        for _ in range(_STRETCH):
            if not self._running:
                return
            for run in self._runs.values():
                run.step(problem, values["learning_rate"], values["limit"])
            if self._all_ended:
                self._running = ""
                self._said = f"All runs have ended, after {self._epochs:,} epochs."
            if time.perf_counter() >= until:
                return

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, figures."""
        settings = self._settings
        values = settings.values
        by_hand = values["source"] == "hand"
        slope = slope_at(start_of(values), problem_of(values))
        gradient = np.array([values["g_x"], values["g_h"]]) if by_hand else as_array(slope)
        clipped = figures.clip(gradient, values["limit"])
        drawings = {
            "arrows": lambda: figures.arrows(clipped, by_hand),
            "losses": lambda: figures.losses(self._runs),
        }
        return {
            "values": dict(values),
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "steps": values["length"],
            "running": self._running,
            "wait_ms": _WAIT_MS,
            "status": self._status(slope.loss),
            "problem": None,
            "said": self._said,
            "actions": {
                "train": {"enabled": True, "label": self._label()},
                "restart": {"enabled": self._epochs > 0},
            },
            "readout": figures.readout(clipped),
            "figures": drawn(drawings, shown),
        }

    def _label(self) -> str:
        if self._running:
            return "Pause"
        return "Train again" if self._all_ended else "Train"

    def _status(self, loss: float) -> list[dict[str, str]]:
        if not any(run.epochs or run.ended for run in self._runs.values()):
            return [{"name": "Loss at w_x, w_h", "value": number(loss)}]
        return [
            {"name": RULES[rule].capitalize(), "value": figures.ending(run)}
            for rule, run in self._runs.items()
        ]

"""The landscape at work: what each button does, and what the page then sees."""

import time
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.settings import Settings
from lab.kit.words import number
from lab.loss_landscape import figures
from lab.loss_landscape.declaration import DECLARATION
from lab.loss_landscape.surface import Box, Surface, problem_of
from lab.loss_landscape.walkers import Guesses, Walk, evaluations
from rnn.landscape import slope_at
from rnn.one_unit import Weights

_REST = {"w_y", "b_h", "b_y"}
_PROBLEM = {"preset", "task", "length", "activation", *_REST}
_EDGES = {"middle_x", "middle_h", "width_x", "width_h"}
_WALKED = _PROBLEM | {"w_x", "w_h", "learning_rate", "clip_limit"}  # a walk belongs to these
_GUESSED = _PROBLEM | _EDGES | {"seed"}
_DRAWN = _PROBLEM | _EDGES | {"resolution"}
_OWN_STATE = frozenset(
    {"w_x", "w_h", "look_x", "look_h", "resolution", "seed", "updates", "learning_rate"}
)
_WAIT_MS = 15  # between two updates: a path is drawn as it is walked


def follow(_before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
    """The cursor goes to a new start."""
    looks = {
        look: accepted[start]
        for look, start in (("look_x", "w_x"), ("look_h", "w_h"))
        if start in accepted and look not in accepted
    }
    return {**accepted, **looks}


class LossLandscape:
    """One reader's landscape; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, follow)
        self._stamp = 0
        self._said = ""
        self._running = ""
        self._guesses: Guesses | None = None
        self._renew(_DRAWN | _WALKED)
        self._actions: dict[str, Callable[[], None]] = {
            "train": self._train,
            "one": self._one,
            "search": self._search,
            "clear": lambda: self._renew(_WALKED | _GUESSED),
        }

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        before = self._settings
        self._settings = before.changed_by(values)
        changed = {name for name in before.values if before[name] != self._settings[name]}
        self._renew(changed | (set(values) & {"preset"}))

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._actions[action]()

    def advance(self, budget_ms: float) -> None:
        """One update of both walks, or as many guesses as fit into the time."""
        until = time.perf_counter() + budget_ms / 1000.0
        if self._running == "train":
            self._descend()
        while self._running == "search":
            self._guess()
            if time.perf_counter() >= until:
                break

    def _renew(self, changed: AbstractSet[str]) -> None:
        """Throw away what no longer belongs to what is set."""
        if changed & (_WALKED | _GUESSED):
            self._running = ""
            self._said = ""
        if changed & (_DRAWN | _WALKED):
            self._problem = problem_of(self._settings.values)
        if changed & _DRAWN:
            self._surface = Surface(
                self._problem, self._start, self._box, self._settings["resolution"]
            )
            self._stamp += 1
        if changed & _WALKED:
            limit = self._settings["clip_limit"]
            self._walks = (
                Walk("clipped", self._start, limit),
                Walk("not clipped", self._start, None),
            )
        if changed & _GUESSED:
            self._guesses = None

    @property
    def _box(self) -> Box:
        return Box.of(self._settings.values)

    @property
    def _start(self) -> Weights:
        return Weights(*(self._settings[name] for name in Weights._fields))

    # Walking and guessing

    @property
    def _over(self) -> bool:
        most = self._settings["updates"]
        return all(walk.thrown or walk.updates >= most for walk in self._walks)

    def _train(self) -> None:
        if self._running == "train":
            self._running = ""
            self._said = f"Paused after {self._walks[0].updates} updates."
        elif not self._running:
            self._again_if_over()
            self._running = "train"

    def _one(self) -> None:
        if not self._running:
            self._again_if_over()
            self._descend()

    def _again_if_over(self) -> None:
        self._said = ""
        if self._over:
            self._renew({"w_h"})

    def _descend(self) -> None:
        for walk in self._walks:
            if walk.updates < self._settings["updates"]:
                walk.step(self._problem, self._settings["learning_rate"])
        if self._over:
            self._running = ""
            self._said = figures.verdict(self._walks, self._problem, self._guesses)

    @property
    def _budget(self) -> int:
        updates = self._walks[0].updates or self._settings["updates"]
        return evaluations(updates)

    def _search(self) -> None:
        if self._running == "search":
            self._running = ""
        elif not self._running:
            if self._guesses is None or self._guesses.evaluations >= self._budget:
                seed = self._settings["seed"]
                self._guesses = Guesses(self._problem, self._start, self._box, seed)
            self._said = ""
            self._running = "search"

    def _guess(self) -> None:
        guesses = self._guesses
        if guesses is not None:
            guesses.guess(self._budget - guesses.evaluations)
        if guesses is None or guesses.evaluations >= self._budget:
            self._running = ""
            self._said = figures.verdict(self._walks, self._problem, guesses)

    # What the page sees

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings = self._settings
        readout, spoken = self._look()
        drawings = {
            "map": lambda: figures.landscape(
                self._surface,
                self._stamp,
                self._box,
                self._problem,
                self._walks,
                self._guesses,
                dict(settings.values),
                spoken,
            ),
            "losses": lambda: figures.losses(self._walks, self._problem, self._guesses),
            "slopes": lambda: figures.slopes(self._walks, settings["clip_limit"]),
        }
        return {
            "values": dict(settings.values),
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "steps": 1,
            "running": self._running,
            "wait_ms": _WAIT_MS if self._running else 0,
            "status": self._status(),
            "problem": None,
            "said": self._said,
            "actions": self._buttons(),
            "readout": readout,
            "figures": drawn(drawings, shown),
        }

    def _look(self) -> tuple[list[list[dict[str, Any]]], str]:
        """Loss and gradient at the cursor, and how far one update would go from there."""
        place = self._start._replace(w_x=self._settings["look_x"], w_h=self._settings["look_h"])
        slope = slope_at(place, self._problem)
        rate, limit = self._settings["learning_rate"], self._settings["clip_limit"]
        spoken = (
            f"w_x {number(place.w_x)}, w_h {number(place.w_h)}: loss {number(slope.loss)}, "
            f"gradient {number(slope.norm)} long"
        )

        def put(value: float, name: str = "", **more: bool) -> dict[str, Any]:
            return {"number": number(value), "name": name, **more}

        first = [
            {"text": "At "},
            put(place.w_x, "w_x"),
            {"text": ", "},
            put(place.w_h, "w_h"),
            {"text": "  the loss is "},
            put(slope.loss, result=True),
            {"text": " and its gradient ("},
            put(slope.d_w_x, "∂L/∂w_x"),
            {"text": ", "},
            put(slope.d_w_h, "∂L/∂w_h"),
            {"text": ")"},
        ]
        second = [
            {"text": "One update from here: "},
            put(rate, "learning rate"),
            {"text": " · "},
            put(slope.norm, "length"),
            {"text": " = "},
            put(rate * slope.norm, "not clipped", result=True),
            {"text": " or at most "},
            put(rate * min(slope.norm, limit), "clipped", result=True),
        ]
        return [first, second], spoken

    def _status(self) -> list[dict[str, str]]:
        words = {"train": "Descending", "search": "Guessing"}.get(self._running, "Waiting")
        if not self._running and self._walks[0].updates:
            words = "Arrived" if self._over else "Paused"
        facts = [{"name": "State", "value": words}]
        facts.append({"name": "Updates", "value": f"{self._walks[0].updates:,}"})
        return facts

    def _buttons(self) -> dict[str, dict[str, Any]]:
        descending, guessing = self._running == "train", self._running == "search"
        something = self._walks[0].updates > 0 or self._guesses is not None
        return {
            "train": {"enabled": not guessing, "label": "Pause" if descending else "Descend"},
            "one": {"enabled": not self._running},
            "search": {
                "enabled": not descending,
                "label": "Stop guessing" if guessing else "Random search",
            },
            "clear": {"enabled": something and not self._running},
        }

"""The laboratory of one line at work: what each button does, and what the page then sees."""

import json
import time
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from lab.classify import view
from lab.classify.apprentice import Apprentice
from lab.classify.declaration import DECLARATION
from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.models import well_formed
from lab.kit.text.settings import Settings
from rnn.arrays import Array, IntArray
from rnn.checkpoints import CheckpointError
from rnn.lines import CLASSES, LONGEST, LineReader, Lines

MODEL = "prose-or-code-gru"
TEXTS = ("moby-dick", "python")
_OWN_STATE = frozenset({"step", "reader", "learning_rate", "seed"})


class Classify:
    """One reader's laboratory; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, lambda _, accepted: accepted)
        _check(self._settings["line"])
        self._ours: LineReader | None = None
        self._counts: IntArray | None = None  # of ours, over all held-out lines
        self._mistakes: list[tuple[int, str]] = []
        self._shown_mistakes = 0
        self._texts: dict[str, bytes] = {}
        self._apprentice: Apprentice | None = None
        self._waiting = False  # for the texts, to train on
        self._running = self._said = ""
        self._actions = {
            "mistake": self._mistake,
            "train": self._train,
            "start_over": self._start_over,
        }

    @property
    def _wants(self) -> str | None:
        if self._ours is None:
            return MODEL
        if self._waiting:
            return next((name for name in TEXTS if name not in self._texts), None)
        return None

    def give(self, name: str, data: bytes) -> None:
        """Take our network, or a text to learn from."""
        if name == MODEL:
            reader = LineReader(Lines(), np.random.default_rng(0))
            facts = reader.load(data)
            try:
                counts = np.array(json.loads(facts["confusion"]), np.intp).reshape(2, 2)
                mistakes = [(int(kind), str(line)) for kind, line in json.loads(facts["mistakes"])]
            except (KeyError, ValueError, TypeError) as error:
                raise CheckpointError(f"its facts cannot be read: {error}") from error
            self._ours, self._counts, self._mistakes = reader, counts, mistakes
            return
        self._texts[name] = data
        if self._waiting and self._wants is None:
            self._waiting = False
            self._begin()

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        after = self._settings.changed_by(values)
        _check(after["line"])
        before, self._settings = self._settings, after
        if any(before[name] != after[name] for name in ("learning_rate", "seed")):
            self._forget()
        if not {"step"}.issuperset(values):
            self._said = ""

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._actions[action]()

    def advance(self, budget_ms: float) -> None:
        """Learn for one slice of time."""
        if self._running and self._apprentice:
            self._apprentice.learn(time.perf_counter() + budget_ms / 1000.0)
            if not self._apprentice.trainer.running:
                self._running = ""
                self._said = self._apprentice.trainer.diverged or "The training is over."

    # Buttons

    def _mistake(self) -> None:
        if not self._mistakes:
            raise ControlError("there is no mistake to show yet")
        kind, line = self._mistakes[self._shown_mistakes % len(self._mistakes)]
        self._shown_mistakes += 1
        self._settings = self._settings.moved(line=line, reader="ours", step=len(line))
        self._said = (
            f"A line of {CLASSES[kind]} that was taken for {CLASSES[1 - kind]}: number "
            f"{(self._shown_mistakes - 1) % len(self._mistakes) + 1} of {len(self._mistakes)}."
        )

    def _train(self) -> None:
        if self._running or self._waiting:
            self._running, self._waiting = "", False
            steps = self._apprentice.trainer.step if self._apprentice else 0
            self._said = f"Paused after {steps:,} updates."
            return
        self._settings = self._settings.moved(reader="own")
        self._said = ""
        if any(name not in self._texts for name in TEXTS):
            self._waiting = True
        else:
            self._begin()

    def _begin(self) -> None:
        if self._apprentice is None or not self._apprentice.trainer.running:
            prose, code = (self._texts[name] for name in TEXTS)
            rate, seed = self._settings["learning_rate"], self._settings["seed"]
            self._apprentice = Apprentice(prose, code, rate, seed)
        self._running = "train"

    def _forget(self) -> None:
        self._apprentice, self._running, self._waiting = None, "", False

    def _start_over(self) -> None:
        self._forget()
        self._said = "What was trained here is forgotten."

    # What the page sees

    @property
    def _reader(self) -> LineReader | None:
        if self._settings["reader"] == "own" and self._apprentice:
            return self._apprentice.reader
        return self._ours

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings, line = self._settings, self._settings["line"]
        reader, place = self._reader, min(self._settings["step"], len(self._settings["line"]))
        chances = None if reader is None else reader.opinions([line])[0].astype(np.float64)
        own = settings["reader"] == "own" and self._apprentice is not None
        counts = self._apprentice.confusion if own and self._apprentice else self._counts
        whose = "The network trained here" if own else "Our network"
        drawings = {
            "text": lambda: view.text(line, chances),
            "opinion": lambda: view.opinion(line, chances),
            "confusion": lambda: view.confusion(counts, whose),
            "losses": lambda: view.losses(self._apprentice.losses if self._apprentice else None),
        }
        return {
            "values": {**settings.values, "step": place},
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "wants": self._wants,
            "steps": len(line),
            "running": self._running,
            "wait_ms": 0,
            "status": self._status(chances),
            "problem": (self._apprentice.trainer.diverged if self._apprentice else "") or None,
            "said": self._said,
            "actions": self._buttons(),
            "readout": view.readout(line, chances, place),
            "figures": drawn(drawings, shown),
        }

    def _status(self, chances: Array | None) -> list[dict[str, str]]:
        words = "Read" if chances is not None else "Waiting for the network"
        if self._waiting:
            words = "Waiting for the texts"
        elif self._running:
            words = "Training"
        facts = [{"name": "State", "value": words}]
        if chances is not None:
            last = float(chances[-1])
            facts.append({"name": "Taken for", "value": CLASSES[int(last > 0.5)]})
        if self._apprentice:
            facts.append({"name": "Update", "value": f"{self._apprentice.trainer.step:,}"})
        return facts

    def _buttons(self) -> dict[str, dict[str, Any]]:
        busy = bool(self._running or self._waiting)
        trained = self._apprentice is not None and self._apprentice.trainer.step > 0
        return {
            "mistake": {"enabled": bool(self._mistakes) and not busy},
            "train": {
                "enabled": self._ours is not None,
                "label": "Pause" if busy else "Go on" if trained else "Train",
            },
            "start_over": {"enabled": self._apprentice is not None and not busy},
        }


def _check(line: str) -> None:
    """Raise ControlError for a line that cannot be read."""
    if not line or "\n" in line or "\r" in line:
        raise ControlError(f"line must be one line of 1 to {LONGEST} characters; got {line!r}")
    well_formed("line", line)

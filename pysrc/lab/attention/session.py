"""The laboratory of attention at work: what each button does, and what the page then sees.

Two readers can be asked: one that we trained, which is a file the page fetches, and one that learns
here. What is on the screen is always what the chosen one writes for the date that is set.
"""

import time
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from lab.attention import view
from lab.attention.apprentice import Apprentice
from lab.attention.declaration import CHECKED, DECLARATION, THE_END
from lab.attention.exam import Exam
from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.figures import percent
from lab.kit.text.settings import Settings
from lab.kit.words import number
from rnn.dates import drawing
from rnn.dates.reader import DateReader, Written
from rnn.schedules import Constant

MODEL = "dates-gru"
_EXAM_SEED = 3
_OWN_STATE = frozenset({"step", "learning_rate", "hidden", "seed", "reader"})
_OF_TRAINING = frozenset({"reader", "learning_rate", "hidden", "seed", "step", "date"})


def follow(_before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
    """Another date or reader is shown to its end."""
    if {"date", "reader"} & set(accepted) and "step" not in accepted:
        return {**accepted, "step": THE_END}
    return dict(accepted)


def _check_date(text: str) -> None:
    """Raise ControlError for a text that no reader could read."""
    if not text.strip():
        raise ControlError("date must have at least one character; write for example 3 May 1999")
    foreign = drawing.unknown(text)
    if foreign:
        raise ControlError(
            f"date: the network never saw {', '.join(repr(c) for c in foreign[:5])}; it knows the "
            "letters of English dates, figures and . , - / '"
        )


class AttentionLab:
    """One reader's laboratory; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, follow)
        _check_date(self._settings["date"])
        self._trained: DateReader | None = None
        self._apprentice: Apprentice | None = None
        self._exam: Exam | None = None
        self._drawn = 0  # how many dates "another" drew
        self._running = self._said = ""
        self._seen: tuple[object, ...] = ()  # what `_written` is of
        self._written: Written | None = None
        self._text = ""
        self._actions = {
            "first_step": lambda: self._go_to(1),
            "step_back": lambda: self._go_to(self._step - 1),
            "step_forward": lambda: self._go_to(self._step + 1),
            "another": self._another,
            "check": self._check,
            "train": self._train,
            "reset": self._reset,
        }
        self._write()

    def give(self, name: str, data: bytes) -> None:
        """Take the trained network; raise CheckpointError if it is none."""
        del name
        self._trained = DateReader.from_checkpoint(data)
        self._write()

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        after = self._settings.changed_by(values)
        _check_date(after["date"])
        if "preset" in values:
            self._running = ""
        if not _OF_TRAINING.issuperset(values):
            self._running = ""
        self._said = ""
        self._settings = after
        young = self._apprentice
        if young and young.made_of != (after["hidden"], after["seed"]):
            self._forget()
        elif young and young.trainer.learning_rate != after["learning_rate"]:
            young.trainer.schedule = Constant(after["learning_rate"])
        self._write()

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._actions[action]()
        self._write()

    def advance(self, budget_ms: float) -> None:
        """Learn, or be asked, for one slice of time."""
        until = time.perf_counter() + budget_ms / 1000.0
        if self._running == "train" and self._apprentice:
            self._apprentice.learn(until)
            if not self._apprentice.trainer.running:
                self._running = ""
            self._write()
        while self._running == "check" and self._exam:
            self._exam.go_on()
            if self._exam.done:
                self._running = ""
                self._said = view.verdict(self._exam)
            if time.perf_counter() >= until:
                break

    # Reading and writing

    @property
    def _wants(self) -> str | None:
        needed = self._settings["reader"] == "trained" and self._trained is None
        return MODEL if needed else None

    @property
    def _reader(self) -> DateReader | None:
        if self._settings["reader"] == "trained":
            return self._trained
        return self._young.reader

    @property
    def _young(self) -> Apprentice:
        """The network that learns here; made when it is first needed."""
        if self._apprentice is None:
            values = self._settings
            self._apprentice = Apprentice(values["hidden"], values["seed"], values["learning_rate"])
        return self._apprentice

    def _write(self) -> None:
        """Let the chosen network write the date that is set, unless it just did."""
        reader = self._reader
        if reader is None:
            return  # until it arrives, what another wrote stays to be read
        steps = self._young.trainer.step if self._settings["reader"] == "own" else 0
        seen = (id(reader), steps, self._settings["date"])
        if seen != self._seen:
            self._written, self._seen = reader.write(self._settings["date"]), seen
            self._text = self._settings["date"]

    @property
    def _steps(self) -> int:
        return 0 if self._written is None else len(self._written.symbols)

    @property
    def _step(self) -> int:
        return int(min(max(self._settings["step"], 1), self._steps))

    def _go_to(self, step: int) -> None:
        self._settings = self._settings.moved(step=min(max(step, 1), max(self._steps, 1)))

    # Buttons

    def _another(self) -> None:
        self._drawn += 1
        dates = drawing.draw(np.random.default_rng([_EXAM_SEED, self._drawn]), 1, "held out")
        text = dates.spellings[0].text
        self._settings = self._settings.moved(date=text, step=THE_END)
        self._said = f"“{text}” is {dates.days[0].isoformat()}: a date nobody learned from."

    def _check(self) -> None:
        reader = self._reader
        if self._running == "check":
            self._running = ""
            self._said = f"Stopped after {len(self._exam.answers) if self._exam else 0} dates."
        elif reader is None:
            raise ControlError(f"the network {MODEL} has not arrived yet")
        else:
            own = self._settings["reader"] == "own"
            name = f"your network after {self._young.read:,} spellings" if own else "ours"
            self._exam = Exam(reader, name, CHECKED, _EXAM_SEED)
            self._running, self._said = "check", ""

    def _train(self) -> None:
        if self._running == "train":
            self._running = ""
            self._said = f"Paused after {self._young.read:,} spellings."
            return
        if self._young.diverged:
            self._young.trainer.roll_back()
        self._settings = self._settings.moved(reader="own")
        self._running, self._said = "train", ""
        if not self._young.read:
            self._young.judge()

    def _reset(self) -> None:
        self._forget()
        self._settings = self._settings.moved(reader="own", step=THE_END)
        self._said = "Random weights again."

    def _forget(self) -> None:
        self._apprentice, self._running = None, ""

    # What the page sees

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings, step = self._settings, self._step
        page = view.Page(self._text, self._written, step)
        drawings = {
            "alignment": lambda: view.alignment(page),
            "choices": lambda: view.choices(page),
            "share": lambda: view.shares(self._apprentice),
            "answers": lambda: view.answers(self._exam),
            "losses": lambda: view.losses(self._apprentice),
        }
        return {
            "values": {**settings.values, "step": step},
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "wants": self._wants,
            "steps": self._steps,
            "place": f"character {step} of {self._steps}",
            "running": self._running,
            "wait_ms": 0,
            "status": self._status(),
            "problem": (self._apprentice.diverged or None) if self._apprentice else None,
            "said": self._said,
            "actions": self._buttons(),
            "readout": view.readout(page),
            "figures": drawn(drawings, shown),
        }

    def _status(self) -> list[dict[str, str]]:
        young, exam = self._apprentice, self._exam
        state = {"train": "Training", "check": "Checking"}.get(self._running, "Ready")
        if self._wants:
            state = "Waiting for the trained network"
        elif young and young.diverged:
            state = "Diverged"
        elif young and young.read and not self._running:
            state = "Paused"
        facts = {"State": state}
        if young and young.read:
            facts["Spellings read"] = f"{young.read:,} in {number(young.trainer.seconds)} s"
            facts["Loss"] = "–" if young.loss is None else number(young.loss)
            facts["Exact"] = "–" if young.share is None else percent(young.share)
        if exam and exam.answers:
            of = len(exam.answers)
            facts["Held out"] = f"{exam.right} of {of} exact ({exam.name})"
        return [{"name": name, "value": value} for name, value in facts.items()]

    def _buttons(self) -> dict[str, dict[str, Any]]:
        step, here = self._step, self._reader is not None
        young, checking = self._apprentice, self._running == "check"
        train = "Pause" if self._running == "train" else "Train on" if young and young.read else ""
        return {
            "first_step": {"enabled": step > 1},
            "step_back": {"enabled": step > 1},
            "step_forward": {"enabled": step < self._steps},
            "another": {"enabled": here},
            "check": {
                "enabled": here and self._running != "train",
                "label": "Stop checking" if checking else "Check held-out dates",
            },
            "train": {"enabled": not checking, "label": train or "Train"},
            "reset": {"enabled": young is not None and young.read > 0},
        }

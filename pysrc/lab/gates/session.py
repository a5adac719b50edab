"""The laboratory of gates at work: what each button does, and what the page then sees."""

import functools
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

import numpy as np

from lab.gates import figures
from lab.gates.declaration import DECLARATION
from lab.gates.model import FILES, LETTERS, from_checkpoint
from lab.gates.reading import (
    BIASES,
    PARTS,
    HeldOut,
    Part,
    Reading,
    keeper,
    moved_bias,
    read,
)
from lab.gates.readout import readout
from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.settings import Settings
from rnn.arrays import Array
from rnn.fast.task_model import TaskModel
from rnn.tasks.recall import Recall

_SYMBOLS = f"{LETTERS}?"
_DRAWN = (12, 2)  # symbols and questions of a new sequence
_MOVED = ("forget", "input", "output", "update", "reset")
_OWN_STATE = frozenset({"step", "row", "unit", "text"})  # a preset's note stays true
_FIRST_ROW = {"lstm": 1, "gru": 3}  # the gate that keeps


def follow(before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
    """Another cell begins with the unit that keeps best, and the gate that does it."""
    cell = accepted.get("cell", before["cell"])
    if cell == before["cell"]:
        return accepted
    return {"unit": 0, "row": _FIRST_ROW[cell], **accepted}


class Known:
    """A network that has arrived, and what is measured of it once."""

    def __init__(self, model: TaskModel) -> None:
        self.model = model
        self.held_out = HeldOut.of(model)
        self.keeper, self.kept = keeper(model)
        self._sweep: dict[str, Array] = {}

    def sweep(self) -> dict[str, Array]:
        """The share of right answers for each gate, moved alone in all units."""
        for control in BIASES[self.model.kind] if not self._sweep else ():
            self._sweep[control] = np.array(
                [
                    self.held_out.right(self.model, moved_bias(self.model, {control: float(by)}))
                    for by in figures.SWEEP
                ]
            )
        return self._sweep


class Seen(NamedTuple):
    """What is on the screen: while another network is on its way, what the one before gave."""

    known: Known
    reading: Reading
    right: float  # the share of the held-out questions


class Gates:
    """One reader's laboratory; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, follow)
        _check_text(self._settings["text"])
        self._known: dict[str, Known] = {}
        self._drawn = 0
        self._said = ""
        self._seen: Seen | None = None
        self._read_for: tuple[object, ...] = ()
        self._actions: dict[str, Callable[[], None]] = {
            "first_step": lambda: self._go_to(1),
            "step_back": lambda: self._go_to(self._step - 1),
            "step_forward": lambda: self._go_to(self._step + 1),
            "restore": self._restore,
            "draw": self._draw,
        }

    def give(self, name: str, data: bytes) -> None:
        """Take a network; raise CheckpointError if it is none, or of another kind."""
        model = from_checkpoint(data)
        if FILES[model.kind] != name:
            raise ControlError(f"it must hold the network {name}; it holds {FILES[model.kind]}")
        self._known[model.kind] = Known(model)
        self._look()

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        after = self._settings.changed_by(values)
        _check_text(after["text"])
        known = self._known.get(after["cell"])
        if known and "unit" in values and after["unit"] > known.model.hidden:
            most = known.model.hidden
            raise ControlError(f"unit must be at most {most}, so many there are; "
                               f"got {after['unit']}")  # fmt: skip
        self._settings = after
        self._said = ""
        self._look()

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._said = ""
        self._actions[action]()
        self._look()

    def advance(self, budget_ms: float) -> None:
        """Nothing here takes longer than a slice."""

    def _go_to(self, step: int) -> None:
        self._settings = self._settings.moved(step=min(max(step, 1), len(self._settings["text"])))

    def _restore(self) -> None:
        self._settings = self._settings.moved(**dict.fromkeys(_MOVED, 0.0))
        self._said = "All biases are as training left them."

    def _draw(self) -> None:
        self._drawn += 1
        task = Recall(_DRAWN[0], len(LETTERS), _DRAWN[1])
        inputs, _, _ = task.batch(np.random.default_rng([2026, 7, self._drawn]), 1)
        text = "".join(_SYMBOLS[at] for at in inputs[:, 0].argmax(axis=1))
        self._settings = self._settings.moved(text=text)

    # What follows from the settings

    @property
    def _wants(self) -> str | None:
        cell = self._settings["cell"]
        return None if cell in self._known else FILES[cell]

    @property
    def _unit(self) -> int:
        """The chosen unit, from 0."""
        known = self._known.get(self._settings["cell"]) or (self._seen and self._seen.known)
        if not known:
            return 0
        chosen = int(self._settings["unit"])
        return min(chosen, known.model.hidden) - 1 if chosen else known.keeper

    @property
    def _step(self) -> int:
        return min(int(self._settings["step"]), len(self._settings["text"]))

    def _look(self) -> None:
        """Read the text again, if it, the network or a bias is another."""
        settings = self._settings
        known = self._known.get(settings["cell"])
        if known is None:
            return
        unit = self._unit if settings["scope"] == "one" else None
        moved = {name: settings[name] for name in BIASES[known.model.kind]}
        now = (known, settings["text"], unit, *moved.values())
        if now == self._read_for:
            return
        added = moved_bias(known.model, moved, unit)
        reading = read(known.model, settings["text"], added)
        self._seen = Seen(known, reading, known.held_out.right(known.model, added))
        self._read_for = now

    # What the page sees

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings, seen = self._settings, self._seen
        rows = len(PARTS[settings["cell"]]) + 1  # and the right answer
        here = {"step": self._step, "row": min(settings["row"], rows), "unit": self._unit + 1}
        return {
            "values": {**settings.values, **here},
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "wants": self._wants,
            "steps": len(settings["text"]),
            "running": "",
            "wait_ms": 0,
            "status": self._status(),
            "problem": None,
            "said": self._said,
            "actions": self._buttons(),
            "readout": []
            if seen is None
            else readout(seen.reading, self._part(seen.reading), self._unit, self._place(seen)),
            "figures": drawn(self._drawings(), shown),
        }

    def _part(self, reading: Reading) -> Part | None:
        """The chosen row of the unit; None for the answer below it."""
        parts, row = PARTS[reading.kind], int(self._settings["row"])
        return parts[row - 1] if row <= len(parts) else None

    def _place(self, seen: Seen) -> int:
        return min(self._step, len(seen.reading.text))

    def _drawings(self) -> dict[str, Callable[[], dict[str, Any]]]:
        seen, unit = self._seen, self._unit
        if seen is None:
            names = [figure.name for figure in DECLARATION.figures]
            blank = figures.empty(names, "The network has not arrived yet.")
            return {name: functools.partial(blank.__getitem__, name) for name in names}
        known, reading, _ = seen
        step = self._place(seen)
        return {
            "unit": lambda: figures.one_unit(reading, unit, step),
            "units": lambda: figures.all_units(
                reading, self._part(reading) or PARTS[reading.kind][-1], step, known.kept
            ),
            "answers": lambda: figures.answers(reading, step),
            "bars": lambda: figures.bars(reading, unit),
            "everything": lambda: figures.everything(reading),
            "sweep": lambda: figures.sweep(reading.kind, known.sweep(), 1.0 / len(LETTERS)),
        }

    def _status(self) -> list[dict[str, str]]:
        if self._seen is None:
            return [{"name": "State", "value": f"Waiting for {self._wants}"}]
        known, reading, right = self._seen
        return [
            {"name": "Last answer", "value": _last_answer(reading)},
            {
                "name": f"{known.held_out.questions} new questions",
                "value": f"{figures.percent(right)} right",
            },
            {"name": "Parameters", "value": str(known.model.parameters.flat.size)},
        ]

    def _buttons(self) -> dict[str, dict[str, Any]]:
        last = len(self._settings["text"])
        moved = any(self._settings[name] for name in BIASES[self._settings["cell"]])
        return {
            "first_step": {"enabled": self._step > 1},
            "step_back": {"enabled": self._step > 1},
            "step_forward": {"enabled": self._step < last},
            "restore": {"enabled": moved},
            "draw": {"enabled": True},
        }


def _last_answer(reading: Reading) -> str:
    """How sure the network is of the right answer, at the last question that has one."""
    if not len(reading.asked):
        return "no question yet"
    at = int(reading.asked[-1]) - 1
    right, said = int(reading.answers[at]), int(reading.chances[at].argmax())
    names = figures.answer_names()
    sure = f"{names[said]}, {figures.percent(float(reading.chances[at, said]))}"
    return f"{sure}: right" if said == right else f"{sure}: wrong, {names[right]} is right"


def _check_text(text: str) -> None:
    """Refuse what the network never learned to read. Raises ControlError."""
    if not text:
        raise ControlError("text must hold at least 1 symbol; it is empty")
    for symbol in text:
        if symbol not in _SYMBOLS:
            allowed = ", ".join(_SYMBOLS[:-1])
            raise ControlError(f"text may hold {allowed} and ?; got “{symbol}”")

"""The walk at work: what each button does, and what the page then sees."""

from collections.abc import Collection, Mapping
from typing import Any

from lab.bptt_walkthrough import figures
from lab.bptt_walkthrough.declaration import DECLARATION
from lab.bptt_walkthrough.formulas import opened, symbol
from lab.bptt_walkthrough.sheet import name_of
from lab.bptt_walkthrough.state import State
from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.words import number
from rnn.descent import has_diverged
from rnn.one_unit import Weights

_NEW_PROBLEM = {"numbers", "asked", "activation"}
_OWN_STATE = {*Weights._fields, "step", "number", "stride", "learning_rate"}
_MOST_UPDATES = 2_000


class BpttWalkthrough:
    """One reader's sheet; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._state = State(options)
        self._fresh()
        self._actions = {
            "first_step": lambda: self._state.go(1),
            "step_back": lambda: self._state.stride(-1),
            "step_forward": lambda: self._state.stride(1),
            "last_step": self._to_the_end,
            "update": self._update,
            "check": self._check,
            "reset_weights": self._reset_weights,
        }

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        rest = {name: value for name, value in values.items() if name != "preset"}
        if "preset" in values:
            self._state.load(DECLARATION.preset(values["preset"]).name, rest)
            self._fresh()
            return
        names = self._state.update(rest)
        if names & _NEW_PROBLEM:
            self._fresh()
        elif names & set(Weights._fields):
            self._said = ""
            self._losses = [self._state.sheet.loss]

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._actions[action]()

    def advance(self, _budget_ms: float) -> None:
        """There is no long work here."""

    def _fresh(self) -> None:
        self._said = ""
        self._checked = False
        self._losses = [self._state.sheet.loss]

    def _to_the_end(self) -> None:
        self._state.go(len(self._state.sheet.order))

    def _write_on(self) -> None:
        """Write to the end, and leave the number open that is."""
        name = name_of(self._state.open)
        self._state.update({"step": len(self._state.sheet.order), "number": name})

    def _check(self) -> None:
        self._checked = True
        self._write_on()
        self._said = figures.verdict(self._state.sheet)

    def _update(self) -> None:
        sheet = self._state.sheet
        if self._diverged or len(self._losses) > _MOST_UPDATES:
            return  # the button is off, but a click may be on its way
        self._state.update(sheet.updated._asdict())
        self._write_on()
        before, after = sheet.loss, self._state.sheet.loss
        self._losses.append(after)
        self._said = (
            f"Update {len(self._losses) - 1}: the loss {'rose' if after > before else 'fell'} "
            f"from {number(before)} to {number(after)}."
        )

    def _reset_weights(self) -> None:
        start = {name: self._state.start[name] for name in Weights._fields}
        self._state.update(start)
        self._fresh()
        self._said = "Weights reset to where they started."

    @property
    def _diverged(self) -> bool:
        sheet = self._state.sheet
        return has_diverged(sheet.loss, sheet.updated)

    # What the page sees

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        state = self._state
        sheet, key = state.sheet, state.open
        words, formula = opened(sheet, key)
        page = figures.Page(sheet, state.values["step"], key)
        spoken = f"{symbol(key)} is {number(sheet.value(key))}."
        drawings = {
            "network": lambda: figures.network(page, spoken),
            "sheet": lambda: figures.sheet_of(page, spoken),
            "gradients": lambda: figures.gradients(page, spoken, self._checked),
            "losses": lambda: figures.losses(self._losses),
        }
        return {
            "values": dict(state.values),
            "preset": state.preset,
            "note": self._note(),
            "start": dict(state.start),
            "changed": state.changed,
            "steps": len(sheet.order),
            "place": f"number {state.values['step']} of {len(sheet.order)}",
            "running": "",
            "wait_ms": 0,
            "status": self._status(),
            "problem": self._problem(),
            "said": self._said,
            "actions": self._buttons(),
            "readout": [[{"text": words}], formula],
            "figures": drawn(drawings, shown),
        }

    def _note(self) -> str:
        preset = DECLARATION.preset(self._state.preset)
        if _OWN_STATE.issuperset(self._state.changed):
            return preset.note
        return f"Changed from the preset {preset.label}."

    def _status(self) -> list[dict[str, str]]:
        recent = " → ".join(number(loss) for loss in self._losses[-3:])
        return [
            {"name": "Updates", "value": f"{len(self._losses) - 1:,}"},
            {"name": "Loss", "value": recent},
        ]

    def _problem(self) -> str | None:
        if not self._diverged:
            return None
        return (
            f"The numbers have run away: the loss is {number(self._state.sheet.loss)}. Press Reset "
            "weights, and lower the learning rate."
        )

    def _buttons(self) -> dict[str, dict[str, Any]]:
        step, last = self._state.values["step"], len(self._state.sheet.order)
        return {
            "first_step": {"enabled": step > 1},
            "step_back": {"enabled": step > 1},
            "step_forward": {"enabled": step < last},
            "last_step": {"enabled": step < last},
            "update": {"enabled": not self._diverged and len(self._losses) <= _MOST_UPDATES},
            "check": {"enabled": True},
            "reset_weights": {"enabled": True},
        }

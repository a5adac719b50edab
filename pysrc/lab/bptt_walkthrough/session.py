"""The walk at work: what each button does, and what the page then sees."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from lab.bptt_walkthrough import figures
from lab.bptt_walkthrough.declaration import DECLARATION
from lab.bptt_walkthrough.formulas import opened, spoken
from lab.bptt_walkthrough.page import Page
from lab.bptt_walkthrough.places import follow, stride
from lab.bptt_walkthrough.sheet import Sheet, name_of
from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.settings import Settings
from lab.kit.words import number
from rnn.descent import has_diverged
from rnn.one_unit import Weights
from rnn.walk import Key

_NEW_PROBLEM = {"numbers", "asked", "activation"}
_OWN_STATE = frozenset({*Weights._fields, "step", "number", "stride", "learning_rate"})
_MOST_UPDATES = 2_000


class BpttWalkthrough:
    """One reader's sheet; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, follow)
        self._sheet = Sheet(self._settings.values)
        self._fresh()
        self._actions: dict[str, Callable[[], None]] = {
            "first_step": lambda: self._go(step=1),
            "step_back": lambda: self._stride(-1),
            "step_forward": lambda: self._stride(1),
            "last_step": lambda: self._go(step=len(self._sheet.order)),
            "update": self._update,
            "check": self._check,
            "reset_weights": self._reset_weights,
        }

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        before = self._settings
        self._go(**values)
        changed = {name for name in before.values if before[name] != self._settings[name]}
        if "preset" in values or changed & _NEW_PROBLEM:
            self._fresh()
        elif changed & set(Weights._fields):
            self._said = ""
            self._losses = [self._sheet.loss]

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._actions[action]()

    def advance(self, _budget_ms: float) -> None:
        """There is no long work here."""

    def _go(self, **values: object) -> None:
        self._settings = self._settings.changed_by(values)
        self._sheet = Sheet(self._settings.values)

    def _fresh(self) -> None:
        self._said = ""
        self._checked = False
        self._losses = [self._sheet.loss]

    def _stride(self, direction: int) -> None:
        settings = self._settings
        self._go(step=stride(self._sheet, settings["step"], direction, settings["stride"]))

    @property
    def _open(self) -> Key:
        """The number that is open: the one the reader chose, or the one written last."""
        name = self._settings["number"]
        return self._sheet.named[name] if name else self._sheet.order[self._settings["step"] - 1]

    def _write_on(self, **values: object) -> None:
        """Write to the end, and leave the number open that is."""
        self._go(**values, step=len(self._sheet.order), number=name_of(self._open))

    def _check(self) -> None:
        self._checked = True
        self._write_on()
        self._said = figures.verdict(self._sheet)

    def _update(self) -> None:
        before = self._sheet
        if self._diverged or len(self._losses) > _MOST_UPDATES:
            return  # the button is off, but a click may be on its way
        self._write_on(**before.updated._asdict())
        after = self._sheet.loss
        self._losses.append(after)
        self._said = (
            f"Update {len(self._losses) - 1}: the loss {'rose' if after > before.loss else 'fell'} "
            f"from {number(before.loss)} to {number(after)}."
        )

    def _reset_weights(self) -> None:
        self._go(**{name: self._settings.given[name] for name in Weights._fields})
        self._fresh()
        self._said = "Weights reset to where they started."

    @property
    def _diverged(self) -> bool:
        sheet = self._sheet
        return has_diverged(sheet.loss, sheet.updated)

    # What the page sees

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        settings, sheet, key = self._settings, self._sheet, self._open
        words, formula = opened(sheet, key)
        page = Page(sheet, settings["step"], key)
        told = spoken(sheet, key)
        drawings = {
            "network": lambda: figures.network(page, told),
            "sheet": lambda: figures.sheet_of(page, told),
            "gradients": lambda: figures.gradients(page, told, self._checked),
            "losses": lambda: figures.losses(self._losses),
        }
        return {
            "values": dict(settings.values),
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "steps": len(sheet.order),
            "place": f"number {settings['step']} of {len(sheet.order)}",
            "running": "",
            "wait_ms": 0,
            "status": self._status(),
            "problem": self._problem(),
            "said": self._said,
            "actions": self._buttons(),
            "readout": [[{"text": words}], formula],
            "figures": drawn(drawings, shown),
        }

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
            f"The numbers have run away: the loss is {number(self._sheet.loss)}. Press Reset "
            "weights, and lower the learning rate."
        )

    def _buttons(self) -> dict[str, dict[str, Any]]:
        step, last = self._settings["step"], len(self._sheet.order)
        return {
            "first_step": {"enabled": step > 1},
            "step_back": {"enabled": step > 1},
            "step_forward": {"enabled": step < last},
            "last_step": {"enabled": step < last},
            "update": {"enabled": not self._diverged and len(self._losses) <= _MOST_UPDATES},
            "check": {"enabled": True},
            "reset_weights": {"enabled": True},
        }

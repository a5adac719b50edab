"""The laboratory of gradients at work: every figure follows from the values of the controls."""

from collections.abc import Collection, Mapping
from typing import Any

from lab.gradient_flow import figures
from lab.gradient_flow.declaration import DECLARATION
from lab.gradient_flow.experiment import COUNTER_EXAMPLE, Measured, build, factor_radii, measure
from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.settings import Settings
from lab.kit.words import number
from rnn.arrays import Array

_OWN_STATE = frozenset({"step", "eigenvalues", "compare"})  # a preset's note stays true
_ONLY_LOOKING = {"step", "eigenvalues", "compare"}


def follow(before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
    """The step looked at stays within the sequence."""
    length = accepted.get("length", before["length"])
    return {**accepted, "step": min(accepted.get("step", before["step"]), length)}


class GradientFlow:
    """One reader's laboratory; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._settings = Settings.opened(DECLARATION, options, follow)
        self._key: dict[str, Any] = {}
        self._forget()

    def _forget(self) -> None:
        self._measured: dict[str, Measured] = {}  # by cell
        self._radii: Array | None = None

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        self._settings = self._settings.changed_by(values)

    def act(self, action: str, _argument: object = None) -> None:
        """Press the button."""
        if action != "redraw":
            raise ControlError(f"{action!r} is not an action; actions: redraw")
        self._settings = self._settings.changed_by({"seed": (self._settings["seed"] + 1) % 2**32})

    def advance(self, budget_ms: float) -> None:
        """Nothing takes longer than a moment here."""

    def _read(self) -> figures.Reading:
        """Measure what the controls describe; looking elsewhere measures nothing again."""
        values = self._settings.values
        key = {name: value for name, value in values.items() if name not in _ONLY_LOOKING}
        if key != self._key:
            self._key = key
            self._forget()
        fixed = values["initialiser"] == COUNTER_EXAMPLE
        beside = values["compare"]
        if fixed or beside in ("none", values["cell"]):
            beside = ""
        if values["eigenvalues"] and self._radii is None:
            self._radii = factor_radii(build(values))
        return figures.Reading(
            main=self._measure(values["cell"]),
            beside=self._measure(beside) if beside else None,
            radii=self._radii if values["eigenvalues"] else None,
            step=values["step"],
        )

    def _measure(self, cell: str) -> Measured:
        if cell not in self._measured:
            self._measured[cell] = measure(build(self._settings.values, cell))
        return self._measured[cell]

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, figures."""
        settings = self._settings
        reading = self._read()
        drawings = {
            "survival": lambda: figures.survival(reading),
            "factors": lambda: figures.factors(reading),
            "slopes": lambda: figures.slopes(reading),
        }
        return {
            "values": dict(settings.values),
            "preset": settings.preset,
            "note": settings.note(_OWN_STATE),
            "start": dict(settings.given),
            "changed": settings.changed,
            "steps": reading.main.steps,
            "first_step": 0,
            "running": "",
            "wait_ms": 0,
            "status": self._status(reading.main),
            "problem": None,
            "said": "",
            "actions": {
                "redraw": {"enabled": True, "shown": settings["initialiser"] != COUNTER_EXAMPLE}
            },
            "readout": figures.readout(reading),
            "figures": drawn(drawings, shown),
        }

    @staticmethod
    def _status(main: Measured) -> list[dict[str, str]]:
        of = "W_hh" if main.kind in ("rnn", "residual") else "any gate’s W_hh"
        return [
            {"name": "Above 10⁻³", "value": figures.reach_in_words(main)},
            {"name": f"Largest singular value of {of}", "value": number(main.singular)},
            {"name": f"Largest |eigenvalue| of {of}", "value": number(main.radius)},
        ]

"""What the reader has set: the value of every control, the sheet they define, and where it stands.

Two places on the sheet matter: how far it is written (`step`), and which number is open (`number`;
none means the one written last). Opening a number that is not written yet writes up to it.
"""

from collections.abc import Mapping
from typing import Any

from lab.bptt_walkthrough.declaration import DECLARATION
from lab.bptt_walkthrough.sheet import Sheet
from lab.kit.controls import ControlError
from rnn.one_unit import Weights
from rnn.walk import Key

_PLACES = {"step", "number", "stride"}  # what leaves the sheet as it is


class State:
    """The values of all controls, always accepted ones, and what follows from them."""

    def __init__(self, options: Mapping[str, object]) -> None:
        """Start as a page's options say: a preset, and values on top of it."""
        preset = options.get("preset", DECLARATION.presets[0].name)
        self._page_preset = DECLARATION.preset(preset).name
        self._page_values = {name: options[name] for name in options if name != "preset"}
        self.load(self._page_preset)

    def load(self, preset: str, on_top: Mapping[str, object] | None = None) -> None:
        """Set every control as the preset says (the page's own as the page set it), then `on_top`.

        Raises ControlError, and changes nothing, for a value that is not accepted.
        """
        given = DECLARATION.preset(preset).values
        page = self._page_values if preset == self._page_preset else {}
        start = self._placed(
            {**DECLARATION.defaults(), **DECLARATION.accept({**given, **page})}, {}
        )
        values, sheet = start
        if on_top:
            values, sheet = self._placed(values, DECLARATION.accept(on_top))
        self.preset, self.start = preset, dict(start[0])
        self.values, self.sheet = values, sheet

    def update(self, values: Mapping[str, object]) -> set[str]:
        """Set accepted values and return their names; one that is refused leaves all as it was."""
        accepted = DECLARATION.accept(values)
        self.values, self.sheet = self._placed(self.values, accepted)
        return set(accepted)

    def _placed(
        self, values: Mapping[str, Any], accepted: Mapping[str, Any]
    ) -> tuple[dict[str, Any], Sheet]:
        """The values with new ones among them, the sheet they make, and both places on it."""
        after = {**values, **accepted}
        same = bool(values) and bool(accepted) and _PLACES.issuperset(accepted)
        sheet = self.sheet if same else Sheet(after)
        last = len(sheet.order)
        if not same and accepted and "step" not in accepted and self._at_end(values):
            after["step"] = last  # what was written to the end stays so
        after["step"] = min(after["step"], last)
        if "step" in accepted and "number" not in accepted:
            after["number"] = ""
        name = after["number"]
        if name and name not in sheet.named:
            if "number" in accepted:
                raise ControlError(
                    f"number: there is no {name!r} on this sheet; there are for example h_1, "
                    f"d_a_{sheet.steps}, d_w_h"
                )
            after["number"] = name = ""
        if name:
            place = sheet.place.get(sheet.named[name], 0)
            after["step"] = max(after["step"], place + 1)
        return after, sheet

    def _at_end(self, values: Mapping[str, Any]) -> bool:
        return bool(values["step"] >= len(self.sheet.order))

    @property
    def changed(self) -> list[str]:
        """The controls an address must name."""
        return [name for name, value in self.values.items() if value != self.start[name]]

    @property
    def last(self) -> Key:
        """The number written last."""
        return self.sheet.order[int(self.values["step"]) - 1]

    @property
    def open(self) -> Key:
        """The number that is open."""
        name = self.values["number"]
        return self.sheet.named[str(name)] if name else self.last

    def go(self, to: int) -> None:
        """Write so many numbers, and open the last of them."""
        self.update({"step": min(max(to, 1), len(self.sheet.order))})

    def stride(self, direction: int) -> None:
        """One number on or back, or all numbers of a time step."""
        order, at = self.sheet.order, self.values["step"] - 1
        to = at + direction
        if self.values["stride"] == "step":
            phase = self.sheet.phase
            if direction < 0:  # to the end of the phase before
                while to > 0 and phase(order[to]) == phase(order[at]):
                    to -= 1
            while to + 1 < len(order) and phase(order[to + 1]) == phase(order[to]):
                to += 1
        self.go(to + 1)

    @property
    def weights(self) -> Weights:
        """The five weights."""
        return self.sheet.weights

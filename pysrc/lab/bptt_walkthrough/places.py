"""Two places on the sheet: how far it is written (`step`), and which number is open (`number`).

None open means the one written last. Opening a number that is not written yet writes up to it.
"""

from collections.abc import Mapping
from typing import Any

from lab.bptt_walkthrough.sheet import Sheet
from lab.kit.controls import ControlError


def follow(before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
    """What else changes with a change: both places stay on the sheet that the values make.

    Raises ControlError for a number that this sheet does not have.
    """
    after = {**before, **accepted}
    sheet = Sheet(after)
    last = len(sheet.order)
    step, name = after["step"], after["number"]
    if "step" not in accepted and before["step"] >= len(Sheet(before).order):
        step = last  # what was written to the end stays so
    if "step" in accepted and "number" not in accepted:
        name = ""
    if name and name not in sheet.named:
        if accepted.get("number") == name:
            raise ControlError(
                f"number: there is no {name!r} on this sheet; there are for example h_1, "
                f"d_a_{sheet.steps}, d_w_h"
            )
        name = ""
    if name:
        step = max(step, sheet.place.get(sheet.named[name], 0) + 1)
    return {**accepted, "step": min(step, last), "number": name}


def stride(sheet: Sheet, step: int, direction: int, by: str) -> int:
    """Where one press leads: one number on or back, or all numbers of a time step."""
    order, at = sheet.order, step - 1
    to = min(max(at + direction, 0), len(order) - 1)
    if by == "step":
        phase = sheet.phase
        if direction < 0:  # to the end of the phase before
            while to > 0 and phase(order[to]) == phase(order[at]):
                to -= 1
        while to + 1 < len(order) and phase(order[to + 1]) == phase(order[to]):
            to += 1
    return to + 1

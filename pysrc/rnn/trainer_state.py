"""Where a training run stands is a few numbers and two vectors; believed only after a look at each.

The optimiser's moments and the place in the data are saved beside them; see `rnn.trainer`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn.arrays import Array
from rnn.checks import real_number, whole_number
from rnn.clipping import Clip, clip_from
from rnn.descent import DIVERGED_ABOVE
from rnn.optimisers import Optimiser
from rnn.saved import Saved
from rnn.schedules import Schedule, schedule_from
from rnn.strict_json import brief

ARRAYS = ("parameters", "good")
"""The vectors of a trainer's state."""
FACTS = ("step", "steps", "seconds", "smoothed_loss", "schedule", "clip", "diverged")
"""The plain facts of a trainer's state."""


@dataclass(frozen=True)
class TrainerState:
    """What a trainer knows by itself."""

    parameters: Array  # (count,)
    good: Array  # (count,): the last weights whose loss was finite
    step: int
    steps: int
    seconds: float
    smoothed_loss: float | None
    schedule: Schedule
    clip: Clip
    diverged: str

    def saved(self) -> Saved:
        """Copies of the arrays, and the rest ready for JSON."""
        arrays = {name: getattr(self, name).copy() for name in ARRAYS}
        facts: dict[str, Any] = {name: getattr(self, name) for name in FACTS}
        return Saved(
            arrays, {**facts, "schedule": self.schedule.facts(), "clip": self.clip.facts()}
        )

    @classmethod
    def of(cls, saved: Saved, flat: Array) -> "TrainerState":
        """Bring back what `saved` gave, for a trainer of the parameters `flat`, a vector.

        Raises ValueError, naming the value and the rule, when it is not that.
        """
        arrays, facts = saved
        if set(arrays) != set(ARRAYS) or set(facts) != set(FACTS):
            raise ValueError(
                f"a saved trainer must hold {', '.join([*ARRAYS, *FACTS])}; "
                f"got {brief(', '.join(map(str, [*arrays, *facts])))}"
            )
        for name, array in arrays.items():
            _check_array(name, array, (flat.shape, flat.dtype.name))
            if not np.isfinite(array).all():
                raise ValueError(f"saved {name} must be finite; they hold NaN or infinity")
        steps = whole_number("saved steps", facts["steps"], 1, 10**9)
        smoothed = facts["smoothed_loss"]
        return cls(
            arrays["parameters"],
            arrays["good"],
            whole_number("saved step", facts["step"], 0, steps),
            steps,
            real_number("saved seconds", facts["seconds"], 0.0, DIVERGED_ABOVE),
            None if smoothed is None else check_loss("saved smoothed loss", smoothed),
            schedule_from(facts["schedule"]),
            clip_from(facts["clip"]),
            str(facts["diverged"]),
        )


def saved_optimiser(optimiser: Optimiser) -> Saved:
    """Its moments, and what it is."""
    return Saved(optimiser.moments(), _identity(optimiser))


def checked_moments(saved: Saved, optimiser: Optimiser, flat: Array) -> Mapping[str, Array]:
    """The moments that `saved_optimiser` gave, for this optimiser and the parameters `flat`.

    Raises ValueError when they are another optimiser's, or of another shape or dtype.
    """
    if saved.facts != _identity(optimiser):
        raise ValueError(
            f"the saved optimiser must be {_identity(optimiser)}; got {brief(saved.facts)}"
        )
    layouts = optimiser.moment_layouts(flat.size, flat.dtype.name)
    for name, array in saved.arrays.items():
        if name in layouts:  # the optimiser itself refuses other names
            _check_array(name, array, layouts[name])
    return saved.arrays


def check_loss(name: str, value: object) -> float:
    """Return a loss if it is finite and at most 1e12 in size; otherwise raise ValueError."""
    return real_number(name, value, -DIVERGED_ABOVE, DIVERGED_ABOVE)


def _identity(optimiser: Optimiser) -> dict[str, Any]:
    return {"name": optimiser.name, "settings": optimiser.settings()}


def _check_array(name: str, array: Array, layout: tuple[tuple[int, ...], str]) -> None:
    shape, dtype = layout
    if (array.shape, array.dtype.name) != layout:
        raise ValueError(
            f"saved {name} must be {dtype} of shape {shape}; "
            f"got {array.dtype} of shape {array.shape}"
        )

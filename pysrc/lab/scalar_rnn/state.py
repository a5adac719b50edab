"""What the reader has set: the value of every control, the problem they define, and a way back."""

from collections.abc import Mapping
from copy import copy
from typing import Any

import numpy as np

from lab.kit.controls import parse_numbers
from lab.scalar_rnn.declaration import DECLARATION
from lab.scalar_rnn.run import Problem
from rnn.activations import ACTIVATIONS
from rnn.one_unit import Weights
from rnn.sequences import RAW, SEQUENCES, Scale, to_unit_range

_MOST_UNDO = 50
_MOVED = {*Weights._fields, "step"}  # what moves within a problem and leaves it as it is


def initial_weights(seed: int) -> Weights:
    """Draw the three weights uniformly from [-1, 1); both biases start at 0."""
    w_x, w_h, w_y = np.random.default_rng(seed).uniform(-1.0, 1.0, 3).tolist()
    return Weights(w_x, w_h, w_y, 0.0, 0.0)


class State:
    """The values of all controls, always accepted ones, and what follows from them."""

    def __init__(self, options: Mapping[str, object]) -> None:
        """Start as a page's options say: a preset, and values on top of it."""
        self._undo: list[Weights] = []
        self._drag = ""  # what is being dragged: all its changes are one entry of the list
        self.start: dict[str, Any] = {}
        preset = options.get("preset", DECLARATION.presets[0].name)
        self._page_preset = DECLARATION.preset(preset).name
        self._page_values = {name: options[name] for name in options if name != "preset"}
        self.load(self._page_preset)

    def load(self, preset: str) -> None:
        """Set every control as the preset says. Raises ControlError for an unknown preset.

        The page's own preset comes with what the page sets on top of it. All of this was given: the
        marks on controls, *Reset weights* and addresses tell only what differs from it.
        """
        values = DECLARATION.preset(preset).values
        on_top = self._page_values if preset == self._page_preset else {}
        self.preset = preset
        self.values: dict[str, Any] = DECLARATION.defaults()
        self._chosen_step = self.values["step"]
        self.update({"seed": self.values["seed"], **values})
        self.update(on_top)
        self.start = dict(self.values)  # its weights follow a new seed
        self._given = dict(self.values)

    def update(self, values: Mapping[str, object]) -> set[str]:
        """Set accepted values and return their names. A seed draws weights to start from.

        A sequence that has become too short for the chosen step shows its last one; made longer, it
        shows the chosen one again.
        """
        accepted = DECLARATION.accept(values)
        if "seed" in accepted:
            drawn = initial_weights(accepted["seed"])._asdict()
            self.start.update(drawn)
            accepted = {**drawn, **accepted}
        self.values.update(accepted)
        if not _MOVED.issuperset(accepted):
            self._derive()
        last = len(self.problem.inputs)
        if "step" in accepted:
            self._chosen_step = min(accepted["step"], last)
        self.values["step"] = min(self._chosen_step, last)
        return set(accepted)

    def with_other(self, values: Mapping[str, object]) -> "State":
        """What `update` would make of this, to be looked at: the lists of *Undo* are shared."""
        other = copy(self)
        other.values, other.start = dict(self.values), dict(self.start)
        other.update(values)
        return other

    def _derive(self) -> None:
        kind = self.values["sequence"]
        if kind == "custom":
            sequence = parse_numbers(self.values["numbers"])
        else:
            sequence = SEQUENCES[kind](self.values["length"])
        self.scale: Scale = to_unit_range(sequence) if self.values["normalise"] else RAW
        scaled = [self.scale.normalise(value) for value in sequence]
        activation = ACTIVATIONS[self.values["activation"]]
        self.problem = Problem(scaled[:-1], scaled[1:], activation)
        self.mean_answer = float(np.var(scaled[1:]))  # the loss of always answering the mean

    @property
    def changed(self) -> list[str]:
        """The controls an address must name: those not as they were given, or as the seed drew."""
        base = self.start if self.values["seed"] != self._given["seed"] else self._given
        return [name for name, value in self.values.items() if value != base[name]]

    @property
    def clip_limit(self) -> float | None:
        """The limit for each element of the gradient, or None where clipping is off."""
        return float(self.values["clip_limit"]) if self.values["clip"] else None

    @property
    def weights(self) -> Weights:
        """The five weights."""
        return Weights(*(self.values[name] for name in Weights._fields))

    @weights.setter
    def weights(self, weights: Weights) -> None:
        self.values.update(weights._asdict())

    @property
    def starting_weights(self) -> Weights:
        """Where this preset, or the reader's last draw, began."""
        return Weights(*(self.start[name] for name in Weights._fields))

    def draw_weights(self) -> None:
        """Start from the next seed's weights."""
        self.update({"seed": (self.values["seed"] + 1) % 2**32})

    def remember(self, weights: Weights, drag: str = "") -> None:
        """Keep weights for *Undo*. Many changes of the same controls in a row are one drag."""
        if drag and drag == self._drag:
            return
        self._drag = drag
        self._undo.append(weights)
        del self._undo[:-_MOST_UNDO]

    @property
    def undo_left(self) -> int:
        """How many earlier weights there are."""
        return len(self._undo)

    def undo(self) -> None:
        """Go back to the weights before the last change."""
        self._drag = ""
        if self._undo:
            self.weights = self._undo.pop()

"""The sheet of paper: what the controls define, walked through, and the way through it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from lab.kit.controls import parse_numbers
from rnn.activations import ACTIVATIONS, Activation
from rnn.descent import moved
from rnn.gradient_check import central_differences, relative_error
from rnn.one_unit import Weights, backward, forward, mean_squared_error
from rnn.walk import Key, walk

EPSILON = 1e-5  # where central differences are best in float64


class Check(NamedTuple):
    """One gradient held against a central difference."""

    above: float  # the loss with the weight nudged up
    below: float
    numeric: float
    error: float  # relative, and never against less than a thousandth of the largest gradient


class Sheet:
    """All numbers for one setting of the controls."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        numbers = parse_numbers(values["numbers"])
        self.inputs = numbers[:-1]
        self.steps = len(self.inputs)
        every = values["asked"] == "every"
        self.targets: list[float | None] = [
            target if every or t == self.steps else None for t, target in enumerate(numbers[1:], 1)
        ]
        self.asked = self.steps - self.targets.count(None)
        self.activation: Activation = ACTIVATIONS[values["activation"]]
        self.weights = Weights(*(values[name] for name in Weights._fields))
        self.learning_rate: float = values["learning_rate"]
        self.window = min(values["truncate"], self.steps)
        self.paper = walk(self.weights, self.inputs, self.targets, self.activation, self.window)
        self.loss = self.paper.value("loss")
        self.gradient = Weights(*(self.paper.value(f"d_{name}") for name in Weights._fields))
        self.updated = moved(self.weights, self.gradient, self.learning_rate)
        updates = [Key(f"new_{name}") for name in Weights._fields]
        self.order = [*self.paper.computed, *updates]
        self.place = {key: index for index, key in enumerate(self.order)}
        self.keys = {*self.paper.given, *self.order, *_RESULTS}
        self.named = {name_of(key): key for key in self.keys}

    @property
    def truncated(self) -> bool:
        """Whether anything is cut."""
        return bool(self.window < self.steps)

    def value(self, key: Key) -> float:
        """A number by its key, results included."""
        kind, _, weight = key.kind.partition("_")
        if key in self.place and kind == "new":
            return float(getattr(self.updated, weight))
        if key not in _RESULTS:
            return self.paper.value(*key)
        if kind == "full":
            return float(getattr(self.full_gradient, weight))
        check = self.checks[weight]
        return check.numeric if kind == "numeric" else check.error

    @cached_property
    def full_gradient(self) -> Weights:
        """The gradient with nothing cut."""
        if not self.truncated:
            return self.gradient
        trace = forward(self.weights, self.inputs, self.activation)
        return backward(self.weights, self.inputs, self.targets, trace, self.activation).gradient

    def loss_at(self, weights: list[float]) -> float:
        """The loss of other weights."""
        outputs = forward(Weights(*weights), self.inputs, self.activation).outputs
        return mean_squared_error(outputs, self.targets)

    @cached_property
    def checks(self) -> dict[str, Check]:
        """Nudge each weight up and down, and compare."""
        point = list(self.weights)
        numeric = central_differences(self.loss_at, point, EPSILON)
        floor = max(1e-3 * max(map(abs, numeric)), 1e-8)
        found = {}
        for index, name in enumerate(Weights._fields):
            above, below = (
                self.loss_at([*point[:index], point[index] + nudge, *point[index + 1 :]])
                for nudge in (EPSILON, -EPSILON)
            )
            error = relative_error(self.gradient[index], numeric[index], floor)
            found[name] = Check(above, below, numeric[index], error)
        return found

    def phase(self, key: Key) -> tuple[str, int]:
        """Where in the pass a number comes: forward or backward with its step, loss, sums, update.

        Numbers of one phase are one press when the reader goes by time steps.
        """
        if key.kind in ("a", "h", "y", "share"):
            return "forward", key.step
        if key.step:
            return "backward", key.step
        return ("loss" if key.kind == "loss" else "update" if key.kind[0] == "n" else "sums"), 0


_RESULTS = tuple(
    Key(f"{kind}_{name}") for kind in ("full", "numeric", "error") for name in Weights._fields
)


def name_of(key: Key) -> str:
    """A number's name in an address: d_a_3, w_h, loss."""
    return f"{key.kind}_{key.step}" if key.step or key.kind == "h" else key.kind

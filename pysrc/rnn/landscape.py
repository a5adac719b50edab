"""The loss as a landscape: two of the five weights are east and north, the loss is the height.

Descent walks downhill on it, and the gradient says where down is. Through many steps the slope can
change by powers of ten from one place to the next: a cliff. A step taken on a cliff lands far away,
unless the gradient's length is limited (Pascanu, Mikolov & Bengio 2013, section 2.3 and figure 6).

`losses` is the forward pass of `rnn.one_unit` at many places at once, as arrays.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rnn.activations import Activation
from rnn.arrays import Array
from rnn.clipping import by_norm
from rnn.one_unit import Weights, backward, forward, mean_squared_error


class Problem(NamedTuple):
    """What the unit reads and what is asked of it; a target may be None."""

    inputs: Sequence[float]
    targets: Sequence[float | None]
    activation: Activation


def losses(weights: Weights, problem: Problem, w_x: Array, w_h: Array) -> Array:
    """The mean squared error at every place (w_x, w_h), the other three weights as in `weights`.

    `w_x` and `w_h` are broadcast against each other: a column and a row give a whole map. Where the
    memory grows beyond all numbers the loss is inf or NaN. Raises ValueError
    unless there are as many targets as inputs, and at least one that is not None.
    """
    asked = len(problem.targets) - problem.targets.count(None)
    if asked == 0 or len(problem.targets) != len(problem.inputs):
        raise ValueError(
            f"there must be as many targets as inputs, and one that is not None; got "
            f"{len(problem.inputs)} inputs, {len(problem.targets)} targets, {asked} not None"
        )
    state: Array = np.zeros(np.broadcast_shapes(w_x.shape, w_h.shape))
    total = np.zeros_like(state)
    with np.errstate(over="ignore", invalid="ignore"):
        for x, target in zip(problem.inputs, problem.targets, strict=True):
            state = problem.activation.array_forward(w_x * x + w_h * state + weights.b_h)
            if target is not None:
                total += np.square(weights.w_y * state + weights.b_y - target)
        return total / asked


class Slope(NamedTuple):
    """One place: its loss, and the gradient by the two weights."""

    loss: float
    d_w_x: float
    d_w_h: float

    @property
    def norm(self) -> float:
        """The gradient's length."""
        return math.hypot(self.d_w_x, self.d_w_h)


def slope_at(weights: Weights, problem: Problem) -> Slope:
    """One pass forward and one back."""
    trace = forward(weights, problem.inputs, problem.activation)
    back = backward(weights, *problem[:2], trace, problem.activation).gradient
    return Slope(mean_squared_error(trace.outputs, problem.targets), back.w_x, back.w_h)


def step(weights: Weights, slope: Slope, learning_rate: float, longest: float | None) -> Weights:
    """Move w_x and w_h by `learning_rate` times the gradient, cut to the norm `longest` if given.

    Raises ValueError unless `longest` is above 0 and at most 1e12.
    """
    gradient = np.array([slope.d_w_x, slope.d_w_h])
    if longest is not None:
        by_norm(gradient, longest)
    d_w_x, d_w_h = gradient.tolist()
    return weights._replace(
        w_x=weights.w_x - learning_rate * d_w_x, w_h=weights.w_h - learning_rate * d_w_h
    )

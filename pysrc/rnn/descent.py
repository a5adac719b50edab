"""Gradient descent: measure how the loss changes with each weight, take a small step against it.

    w <- w - learning_rate * clip(dL/dw)

An epoch is one pass forward and one back over the whole sequence. Work is counted in function
evaluations, so that other ways of searching can be compared fairly: forward 1, backward 2.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from rnn.activations import Activation
from rnn.one_unit import Weights, backward, forward, mean_squared_error

EVALUATIONS_PER_EPOCH = 3
"""What an epoch costs: one forward pass, and a backward pass that counts for two."""
DIVERGED_ABOVE = 1e12
"""A loss above this is a divergence."""


class Epoch(NamedTuple):
    """What one epoch saw, and where it moved to."""

    loss: float  # of the weights it started from
    weights: Weights  # after the update
    gradient: Weights
    clipped: Weights


def clip_by_value(gradient: Weights, limit: float) -> Weights:
    """Cut every element to [-limit, limit], each on its own.

    This may turn the direction of the gradient; clipping by norm (Pascanu, Mikolov & Bengio 2013)
    does not. NaN stays NaN. Raises ValueError unless limit > 0.
    """
    if not limit > 0.0:
        raise ValueError(f"limit must be positive; got {limit}")
    return Weights(*(min(max(slope, -limit), limit) for slope in gradient))


def epoch(
    weights: Weights,
    inputs: Sequence[float],
    targets: Sequence[float | None],
    activation: Activation,
    learning_rate: float,
    clip_limit: float | None,
) -> Epoch:
    """One step of gradient descent on the mean squared error. `clip_limit=None` does not clip."""
    trace = forward(weights, inputs, activation)
    gradient = backward(weights, inputs, targets, trace, activation).gradient
    clipped = gradient if clip_limit is None else clip_by_value(gradient, clip_limit)
    after = moved(weights, clipped, learning_rate)
    return Epoch(mean_squared_error(trace.outputs, targets), after, gradient, clipped)


# --8<-- [start:update]
def moved(weights: Weights, gradient: Weights, learning_rate: float) -> Weights:
    """Take one step against the gradient: w <- w - learning_rate * dL/dw."""
    return Weights(*(w - learning_rate * g for w, g in zip(weights, gradient, strict=True)))


# --8<-- [end:update]


def has_diverged(loss: float, weights: Weights) -> bool:
    """True when a loss is NaN, infinite or above 1e12, or when a weight is no longer finite."""
    return not loss <= DIVERGED_ABOVE or not all(map(math.isfinite, weights))

"""Three runs from one place: unclipped, clipped by value, clipped by norm."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from lab.kit.curve import Curve
from rnn.activations import ACTIVATIONS
from rnn.arrays import Array
from rnn.clipping import Clip
from rnn.descent import DIVERGED_ABOVE, has_diverged
from rnn.landscape import Problem, Slope, slope_at
from rnn.one_unit import Weights

RULES = {"none": "no clipping", "value": "by value", "norm": "by norm"}
MOST_EPOCHS = 200
SOLVED = 1e-8


def problem_of(values: Mapping[str, Any]) -> Problem:
    """Carry a 1 over T steps: it is read first, and only the last state is asked for."""
    inputs = [1.0] + [0.0] * (values["length"] - 1)
    targets = [None] * (values["length"] - 1) + [values["target"]]
    return Problem(inputs, targets, ACTIVATIONS[values["activation"]])


def start_of(values: Mapping[str, Any]) -> Weights:
    """The two weights that are trained; the output is the state itself."""
    return Weights(values["w_x"], values["w_h"], 1.0, 0.0, 0.0)


def as_array(slope: Slope) -> Array:
    """The gradient by w_x and w_h."""
    return np.array([slope.d_w_x, slope.d_w_h])


class Run:
    """Gradient descent under one rule. It ends when it diverges, solves the task, or is long."""

    def __init__(self, rule: str, weights: Weights) -> None:
        self.rule, self.weights = rule, weights
        self.epochs = 0
        self.loss = math.nan  # of the last epoch
        self.ended = ""  # diverged, solved or stopped
        self.curve = Curve()

    def step(self, problem: Problem, learning_rate: float, limit: float) -> None:
        """One epoch; the loss is that of the weights it starts from."""
        if self.ended:
            return
        slope = slope_at(self.weights, problem)
        self.loss = slope.loss
        if has_diverged(slope.loss, self.weights):
            self.ended = "diverged"
            self.curve.add(float(self.epochs), DIVERGED_ABOVE)
            return
        self.curve.add(float(self.epochs), slope.loss)
        if slope.loss < SOLVED or self.epochs == MOST_EPOCHS:
            self.ended = "solved" if slope.loss < SOLVED else "stopped"
            return
        gradient = as_array(slope)
        Clip(self.rule, limit).apply(gradient)
        d_w_x, d_w_h = gradient.tolist()
        self.weights = self.weights._replace(
            w_x=self.weights.w_x - learning_rate * d_w_x,
            w_h=self.weights.w_h - learning_rate * d_w_h,
        )
        self.epochs += 1

"""Random small problems for the gradient checks, all drawn from a seed."""

from typing import NamedTuple

import numpy as np

from rnn.activations import ACTIVATIONS, Activation
from rnn.one_unit import Weights, forward, mean_squared_error


class Problem(NamedTuple):
    weights: Weights
    inputs: list[float]
    targets: list[float]
    h_0: float
    activation: Activation

    def loss(self, point):
        """The loss as a function of the five weights and the first memory."""
        *weights, h_0 = point
        outputs = forward(Weights(*weights), self.inputs, self.activation, h_0).outputs
        return mean_squared_error(outputs, self.targets)

    def sums(self):
        """What goes into the activation at each step."""
        hidden = forward(self.weights, self.inputs, self.activation, self.h_0).hidden
        w_x, w_h, _, b_h, _ = self.weights
        before = [self.h_0, *hidden[:-1]]
        return [w_x * x + w_h * h + b_h for x, h in zip(self.inputs, before, strict=True)]


def draw(activation: str, steps: int, seed: int) -> Problem:
    """Draw a problem whose sums keep clear of ReLU's corner and whose ReLU is awake at first."""
    rng = np.random.default_rng([seed, steps])
    while True:
        weights = Weights(*(rng.uniform(0.3, 1.3, 5) * rng.choice([-1.0, 1.0], 5)).tolist())
        inputs, targets = rng.uniform(-1.0, 1.0, (2, steps)).tolist()
        problem = Problem(weights, inputs, targets, rng.uniform(0.2, 1.0), ACTIVATIONS[activation])
        sums = problem.sums()
        awake = activation != "relu" or sums[0] > 0.0
        if awake and min(map(abs, sums)) > 1e-3:
            return problem

"""Inside the page's Python: epochs of the one-unit network, as the lab runs them and as arrays.

Run by epoch-worker.js, which takes the value of the last line.
"""

import json
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rnn.activations import ACTIVATIONS
from rnn.descent import epoch
from rnn.one_unit import Weights

Array = NDArray[np.float64]
TANH = ACTIVATIONS["tanh"]
START = Weights(0.5, 0.5, 0.5, 0.0, 0.0)
SERIES = [(step - 5) / 5 for step in range(11)]  # ten steps from -1 to 1
INPUTS, TARGETS = SERIES[:-1], SERIES[1:]
RATE = 0.01


def with_floats(epochs: int) -> float:
    """Our engine. Return the loss before the last update."""
    weights, loss = START, 0.0
    for _ in range(epochs):
        loss, weights, _, _ = epoch(weights, INPUTS, TARGETS, TANH, RATE, 5.0)
    return loss


def with_arrays(epochs: int) -> float:
    """The same mathematics, each number a 1x1 array, as a network of any size would be written."""
    w_x, w_h, w_y, b_h, b_y = (np.array([[weight]]) for weight in START)
    inputs, targets = ([np.array([[value]]) for value in values] for values in (INPUTS, TARGETS))
    steps, loss = len(inputs), np.zeros((1, 1))
    for _ in range(epochs):
        states, outputs = [np.zeros((1, 1))], []
        for x in inputs:
            states.append(np.tanh(w_x @ x + w_h @ states[-1] + b_h))
            outputs.append(w_y @ states[-1] + b_y)
        loss = sum((y - target) ** 2 for y, target in zip(outputs, targets, strict=True)) / steps
        d_w_x, d_w_h, d_w_y, d_b_h, d_b_y, later = (np.zeros((1, 1)) for _ in range(6))
        for t in reversed(range(steps)):
            error = 2 / steps * (outputs[t] - targets[t])
            signal = (w_y.T @ error + later) * (1 - states[t + 1] ** 2)
            d_w_y += error @ states[t + 1].T
            d_b_y += error
            d_w_x += signal @ inputs[t].T
            d_w_h += signal @ states[t].T
            d_b_h += signal
            later = w_h.T @ signal
        for weight, slope in (
            (w_x, d_w_x), (w_h, d_w_h), (w_y, d_w_y), (b_h, d_b_h), (b_y, d_b_y),
        ):  # fmt: skip
            weight -= RATE * np.clip(slope, -5, 5)
    return float(loss[0, 0])


def microseconds(train: Callable[[int], float], epochs: int) -> float:
    """The best of five runs, per epoch."""
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        train(epochs)
        best = min(best, time.perf_counter() - started)
    return best / epochs * 1e6


json.dumps(
    {
        "engine": {"time": microseconds(with_floats, 4000), "loss": with_floats(500)},
        "arrays": {"time": microseconds(with_arrays, 200), "loss": with_arrays(500)},
    }
)

"""Two networks that add up what they read: one remembers the sum, one sees the last few values.

    recurrent     h_t = w_x x_t + w_h h_{t-1} + b_h,  y_t = w_y h_t + b_y      five weights
    window of k   y_t = w_1 x_t + w_2 x_{t-1} + ... + w_k x_{t-k+1} + b        k + 1 weights

Both have the best weights for the sum so far: every weight 1, every bias 0. (Of independent values
with mean 0, those outside the window cannot be guessed, and least squares finds the same weights.)
"""

from typing import NamedTuple

import numpy as np

from rnn import one_unit
from rnn.activations import ACTIVATIONS
from rnn.arrays import Array
from rnn.layers import Dense
from rnn.one_unit import Weights

RECURRENT = Weights(w_x=1.0, w_h=1.0, w_y=1.0, b_h=0.0, b_y=0.0)


class History(NamedTuple):
    """One sequence and what both networks answer at each step, (steps) each."""

    values: Array
    recurrent: Array
    window: Array


def drawn(seed: int, length: int) -> Array:
    """Values from -0.9 to 0.9 with one decimal, none of them 0; longer ones begin the same."""
    rng = np.random.default_rng(seed)
    sizes, signs = rng.integers(1, 10, 1000), rng.choice((-1.0, 1.0), 1000)
    values: Array = sizes[:length] * signs[:length] / 10.0
    return values


def moved(values: Array, position: int, value: float) -> Array:
    """The same values with the one at `position` (from 1) replaced."""
    other = values.copy()
    other[position - 1] = value
    return other


def read(values: Array, window: int) -> History:
    """What both networks answer. Before the first value the window sees zeros."""
    trace = one_unit.forward(RECURRENT, values.tolist(), ACTIVATIONS["linear"])
    layer = Dense(window, 1)
    weights = {"W_hy": np.ones((1, window)), "b_y": np.zeros(1)}
    answers = layer.forward(weights, seen_through(values, window))
    return History(values, _clean(np.array(trace.outputs)), _clean(answers[:, 0]))


def _clean(sums: Array) -> Array:
    """Sums without the noise of binary fractions: 0.1 + 0.2 - 0.3 is 0, and not 5.55e-17."""
    cleaned: Array = np.round(sums, 9) + 0.0  # and -0 becomes 0
    return cleaned


def seen_through(values: Array, window: int) -> Array:
    """What a window sees at each step, (steps, window), the newest value first."""
    padded = np.concatenate([np.zeros(window - 1), values])
    return np.stack([padded[window - 1 - back : len(padded) - back] for back in range(window)], 1)


def weights_of_window(window: int) -> int:
    """How many numbers a window has to learn."""
    return sum(int(np.prod(shape)) for shape in Dense(window, 1).shapes.values())

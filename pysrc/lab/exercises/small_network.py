"""The network that three exercises speak of: symbols in, one tanh layer, scores and a loss out.

h_t = tanh(W_xh x_t + W_hh h_{t-1} + b_h)     y_t = W_hy h_t + b_y     L = mean of -ln softmax(y_t)
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnn import unroll
from rnn.arrays import Array, IntArray
from rnn.cells.elman import Elman
from rnn.gradient_check import central_differences
from rnn.layers import Dense, one_hot
from rnn.losses import softmax, softmax_cross_entropy
from rnn.parameters import Parameters

NAMES = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")


@dataclass(frozen=True)
class Network:
    """Weights, a sequence, and what the engine says of them."""

    cell: Elman
    head: Dense
    weights: Parameters
    x: Array  # (T, symbols), one-hot
    targets: IntArray  # (T,)
    start: Array  # (hidden,), the memory before the first step

    def forward(self) -> tuple[Array, Array, float]:
        """The memories (T + 1, hidden), the scores (T, symbols) and the mean loss in nats."""
        unrolled = unroll.forward(self.cell, self.weights, self.x[:, None], (self.start[None],))
        h = np.concatenate((self.start[None], unrolled.outputs[:, 0]))
        y = self.head.forward(self.weights, h[1:])
        return h, y, softmax_cross_entropy(y, self.targets)[0]

    def probabilities(self) -> Array:
        """The softmax of the scores, (T, symbols)."""
        return softmax(self.forward()[1])

    def nudged(self) -> Mapping[str, Array]:
        """The gradient of the loss by central differences: nudge each weight, watch the loss."""
        flat, before = self.weights.flat, self.weights.flat.copy()

        def loss(point: list[float]) -> float:
            flat[:] = point
            return self.forward()[2]

        try:
            slopes = central_differences(loss, before.tolist())
        finally:
            flat[:] = before
        gradients = self.weights.zeros()
        gradients.flat[:] = slopes
        return gradients


def network(symbols: int, hidden: int, targets: list[int], seed: int) -> Network:
    """A network with random weights that has read `targets`, each after the one before."""
    rng = np.random.default_rng(seed)
    cell, head = Elman(symbols, hidden), Dense(hidden, symbols)
    shapes = {**cell.shapes, **head.shapes}
    weights = Parameters({name: shapes[name] for name in NAMES})
    weights.flat[:] = rng.normal(0.0, 0.7, len(weights.flat))
    x = one_hot(np.array([0, *targets[:-1]]), symbols)
    return Network(cell, head, weights, x, np.array(targets), rng.normal(0.0, 0.5, hidden))

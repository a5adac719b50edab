"""The head turns every hidden state into scores, and the scores into one loss, all at once.

    scores = h W_hy' + b_y        p = softmax(scores)        L = mean of -log p[target]
    dL/dscores = (p - one-hot(target)) / n

The readable versions are `rnn.layers.Dense` and `rnn.losses.softmax_cross_entropy`.
"""

import numpy as np
from numpy.typing import DTypeLike

from rnn.arrays import Array, IntArray, Weights
from rnn.fast.kernels import chosen, transpose


class Head:
    """`W_hy (symbols, hidden)` and `b_y (symbols)`, in buffers that the next forward overwrites."""

    def __init__(self, hidden: int, symbols: int, dtype: DTypeLike) -> None:
        self.hidden, self.symbols, self.dtype = hidden, symbols, np.dtype(dtype)
        self.d_W_hy = np.empty((symbols, hidden), dtype)
        self.W_hy_back = np.empty((hidden, symbols), dtype)
        self.count = -1

    def _reserve(self, count: int) -> None:
        if self.count == count:
            return
        self.count = count
        self.scores = np.empty((count, self.symbols), self.dtype)
        self.d_h = np.empty((count, self.hidden), self.dtype)
        self.h_columns = np.empty((self.hidden, count), self.dtype)
        self.score_columns = np.empty((self.symbols, count), self.dtype)
        self.places = np.arange(count)

    def loss(self, weights: Weights, h: Array, targets: IntArray) -> float:
        """The mean loss in nats over the n rows of `h` (n, hidden); `targets` is (n)."""
        self._reserve(len(h))
        scores = self.scores
        with np.errstate(all="ignore"):  # what is not a number reaches the loss
            chosen().nt(h, weights["W_hy"], scores)
            scores += weights["b_y"]
            scores -= np.maximum.reduce(scores, axis=1, keepdims=True)  # exp cannot overflow
            wanted = scores[self.places, targets].astype(np.float64)
            np.exp(scores, scores)
            self.sums = np.add.reduce(scores, axis=1, keepdims=True)
            return float(np.mean(np.log(self.sums[:, 0].astype(np.float64)) - wanted))

    def backward(self, weights: Weights, h: Array, targets: IntArray, gradients: Weights) -> Array:
        """dL/dh (n, hidden) after `loss` of the same arguments; adds to `gradients`."""
        kernel, d_scores = chosen(), self.scores
        with np.errstate(all="ignore"):
            d_scores /= self.sums
            d_scores[self.places, targets] -= 1.0
            d_scores *= 1.0 / self.count
            columns = kernel.transposed(d_scores, self.score_columns)
            kernel.nt(columns, kernel.transposed(h, self.h_columns), self.d_W_hy)
            np.add(gradients["W_hy"], self.d_W_hy, gradients["W_hy"])
            np.add(gradients["b_y"], np.add.reduce(d_scores, axis=0), gradients["b_y"])
            transpose(weights["W_hy"], self.W_hy_back)
            kernel.nt(d_scores, self.W_hy_back, self.d_h)
        return self.d_h

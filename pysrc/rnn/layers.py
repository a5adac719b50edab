"""Around the recurrence stand plain layers: symbols go in as vectors, states come out as scores.

    embedding    e_t = W_e[i_t]                      row i_t, which is onehot(i_t) W_e
    dense        y_t = W_hy h_t + b_y                the head that reads the hidden state
    dropout      y_t = h_t m_t / (1 - rate)          m_t is 0 with probability `rate`, else 1

None of them remembers anything, so any number of leading axes will do: usually (time, batch).
Like the cells, they are stateless; weights, and gradients to add to, are passed in.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike

from rnn.arrays import Array, IntArray, Weights
from rnn.checks import real_number, whole_number
from rnn.initialisers import xavier

MOST = 1_000_000
"""The most of anything that is counted here; more is a mistake."""


@dataclass(frozen=True, slots=True)
class Dense:
    """A linear map with a bias: `W_hy` (outputs, inputs) and `b_y` (outputs).

    Raises ValueError unless both sizes are whole numbers from 1 to 1,000,000.
    """

    inputs: int
    outputs: int

    def __post_init__(self) -> None:
        whole_number("inputs", self.inputs, 1, MOST)
        whole_number("outputs", self.outputs, 1, MOST)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each parameter, by name."""
        return {"W_hy": (self.outputs, self.inputs), "b_y": (self.outputs,)}

    def initialise(self, weights: Weights, rng: np.random.Generator) -> None:
        """Draw `W_hy` as Glorot & Bengio (2010) and set `b_y` to 0, in place."""
        weights["W_hy"][...] = xavier(rng, weights["W_hy"].shape)
        weights["b_y"][...] = 0.0

    def forward(self, weights: Weights, x: Array) -> Array:
        """Map (..., inputs) to (..., outputs): y = W_hy x + b_y."""
        y: Array = x @ weights["W_hy"].T + weights["b_y"]
        return y

    def backward(self, weights: Weights, x: Array, d_y: Array, gradients: Weights) -> Array:
        """Add to `gradients` and return dL/dx, given the `x` that went forward.

        dL/dx = W_hy^T dL/dy,   dL/dW_hy = sum dL/dy x^T,   dL/db_y = sum dL/dy
        """
        flat_x, flat_d_y = x.reshape(-1, self.inputs), d_y.reshape(-1, self.outputs)
        gradients["W_hy"][...] += flat_d_y.T @ flat_x
        gradients["b_y"][...] += flat_d_y.sum(axis=0)
        d_x: Array = d_y @ weights["W_hy"]
        return d_x


@dataclass(frozen=True, slots=True)
class Embedding:
    """One learned vector per symbol: `W_e` (symbols, features).

    It is the product of a one-hot row with `W_e`, and so is its gradient; but taking and adding
    rows spares multiplying by all the zeros. Raises ValueError unless both sizes are whole numbers
    from 1 to 1,000,000.
    """

    symbols: int
    features: int

    def __post_init__(self) -> None:
        whole_number("symbols", self.symbols, 1, MOST)
        whole_number("features", self.features, 1, MOST)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of the one parameter, by name."""
        return {"W_e": (self.symbols, self.features)}

    def initialise(self, weights: Weights, rng: np.random.Generator) -> None:
        """Draw from N(0, 1), in place: features of the size that a cell's input should have."""
        weights["W_e"][...] = rng.standard_normal(weights["W_e"].shape)

    def forward(self, weights: Weights, indices: IntArray) -> Array:
        """Map whole numbers (...) to vectors (..., features).

        Raises ValueError unless they are from 0 to symbols - 1.
        """
        check_indices(indices, self.symbols)
        vectors: Array = weights["W_e"][indices]
        return vectors

    def backward(self, indices: IntArray, d_vectors: Array, gradients: Weights) -> None:
        """Add each dL/dvector to the row of its symbol. A whole number has no gradient."""
        # `gradient[indices] += d` would add only once to a row that occurs twice
        np.add.at(gradients["W_e"], indices, d_vectors)


def one_hot(indices: IntArray, symbols: int, dtype: DTypeLike = np.float64) -> Array:
    """Write whole numbers (...) as rows (..., symbols): 1 at the number, 0 elsewhere.

    Raises ValueError unless they are from 0 to symbols - 1.
    """
    check_indices(indices, symbols)
    rows: Array = np.zeros((*indices.shape, symbols), dtype)
    np.put_along_axis(rows, indices[..., None], 1.0, axis=-1)
    return rows


def check_indices(indices: IntArray, symbols: int) -> None:
    """Raise ValueError unless all (...) are from 0 to symbols - 1: NumPy takes -1 for the last."""
    if not np.issubdtype(indices.dtype, np.integer):
        raise ValueError(f"indices must be whole numbers; got {indices.dtype}")
    outside = indices[(indices < 0) | (indices >= symbols)]
    if outside.size:
        raise ValueError(f"indices must be from 0 to {symbols - 1}; got {outside.flat[0]}")


@dataclass(frozen=True, slots=True)
class Dropout:
    """While training, silence each number with probability `rate` (Srivastava et al. 2014).

    What is left is divided by 1 - rate ("inverted"), so that the mean stays and nothing needs to be
    rescaled when the network is used. Raises ValueError unless the rate is from 0 to 0.99.
    """

    rate: float

    def __post_init__(self) -> None:
        real_number("dropout", self.rate, 0.0, 0.99)

    def forward(self, x: Array, rng: np.random.Generator | None) -> tuple[Array, Array | None]:
        """Return what is left of `x`, and the factors of the same shape (None: nothing was done).

        Without an `rng` the network is being used, not trained, and `x` passes unchanged.
        """
        if rng is None or self.rate == 0.0:
            return x, None
        # --8<-- [start:dropout]
        factors = (rng.random(x.shape) >= self.rate).astype(x.dtype)
        factors /= 1.0 - self.rate
        return x * factors, factors
        # --8<-- [end:dropout]

    def backward(self, factors: Array | None, d_y: Array) -> Array:
        """Return dL/dx, given the `factors` of the way forward: what was silenced has no say."""
        return d_y if factors is None else d_y * factors

"""Elman's network remembers by feeding its hidden state back to itself.

    a_t = W_xh x_t + W_hh h_{t-1} + b_h
    h_t = f(a_t)

(Elman, *Finding structure in time*, 1990.) Going back, with d_t = dL/da_t:

    d_t         = dL/dh_t f'(a_t)
    dL/dW_xh   += d_t x_t^T       dL/dW_hh    += d_t h_{t-1}^T      dL/db_h += d_t
    dL/dx_t     = W_xh^T d_t      dL/dh_{t-1}  = W_hh^T d_t
"""

from dataclasses import dataclass

import numpy as np

from rnn.activations import ACTIVATIONS
from rnn.arrays import Array, State, Weights
from rnn.cells.cell import Cache
from rnn.cells.start import check_sizes, draw_uniform
from rnn.checks import one_of


@dataclass(frozen=True)
class Elman:
    """An Elman cell with one of the four activations. Raises ValueError on a bad size or name."""

    inputs: int
    hidden: int
    activation: str = "tanh"

    def __post_init__(self) -> None:
        check_sizes(self.inputs, self.hidden)
        one_of("activation", self.activation, tuple(ACTIVATIONS))

    @property
    def kind(self) -> str:
        """`rnn`."""
        return "rnn"

    @property
    def state_names(self) -> tuple[str, ...]:
        """The state is h alone."""
        return ("h",)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """W_xh (hidden, inputs), W_hh (hidden, hidden), b_h (hidden)."""
        return {
            "W_xh": (self.hidden, self.inputs),
            "W_hh": (self.hidden, self.hidden),
            "b_h": (self.hidden,),
        }

    def initialise(self, weights: Weights, rng: np.random.Generator) -> None:
        """Draw the matrices from +-1/sqrt(hidden), in place; the bias is zero."""
        draw_uniform(weights, self.hidden, rng)

    # --8<-- [start:step]
    def forward(self, weights: Weights, x: Array, state: State) -> tuple[State, Cache]:
        """One step: `x` (batch, inputs) and (h_{t-1},), of (batch, hidden), give (h_t,)."""
        (h_before,) = state
        # --8<-- [start:forward]
        sums = x @ weights["W_xh"].T + h_before @ weights["W_hh"].T + weights["b_h"]
        h = ACTIVATIONS[self.activation].array_forward(sums)
        # --8<-- [end:forward]
        return (h,), {"x": x, "h_before": h_before, "h": h}

    def backward(
        self, weights: Weights, cache: Cache, d_state: State, gradients: Weights
    ) -> tuple[Array, State]:
        """One step back: from (dL/dh_t,) to dL/dx_t and (dL/dh_{t-1},); adds to `gradients`."""
        (d_h,) = d_state
        d_sums = d_h * ACTIVATIONS[self.activation].array_slope(cache["h"])
        gradients["W_xh"][...] += d_sums.T @ cache["x"]
        gradients["W_hh"][...] += d_sums.T @ cache["h_before"]
        gradients["b_h"][...] += d_sums.sum(axis=0)
        return d_sums @ weights["W_xh"], (d_sums @ weights["W_hh"],)

    # --8<-- [end:step]

    def readout(self, cache: Cache) -> dict[str, Array]:
        """The hidden state, (batch, hidden): an Elman network has no gates."""
        return {"hidden_state": cache["h"]}

    def jacobian(self, weights: Weights, cache: Cache) -> Array:
        """dh_t/dh_{t-1} = diag(f'(a_t)) W_hh, (batch, hidden, hidden)."""
        # --8<-- [start:jacobian]
        slope = ACTIVATIONS[self.activation].array_slope(cache["h"])
        return slope[:, :, None] * weights["W_hh"]
        # --8<-- [end:jacobian]

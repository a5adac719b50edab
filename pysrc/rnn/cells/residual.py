"""A residual cell keeps its state and adds a correction: back, there is a way around the layer.

    a_t = W_xh x_t + W_hh h_{t-1} + b_h
    h_t = h_{t-1} + alpha f(a_t)

He et al. (*Identity mappings in deep residual networks*, 2016, section 2) add each layer's output
to its input; unrolled, a layer is a step. With tanh this is the recurrence that Chang et al.
(*AntisymmetricRNN*, 2019) take from Euler's method, with the step size alpha. Going back, with
d_t = dL/da_t:

    d_t         = alpha dL/dh_t f'(a_t)
    dL/dh_{t-1} = dL/dh_t + W_hh^T d_t      the first term arrives whole, whatever the weights are

and the gradients of the weights are Elman's. Nothing squashes the state: it may grow at each step.
"""

from dataclasses import dataclass

import numpy as np

from rnn.activations import ACTIVATIONS
from rnn.arrays import Array, State, Weights
from rnn.cells.cell import Cache
from rnn.cells.start import check_sizes, draw_uniform
from rnn.checks import one_of, real_number


@dataclass(frozen=True)
class Residual:
    """A residual cell with one of the four activations. Raises ValueError on a bad size or name."""

    inputs: int
    hidden: int
    activation: str = "tanh"
    alpha: float = 1.0

    def __post_init__(self) -> None:
        check_sizes(self.inputs, self.hidden)
        one_of("activation", self.activation, tuple(ACTIVATIONS))
        real_number("alpha", self.alpha, 0.0, 100.0)

    @property
    def kind(self) -> str:
        """`residual`."""
        return "residual"

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
        added = ACTIVATIONS[self.activation].array_forward(sums)
        h = h_before + self.alpha * added
        # --8<-- [end:forward]
        return (h,), {"x": x, "h_before": h_before, "added": added, "h": h}

    def backward(
        self, weights: Weights, cache: Cache, d_state: State, gradients: Weights
    ) -> tuple[Array, State]:
        """One step back: from (dL/dh_t,) to dL/dx_t and (dL/dh_{t-1},); adds to `gradients`."""
        (d_h,) = d_state
        d_sums = self.alpha * d_h * ACTIVATIONS[self.activation].array_slope(cache["added"])
        gradients["W_xh"][...] += d_sums.T @ cache["x"]
        gradients["W_hh"][...] += d_sums.T @ cache["h_before"]
        gradients["b_h"][...] += d_sums.sum(axis=0)
        return d_sums @ weights["W_xh"], (d_h + d_sums @ weights["W_hh"],)

    # --8<-- [end:step]

    def readout(self, cache: Cache) -> dict[str, Array]:
        """What the step added, before alpha, and the hidden state, each (batch, hidden)."""
        return {"added": cache["added"], "hidden_state": cache["h"]}

    def jacobian(self, weights: Weights, cache: Cache) -> Array:
        """dh_t/dh_{t-1} = 1 + alpha diag(f'(a_t)) W_hh, (batch, hidden, hidden)."""
        slope = self.alpha * ACTIVATIONS[self.activation].array_slope(cache["added"])
        units = np.eye(self.hidden, dtype=slope.dtype)
        return units + slope[:, :, None] * weights["W_hh"]

"""A GRU keeps one state and two gates: one blends old with new, one lets the new ignore the old.

    r_t = sigmoid(W_r x_t + U_r h_{t-1} + b_r)              reset gate:  how much the new may see
    z_t = sigmoid(W_z x_t + U_z h_{t-1} + b_z)              update gate: how much of the old stays
    n_t = tanh(W_n x_t + b_n + r_t (U_n h_{t-1} + b_hn))    candidate:   what is new
    h_t = (1 - z_t) n_t + z_t h_{t-1}

(Cho et al. 2014, equations 5 to 8.) The printed paper resets *before* the product, U_n (r h). Here
the reset comes *after* it, r (U_n h + b_hn), as in the paper's first arXiv version, cuDNN and
PyTorch: all three products with h_{t-1} are then one, and it needs the second bias `b_hn`.
W_r, W_z, W_n are the rows of `W_xh`, in this order, U_r, U_z, U_n those of `W_hh`. Going back:

    dL/dz_t     = dL/dh_t (h_{t-1} - n_t)       dL/dn_t = dL/dh_t (1 - z_t)
    dL/dr_t     = dL/dn_t (1 - n_t^2) (U_n h_{t-1} + b_hn)
    dL/dh_{t-1} = dL/dh_t z_t + what comes through the three products
"""

from dataclasses import dataclass

import numpy as np

from rnn.activations import ACTIVATIONS
from rnn.arrays import Array, State, Weights
from rnn.cells.cell import Cache
from rnn.cells.start import check_sizes, draw_uniform

_SIGMOID, _TANH = ACTIVATIONS["sigmoid"], ACTIVATIONS["tanh"]


@dataclass(frozen=True)
class GRU:
    """A GRU cell, the reset after the product. Raises ValueError on a bad size."""

    inputs: int
    hidden: int

    def __post_init__(self) -> None:
        check_sizes(self.inputs, self.hidden)

    @property
    def kind(self) -> str:
        """`gru`."""
        return "gru"

    @property
    def state_names(self) -> tuple[str, ...]:
        """The state is h alone."""
        return ("h",)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """W_xh (3 hidden, inputs), W_hh (3 hidden, hidden), b_h (3 hidden), b_hn (hidden)."""
        rows = 3 * self.hidden
        return {
            "W_xh": (rows, self.inputs),
            "W_hh": (rows, self.hidden),
            "b_h": (rows,),
            "b_hn": (self.hidden,),
        }

    def initialise(self, weights: Weights, rng: np.random.Generator) -> None:
        """Draw the matrices from +-1/sqrt(hidden), in place; the biases are zero."""
        draw_uniform(weights, self.hidden, rng)

    # --8<-- [start:step]
    def forward(self, weights: Weights, x: Array, state: State) -> tuple[State, Cache]:
        """One step: `x` (batch, inputs) and (h_{t-1},), of (batch, hidden), give (h_t,)."""
        (h_before,) = state
        # --8<-- [start:formulas]
        x_r, x_z, x_n = np.split(x @ weights["W_xh"].T + weights["b_h"], 3, axis=1)
        h_r, h_z, h_n = np.split(h_before @ weights["W_hh"].T, 3, axis=1)
        r = _SIGMOID.array_forward(x_r + h_r)
        z = _SIGMOID.array_forward(x_z + h_z)
        recalled = h_n + weights["b_hn"]
        n = _TANH.array_forward(x_n + r * recalled)
        h = (1.0 - z) * n + z * h_before
        # --8<-- [end:formulas]
        before = {"x": x, "h_before": h_before}
        return (h,), before | {"r": r, "z": z, "recalled": recalled, "n": n, "h": h}

    def backward(
        self, weights: Weights, cache: Cache, d_state: State, gradients: Weights
    ) -> tuple[Array, State]:
        """One step back: from (dL/dh_t,) to dL/dx_t and (dL/dh_{t-1},); adds to `gradients`."""
        r, z, recalled, n = (cache[name] for name in ("r", "z", "recalled", "n"))
        x, h_before = cache["x"], cache["h_before"]
        (d_h,) = d_state
        d_n = d_h * (1.0 - z) * _TANH.array_slope(n)
        d_z = d_h * (h_before - n) * _SIGMOID.array_slope(z)
        d_r = d_n * recalled * _SIGMOID.array_slope(r)
        d_recalled = d_n * r
        d_from_x = np.concatenate((d_r, d_z, d_n), axis=1)
        d_from_h = np.concatenate((d_r, d_z, d_recalled), axis=1)
        gradients["W_xh"][...] += d_from_x.T @ x
        gradients["W_hh"][...] += d_from_h.T @ h_before
        gradients["b_h"][...] += d_from_x.sum(axis=0)
        gradients["b_hn"][...] += d_recalled.sum(axis=0)
        return d_from_x @ weights["W_xh"], (d_h * z + d_from_h @ weights["W_hh"],)

    # --8<-- [end:step]

    def readout(self, cache: Cache) -> dict[str, Array]:
        """Both gates, the candidate and the hidden state, each (batch, hidden)."""
        return {
            "reset_gate": cache["r"],
            "update_gate": cache["z"],
            "candidate": cache["n"],
            "hidden_state": cache["h"],
        }

    def jacobian(self, weights: Weights, cache: Cache) -> Array:
        """dh_t/dh_{t-1}, (batch, hidden, hidden): diag(z_t), and one term for each product."""
        r, z, recalled, n = (cache[name] for name in ("r", "z", "recalled", "n"))
        U_r, U_z, U_n = np.split(weights["W_hh"], 3)
        by_sum_n = (1.0 - z) * _TANH.array_slope(n)
        by_sum_z = (cache["h_before"] - n) * _SIGMOID.array_slope(z)
        by_sum_r = by_sum_n * recalled * _SIGMOID.array_slope(r)
        return (
            z[:, :, None] * np.eye(self.hidden, dtype=z.dtype)
            + by_sum_r[:, :, None] * U_r
            + by_sum_z[:, :, None] * U_z
            + (by_sum_n * r)[:, :, None] * U_n
        )

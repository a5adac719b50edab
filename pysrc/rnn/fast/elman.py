"""The Elman layer: h_t = tanh(W_xh x_t + W_hh h_{t-1} + b_h), over whole sequences.

The formula is that of `rnn.cells.elman` (Elman 1990).
"""

import numpy as np

from rnn.arrays import Array, State
from rnn.fast.kernels import chosen
from rnn.fast.layer import Layer, squash

MANY = 400
"""Numbers per step above which the exponential form beats `np.tanh`."""


class ElmanLayer(Layer):
    """`W_xh (hidden, inputs)`, `W_hh (hidden, hidden)`, `b_h (hidden)`; the state is (h,)."""

    factors = (1.0,)

    def factors_now(self) -> tuple[float, ...]:
        """-2 where the exponential form is used."""
        return (-2.0,) if self.exponential else (1.0,)

    def reserve_more(self, steps: int, batch: int) -> None:
        """Have room for the slopes."""
        self.exponential = batch * self.hidden >= MANY
        self.slopes = self._empty(steps, batch, self.hidden)
        self.slopes_at = list(self.slopes)

    # --8<-- [start:run]
    def run(self) -> None:
        """All steps forward."""
        nt, product, W_hh, exponential = chosen().nt, self.product, self.W_hh, self.exponential
        before = self.h_at[0]
        for h, z in zip(self.h_at[1:], self.z_at, strict=True):
            nt(before, W_hh, product)
            np.add(z, product, h)
            if exponential:
                squash(h)
            else:
                np.tanh(h, h)
            before = h

    def run_back(self, d_outputs: Array, d_state: State | None) -> State:
        """dZ_t = (dL/dh_t + dZ_{t+1} W_hh) (1 - h_t^2), all steps back."""
        nt, W_hh, d_h = chosen().nt, self.W_hh_back, self.d_h
        np.multiply(self.h[1:], self.h[1:], self.slopes)
        np.subtract(1.0, self.slopes, self.slopes)
        if d_state is None:
            d_h.fill(0.0)
        else:
            d_h[...] = d_state[0]
        parts = zip(d_outputs[::-1], self.slopes_at[::-1], self.d_z_at[::-1], strict=True)
        for d_output, slope, d_z in parts:
            np.add(d_h, d_output, d_h)
            np.multiply(d_h, slope, d_z)
            nt(d_z, W_hh, d_h)
        return (d_h.copy(),)

    # --8<-- [end:run]

    def readout(self) -> dict[str, Array]:
        """The state of the last step, (batch, hidden), as a copy."""
        return {"hidden_state": self.h[-1].copy()}

"""The GRU layer, over whole sequences: its whole backward step is linear in dL/dh_t.

    r, z = sigmoid(...),  n = tanh(a_n + r (W_hn h_{t-1} + b_hn))
    h_t = (1 - z) n + z h_{t-1} = n + z (h_{t-1} - n)

The formula is that of `rnn.cells.gru` (Cho et al. 2014; reset after the product, as PyTorch).
"""

import numpy as np

from rnn.arrays import Array, State, Weights
from rnn.fast.kernels import chosen
from rnn.fast.layer import Layer, squash


class GRULayer(Layer):
    """Rows in the order reset, update, candidate, and `b_hn (hidden)`; the state is (h,)."""

    factors = (-1.0, -1.0, -2.0)

    def reserve_more(self, steps: int, batch: int) -> None:
        """Have room for the recurrent products, the derivatives and the views of every step."""
        hidden = self.hidden
        shape = (steps, batch, hidden)
        self.b_hn = self._empty(hidden)
        self.q = self._empty(steps, batch, 3 * hidden)  # h_{t-1} W_hh', kept for its last third
        self.difference = self._empty(*shape)  # h_{t-1} - n
        self.local = self._empty(steps, batch, 3, hidden)
        self.of_n, self.d_h_all = self._empty(*shape), self._empty(*shape)
        self.d_q = self._empty(steps, batch, 3 * hidden)
        self.work = self._empty(batch, hidden)
        r, z, n = np.moveaxis(self.z.reshape(steps, batch, 3, hidden), 2, 0)
        self.r, self.update, self.n = r, z, n
        self.run_at = list(
            zip(
                self.q,
                self.q[:, :, : 2 * hidden],
                self.q[:, :, 2 * hidden :],
                self.z[:, :, : 2 * hidden],
                r,
                z,
                n,
                self.difference,
                self.h[1:],
                strict=True,
            )
        )
        self.back_at = list(
            zip(
                self.d_h_all,
                self.d_h_all[:, :, None, :],
                self.local,
                self.d_q.reshape(steps, batch, 3, hidden),
                self.d_q,
                z,
                strict=True,
            )
        )[::-1]

    def prepare(self, weights: Weights) -> None:
        """Copy the weights, scaled and transposed."""
        super().prepare(weights)
        np.multiply(weights["b_hn"], -2.0, self.b_hn)

    # --8<-- [start:run]
    def run(self) -> None:
        """All steps forward."""
        nt, W_hh, b_hn, work, before = chosen().nt, self.W_hh, self.b_hn, self.work, self.h_at[0]
        for q, q_gates, q_n, gates, r, z, n, difference, h in self.run_at:
            nt(before, W_hh, q)
            np.add(gates, q_gates, gates)
            np.exp(gates, gates)
            np.add(gates, 1.0, gates)
            np.reciprocal(gates, gates)
            np.add(q_n, b_hn, q_n)
            np.multiply(r, q_n, work)
            np.add(n, work, n)
            squash(n)
            np.subtract(before, n, difference)
            np.multiply(z, difference, h)
            np.add(h, n, h)
            before = h

    def _derivatives(self) -> None:
        """What dL/dh_t is multiplied by to give the share of each gate, for all steps."""
        r, z, n, local, of_n = self.r, self.update, self.n, self.local, self.of_n
        of_r, of_z, of_q_n = np.moveaxis(local, 2, 0)
        gates, both = self.z.reshape(local.shape)[:, :, :2], local[:, :, :2]
        np.multiply(n, n, of_n)
        np.subtract(1.0, of_n, of_n)
        np.subtract(1.0, z, of_q_n)
        np.multiply(of_n, of_q_n, of_n)  # (1 - z)(1 - n^2)
        np.subtract(1.0, gates, both)
        np.multiply(both, gates, both)
        np.multiply(of_z, self.difference, of_z)
        np.multiply(of_r, self.q[:, :, 2 * self.hidden :], of_r)  # which is -2 (W_hn h + b_hn)
        np.multiply(of_r, -0.5, of_r)
        np.multiply(of_r, of_n, of_r)
        np.multiply(of_n, r, of_q_n)

    def run_back(self, d_outputs: Array, d_state: State | None) -> State:
        """From dL/doutputs to dL/d of the first state: five operations a step, the rest at once."""
        self._derivatives()
        nt, W_hh, carried, work = chosen().nt, self.W_hh_back, self.d_h, self.work
        if d_state is None:
            carried.fill(0.0)
        else:
            carried[...] = d_state[0]
        for d_output, (d_h, d_h_for_three, local, d_gates, d_q, z) in zip(
            d_outputs[::-1], self.back_at, strict=True
        ):
            np.add(carried, d_output, d_h)
            np.multiply(d_h_for_three, local, d_gates)
            nt(d_q, W_hh, work)
            np.multiply(d_h, z, carried)
            np.add(carried, work, carried)
        end = 2 * self.hidden
        self.d_z[:, :, :end] = self.d_q[:, :, :end]
        np.multiply(self.d_h_all, self.of_n, self.d_z[:, :, end:])
        return (carried.copy(),)

    # --8<-- [end:run]

    def backward(
        self, weights: Weights, d_outputs: Array, gradients: Weights, d_state: State | None = None
    ) -> tuple[Array | None, State]:
        """From dL/doutputs to dL/dinputs as every layer; and the bias inside the reset."""
        result = super().backward(weights, d_outputs, gradients, d_state)
        inner = np.add.reduce(self.d_q[:, :, 2 * self.hidden :], axis=(0, 1))
        np.add(gradients["b_hn"], inner, gradients["b_hn"])
        return result

    def d_recurrent(self) -> Array:
        """(time, batch, rows): the candidate's share passes the reset gate before the product."""
        return self.d_q

    def readout(self) -> dict[str, Array]:
        """The two gates, the candidate and the state of the last step: copies (batch, hidden)."""
        gates = {"reset_gate": self.r, "update_gate": self.update, "candidate": self.n}
        return {
            **{name: gate[-1].copy() for name, gate in gates.items()},
            "hidden_state": self.h[-1].copy(),
        }

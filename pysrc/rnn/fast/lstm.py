"""The LSTM layer, over whole sequences: four gates from one product and one exponential.

    i, f, o = sigmoid(...), g = tanh(...)       each from x_t and h_{t-1}
    c_t = f c_{t-1} + i g,  h_t = o tanh(c_t)

The formula is that of `rnn.cells.lstm` (Hochreiter & Schmidhuber 1997; Gers et al. 2000).
"""

import numpy as np

from rnn.arrays import Array, State
from rnn.fast.kernels import chosen
from rnn.fast.layer import Layer, squash


class LSTMLayer(Layer):
    """Rows in the order input, forget, candidate, output; the state is (h, c)."""

    factors = (-1.0, -1.0, -2.0, -1.0)

    def reserve_more(self, steps: int, batch: int) -> None:
        """Have room for the cell states, the gates' derivatives and the views of every step."""
        shape = (steps, batch, self.hidden)
        self.c = self._empty(steps + 1, batch, self.hidden)
        self.tanh_c = self._empty(*shape)
        self.gates = self.z.reshape(steps, batch, 4, self.hidden)
        self.local = self._empty(steps, batch, 4, self.hidden)
        self.through = self._empty(*shape)  # dc_t/dh_t's way: o (1 - tanh(c)^2)
        self.work, self.d_c = self._empty(batch, self.hidden), self._empty(batch, self.hidden)
        self.c_at, self.tanh_c_at = list(self.c), list(self.tanh_c)
        self.gate_at = [list(gate) for gate in np.moveaxis(self.gates, 2, 0)]
        d_gates = self.d_z.reshape(steps, batch, 4, self.hidden)
        self.back_at = list(
            zip(
                self.through,
                self.local[:, :, :3],
                self.local[:, :, 3],
                self.gates[:, :, 1],
                d_gates[:, :, :3],
                d_gates[:, :, 3],
                self.d_z_at,
                strict=True,
            )
        )[::-1]

    # --8<-- [start:run]
    def run(self) -> None:
        """All steps forward."""
        nt, product, W_hh, work = chosen().nt, self.product, self.W_hh, self.work
        i_at, f_at, g_at, o_at = self.gate_at
        h_before, c_before = self.h_at[0], self.c_at[0]
        steps = zip(
            self.z_at,
            i_at,
            f_at,
            g_at,
            o_at,
            self.c_at[1:],
            self.tanh_c_at,
            self.h_at[1:],
            strict=True,
        )
        for z, i, f, g, o, c, tanh_c, h in steps:
            nt(h_before, W_hh, product)
            np.add(z, product, z)
            np.exp(z, z)
            np.add(z, 1.0, z)
            np.reciprocal(z, z)  # i, f, o; and (g + 1) / 2
            np.multiply(g, 2.0, g)
            np.subtract(g, 1.0, g)
            np.multiply(f, c_before, c)
            np.multiply(i, g, work)
            np.add(c, work, c)
            np.multiply(c, -2.0, tanh_c)
            squash(tanh_c)
            np.multiply(o, tanh_c, h)
            h_before, c_before = h, c

    def _derivatives(self) -> None:
        """What dL/dc_t (for i, f, g) and dL/dh_t (for o) are multiplied by, for all steps."""
        gates, local, through, tanh_c = self.gates, self.local, self.through, self.tanh_c
        i, _, g, o = np.moveaxis(gates, 2, 0)
        of_i, of_f, of_g, of_o = np.moveaxis(local, 2, 0)
        np.subtract(1.0, gates, local)
        np.multiply(local, gates, local)  # s (1 - s): right for i, f, o
        np.multiply(of_i, g, of_i)
        np.multiply(of_f, self.c[:-1], of_f)
        np.multiply(g, g, of_g)
        np.subtract(1.0, of_g, of_g)
        np.multiply(of_g, i, of_g)
        np.multiply(of_o, tanh_c, of_o)
        np.multiply(tanh_c, tanh_c, through)
        np.subtract(1.0, through, through)
        np.multiply(through, o, through)

    def run_back(self, d_outputs: Array, d_state: State | None) -> State:
        """From dL/doutputs to dL/d of the first state: 7 operations a step, the rest at once."""
        self._derivatives()
        nt, W_hh, d_h, d_c, work = chosen().nt, self.W_hh_back, self.d_h, self.d_c, self.work
        if d_state is None:
            d_h.fill(0.0)
            d_c.fill(0.0)
        else:
            d_h[...], d_c[...] = d_state
        d_c_for_three = d_c[:, None, :]
        for d_output, (through, local, of_o, f, d_gates, d_o, d_z) in zip(
            d_outputs[::-1], self.back_at, strict=True
        ):
            np.add(d_h, d_output, d_h)
            np.multiply(d_h, through, work)
            np.add(d_c, work, d_c)
            np.multiply(d_c_for_three, local, d_gates)
            np.multiply(d_h, of_o, d_o)
            np.multiply(d_c, f, d_c)
            nt(d_z, W_hh, d_h)
        return d_h.copy(), d_c.copy()

    # --8<-- [end:run]

    def enter(self, state: State) -> None:
        """Start from (h, c)."""
        self.h[0], self.c[0] = state

    def leave(self) -> State:
        """The last (h, c), as copies."""
        return self.h[-1].copy(), self.c[-1].copy()

    def advance(self) -> Array:
        """One step, where one is reserved: the new h (batch, hidden), where the next one starts."""
        h = super().advance()
        np.copyto(self.c_at[0], self.c_at[1])
        return h

    def readout(self) -> dict[str, Array]:
        """The four gates and the states of the last step, as copies (batch, hidden)."""
        i, f, g, o = (self.gates[-1, :, gate].copy() for gate in range(4))
        gates = {"input_gate": i, "forget_gate": f, "candidate": g, "output_gate": o}
        return {**gates, "cell_state": self.c[-1].copy(), "hidden_state": self.h[-1].copy()}

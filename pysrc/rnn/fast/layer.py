"""Only the recurrence needs one step after the other; everything else can take all steps at once.

    before the steps    Z = x W_xh' + b_h, for all steps: one product, or rows of a table
    the steps           Z_t += h_{t-1} W_hh', then the gates
    back                the gates' derivatives, for all steps; then one short chain per step
    after the steps     dW_hh = dZ' H, dW_xh = dZ' X, dX = dZ W_xh: one product each

Characters come as indices. A one-hot vector times W_xh' is a row of W_xh', so no vector is made.

A sigmoid is 1 / (1 + exp(-a)) and a tanh is 2 / (1 + exp(-2a)) - 1. The rows of each gate are
therefore prepared multiplied by -1 or -2, once per call, and one exponential serves all gates.
"""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np
from numpy.typing import DTypeLike

from rnn.arrays import Array, State, Weights
from rnn.fast.kernels import chosen, transpose

Read = Any
"""What a layer reads: indices (time, batch), or an array (time, batch, inputs)."""


class Layer(ABC):
    """One recurrent layer over whole sequences.

    It keeps its work between a forward and the backward after it, in buffers that the next forward
    of the same length and batch overwrites.
    """

    factors: ClassVar[tuple[float, ...]]  # of each gate, in the order of W_xh's rows

    def __init__(self, inputs: int, hidden: int, dtype: DTypeLike, *, indexed: bool) -> None:
        self.inputs, self.hidden, self.indexed = inputs, hidden, indexed
        self.dtype = np.dtype(dtype)
        self.rows = len(self.factors) * hidden
        self.shape = (-1, -1)  # (time, batch) of the buffers
        self.W_hh = self._empty(self.rows, hidden)  # multiplied by the factors
        self.W_xh = self._empty(self.rows, inputs)
        self.b_h = self._empty(self.rows)
        self.W_hh_back = self._empty(hidden, self.rows)  # transposed
        self.table = self._empty(inputs, self.rows) if indexed else self._empty(0, 0)
        self.W_xh_back = self._empty(0, 0) if indexed else self._empty(inputs, self.rows)
        self.d_table = np.zeros_like(self.table)
        self.d_table_rows = list(self.d_table)
        self.d_W_hh, self.d_W_xh = self._empty(self.rows, hidden), self._empty(self.rows, inputs)

    def _empty(self, *shape: int) -> Array:
        return np.empty(shape, self.dtype)

    def prepare(self, weights: Weights) -> None:
        """Copy the weights, scaled and transposed: cheap beside one product."""
        for gate, factor in enumerate(self.factors_now()):
            rows = slice(gate * self.hidden, (gate + 1) * self.hidden)
            np.multiply(weights["W_hh"][rows], factor, self.W_hh[rows])
            np.multiply(weights["W_xh"][rows], factor, self.W_xh[rows])
            np.multiply(weights["b_h"][rows], factor, self.b_h[rows])
        if self.indexed:
            transpose(self.W_xh, self.table)
            self.table += self.b_h

    def factors_now(self) -> tuple[float, ...]:
        """The factors for the buffers reserved now."""
        return self.factors

    def reserve(self, steps: int, batch: int) -> None:
        """Have buffers for this many steps and sequences."""
        if self.shape == (steps, batch):
            return
        self.shape = (steps, batch)
        self.h = self._empty(steps + 1, batch, self.hidden)  # h_0 .. h_T
        self.z = self._empty(steps, batch, self.rows)  # what goes into the gates, then the gates
        self.product = self._empty(batch, self.rows)
        self.d_z = self._empty(steps, batch, self.rows)
        self.d_h = self._empty(batch, self.hidden)
        self.h_columns = self._empty(self.hidden, (steps + 1) * batch)
        self.z_columns = self._empty(self.rows, steps * batch)
        self.x_columns = self._empty(0 if self.indexed else self.inputs, steps * batch)
        self.d_x = self._empty(steps * batch, 0 if self.indexed else self.inputs)
        # A view costs as much to make as a small operation on it, so each is made once.
        self.h_at: list[Array] = list(self.h)
        self.z_at: list[Array] = list(self.z)
        self.d_z_at: list[Array] = list(self.d_z)
        self.d_z_rows: list[Array] = list(self.d_z.reshape(steps * batch, self.rows))
        self.reserve_more(steps, batch)

    def read(self, inputs: Read) -> None:
        """Z = x W_xh' + b_h for all steps, from indices (time, batch) or (time, batch, inputs)."""
        steps, batch = self.shape
        flat = self.z.reshape(steps * batch, self.rows)
        if self.indexed:
            np.take(self.table, inputs.ravel(), axis=0, out=flat, mode="clip")
        else:
            chosen().nt(inputs.reshape(steps * batch, self.inputs), self.W_xh, flat)
            flat += self.b_h

    def forward(self, weights: Weights, inputs: Read, state: State) -> tuple[Array, State]:
        """The outputs (time, batch, hidden), until the next forward, and the last state."""
        steps, batch = inputs.shape[:2]
        self.reserve(steps, batch)
        # exp overflows to infinity for a closed gate, whose reciprocal is the right 0; what is not
        # a number reaches the loss, where whoever trains will look for it.
        with np.errstate(all="ignore"):
            self.prepare(weights)
            self.read(inputs)
            self.enter(state)
            self.run()
        self.kept: Read = inputs
        return self.h[1:], self.leave()

    def backward(
        self, weights: Weights, d_outputs: Array, gradients: Weights, d_state: State | None = None
    ) -> tuple[Array | None, State]:
        """From dL/doutputs to dL/dinputs (None for indices) and dL/d of the first state.

        The layer's own share is added to `gradients`.
        """
        steps, batch = self.shape
        kernel, many = chosen(), steps * batch
        transpose(weights["W_hh"], self.W_hh_back)
        with np.errstate(all="ignore"):
            d_first = self.run_back(d_outputs, d_state)
            h = kernel.transposed(self.h.reshape(-1, self.hidden), self.h_columns)
            d_q, d_z = (d.reshape(many, self.rows) for d in (self.d_recurrent(), self.d_z))
            columns = kernel.transposed(d_q, self.z_columns)
            kernel.nt(columns, h[:, :many], self.d_W_hh)
            np.add(gradients["W_hh"], self.d_W_hh, gradients["W_hh"])
            if self.indexed:
                self._add_rows(gradients)
                return None, d_first
            if self.d_recurrent() is not self.d_z:
                columns = kernel.transposed(d_z, self.z_columns)
            x = kernel.transposed(self.kept.reshape(many, self.inputs), self.x_columns)
            kernel.nt(columns, x, self.d_W_xh)
            np.add(gradients["W_xh"], self.d_W_xh, gradients["W_xh"])
            np.add(gradients["b_h"], np.add.reduce(d_z, axis=0), gradients["b_h"])
            transpose(weights["W_xh"], self.W_xh_back)
            kernel.nt(d_z, self.W_xh_back, self.d_x)
        return self.d_x.reshape(steps, batch, self.inputs), d_first

    def _add_rows(self, gradients: Weights) -> None:
        """dW_xh for indices: each step adds its row to the row of the character it read.

        Ten times as fast in the browser as a product with one-hot vectors.
        """
        self.d_table.fill(0.0)
        rows, add = self.d_table_rows, np.add
        for index, row in zip(self.kept.ravel().tolist(), self.d_z_rows, strict=True):
            target = rows[index]
            add(target, row, target)
        np.add(gradients["W_xh"], self.d_table.T, gradients["W_xh"])
        # Every step has added to one row, so the rows together are the bias's gradient.
        np.add(gradients["b_h"], np.add.reduce(self.d_table, axis=0), gradients["b_h"])

    def enter(self, state: State) -> None:
        """Start from this state."""
        self.h[0] = state[0]

    def leave(self) -> State:
        """The state after the last step, as a copy."""
        return (self.h[-1].copy(),)

    def advance(self) -> Array:
        """One step, where one is reserved: the new h (batch, hidden), where the next one starts."""
        self.run()
        np.copyto(self.h_at[0], self.h_at[1])
        return self.h_at[1]

    def d_recurrent(self) -> Array:
        """dL/d(h_{t-1} W_hh'), (time, batch, rows): where the product is added, the same as dZ."""
        return self.d_z

    @abstractmethod
    def reserve_more(self, steps: int, batch: int) -> None:
        """Have the buffers this kind needs beside the common ones."""

    @abstractmethod
    def run(self) -> None:
        """All steps forward: from `z` and the first state to `h`."""

    @abstractmethod
    def run_back(self, d_outputs: Array, d_state: State | None) -> State:
        """All steps back: fill `d_z`, return dL/d of the first state."""

    @abstractmethod
    def readout(self) -> dict[str, Array]:
        """Every gate, candidate and state of the last step, by name, as copies (batch, hidden)."""


def squash(values: Array) -> None:
    """Turn `values`, -2a, into tanh(a), in place, whatever their shape: exp, + 1, 2 / ., - 1."""
    np.exp(values, values)
    np.add(values, 1.0, values)
    np.divide(2.0, values, values)
    np.subtract(values, 1.0, values)

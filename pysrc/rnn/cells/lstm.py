"""An LSTM keeps a second state, the cell, that gates decide to keep, to add to and to show.

    i_t = sigmoid(W_i x_t + U_i h_{t-1} + b_i)      input gate:  how much of the new to write
    f_t = sigmoid(W_f x_t + U_f h_{t-1} + b_f)      forget gate: how much of the old to keep
    g_t = tanh   (W_g x_t + U_g h_{t-1} + b_g)      candidate:   what is new
    o_t = sigmoid(W_o x_t + U_o h_{t-1} + b_o)      output gate: how much to show
    c_t = f_t c_{t-1} + i_t g_t                     the cell: carried by a sum, not by a product
    h_t = o_t tanh(c_t)

(Hochreiter & Schmidhuber 1997; the forget gate: Gers, Schmidhuber & Cummins 2000; no peepholes.)
W_i, W_f, W_g, W_o are the rows of `W_xh`, in this order, U_i .. U_o those of `W_hh`, as in PyTorch.
Going back:

    dL/dc_t    += dL/dh_t o_t (1 - tanh^2(c_t))     added to what c_{t+1} asks of c_t
    dL/di_t     = dL/dc_t g_t         dL/df_t = dL/dc_t c_{t-1}
    dL/dg_t     = dL/dc_t i_t         dL/do_t = dL/dh_t tanh(c_t)
    dL/dc_{t-1} = dL/dc_t f_t
"""

from dataclasses import dataclass

import numpy as np

from rnn.activations import ACTIVATIONS
from rnn.arrays import Array, State, Weights
from rnn.cells.cell import Cache
from rnn.cells.start import check_sizes, draw_uniform
from rnn.checks import real_number

_SIGMOID, _TANH = ACTIVATIONS["sigmoid"], ACTIVATIONS["tanh"]


@dataclass(frozen=True)
class LSTM:
    """An LSTM cell whose forget gates start open. Raises ValueError on a bad size or bias.

    With a forget bias of 1 an untrained cell keeps about 73 % of itself per step instead of half
    (a positive bias: Gers et al. 2000; why 1: Jozefowicz, Zaremba & Sutskever 2015).
    """

    inputs: int
    hidden: int
    forget_bias: float = 1.0

    def __post_init__(self) -> None:
        check_sizes(self.inputs, self.hidden)
        real_number("forget_bias", self.forget_bias, -100.0, 100.0)

    @property
    def kind(self) -> str:
        """`lstm`."""
        return "lstm"

    @property
    def state_names(self) -> tuple[str, ...]:
        """The hidden state, which is put out, and the cell."""
        return ("h", "c")

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """W_xh (4 hidden, inputs), W_hh (4 hidden, hidden), b_h (4 hidden); rows i, f, g, o."""
        rows = 4 * self.hidden
        return {"W_xh": (rows, self.inputs), "W_hh": (rows, self.hidden), "b_h": (rows,)}

    def initialise(self, weights: Weights, rng: np.random.Generator) -> None:
        """Draw the matrices from +-1/sqrt(hidden), in place; the forget gates get their bias."""
        draw_uniform(weights, self.hidden, rng)
        weights["b_h"][self.hidden : 2 * self.hidden] = self.forget_bias

    # --8<-- [start:step]
    def forward(self, weights: Weights, x: Array, state: State) -> tuple[State, Cache]:
        """One step: `x` (batch, inputs) and the state (h, c), each (batch, hidden)."""
        h_before, c_before = state
        # --8<-- [start:formulas]
        sums = x @ weights["W_xh"].T + h_before @ weights["W_hh"].T + weights["b_h"]
        sums_i, sums_f, sums_g, sums_o = np.split(sums, 4, axis=1)
        i, f, o = (_SIGMOID.array_forward(each) for each in (sums_i, sums_f, sums_o))
        g = _TANH.array_forward(sums_g)
        c = f * c_before + i * g
        shown = _TANH.array_forward(c)
        h = o * shown
        # --8<-- [end:formulas]
        before = {"x": x, "h_before": h_before, "c_before": c_before}
        return (h, c), before | {"i": i, "f": f, "g": g, "o": o, "c": c, "shown": shown, "h": h}

    def backward(
        self, weights: Weights, cache: Cache, d_state: State, gradients: Weights
    ) -> tuple[Array, State]:
        """One step back: from (dL/dh_t, dL/dc_t) to dL/dx_t and the same of t-1."""
        i, f, g, o, shown = (cache[name] for name in ("i", "f", "g", "o", "shown"))
        d_h, d_c = d_state
        d_c = d_c + d_h * o * _TANH.array_slope(shown)
        d_i = d_c * g * _SIGMOID.array_slope(i)
        d_f = d_c * cache["c_before"] * _SIGMOID.array_slope(f)
        d_g = d_c * i * _TANH.array_slope(g)
        d_o = d_h * shown * _SIGMOID.array_slope(o)
        d_sums = np.concatenate((d_i, d_f, d_g, d_o), axis=1)
        gradients["W_xh"][...] += d_sums.T @ cache["x"]
        gradients["W_hh"][...] += d_sums.T @ cache["h_before"]
        gradients["b_h"][...] += d_sums.sum(axis=0)
        return d_sums @ weights["W_xh"], (d_sums @ weights["W_hh"], d_c * f)

    # --8<-- [end:step]

    def readout(self, cache: Cache) -> dict[str, Array]:
        """The three gates, the candidate and both states, each (batch, hidden)."""
        return {
            "input_gate": cache["i"],
            "forget_gate": cache["f"],
            "candidate": cache["g"],
            "output_gate": cache["o"],
            "cell_state": cache["c"],
            "hidden_state": cache["h"],
        }

    def jacobian(self, weights: Weights, cache: Cache) -> Array:
        """d(h_t, c_t)/d(h_{t-1}, c_{t-1}), (batch, 2 hidden, 2 hidden).

        The block dc_t/dc_{t-1} in the lower right corner is diag(f_t) and nothing else.
        """
        i, f, g, o, shown = (cache[name] for name in ("i", "f", "g", "o", "shown"))
        U_i, U_f, U_g, U_o = np.split(weights["W_hh"], 4)
        opening = o * _TANH.array_slope(shown)  # dh_t/dc_t
        c_by_h = (
            (g * _SIGMOID.array_slope(i))[:, :, None] * U_i
            + (cache["c_before"] * _SIGMOID.array_slope(f))[:, :, None] * U_f
            + (i * _TANH.array_slope(g))[:, :, None] * U_g
        )
        h_by_h = (shown * _SIGMOID.array_slope(o))[:, :, None] * U_o + opening[:, :, None] * c_by_h
        units = np.eye(self.hidden, dtype=f.dtype)
        c_by_c, h_by_c = f[:, :, None] * units, (opening * f)[:, :, None] * units
        return np.block([[h_by_h, h_by_c], [c_by_h, c_by_c]])

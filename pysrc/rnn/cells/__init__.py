"""Recurrent cells behind one interface (`cell`): Elman's network, the LSTM, the GRU.

A fourth, `residual`, is there to be looked at: stacks and character models are made of the three.
"""

from rnn.cells.cell import Cell
from rnn.cells.elman import Elman
from rnn.cells.gru import GRU
from rnn.cells.lstm import LSTM
from rnn.checks import one_of

KINDS = ("rnn", "lstm", "gru")
"""The kinds of cells that `make_cell` knows."""


def make_cell(
    kind: str, inputs: int, hidden: int, activation: str = "tanh", forget_bias: float = 1.0
) -> Cell:
    """Make a cell of a kind given by name.

    `activation` is the Elman network's, `forget_bias` the LSTM's; the gated cells have tanh and
    sigmoid by definition. Raises ValueError, naming the value and the rule, on anything else.
    """
    one_of("kind", kind, KINDS)
    if kind == "rnn":
        return Elman(inputs, hidden, activation)
    one_of(f"activation of a cell of kind {kind}", activation, ("tanh",))
    return LSTM(inputs, hidden, forget_bias) if kind == "lstm" else GRU(inputs, hidden)

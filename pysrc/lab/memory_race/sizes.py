"""How many units make about as many parameters: an LSTM needs four times as many a unit."""

from rnn.cells import make_cell
from rnn.layers import Dense

MOST_UNITS = 100


def parameters(kind: str, inputs: int, hidden: int, outputs: int) -> int:
    """All numbers that a network of one layer and a head learns."""
    shapes = [
        *make_cell(kind, inputs, hidden).shapes.values(),
        *Dense(hidden, outputs).shapes.values(),
    ]
    return sum(rows * (columns[0] if columns else 1) for rows, *columns in shapes)


def units(kind: str, inputs: int, outputs: int, wanted: int) -> int:
    """How many units come nearest to the number of parameters wanted; fewer where two do."""
    return min(
        range(1, MOST_UNITS + 1),
        key=lambda hidden: abs(parameters(kind, inputs, hidden, outputs) - wanted),
    )

"""A symbol enters a network as a row of zeros with a single 1: no symbol is nearer to another."""

import numpy as np

from lab.exercises.kit import Answer, Check, Exercise, Wrong, array, same
from rnn.layers import one_hot

STORY = """
A network multiplies, so a character must become numbers. Its place in the alphabet alone would
say that *b* lies between *a* and *c*, which means nothing. Instead each character becomes a row
with as many places as there are symbols: 1 at its own place, 0 elsewhere.

`one_hot` gets an array of whole numbers, one for each time step, and the number of symbols. It
returns an array of shape (time, symbols).
"""

STARTER = '''\
import numpy as np


def one_hot(indices, symbols):
    """Write whole numbers (time,) as rows (time, symbols)."""
    rows = np.zeros((len(indices), symbols))
    # Your line: put the ones where they belong.
    return rows
'''

SOLUTION = STARTER.replace(
    "    # Your line: put the ones where they belong.",
    "    rows[np.arange(len(indices)), indices] = 1.0",
)

HINTS = (
    "In row 0 the 1 stands in column `indices[0]`, in row 1 in column `indices[1]`, and so on. A loop will do.",
    "Without a loop: NumPy takes two arrays of the same length as row and column numbers, `rows[numbers, columns]`.",
    "`rows[np.arange(len(indices)), indices] = 1.0`",
)


def _small(answer: Answer) -> None:
    _ask(answer, [2, 0, 3, 0], 5)


def _last_symbol(answer: Answer) -> None:
    _ask(answer, [4, 1, 4], 5)


def _long(answer: Answer) -> None:
    _ask(answer, np.random.default_rng(1).integers(0, 30, 200).tolist(), 31)


def _ask(answer: Answer, numbers: list[int], symbols: int) -> None:
    indices = np.array(numbers)
    result = answer(indices, symbols)
    shape = (len(indices), symbols)
    if np.shape(result) == (len(indices), int(indices.max()) + 1) != shape:
        raise Wrong(
            f"There are {symbols} symbols, and the rows have {int(indices.max()) + 1} places. A text "
            "need not use every symbol: the width is `symbols`, whatever the largest index is."
        )
    got = array(result, shape, "rows", "(time, symbols)")
    right = one_hot(indices, symbols)
    filled = np.zeros(shape)
    filled[:, indices] = 1.0
    shifted = np.zeros(shape)
    shifted[np.arange(len(indices)), indices - 1] = 1.0
    same("rows", got, right, {
        "Every row has ones at all the symbols: `rows[:, indices]` means all rows. Each row must get "
        "only its own.": filled,
        "It looks as if the first symbol were number 1. Counting starts at 0.": shifted,
        "The index itself stands in the row. What goes in is a 1, whichever symbol it is.":
            right * indices[:, None],
        "Ones and zeros have changed places.": 1.0 - right,
    })  # fmt: skip


EXERCISE = Exercise(
    name="one-hot",
    title="One-hot rows",
    function="one_hot",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("Four symbols of an alphabet of five", _small),
        Check("The last symbol of the alphabet", _last_symbol),
        Check("Two hundred symbols", _long),
    ),
)

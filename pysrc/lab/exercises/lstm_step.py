"""One step of an LSTM: three gates, a candidate, and a cell that is carried by a sum."""

from collections.abc import Mapping

import numpy as np

from lab.exercises.kit import Answer, Check, Exercise, array, parts, same
from rnn.activations import array_sigmoid as sigmoid
from rnn.arrays import Array
from rnn.cells.lstm import LSTM
from rnn.parameters import Parameters

STORY = """
Write one step of an LSTM. The rows of `W_xh`, `W_hh` and `b_h` hold the four parts one after
another: input gate, forget gate, candidate, output gate, each as many rows as there are hidden
units. With $a = W_{xh} x_t + W_{hh} h_{t-1} + b_h$ cut into $a_i, a_f, a_g, a_o$:

$$
\\begin{aligned}
i &= \\sigma(a_i) \\quad f = \\sigma(a_f) \\quad g = \\tanh(a_g) \\quad o = \\sigma(a_o) \\\\
c_t &= f \\, c_{t-1} + i \\, g \\\\
h_t &= o \\, \\tanh(c_t)
\\end{aligned}
$$

The products in the last two lines are element by element.
"""

STARTER = '''\
import numpy as np


def sigmoid(a):
    return 1.0 / (1.0 + np.exp(-a))


def lstm_step(x_t, h_before, c_before, W_xh, W_hh, b_h):
    """Return h_t and c_t, each (hidden,).

    x_t (inputs,), W_xh (4 hidden, inputs), W_hh (4 hidden, hidden),
    b_h (4 hidden,)
    """
    a_i, a_f, a_g, a_o = np.split(W_xh @ x_t + W_hh @ h_before + b_h, 4)
    c_t = ...
    h_t = ...
    return h_t, c_t
'''

SOLUTION = STARTER.replace(
    "    c_t = ...\n    h_t = ...\n",
    "    i, f, g, o = sigmoid(a_i), sigmoid(a_f), np.tanh(a_g), sigmoid(a_o)\n"
    "    c_t = f * c_before + i * g\n"
    "    h_t = o * np.tanh(c_t)\n",
)

HINTS = (
    "A gate is a sigmoid: it lies between 0 and 1 and says how much passes. The candidate is no gate.",
    "First the four parts, each from its own sum; then the cell; then what the cell shows.",
    "`c_t = f * c_before + i * g`",
)


def _untouched(answer: Answer) -> None:
    _ask(answer, inputs=2, hidden=3, seed=1, empty=True)


def _carried(answer: Answer) -> None:
    _ask(answer, inputs=2, hidden=3, seed=2)


def _other_sizes(answer: Answer) -> None:
    _ask(answer, inputs=5, hidden=4, seed=3)


def _ask(answer: Answer, inputs: int, hidden: int, seed: int, *, empty: bool = False) -> None:
    rng = np.random.default_rng(seed)
    cell = LSTM(inputs, hidden)
    weights = Parameters(cell.shapes)
    weights.flat[:] = rng.normal(0.0, 0.8, len(weights.flat))
    x_t, h_before, c_before = (
        rng.normal(size=inputs),
        rng.normal(size=hidden),
        rng.normal(size=hidden),
    )
    if empty:
        h_before, c_before = np.zeros(hidden), np.zeros(hidden)
    result = answer(x_t, h_before, c_before, weights["W_xh"], weights["W_hh"], weights["b_h"])
    given_h, given_c = parts(result, ("h_t", "c_t"), answer.name)
    got_h = array(given_h, (hidden,), "h_t", "(hidden,)")
    got_c = array(given_c, (hidden,), "c_t", "(hidden,)")
    (h_t, c_t), _ = cell.forward(weights, x_t[None], (h_before[None], c_before[None]))
    slips_c, slips_h = _slips(weights, x_t, h_before, c_before)
    same("c_t", got_c, c_t[0], slips_c | {
        "It is h_t: the two are returned in the other order. The hidden state first.": h_t[0],
    })  # fmt: skip
    same("h_t", got_h, h_t[0], slips_h)


def _slips(
    weights: Mapping[str, Array], x_t: Array, h_before: Array, c_before: Array
) -> tuple[dict[str, Array], dict[str, Array]]:
    """What the usual mistakes make of c_t, and of h_t when c_t is right."""
    sums = weights["W_xh"] @ x_t + weights["W_hh"] @ h_before + weights["b_h"]
    a_i, a_f, a_g, a_o = np.split(sums, 4)
    i, f, o, g = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o), np.tanh(a_g)
    c_t = f * c_before + i * g
    in_c = {
        "The candidate went through the sigmoid; it goes through tanh, for what is new may be "
        "negative.": f * c_before + i * sigmoid(a_g),
        "The candidate has no tanh.": f * c_before + i * a_g,
        "The input gate and the forget gate have changed places: forget goes with the old cell.":
            i * c_before + f * g,
        "It looks as if the rows were taken as input, forget, output, candidate. Here the candidate "
        "is third, as in the starter's line.": f * c_before + i * np.tanh(a_o),
        "The old cell is missing: what the forget gate keeps is added.": i * g,
        "The input gate is missing: the candidate enters only as far as the gate lets it.":
            f * c_before + g,
        "It looks as if the cell kept 1 − f of the old. The forget gate says how much *stays*: f.":
            (1.0 - f) * c_before + i * g,
        "The forget gate is not used: the old cell is multiplied by it.": c_before + i * g,
        "The forget gate was given the old hidden state; it opens on the old cell.":
            f * h_before + i * g,
    }  # fmt: skip
    in_h = {
        "The tanh around the cell is missing: h_t is the output gate times tanh of the cell.": o
        * c_t,
        "The output gate is missing.": np.tanh(c_t),
        "The output gate was put inside the tanh. It multiplies afterwards.": np.tanh(o * c_t),
        "h_t shows the old cell; it shows the new one.": o * np.tanh(c_before),
        "It is c_t itself: the output gate and a tanh stand between the two.": c_t,
    }
    return in_c, in_h


EXERCISE = Exercise(
    name="lstm-step",
    title="The LSTM step",
    function="lstm_step",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("A step from an empty memory", _untouched),
        Check("A step that has something to keep and to forget", _carried),
        Check("Other sizes", _other_sizes),
    ),
)

"""One step of a GRU: one gate blends old with new, one lets the new ignore the old."""

from collections.abc import Mapping

import numpy as np

from lab.exercises.kit import Answer, Check, Exercise, array, same
from rnn.activations import array_sigmoid as sigmoid
from rnn.arrays import Array
from rnn.cells.gru import GRU
from rnn.parameters import Parameters

STORY = """
Write one step of a GRU. The rows of `W_xh`, `W_hh` and `b_h` hold reset gate, update gate and
candidate, in this order:

$$
\\begin{aligned}
r &= \\sigma(W_r x_t + U_r h_{t-1} + b_r) \\\\
z &= \\sigma(W_z x_t + U_z h_{t-1} + b_z) \\\\
n &= \\tanh(W_n x_t + b_n + r \\, (U_n h_{t-1} + b_{hn})) \\\\
h_t &= (1 - z) \\, n + z \\, h_{t-1}
\\end{aligned}
$$

The starter has cut the products into their three parts. Here $z$ says how much of the *old*
stays, as in Cho and others (2014) and in PyTorch; some texts turn it around.
"""

STARTER = '''\
import numpy as np


def sigmoid(a):
    return 1.0 / (1.0 + np.exp(-a))


def gru_step(x_t, h_before, W_xh, W_hh, b_h, b_hn):
    """Return h_t (hidden,).

    x_t (inputs,), W_xh (3 hidden, inputs), W_hh (3 hidden, hidden),
    b_h (3 hidden,), b_hn (hidden,)
    """
    x_r, x_z, x_n = np.split(W_xh @ x_t + b_h, 3)
    h_r, h_z, h_n = np.split(W_hh @ h_before, 3)
    h_t = ...
    return h_t
'''

SOLUTION = STARTER.replace(
    "    h_t = ...\n",
    "    r = sigmoid(x_r + h_r)\n"
    "    z = sigmoid(x_z + h_z)\n"
    "    n = np.tanh(x_n + r * (h_n + b_hn))\n"
    "    h_t = (1.0 - z) * n + z * h_before\n",
)

HINTS = (
    "The biases of `b_h` are already in `x_r`, `x_z` and `x_n`; only `b_hn` is still to be added.",
    (
        "The two gates first, each a sigmoid of the sum of its two parts. Then the candidate: the reset gate multiplies "
        "what comes from the old state, its bias included."
    ),
    "`n = np.tanh(x_n + r * (h_n + b_hn))`",
)


def _untouched(answer: Answer) -> None:
    _ask(answer, inputs=2, hidden=3, seed=1, empty=True)


def _carried(answer: Answer) -> None:
    _ask(answer, inputs=2, hidden=3, seed=2)


def _other_sizes(answer: Answer) -> None:
    _ask(answer, inputs=5, hidden=4, seed=3)


def _ask(answer: Answer, inputs: int, hidden: int, seed: int, *, empty: bool = False) -> None:
    rng = np.random.default_rng(seed)
    cell = GRU(inputs, hidden)
    weights = Parameters(cell.shapes)
    weights.flat[:] = rng.normal(0.0, 0.8, len(weights.flat))
    x_t, h_before = rng.normal(size=inputs), rng.normal(size=hidden)
    if empty:
        h_before = np.zeros(hidden)
    names = ("W_xh", "W_hh", "b_h", "b_hn")
    got = array(
        answer(x_t, h_before, *(weights[name] for name in names)), (hidden,), "h_t", "(hidden,)"
    )
    (right,), _ = cell.forward(weights, x_t[None], (h_before[None],))
    same("h_t", got, right[0], _slips(weights, x_t, h_before))


def _slips(weights: Mapping[str, Array], x_t: Array, h_before: Array) -> dict[str, Array]:
    """What the usual mistakes make of h_t."""
    x_r, x_z, x_n = np.split(weights["W_xh"] @ x_t + weights["b_h"], 3)
    h_r, h_z, h_n = np.split(weights["W_hh"] @ h_before, 3)
    U_n, b_hn = np.split(weights["W_hh"], 3)[2], weights["b_hn"]
    r, z = sigmoid(x_r + h_r), sigmoid(x_z + h_z)
    n = np.tanh(x_n + r * (h_n + b_hn))

    def blended(candidate: Array, keep: Array = z) -> Array:
        mixed: Array = (1.0 - keep) * candidate + keep * h_before
        return mixed

    return {
        "z and 1 − z have changed places: here z says how much of the old state stays.":
            blended(n, 1.0 - z),
        "It looks as if the reset gate came before the product, U_n (r h). Here it comes after: it "
        "multiplies `h_n + b_hn`.": blended(np.tanh(x_n + U_n @ (r * h_before) + b_hn)),
        "b_hn stands outside the reset gate; the gate multiplies it together with h_n.":
            blended(np.tanh(x_n + r * h_n + b_hn)),
        "b_hn is missing.": blended(np.tanh(x_n + r * h_n)),
        "The reset gate is not used.": blended(np.tanh(x_n + h_n + b_hn)),
        "The reset gate multiplied all of the candidate's sum. It multiplies only what comes from the "
        "old state.": blended(np.tanh(r * (x_n + h_n + b_hn))),
        "Reset and update gate have changed places: the first third of the rows is the reset gate.":
            blended(np.tanh(x_n + z * (h_n + b_hn)), r),
        "The candidate went through the sigmoid; it goes through tanh.":
            blended(sigmoid(x_n + r * (h_n + b_hn))),
        "This is the candidate. It still has to be blended with the old state.": n,
        "The old state is missing from the blend.": (1.0 - z) * n,
        "The candidate enters whole; only 1 − z of it does.": n + z * h_before,
    }  # fmt: skip


EXERCISE = Exercise(
    name="gru-step",
    title="The GRU step",
    function="gru_step",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("A step with something to keep", _carried),
        Check("A step from an empty memory", _untouched),
        Check("Other sizes", _other_sizes),
    ),
)

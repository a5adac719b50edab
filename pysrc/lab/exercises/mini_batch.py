"""A mini-batch reads many sequences at once: the same weights, one memory for each."""

import numpy as np

from lab.exercises.kit import Answer, Check, Exercise, array, parts, same
from rnn import unroll
from rnn.cells.elman import Elman
from rnn.layers import Dense
from rnn.parameters import Parameters

STORY = """
Computers multiply large matrices faster than many small ones, so sequences are read side by side.
The shapes are those of this book's engine: sequences are (time, batch, features). Each member of
the batch has a memory of its own, and the members never see one another.

With the batch in the rows, $W x$ for each member becomes `x[t] @ W.T`: (batch, inputs) times
(inputs, hidden) gives (batch, hidden).
"""

STARTER = '''\
import numpy as np


def forward(x, W_xh, W_hh, W_hy, b_h, b_y):
    """Return memories (time, batch, hidden), outputs (time, batch, outputs).

    x (time, batch, inputs)
    W_xh (hidden, inputs), W_hh (hidden, hidden), W_hy (outputs, hidden)
    """
    time, batch, inputs = x.shape
    h = np.zeros((time, batch, len(b_h)))
    state = np.zeros(...)  # the memories before the first step
    for t in range(time):
        # Your lines.
        pass
    y = ...
    return h, y
'''

SOLUTION = (
    STARTER.replace("np.zeros(...)", "np.zeros((batch, len(b_h)))")
    .replace(
        "        # Your lines.\n        pass\n",
        "        state = np.tanh(x[t] @ W_xh.T + state @ W_hh.T + b_h)\n        h[t] = state\n",
    )
    .replace("y = ...", "y = h @ W_hy.T + b_y")
)

HINTS = (
    (
        "The loop goes over time alone. One line handles the whole batch, because a bias of shape (hidden,) is added to "
        "every row."
    ),
    "The memories are (batch, hidden). `state @ W_hh.T` is (batch, hidden) again.",
    "`state = np.tanh(x[t] @ W_xh.T + state @ W_hh.T + b_h)`; and `y` needs no loop: `h @ W_hy.T + b_y`.",
)


def _one_member(answer: Answer) -> None:
    _ask(answer, time=3, batch=1, sizes=(2, 3, 2), seed=1)


def _batch(answer: Answer) -> None:
    _ask(answer, time=4, batch=5, sizes=(2, 3, 6), seed=2)


def _square(answer: Answer) -> None:
    """All sizes equal: nothing raises, so that only right numbers help."""
    _ask(answer, time=3, batch=3, sizes=(3, 3, 3), seed=3)


def _ask(answer: Answer, time: int, batch: int, sizes: tuple[int, int, int], seed: int) -> None:
    inputs, hidden, outputs = sizes
    rng = np.random.default_rng(seed)
    cell, head = Elman(inputs, hidden), Dense(hidden, outputs)
    weights = Parameters({**cell.shapes, **head.shapes})
    weights.flat[:] = rng.normal(0.0, 0.7, len(weights.flat))
    x = rng.normal(size=(time, batch, inputs))
    names = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")
    result = answer(x, *(weights[name] for name in names))
    given_h, given_y = parts(result, ("h", "y"), answer.name)
    got_h = array(given_h, (time, batch, hidden), "h", "(time, batch, hidden)")
    got_y = array(given_y, (time, batch, outputs), "y", "(time, batch, outputs)")
    h = unroll.forward(cell, weights, x).outputs
    W_xh, W_hh, W_hy, b_h, b_y = (weights[name] for name in names)
    alone = np.tanh(x @ W_xh.T + b_h)
    same("h", got_h, h, {
        "It looks as if the memory were not carried from step to step: `state` must become the new "
        "memory.": alone,
        "It looks as if the members were read one after another, each starting from the memory of the "
        "one before. Each has a memory of its own, which starts at 0.": _chained(x, W_xh, W_hh, b_h),
        "It looks as if W_hh were not transposed: with the batch in the rows, it is `state @ W_hh.T`.":
            _run(x, W_xh, W_hh.T, b_h),
        "It looks as if W_xh were not transposed: with the batch in the rows, it is `x[t] @ W_xh.T`.":
            _run(x, W_xh.T, W_hh, b_h) if inputs == hidden else alone,
        "It looks as if the memories of the batch were averaged. Each member keeps its own.":
            _run(x, W_xh, W_hh, b_h, mixed=True),
        "It looks as if the tanh were missing.": _run(x, W_xh, W_hh, b_h, bent=False),
    })  # fmt: skip
    right = head.forward(weights, h)
    same("y", got_y, right, {
        "It looks as if the bias b_y were missing.": right - b_y,
        "It looks as if W_hy were not transposed: with the batch in the rows, it is `h @ W_hy.T`.":
            h @ W_hy + b_y if outputs == hidden else h,
        "It looks as if y were read from the last memory at every step; each step reads its own.":
            np.broadcast_to(right[-1], right.shape),
    })  # fmt: skip


def _run(
    x: np.ndarray,
    W_xh: np.ndarray,
    W_hh: np.ndarray,
    b_h: np.ndarray,
    *,
    mixed: bool = False,
    bent: bool = True,
) -> np.ndarray:
    state, h = np.zeros((x.shape[1], len(b_h))), []
    for row in x:
        state = row @ W_xh.T + state @ W_hh.T + b_h
        state = np.tanh(state) if bent else state
        h.append(state)
        if mixed:
            state = np.broadcast_to(state.mean(axis=0), state.shape)
    return np.array(h)


def _chained(x: np.ndarray, W_xh: np.ndarray, W_hh: np.ndarray, b_h: np.ndarray) -> np.ndarray:
    h, state = np.zeros((*x.shape[:2], len(b_h))), np.zeros(len(b_h))
    for member in range(x.shape[1]):
        for t in range(len(x)):
            state = np.tanh(W_xh @ x[t, member] + W_hh @ state + b_h)
            h[t, member] = state
    return h


EXERCISE = Exercise(
    name="mini-batch",
    title="A mini-batch with the right shapes",
    function="forward",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("A batch of one", _one_member),
        Check("Five sequences at once, every size different", _batch),
        Check("Three of everything: no shape can help you", _square),
    ),
)

"""Clipping by norm shortens the whole gradient and keeps its direction."""

from collections.abc import Mapping

import numpy as np

from lab.exercises.kit import Answer, Check, Exercise, array, by_name, same_by_name
from rnn.arrays import Array
from rnn.clipping import by_norm
from rnn.parameters import Parameters

STORY = """
Clipping by value may turn the gradient's direction. Pascanu, Mikolov and Bengio (2013) shorten it
instead. Take *all* gradients as one long vector; if its length is above the limit, multiply
everything by the same factor:

$$
g \\leftarrow g \\, \\frac{\\text{limit}}{\\lVert g \\rVert} \\quad \\text{if} \\quad \\lVert g \\rVert > \\text{limit}
$$

`gradients` is a dictionary of arrays, such as `W_xh`, `W_hh` and `b_h`. Return a new dictionary
with the same names.
"""

STARTER = '''\
import numpy as np


def clip_by_norm(gradients, limit):
    """Scale all by one factor: together at most `limit` long."""
    norm = ...  # the length of all of them together
    factor = 1.0
    return {name: gradient * factor for name, gradient in gradients.items()}
'''

SOLUTION = STARTER.replace(
    "    norm = ...  # the length of all of them together\n    factor = 1.0\n",
    "    norm = np.sqrt(sum((gradient**2).sum() for gradient in gradients.values()))\n"
    "    factor = limit / norm if norm > limit else 1.0\n",
)

HINTS = (
    "The length of a vector is the root of the sum of the squares of *all* its elements, whichever array they are in.",
    (
        "`sum((g**2).sum() for g in gradients.values())` is the sum of all squares. And a gradient that is short "
        "enough is left alone."
    ),
    "`factor = limit / norm if norm > limit else 1.0`",
)

GRADIENTS = {
    "W_xh": np.array([[3.0, -1.0], [0.5, 2.0]]),
    "W_hh": np.array([[4.0, 0.0], [-2.0, 6.0]]),
    "b_h": np.array([0.2, -0.1]),
}


def _long(answer: Answer) -> None:
    _ask(answer, GRADIENTS, 5.0)


def _short(answer: Answer) -> None:
    _ask(answer, {name: 0.1 * gradient for name, gradient in GRADIENTS.items()}, 5.0)


def _one_array(answer: Answer) -> None:
    _ask(answer, {"W_hy": np.array([[-30.0, 40.0]])}, 1.0)


def _ask(answer: Answer, gradients: Mapping[str, Array], limit: float) -> None:
    given = by_name(answer(dict(gradients), limit), gradients, answer.name)
    got = {
        name: array(given[name], gradient.shape, f'gradients["{name}"]', "as it was given")
        for name, gradient in gradients.items()
    }
    right = Parameters.holding(gradients)
    norm = by_norm(right.flat, limit)
    own = {name: float(np.sqrt((each**2).sum())) for name, each in gradients.items()}

    def times(factor: float) -> dict[str, Array]:
        return {name: each * factor for name, each in gradients.items()}

    same_by_name("gradients", got, right, {
        "Nothing is shortened yet.": times(1.0),
        "It looks as if each array were shortened by its own length. One factor for all, or the "
        "direction changes.":
            {name: each * min(1.0, limit / own[name]) for name, each in gradients.items()},
        "It looks as if each array were brought to the limit by its own length. One factor for all, "
        "or the direction changes.":
            {name: each * (limit / own[name]) for name, each in gradients.items()},
        "It was short enough already: only a gradient longer than the limit is shortened.":
            times(limit / norm),
        "The factor is upside down: it is limit divided by norm.": times(norm / limit),
        "It looks as if the root were missing: the length is the root of the sum of squares.":
            times(limit / norm**2),
        "This is clipping by value: elements were cut. By norm, all are multiplied alike.":
            {name: np.clip(each, -limit, limit) for name, each in gradients.items()},
        "It looks as if the lengths of the arrays were added. Add the squares, then take one root.":
            times(min(1.0, limit / sum(own.values()))),
    })  # fmt: skip


EXERCISE = Exercise(
    name="clip-by-norm",
    title="Clip by norm",
    function="clip_by_norm",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("Three arrays, together too long", _long),
        Check("Short ones stay as they are", _short),
        Check("A single array", _one_array),
    ),
)

"""Clipping by value cuts each element of a gradient to [-limit, limit]."""

import numpy as np

from lab.exercises.kit import Answer, Check, Exercise, Wrong, array, same
from rnn.clipping import by_norm, by_value

STORY = """
One steep place in the loss can throw the weights far away. The simplest guard cuts *each element*
of the gradient:

$$
g_i \\leftarrow \\min(\\max(g_i, -\\text{limit}), \\text{limit})
$$

`clip_by_value` returns a new array; the one it is given stays as it is. A NaN must stay a NaN: a
run that has diverged shall be seen, not hidden.
"""

STARTER = '''\
import numpy as np


def clip_by_value(gradient, limit):
    """Return a copy of the gradient, each element cut to [-limit, limit]."""
    clipped = gradient.copy()
    # Your lines.
    return clipped
'''

SOLUTION = STARTER.replace(
    "    clipped = gradient.copy()\n    # Your lines.\n    return clipped",
    "    return np.minimum(np.maximum(gradient, -limit), limit)",
)

HINTS = (
    "Cut twice: from below with the one limit, from above with the other.",
    "`np.minimum(a, b)` takes the smaller of each pair, `np.maximum` the larger; and there is `np.clip`.",
    "`np.minimum(np.maximum(gradient, -limit), limit)`",
)


def _small(answer: Answer) -> None:
    _ask(answer, [0.3, -0.7, 0.1])


def _large(answer: Answer) -> None:
    _ask(answer, [4.0, -6.0, 0.5, 1.5, -0.5])


def _matrix(answer: Answer) -> None:
    _ask(answer, [[2.0, -3.0, 0.2], [-0.4, 0.9, -1.1]])


def _diverged(answer: Answer) -> None:
    got = np.asarray(answer(np.array([np.nan, 9.0]), 1.0), dtype=np.float64)
    if got.shape == (2,) and not np.isnan(got[0]):
        raise Wrong(
            f"A NaN went in and {got[0]:g} came out. A comparison with NaN is never true, so it fell "
            "through. np.minimum, np.maximum and np.clip keep it."
        )
    same("clipped", got, [np.nan, 1.0])


def _ask(answer: Answer, numbers: list[float] | list[list[float]], limit: float = 1.0) -> None:
    gradient = np.array(numbers)
    got = array(answer(gradient, limit), gradient.shape, "clipped", "the gradient's own")
    right, scaled = gradient.copy(), gradient.ravel().copy()
    by_value(right, limit)
    by_norm(scaled, limit)
    same("clipped", got, right, {
        "Nothing is cut yet.": gradient,
        "Only large positive elements are cut. Large negative ones must be cut to −limit.":
            np.minimum(gradient, limit),
        "Only large negative elements are cut. Large positive ones must be cut to limit.":
            np.maximum(gradient, -limit),
        "Negative elements became 0: the lower end is −limit, not 0.": gradient.clip(0.0, limit),
        "The signs are lost: each element keeps its own.": np.minimum(np.abs(gradient), limit),
        "What was too large became 0. It should become the limit itself.":
            np.where(np.abs(gradient) > limit, 0.0, gradient),
        "This is clipping by norm: the whole was scaled. By value, each element is cut by itself.":
            scaled.reshape(gradient.shape),
        "The two limits have changed places: minimum goes with limit, maximum with −limit.":
            np.maximum(np.minimum(gradient, -limit), limit),
    })  # fmt: skip


EXERCISE = Exercise(
    name="clip-by-value",
    title="Clip by value",
    function="clip_by_value",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("Small elements stay as they are", _small),
        Check("Large elements are cut on both sides", _large),
        Check("A matrix keeps its shape", _matrix),
        Check("A NaN stays a NaN", _diverged),
    ),
)

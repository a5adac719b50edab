"""Scores become probabilities; the temperature says how much a higher score is worth."""

import numpy as np

from lab.exercises.kit import Answer, Check, Exercise, Wrong, array, same
from rnn.losses import softmax

STORY = """
The network gives each character a score, any number. The softmax turns the scores into
probabilities: none below 0, together 1. The **temperature** $T$ divides the scores first:

$$
p_i = \\frac{e^{s_i / T}}{\\sum_j e^{s_j / T}}
$$

Below 1 the likely becomes likelier, above 1 all come closer together. Write it so that scores of
1000 do no harm: as a floating-point number $e^{1000}$ is infinite.
"""

STARTER = '''\
import numpy as np


def softmax(scores, temperature):
    """Turn scores (symbols,) into probabilities (symbols,)."""
    grown = ...
    return grown
'''

SOLUTION = STARTER.replace(
    "    grown = ...\n    return grown",
    "    s = scores / temperature\n    grown = np.exp(s - s.max())\n    return grown / grown.sum()",
)

HINTS = (
    "Three things happen: divide the scores by the temperature, raise e to each, divide by the sum.",
    (
        "Adding the same number to all scores changes no probability: it multiplies above and below alike. "
        "So take away the largest score; then the largest power is $e^0 = 1$."
    ),
    "`s = scores / temperature`, then `grown = np.exp(s - s.max())`, then divide by `grown.sum()`.",
)


def _at_one(answer: Answer) -> None:
    _ask(answer, [1.0, 2.0, 0.5, -1.0], 1.0)


def _cold_and_hot(answer: Answer) -> None:
    _ask(answer, [1.0, 2.0, 0.5, -1.0], 0.5)
    _ask(answer, [1.0, 2.0, 0.5, -1.0], 2.0)


def _large(answer: Answer) -> None:
    try:
        _ask(answer, [1000.0, 1001.0, 998.0], 1.0)
    except Wrong as wrong:
        if "NaN" in wrong.findings[0]:
            raise Wrong(
                *wrong.findings,
                "e to the power of 1000 overflows, and infinity divided by infinity is NaN. Subtract "
                "the largest score first.",
            ) from None
        raise
    _ask(answer, [-1000.0, -1001.0, -998.0], 0.7)


def _ask(answer: Answer, numbers: list[float], temperature: float) -> None:
    scores = np.array(numbers)
    got = array(answer(scores, temperature), scores.shape, "p", "(symbols,)")
    right = softmax(scores / temperature)
    with np.errstate(all="ignore"):
        plain, grown = softmax(scores), np.exp(scores / temperature)
        slips = {
            "These are the powers alone: divide them by their sum, so that together they are 1.":
                grown,
            "The largest is 1: the powers must be divided by their sum, so that together they are 1.":
                right / right.max(),
            "It looks as if the temperature were not used.": plain,
            "It looks as if the scores were multiplied by the temperature. Divide: hot means flatter.":
                softmax(scores * temperature),
            "It looks as if the probabilities were divided by the temperature, after the softmax. It "
            "divides the scores, before.": plain / temperature,
            "It looks as if the scores themselves were divided by their sum, without raising e to "
            "them.": scores / temperature / (scores / temperature).sum(),
        }  # fmt: skip
    same("p", got, right, slips)


EXERCISE = Exercise(
    name="softmax-temperature",
    title="Softmax with temperature",
    function="softmax",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("Four scores at temperature 1", _at_one),
        Check("The same scores at 0.5 and at 2", _cold_and_hot),
        Check("Scores near 1000 and near −1000", _large),
    ),
)

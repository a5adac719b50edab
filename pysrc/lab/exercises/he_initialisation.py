"""He's initialisation keeps the size of what passes through a layer of ReLUs."""

import numpy as np

from lab.exercises.kit import Answer, Check, Exercise, Wrong, array
from lab.exercises.kit.judging import Numbers, spelled

STORY = """
ReLU loses half of the variance of what passes through it. He and others (2015) make up for it in
the first weights: draw each from a normal distribution with mean 0 and variance $2 / n_{in}$,
where $n_{in}$ is how many numbers *enter*.

`he` gets a generator of random numbers and a shape (out, in), as all matrices of this book have.
Draw from the generator that is given; then the same seed gives the same weights.
"""

STARTER = '''\
import numpy as np


def he(rng, shape):
    """Draw a matrix (out, in) from a normal distribution of variance 2 / in."""
    n_out, n_in = shape
    return rng.standard_normal(shape)
'''

SOLUTION = STARTER.replace(
    "return rng.standard_normal(shape)", "return np.sqrt(2.0 / n_in) * rng.standard_normal(shape)"
)

HINTS = (
    "`rng.standard_normal(shape)` has variance 1. Multiplied by $s$, it has variance $s^2$.",
    "So what is multiplied is not the variance but its root, the standard deviation.",
    "`np.sqrt(2.0 / n_in) * rng.standard_normal(shape)`",
)

MANY = 3.0  # of 160,000 normal numbers, 0.3 % lie beyond three deviations; of uniform ones, none


def _shape(answer: Answer) -> None:
    _draw(answer, 3, (4, 6))


def _spread(answer: Answer) -> None:
    for shape in ((800, 200), (200, 800)):
        drawn = _draw(answer, 5, shape)
        outs, ins = shape
        got, right = float(drawn.std()), float(np.sqrt(2.0 / ins))
        if abs(got / right - 1.0) < 0.02:
            continue
        slips = {
            "The numbers still have standard deviation 1: nothing is scaled.": 1.0,
            "It looks like 2 / n_out. What counts is how many numbers *enter*: n_in, the second of the "
            "shape.": np.sqrt(2.0 / outs),
            "It looks as if the variance were used as the factor: take its root.": 2.0 / ins,
            "It looks like 1 / n_in; the 2 makes up for what ReLU cuts away.": np.sqrt(1.0 / ins),
            "It looks like Xavier's rule, 2 / (in + out).": np.sqrt(2.0 / (ins + outs)),
            "It looks like a uniform distribution between ± the standard deviation; draw from a normal "
            "one.": right / np.sqrt(3.0),
            "It looks like the root of n_in / 2: the fraction is upside down.": np.sqrt(ins / 2.0),
        }  # fmt: skip
        finding = (
            f"A matrix of shape {shape} has the standard deviation {spelled(got)}; it should be about "
            f"{spelled(right)}."
        )
        raise Wrong(finding, *(
            sentence for sentence, slip in slips.items() if abs(got / slip - 1.0) < 0.02
        ))  # fmt: skip


def _normal(answer: Answer) -> None:
    drawn = _draw(answer, 7, (400, 400))
    deviation = float(np.sqrt(2.0 / 400))
    if abs(float(drawn.mean())) > 0.02 * deviation:
        raise Wrong(
            f"The mean of 160,000 weights is {spelled(float(drawn.mean()))}; it should be near 0."
        )
    if not (np.abs(drawn) > MANY * deviation).any():
        raise Wrong(
            "The spread is right, yet none of 160,000 numbers lies beyond three standard deviations. "
            "The distribution looks uniform; draw from a normal one."
        )


def _seeded(answer: Answer) -> None:
    one, again, other = _draw(answer, 1, (5, 4)), _draw(answer, 1, (5, 4)), _draw(answer, 2, (5, 4))
    if not np.array_equal(one, again):
        raise Wrong(
            "The same seed gave two different matrices: draw from the `rng` that is given, not from "
            "`np.random`."
        )
    if np.array_equal(one, other):
        raise Wrong(
            "Two different seeds gave the same matrix: draw from the `rng` that is given, and do not "
            "make one of your own."
        )


def _draw(answer: Answer, seed: int, shape: tuple[int, int]) -> Numbers:
    return array(answer(np.random.default_rng(seed), shape), shape, "W", "(out, in)")


EXERCISE = Exercise(
    name="he-initialisation",
    title="He initialisation",
    function="he",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("A matrix of shape (4, 6)", _shape),
        Check("The spread of a tall and of a wide matrix", _spread),
        Check("A normal distribution around 0", _normal),
        Check("The same seed, the same weights", _seeded),
    ),
)

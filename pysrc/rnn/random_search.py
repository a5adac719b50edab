"""Random search: guess all weights at once, keep the best. The baseline every method must beat.

A guess costs one function evaluation and uses no gradient, so nothing can vanish or explode. For
some small problems it wins (Hochreiter & Schmidhuber 1997, section 2, on the latch problem).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from rnn.activations import Activation
from rnn.one_unit import Weights, forward, mean_squared_error

EVALUATIONS_PER_GUESS = 1
"""What a guess costs: one forward pass."""
_GUESSES_PER_DRAW = 64  # one call of the generator for many guesses; the stream stays the same


class Guess(NamedTuple):
    """One try."""

    weights: Weights
    loss: float


def random_search(
    inputs: Sequence[float],
    targets: Sequence[float | None],
    activation: Activation,
    low: Weights,
    high: Weights,
    rng: np.random.Generator,
) -> Iterator[Guess]:
    """Yield guesses without end, each weight uniform in [low, high).

    Raises ValueError unless every low is below its high.
    """
    for name, bottom, top in zip(Weights._fields, low, high, strict=True):
        if not bottom < top:
            raise ValueError(f"{name}: low must be below high; got {bottom} and {top}")
    while True:
        draws = rng.uniform(low, high, size=(_GUESSES_PER_DRAW, len(low)))
        for row in draws.tolist():
            weights = Weights(*row)
            outputs = forward(weights, inputs, activation).outputs
            yield Guess(weights, mean_squared_error(outputs, targets))

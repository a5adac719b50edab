"""Many texts are written side by side: one row of a batch each, one product for all of them.

Two hundred short samples, which is what a fair count takes, cost little more than two long ones.
"""

from collections.abc import Generator

import numpy as np

from rnn.arrays import Array, IntArray
from rnn.checks import whole_number
from rnn.text.char_model import CharModel
from rnn.text.sampling import Choice


def together(
    model: CharModel,
    rng: np.random.Generator,
    count: int,
    length: int,
    seed_text: str = "\n",
    temperature: float = 1.0,
) -> Generator[None, None, list[str]]:
    """Write `count` texts of `length` characters after `seed_text`; pause after each character.

    `temperature` is that of `rnn.text.sampling.Choice`. The weights are those at the start,
    whatever is trained in the pauses. The seed text is not in the result. Raises
    ValueError as `rnn.text.sampling.sample` does, for the same reasons.
    """
    whole_number("count", count, 1, 10_000)
    whole_number("length", length, 1, 1_000_000)
    Choice(temperature)  # refuses what is no temperature
    seed = model.vocabulary.encode(seed_text)
    if not len(seed):
        raise ValueError("seed_text must hold at least 1 character; it is empty")
    stepper = model.stepper(model.zero_state(count))
    for index in seed.tolist():
        scores = stepper.step(np.full(count, index, np.intp))
    written = np.empty((length, count), np.intp)
    for place in range(length):
        written[place] = _drawn(scores, rng, temperature)
        yield
        if place + 1 < length:
            scores = stepper.step(written[place])
    return [model.vocabulary.decode(column) for column in written.T.tolist()]


def _drawn(scores: Array, rng: np.random.Generator, temperature: float) -> IntArray:
    """One index for each row of scores (count, V)."""
    highest = scores.max(axis=1, keepdims=True)
    if not np.isfinite(highest).all():
        raise ValueError(
            "the model's scores must be finite; its weights have diverged, and the highest "
            f"is {highest[~np.isfinite(highest)][0]}"
        )
    with np.errstate(over="ignore", under="ignore"):
        sums = np.cumsum(np.exp((scores - highest) / temperature), axis=1)
    drawn = rng.random((len(sums), 1)) * sums[:, -1:]
    index: IntArray = np.minimum((sums <= drawn).sum(axis=1), sums.shape[1] - 1)
    return index

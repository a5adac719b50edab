"""To write, the network reads what it wrote: draw a character, feed it back, draw the next.

    p = softmax(scores / temperature)

    temperature   below 1 the likely becomes likelier, above 1 all come closer together
    top-k         only the k likeliest characters stay (Fan, Lewis & Dauphin 2018)
    top-p         only the likeliest whose sum reaches p stay (Holtzman et al. 2020, the nucleus)

What stays is scaled to sum to one again.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from rnn.arrays import Array
from rnn.checks import real_number, whole_number
from rnn.fast.network import States
from rnn.text.char_model import CharModel

AHEAD = 256
"""Uniform numbers drawn at once."""
HOTTEST = 100.0
"""The highest temperature."""
COLDEST = 1e-6
"""Below this temperature the likeliest character is taken: the softmax would divide by nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How the next character is chosen. Raises ValueError naming the value and the rule.

    A temperature below 1e-6 means the likeliest character, as `greedy` does.
    """

    temperature: float = 1.0
    top_k: int | None = None
    top_p: float | None = None
    greedy: bool = False

    def __post_init__(self) -> None:
        real_number("temperature", self.temperature, 0.0, HOTTEST, above_low=True)
        if self.top_k is not None:
            whole_number("top_k", self.top_k, 1, 1_000_000)
        if self.top_p is not None:
            real_number("top_p", self.top_p, 0.0, 1.0, above_low=True)

    @property
    def certain(self) -> bool:
        """True if chance has no part in it."""
        return self.greedy or self.temperature < COLDEST

    def probabilities(self, scores: Array) -> Array:
        """The distribution drawn from, (V), for scores (V): a new array that sums to 1.

        Raises ValueError when the highest score is NaN or infinite.
        """
        highest = np.maximum.reduce(scores)
        if not math.isfinite(highest):
            raise ValueError(
                f"the model's scores must be finite; its weights have diverged, and the highest "
                f"is {highest}"
            )
        if self.certain:
            only = np.zeros_like(scores)
            only[np.argmax(scores)] = 1.0
            return only
        # --8<-- [start:temperature]
        p: Array = scores - highest  # exp cannot overflow
        if self.temperature != 1.0:
            with np.errstate(over="ignore"):  # to minus infinity, whose exp is 0
                np.multiply(p, 1.0 / self.temperature, p)
        np.exp(p, p)
        np.divide(p, np.add.reduce(p), p)
        # --8<-- [end:temperature]
        if self.top_k is not None or self.top_p is not None:
            self._narrow(p)
        return p

    def _narrow(self, p: Array) -> None:
        # --8<-- [start:narrow]
        order = np.argsort(-p, kind="stable")  # of equals the first in the vocabulary stays
        stay = len(p)
        if self.top_k is not None:
            stay = min(stay, self.top_k)
        if self.top_p is not None:
            reached = np.cumsum(p[order], dtype=np.float64)
            stay = min(stay, int(np.searchsorted(reached, self.top_p * (1.0 - 1e-9))) + 1)
        p[order[stay:]] = 0.0
        p /= np.add.reduce(p)
        # --8<-- [end:narrow]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One character that was written, and what the network was like when it chose it."""

    character: str
    index: int
    probabilities: Array  # (V), what it was drawn from
    hidden: list[Array]  # per layer, (hidden): every unit, after reading what came before
    gates: list[Mapping[str, Array]] | None  # per layer, by name, (hidden); if asked for


def sample(
    model: CharModel,
    rng: np.random.Generator,
    seed_text: str = "\n",
    choice: Choice | None = None,
    state: States | None = None,
    *,
    unknown: str = "refuse",
    gates: bool = False,
) -> Iterator[Drawn]:
    """Write without end: a generator of one record per character.

    The network first reads `seed_text`, from `state` (batch 1) or from zeros. The weights are those
    at the start, whatever is trained in between. The same model, seed text and generator state give
    the same text. Numbers are drawn from `rng` 256 at a time, none if nothing is left to chance.

    Raises ValueError at once if the seed text is empty or has characters the model does not know
    (`unknown="skip"` leaves those out), or when the scores are not finite.
    """
    choice = choice or Choice()
    indices = model.vocabulary.encode(seed_text, unknown)
    if not len(indices):
        raise ValueError(
            f"seed_text must hold at least 1 character that the model knows; got {seed_text!r}"
        )
    return _written(model, rng, indices.tolist(), choice, state or model.zero_state(1), gates)


def _written(
    model: CharModel,
    rng: np.random.Generator,
    indices: list[int],
    choice: Choice,
    state: States,
    gates: bool,
) -> Iterator[Drawn]:
    stepper, characters = model.stepper(state), model.vocabulary.characters
    read = np.empty(1, np.intp)
    for index in indices[:-1]:
        read[0] = index
        stepper.step(read)
    index, last = indices[-1], len(characters) - 1
    uniforms: list[float] = []
    while True:
        read[0] = index
        p = choice.probabilities(stepper.step(read)[0])
        # --8<-- [start:line]
        total = np.add.accumulate(p)
        # --8<-- [end:line]
        if choice.certain:
            index = int(p.argmax())
        else:
            if not uniforms:
                uniforms = rng.random(AHEAD).tolist()[::-1]
            # --8<-- [start:draw]
            # A sum of rounded numbers may end just below or above 1; so the draw is scaled by it.
            # `right`, so that a character of probability 0 is never drawn.
            drawn = uniforms.pop() * float(total[last])
            index = min(int(total.searchsorted(drawn, "right")), last)
            # --8<-- [end:draw]
        readout: list[Mapping[str, Array]] | None = None
        if gates:
            readout = [{name: a[0] for name, a in each.items()} for each in stepper.readout()]
        yield Drawn(characters[index], index, p, stepper.hidden(), readout)


def write(
    model: CharModel,
    rng: np.random.Generator,
    length: int,
    seed_text: str = "\n",
    choice: Choice | None = None,
    state: States | None = None,
) -> str:
    """Write `length` characters at once.

    Raises ValueError as `sample` does, or unless `length` is from 1 to 10,000,000.
    """
    whole_number("length", length, 1, 10_000_000)
    writer = sample(model, rng, seed_text, choice, state)
    return "".join([next(writer).character for _ in range(length)])

"""How far has a network come with Python? Let it begin many functions, and count.

One sample says little: two hundred of 400 characters, all begun with `def `, are written side by
side, cut at their last complete top-level block, and handed to Python's parser.
"""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from rnn.text.char_model import CharModel
from rnn.text.code import BEFORE, TEMPERATURE, ParseShare, balance, parse_share
from rnn.text.together import together

SAMPLES = 200
"""How many samples are judged."""
LENGTH = 400
"""How many characters each has."""
SEED = "def "
"""What each begins with."""


@dataclass(frozen=True, slots=True)
class CodeQuality:
    """What was counted in some samples."""

    parsed: ParseShare
    brackets: float  # the share of brackets in pairs
    indentation: float  # the share of lines that stand where they may


def code_quality(
    model: CharModel, rng: np.random.Generator, samples: int = SAMPLES, length: int = LENGTH
) -> Generator[None, None, CodeQuality]:
    """Write `samples` of `length` characters and judge, with a pause every few milliseconds.

    The weights are those at the start. Raises ValueError for a model that does not know the
    characters of `def `.
    """
    before = BEFORE if "\n" in model.vocabulary.characters else ""
    written = yield from together(model, rng, samples, length, before + SEED, TEMPERATURE)
    complete = parsed = pairs = unmatched = lines = misplaced = 0
    for sample in written:
        share = parse_share([SEED + sample])
        complete += share.complete
        parsed += share.parsed
        yield
        found = balance(SEED + sample)
        pairs += found.pairs
        unmatched += found.unmatched
        lines += found.lines
        misplaced += found.misplaced
        yield
    brackets = 2 * pairs + unmatched
    return CodeQuality(
        ParseShare(samples, complete, parsed),
        2 * pairs / brackets if brackets else 1.0,
        1.0 - misplaced / lines if lines else 1.0,
    )

"""What a run will take, said before it starts: its memory from its sizes, its time from its work.

The work of a character is counted in products, in numbers that pass through a gate, and in calls of
NumPy. How long each takes in a browser differs between machines, so the constants below are only
where the guess begins: once a run has gone on for a moment, its own speed corrects what is guessed.
"""

import math
from dataclasses import dataclass

from rnn.text.settings import Settings
from rnn.text.vocabulary import Vocabulary

MOST_BYTES = 400_000_000
MOST_HOURS = 12
SLOW_STEP = 0.1  # seconds: a step cannot be interrupted, so buttons wait that long

GATES = {"rnn": 1, "gru": 3, "lstm": 4}
CALLS = {"rnn": 20, "gru": 34, "lstm": 26}  # of NumPy, for a step of one layer, there and back
# What a layer of `rnn.fast` keeps of each character for its way back: numbers for a row of its
# weights, and for a unit.
KEPT = {"rnn": (3, 3), "gru": (6, 5), "lstm": (4, 5)}
FLOAT = INDEX = 4  # bytes, in a browser
COPIES = 13  # of every weight: itself, its gradient, Adam's two, the last good, what layers prepare

SECONDS = (1 / 5.2e9, 8.0e-9, 2.2e-6)  # for an operation, a gate's number, a call


@dataclass(frozen=True)
class Estimate:
    """What a run takes, as far as can be known before."""

    weights: int
    bytes: int
    seconds: float  # for all it is to read
    step_seconds: float

    def refusal(self) -> str:
        """Why it is not taken on, and what to change; empty if it is."""
        if self.bytes > MOST_BYTES:
            return (
                f"This run would need about {megabytes(self.bytes)} of memory, and at most "
                f"{megabytes(MOST_BYTES)} are taken on here: use fewer units or layers, a smaller "
                "batch, or shorter sequences."
            )
        if self.seconds > MOST_HOURS * 3600:
            return (
                f"This run would take about {duration(self.seconds)}, and at most {MOST_HOURS} "
                "hours are taken on here: let it read fewer characters, or use fewer units or "
                "layers."
            )
        return ""


def estimate(
    settings: Settings, vocabulary: Vocabulary, characters: int, to_read: int, factor: float = 1.0
) -> Estimate:
    """For a text of some characters, of which `to_read` are read, many of them more than once.

    `factor` is how many times as long as guessed things were found to take.
    """
    weights = sum(math.prod(shape) for shape in settings.describe(vocabulary).shapes.values())
    own = factor * seconds_per_character(settings, len(vocabulary))
    return Estimate(
        weights,
        _bytes(settings, len(vocabulary), weights, characters),
        own * to_read,
        own * settings.batch * settings.length,
    )


def seconds_per_character(settings: Settings, symbols: int) -> float:
    """A first guess at how long reading one takes while learning."""
    operation, number, call = SECONDS
    rows = GATES[settings.kind] * settings.hidden
    upper = settings.layers - 1
    products = rows * settings.hidden * (1 + 2 * upper) + symbols * settings.hidden
    passing = (rows + 4 * settings.hidden) * settings.layers + 2 * symbols
    calls = CALLS[settings.kind] * settings.layers / settings.batch + 1  # one row added to a table
    return 6 * products * operation + passing * number + calls * call


def _bytes(settings: Settings, symbols: int, weights: int, characters: int) -> int:
    """Weights and their copies, what a step keeps for its way back, and the text in numbers."""
    rows = GATES[settings.kind] * settings.hidden
    of_rows, of_units = KEPT[settings.kind]
    layer = of_rows * rows + of_units * settings.hidden
    upper = (settings.layers - 1) * 2 * settings.hidden
    kept = settings.layers * layer + upper + 2 * symbols + 2 * settings.hidden
    at_once = settings.batch * settings.length + 512  # 512 where it is judged
    text = 4 * INDEX * characters
    return FLOAT * (COPIES * weights + kept * at_once) + text


def duration(seconds: float) -> str:
    """About how long: 40 seconds, 5 minutes, 3.2 hours."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} second{'s' if round(seconds) > 1 else ''}"
    if seconds < 5400:
        return f"{round(seconds / 60)} minutes"
    hours = seconds / 3600
    return f"{hours:.1f} hours" if hours < 10 else f"{round(hours):,} hours"


def megabytes(count: int) -> str:
    """About how much: 0.8 MB, 12 MB, 1,200 MB."""
    size = count / 1e6
    return f"{size:.1f} MB" if size < 10 else f"{round(size):,} MB"

"""Prose or code? A line is read one character at a time, and an opinion is given after each.

A GRU with two scores per step is trained to be right after *every* character, so that its opinion
can be watched as it forms. Lines are told apart by what stands in them: their indentation
is taken away.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from rnn.arrays import Array, BoolArray, IntArray
from rnn.checkpoints import CheckpointError, Layout, from_bytes, to_bytes
from rnn.layers import one_hot
from rnn.losses import softmax
from rnn.sequence_model import SequenceModel
from rnn.tasks.task import Batch, check_size

CLASSES = ("prose", "code")
"""What a line may be: class 0 and class 1."""
LONGEST = 80
"""The most characters of a line that is read."""
SHORTEST = 10
"""The fewest characters of a line that is judged."""
_FIRST, _LAST = 32, 126  # of ASCII; every other sign is read as the one below
OTHER = _LAST - _FIRST + 1
"""The index of every character outside printable ASCII."""
SIGNS = OTHER + 1
"""How many different indices there are."""
HIDDEN = 24
"""Hidden units of the reader."""
_HELD_OUT = 0.1
_MOST_BYTES = 1_000_000


def encode(line: str) -> list[int]:
    """A line's characters as whole numbers from 0 to `OTHER`."""
    return [ord(sign) - _FIRST if _FIRST <= ord(sign) <= _LAST else OTHER for sign in line]


def lines_of(text: str) -> list[str]:
    """The lines of a text without their indentation, cut to 80 characters, none below 10."""
    stripped = (line.strip()[:LONGEST] for line in text.splitlines())
    return [line for line in stripped if len(line) >= SHORTEST]


def split(text: str) -> tuple[list[str], list[str]]:
    """The lines to learn from, and those of the text's last tenth, which are held out."""
    cut = text.find("\n", int(len(text) * (1.0 - _HELD_OUT))) + 1
    return lines_of(text[:cut]), lines_of(text[cut:])


@dataclass
class Lines:
    """The task: half of every batch is prose, half is code. Every character is scored."""

    prose: Sequence[str] = ()
    code: Sequence[str] = ()
    _encoded: list[list[list[int]]] = field(init=False, repr=False)

    name: ClassVar[str] = "lines"
    asks: ClassVar[str] = "Is this line prose or code? Answer after every character."
    inputs: ClassVar[int] = SIGNS
    outputs: ClassVar[int] = len(CLASSES)
    scored_by: ClassVar[str] = "classes"
    steps: ClassVar[int] = LONGEST
    baseline: ClassVar[float] = math.log(2.0)
    baseline_is: ClassVar[str] = "always even chances: ln 2"

    def __post_init__(self) -> None:
        self._encoded = [list(map(encode, lines)) for lines in (self.prose, self.code)]

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Draw `size` lines, prose and code in turn. Raises ValueError unless that many fit."""
        check_size(size, self.steps)
        if not all(self._encoded):
            raise ValueError("there must be lines of both kinds to learn from")
        chosen = []
        for at in range(size):
            lines = self._encoded[at % 2]
            chosen.append(lines[int(rng.integers(len(lines)))])
        signs, mask = padded(chosen)
        targets = np.broadcast_to(np.arange(size) % 2, (LONGEST, size)).copy()
        return Batch(one_hot(signs, SIGNS), targets, mask)


def padded(lines: Sequence[list[int]]) -> tuple[IntArray, BoolArray]:
    """Encoded lines as columns of (80, lines), and a mask that says what is real."""
    signs = np.zeros((LONGEST, len(lines)), np.intp)
    mask = np.zeros((LONGEST, len(lines)), np.bool_)
    for at, line in enumerate(lines):
        signs[: len(line), at] = line
        mask[: len(line), at] = True
    return signs, mask


class LineReader(SequenceModel):
    """The network, its opinions, and its file."""

    def __init__(self, task: Lines, rng: np.random.Generator, batch: int = 32) -> None:
        super().__init__(task, "gru", HIDDEN, rng, batch=batch, dtype=np.float32)

    def opinions(self, lines: Sequence[str]) -> list[Array]:
        """For each line, the probability of code after each of its characters, as a vector."""
        found: list[Array] = []
        for start in range(0, len(lines), 500):
            some = [encode(line[:LONGEST]) for line in lines[start : start + 500]]
            signs, _ = padded(some)
            chances = softmax(self.forward(one_hot(signs, SIGNS)).outputs)[:, :, 1]
            found += [chances[: len(line), at] for at, line in enumerate(some)]
        return found

    def confusion(self, prose: Sequence[str], code: Sequence[str]) -> IntArray:
        """How many lines of a kind (row) were taken for which (column) in the end, (2, 2)."""
        counts = np.zeros((2, 2), np.intp)
        for kind, lines in enumerate((prose, code)):
            taken = sum(int(chance[-1] > 0.5) for chance in self.opinions(lines))
            counts[kind] = len(lines) - taken, taken
        return counts

    def to_bytes(self, facts: dict[str, str]) -> bytes:
        """The file of this network."""
        return to_bytes(dict(self.parameters), {"model": "line-reader", **facts})

    def load(self, data: bytes) -> dict[str, str]:
        """Take the weights of a file and return its facts; raise CheckpointError if it is none."""
        shapes = {name: Layout(of.shape, "float32") for name, of in self.parameters.items()}
        held = from_bytes(data, shapes, lambda _facts, _names: shapes, _MOST_BYTES)
        if held.facts.get("model") != "line-reader":
            raise CheckpointError("the file must hold a line-reader")
        for name, array in held.arrays.items():
            self.parameters[name][...] = array
        return held.facts

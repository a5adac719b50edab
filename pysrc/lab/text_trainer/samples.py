"""What the network wrote on its way, a few samples of it: the first, the newest, some between."""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from rnn.text.char_model import CharModel
from rnn.text.code import BEFORE, complete_blocks, parses
from rnn.text.sampling import Choice, sample

KEPT = 6
PROSE_LENGTH, CODE_LENGTH = 300, 400
CODE_START = "def "
CONTEXT = 200  # characters of the text, read before a sample
AT_ONCE = 16  # characters between two pauses


@dataclass(frozen=True)
class Sample:
    """A text the network wrote, and how far it was then."""

    characters: int  # read until then
    bits: float | None  # per held-out character, as last judged
    text: str
    seed: int  # so many of its characters were given
    parses: bool | None = None  # what Python says of its complete blocks; None for prose

    def facts(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


def start_of(model: CharModel, wanted: str, code: bool) -> str:
    """What a sample begins with: what the reader wants, else `def ` or a new line."""
    known = model.vocabulary.characters
    for start in (wanted, CODE_START if code else "", "\n"):
        if start and not model.vocabulary.unknown(start):
            return start
    return known[0]


def context_of(text: str) -> str:
    """A little of a text, up to the end of a line if there is one: what a sample goes on from."""
    piece = text[-CONTEXT:]
    return piece[: piece.rfind("\n") + 1] or piece


def write(
    model: CharModel,
    rng: np.random.Generator,
    context: str,
    start: str,
    temperature: float,
    code: bool,
) -> Generator[None, None, tuple[str, int]]:
    """Write one sample with pauses: the text on the screen, and how much of it was given."""
    given = "" if start == "\n" else start
    before = context
    if code:
        before = BEFORE if not model.vocabulary.unknown(BEFORE) else ""
    writer = sample(model, rng, before + start, Choice(temperature))
    length = CODE_LENGTH if code else PROSE_LENGTH
    pieces = [given]
    for first in range(0, length, AT_ONCE):
        pieces += [next(writer).character for _ in range(min(AT_ONCE, length - first))]
        yield
    return "".join(pieces), len(given)


def accepted(text: str) -> bool:
    """Whether Python accepts the complete blocks of a sample; there must be one."""
    blocks = complete_blocks(text)
    return bool(blocks.strip()) and parses(blocks)


class Samples:
    """A short list, in the order they were written."""

    def __init__(self, samples: Iterable[Sample] = ()) -> None:
        self._list = list(samples)

    def __iter__(self) -> Iterator[Sample]:
        return iter(self._list)

    def __len__(self) -> int:
        return len(self._list)

    def add(self, new: Sample) -> None:
        """Add one. Of several at the same place the newest stays; of too many, one goes.

        It is the one whose neighbours are closest in proportion: early on a network changes fast.
        """
        if self._list and self._list[-1].characters == new.characters:
            self._list.pop()
        self._list.append(new)
        if len(self._list) > KEPT:
            gaps = [
                (after.characters + 1) / (before.characters + 1)
                for before, after in zip(self._list, self._list[2:], strict=False)
            ]
            del self._list[1 + gaps.index(min(gaps))]

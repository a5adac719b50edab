"""Before anything is learned: the text in numbers, and what guessing from two characters costs.

The baselines are counted on the nine tenths that a network learns from, and judged on the very
characters of the last tenth by which the network is judged.
"""

from collections.abc import Generator
from dataclasses import dataclass

from rnn.text.held_out import HeldOut
from rnn.text.ngrams import NGrams
from rnn.text.prepared import Prepared, in_pieces
from rnn.text.vocabulary import Vocabulary

JUDGED = 8_192  # held-out characters: a fraction of a second, and good to a few hundredths of a bit


@dataclass(frozen=True)
class Studied:
    """A text ready to be learned from, and the losses that a network must beat."""

    prepared: Prepared
    held_out: HeldOut
    bigram: float  # bits per character
    trigram: float


def study(text: str, vocabulary: Vocabulary | None = None) -> Generator[None, None, Studied]:
    """Study a text in pieces. Raises ValueError as `rnn.text.prepared.prepare` does."""
    prepared = yield from in_pieces(text, vocabulary)
    held_out = HeldOut(prepared.held_out, JUDGED)
    ngrams = yield from NGrams.in_pieces(prepared.learned, prepared.vocabulary, 3)
    bigram = held_out.baseline(ngrams, 2)
    yield
    return Studied(prepared, held_out, bigram, held_out.baseline(ngrams, 3))

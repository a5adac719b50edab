"""Let a trained model write. The same seed writes the same text.

python -m rnn sample book.safetensors --start "Once upon" --length 300 --temperature 0.7
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import numpy as np

from rnn.checks import one_of, whole_number
from rnn.command.files import read_model
from rnn.command.tables import printable
from rnn.text.char_model import CharModel
from rnn.text.sampling import Choice, sample
from rnn.text.vocabulary import POLICIES

OPTIONS = {"top_k": "--top-k", "top_p": "--top-p", "seed_text": "--start"}
"""What an option is called on the command line, by its name in `Draw`."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to begin with, how long, and how the next character is chosen."""
    parser.add_argument("model", help="the model's file")
    parser.add_argument("--start", help="what the model reads first, and goes on from")
    parser.add_argument("--length", type=int, default=500, help="characters to write (500)")
    parser.add_argument("--temperature", type=float, default=1.0, help="daring, above 0 (1.0)")
    parser.add_argument("--greedy", action="store_true", help="always the likeliest character")
    parser.add_argument("--top-k", type=int, help="only among the k likeliest")
    parser.add_argument("--top-p", type=float, help="only among the likeliest that sum to p")
    parser.add_argument("--seed", type=int, default=1, help="of everything that is drawn (1)")
    parser.add_argument("--unknown", default="refuse", help="characters in --start: refuse or skip")


def run(chosen: argparse.Namespace) -> int:
    """Write to the standard output, character by character. Raises ValueError on a bad option."""
    with by_option():
        choice = Choice(chosen.temperature, chosen.top_k, chosen.top_p, chosen.greedy)
    length = whole_number("length", chosen.length, 1, 10_000_000)
    seed = whole_number("seed", chosen.seed, 0, 2**63 - 1)
    one_of("unknown", chosen.unknown, POLICIES)
    model = read_model(chosen.model)
    start = _line_feed(model) if chosen.start is None else chosen.start
    rng = np.random.default_rng(seed)
    with by_option():
        written = sample(model, rng, start, choice, unknown=chosen.unknown)
    out = sys.stdout
    live = out.isatty()
    if chosen.start is not None:
        out.write(start)
    for drawn in islice(written, length):
        character = drawn.character
        if live:  # a stranger's model could know the characters that move the cursor
            character = character if character in "\n\t" else printable(character)
        out.write(character)
        if live:
            out.flush()
    out.write("\n")
    return 0


@contextmanager
def by_option() -> Iterator[None]:
    """Let a ValueError name the option that was typed, where the engine has another name for it."""
    try:
        yield
    except ValueError as error:
        name, _, rest = str(error).partition(" ")
        raise ValueError(f"{OPTIONS.get(name, name)} {rest}") from error


def _line_feed(model: CharModel) -> str:
    """What comes before a text's first character; without one, the model's first character."""
    return "\n" if "\n" in model.vocabulary.characters else model.vocabulary.characters[0]

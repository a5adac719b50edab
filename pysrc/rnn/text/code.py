"""Is it Python, what the network wrote? The language has a judge of its own: its parser.

A sample stops in the middle of something. So it is cut where its last top-level block begins, and
what stands before, complete blocks only, is parsed. While a network learns, hardly anything parses;
the balance of brackets and indentation says how far it has come.
"""

import ast
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import numpy as np

from rnn.text.char_model import CharModel
from rnn.text.sampling import Choice, write

TEMPERATURE = 0.3
"""The temperature for code, which forgives less than prose: one unlikely character and it is
none.
"""
BEFORE = "\n\n"
"""Read before the seed, so that the network knows it stands at the left edge."""
# Each word or sign of a source may nest it one level deeper. In a browser the parser does not
# refuse what is too deep for its stack, the engine dies: at some 130 brackets, or 600 levels else.
MOST_TOKENS = 400
"""The most words and signs of a source that is parsed."""
MOST_BRACKETS = 80
"""The most opening brackets of a source that is parsed."""
TOKEN = re.compile(r"\w+|[^\w\s]")
"""A word, or one other sign."""
# A block begins at the left edge, unless the line goes on with one before: a closing bracket, an
# `else`, or what a decorator stands above.
BLOCK = re.compile(r"^(?!(?:else|elif|except|finally)\b)[^\s)\]}#]", re.MULTILINE)
"""Where a block begins: at the left edge, unless the line goes on with one before."""


def generate_code(
    model: CharModel,
    seed: str = "def",
    length: int = 1000,
    rng: np.random.Generator | int = 1,
    temperature: float = TEMPERATURE,
) -> str:
    """Let a model that learned from code write: `seed` and `length` characters after it.

    It first reads a blank line, if it knows one: without it the seed might stand anywhere.
    `rng` draws the characters; a whole number is the seed of a generator made for this call, so the
    same call writes the same code. Raises ValueError for a seed that is empty or has characters the
    model does not know, a length below 1, and a temperature that is not above 0.
    """
    generator = rng if isinstance(rng, np.random.Generator) else np.random.default_rng(rng)
    before = BEFORE if "\n" in model.vocabulary.characters and seed else ""
    return seed + write(model, generator, length, before + seed, Choice(temperature))


def complete_blocks(sample: str) -> str:
    """The sample up to where its last top-level block begins; empty if there is only one."""
    starts = [match.start() for match in BLOCK.finditer(sample)]
    while len(starts) > 1 and sample[starts[-2]] == "@":  # decorators belong to what follows
        del starts[-1]
    return sample[: starts[-1]] if len(starts) > 1 else ""


def parses(source: str) -> bool:
    """True if Python's parser accepts it. Never raises, whatever the source; nothing is run.

    A source without any statement is not accepted, nor one of more than 400 words and signs or 80
    opening brackets: 400 characters of code have a third of that.
    """
    tokens = [match.group() for match in islice(TOKEN.finditer(source), MOST_TOKENS + 1)]
    if len(tokens) > MOST_TOKENS or sum(token in OPENING for token in tokens) > MOST_BRACKETS:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "invalid escape sequence" is about style
        try:
            return bool(ast.parse(source).body)
        # ValueError: NUL, lone surrogates, huge numbers. The others: nested too deeply.
        except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
            return False


@dataclass(frozen=True, slots=True)
class ParseShare:
    """How many samples parse. One that has not finished its first block does not."""

    samples: int
    complete: int  # of the samples: those with at least one complete block
    parsed: int  # of these: those that Python accepts

    @property
    def share(self) -> float:
        """Of all samples; 0 if there are none."""
        return self.parsed / self.samples if self.samples else 0.0

    @property
    def share_of_complete(self) -> float:
        """Of the samples with a complete block; 0 if there are none."""
        return self.parsed / self.complete if self.complete else 0.0


def parse_share(samples: Iterable[str]) -> ParseShare:
    """Cut each sample at its last complete top-level block and count those that Python accepts."""
    cut = [complete_blocks(sample) for sample in samples]
    complete = [blocks for blocks in cut if blocks.strip()]
    return ParseShare(len(cut), len(complete), sum(map(parses, complete)))


@dataclass(frozen=True, slots=True)
class Balance:
    """How well a sample keeps its brackets and its indentation.

    What is still open where it ends is not held against it.
    """

    pairs: int  # brackets opened, and closed by their own kind
    unmatched: int  # closed but not open, or still open where a new statement begins
    lines: int  # lines that begin a statement
    misplaced: int  # of these: those whose indentation Python refuses

    @property
    def brackets(self) -> float:
        """The share of brackets that are in pairs; 1 if there are none."""
        judged = 2 * self.pairs + self.unmatched
        return 2 * self.pairs / judged if judged else 1.0

    @property
    def indentation(self) -> float:
        """The share of lines that stand where they may; 1 if there are none."""
        return 1.0 - self.misplaced / self.lines if self.lines else 1.0


def balance(sample: str) -> Balance:
    """Read a sample as Python's tokenizer would, but go on after every mistake. Never raises."""
    reading = _Reading()
    for match in TOKENS.finditer(sample):
        reading.read(match.lastgroup or "other", match.group())
    return Balance(reading.pairs, reading.unmatched, reading.lines, reading.misplaced)


TOKENS = re.compile(
    r"""
      (?P<string> \"{3} (?:[^\\"]|\\.|"(?!""))*+ (?:\"{3}|\\?\Z)
                | \'{3} (?:[^\\']|\\.|'(?!''))*+ (?:\'{3}|\\?\Z)
                | "(?:[^"\\\n]|\\.)*+"? | '(?:[^'\\\n]|\\.)*+'? )
    | (?P<comment> \#[^\n]* ) | (?P<joined> \\\n ) | (?P<newline> \n ) | (?P<space> [ \t]+ )
    | (?P<opening> [(\[{] ) | (?P<closing> [)\]}] ) | (?P<other> \w+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)
"""A piece of Python: a string, a comment, a name, a number or a sign."""
PAIRS = {")": "(", "]": "[", "}": "{"}
"""The opening bracket that belongs to each closing one."""
OPENING = frozenset(PAIRS.values())
"""The opening brackets."""
STATEMENTS = frozenset(
    ("assert", "break", "class", "continue", "def", "del", "elif", "except", "global", "import",
     "pass", "raise", "return", "try", "while", "with")
)  # fmt: skip
"""Words that no expression holds: where a line begins with one, a bracket was left open."""


class _Reading:
    """What is open while a sample is read from left to right."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.levels: list[int] = []  # how deep the blocks around this line are indented
        self.pairs = self.unmatched = self.lines = self.misplaced = 0
        self.width, self.begins, self.last = 0, True, ""

    def read(self, kind: str, text: str) -> None:
        """Go on by one token."""
        if kind == "newline":
            self.width, self.begins = 0, True
        elif kind == "space":
            self.width += len(text.expandtabs()) if self.begins else 0
        elif kind == "joined":
            self.begins = False
        elif kind != "comment":
            if self.begins and self.open and text in STATEMENTS:
                self.unmatched += len(self.open)
                self.open.clear()
                self.levels = [level for level in self.levels if level < self.width] + [self.width]
            elif self.begins and not self.open:
                self._begin()
            self.begins, self.last = False, text
            self._bracket(kind, text)

    def _begin(self) -> None:
        """Judge where a line that begins a statement stands."""
        self.lines += 1
        opens = self.last == ":"
        if not self.levels or self.width < self.levels[0]:  # a sample may begin inside a block
            self.misplaced += opens
            self.levels = [self.width]
            return
        deeper = self.width > self.levels[-1]
        while len(self.levels) > 1 and self.levels[-1] > self.width:
            self.levels.pop()
        known = self.width == self.levels[-1]
        self.misplaced += opens != deeper or not (deeper or known)
        if not known:
            self.levels = [level for level in self.levels if level < self.width] + [self.width]

    def _bracket(self, kind: str, text: str) -> None:
        if kind == "opening":
            self.open.append(text)
        elif kind == "closing" and self.open[-1:] == [PAIRS[text]]:
            self.open.pop()
            self.pairs += 1
        elif kind == "closing":
            self.unmatched += 1

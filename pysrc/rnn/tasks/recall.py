"""Name the first letter when asked: remember one symbol while others go by, then begin again.

    b a c c a ?  a b c ?        read
    . . . . . b  . . . a        to be answered; the dot is silence

The first letter counts, those after it are noise, the question mark asks for the first. What
follows a question is a new beginning. So a network has to write once, to keep, to show when asked,
and to let go: what the gates of an LSTM are for. Keeping one symbol over noise is the second
experiment of Hochreiter & Schmidhuber (1997); that a network must learn by itself to let go when
the next sequence begins is the problem of Gers, Schmidhuber & Cummins (2000).
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn.arrays import IntArray
from rnn.checks import whole_number
from rnn.layers import one_hot
from rnn.tasks.task import MOST_STEPS, Batch, check_size

LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""The letters to be recalled."""
SHORTEST = 2
"""The shortest sequence: a letter and its question."""


@dataclass(frozen=True)
class Recall:
    """`questions` rounds in `steps` symbols, each of at least one of `letters` letters and a `?`.

    As a number the question mark comes after the letters; as a target that number is silence.
    Raises ValueError when there are too few or too many letters, questions or steps for that.
    """

    steps: int = 20
    letters: int = 3
    questions: int = 1

    name: ClassVar[str] = "recall"
    asks: ClassVar[str] = "Which letter came first? Name it at the question mark, else be silent."
    scored_by: ClassVar[str] = "classes"
    baseline_is: ClassVar[str] = (
        "silent at every letter, even chances for all letters at a question mark: "
        "questions times ln letters / steps"
    )

    def __post_init__(self) -> None:
        whole_number("letters of recall", self.letters, 2, len(LETTERS))
        whole_number("questions of recall", self.questions, 1, MOST_STEPS // SHORTEST)
        whole_number("length of recall", self.steps, SHORTEST * self.questions, MOST_STEPS)

    @property
    def inputs(self) -> int:
        """One per letter, and the question mark."""
        return self.letters + 1

    @property
    def outputs(self) -> int:
        """One per letter, and silence."""
        return self.letters + 1

    @property
    def symbols(self) -> str:
        """What the numbers of an input stand for."""
        return LETTERS[: self.letters] + "?"

    @property
    def baseline(self) -> float:
        """Each question costs ln letters, everything else nothing."""
        return self.questions * math.log(self.letters) / self.steps

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Draw `size` sequences; where each round ends is drawn too, and the last symbol asks.

        Raises ValueError as `Task.batch` does.
        """
        check_size(size, self.steps)
        ends = self._ends(rng, size)
        read = rng.integers(0, self.letters, (self.steps, size))
        np.put_along_axis(read, ends, self.letters, axis=0)
        mask = np.ones((self.steps, size), np.bool_)
        return Batch(one_hot(read, self.inputs), self.answers(read), mask)

    def answers(self, read: IntArray) -> IntArray:
        """What is to be answered at each of (steps, size) symbols, whoever wrote them.

        A question right after a question, or at the very beginning, has no first letter: the right
        answer to it is silence.
        """
        answers = np.full(read.shape, self.letters)
        first = np.full(read.shape[1], self.letters)
        for step, here in enumerate(read):
            asked = here == self.letters
            answers[step] = np.where(asked, first, self.letters)
            first = np.where(asked, self.letters, np.where(first == self.letters, here, first))
        return answers

    def _ends(self, rng: np.random.Generator, size: int) -> IntArray:
        """Where the question marks stand, (questions, size): in order, the last at the end."""
        spare = self.steps - SHORTEST * self.questions
        cuts = np.sort(rng.integers(0, spare + 1, (self.questions - 1, size)), axis=0)
        extra = np.concatenate([cuts, np.full((1, size), spare)])
        ends: IntArray = extra + SHORTEST * np.arange(1, self.questions + 1)[:, None] - 1
        return ends

"""The tasks of the race: how each is made, guessed, judged sequence by sequence, and shown."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rnn.arrays import Array
from rnn.losses import softmax
from rnn.tasks import make_task
from rnn.tasks.brackets import Brackets
from rnn.tasks.task import Batch, Task

CLOSE = 0.04  # an answer this near is right (Hochreiter & Schmidhuber 1997, section 5.4)


@dataclass(frozen=True)
class Problem:
    """One kind of task as the race needs it."""

    name: str
    label: str
    help: str
    guess: str  # what whoever remembers nothing does, in a few words
    length: int  # to begin with
    shortest: int
    longest: int
    make: Callable[[int], Task]
    right: str = ""  # what counts as right, in a few words; nothing where luck decides


PROBLEMS = {
    problem.name: problem
    for problem in (
        Problem(
            name="adding",
            label="Adding",
            help="Two of many numbers are marked. What is their sum?",
            guess="always answering 1",
            length=25,
            shortest=4,
            longest=200,
            make=lambda length: make_task("adding", steps=length),
            right=f"less than {CLOSE} off",
        ),
        Problem(
            name="latch",
            label="Latch",
            help="Was the first value +1 or −1? All others are noise.",
            guess="always answering 0",
            length=20,
            shortest=2,
            longest=200,
            make=lambda length: make_task("latch", steps=length),
            right="the right sign",
        ),
        Problem(
            name="parity",
            label="Parity",
            help="Is the number of ones so far even or odd? Asked at every step.",
            guess="even chances",
            length=20,
            shortest=2,
            longest=200,
            make=lambda length: make_task("parity", steps=length),
            right="the likelier answer, over all steps",
        ),
        Problem(
            name="copy",
            label="Copy",
            help="Ten symbols, a wait of this length, then all ten again. The hardest here.",
            guess="even chances for eight symbols",
            length=5,
            shortest=1,
            longest=200,
            make=lambda length: make_task("copy", wait=length),
            right="the likeliest symbol, over the ten that are asked for",
        ),
        Problem(
            name="brackets",
            label="Brackets",
            help="Which bracket comes next in a balanced text of ( ) and [ ]?",
            guess="knowing only the last bracket",
            length=20,
            shortest=4,
            longest=200,
            make=lambda length: make_task("brackets", length=length + length % 2, kinds=2),
        ),
    )
}


def scored_steps(batch: Batch) -> int:
    """How many steps are scored: in these tasks the same ones of every sequence."""
    return int(batch.mask[:, 0].sum())


def losses(task: Task, batch: Batch, outputs: Array) -> Array:
    """The loss of each sequence, (batch), from the answers at its scored steps."""
    wanted = batch.targets[batch.mask]
    if task.scored_by == "squares":
        each = np.square(outputs - wanted).mean(axis=1)
    else:
        each = -np.log(np.maximum(chances(batch, outputs), 1e-300))
    own: Array = each.reshape(scored_steps(batch), -1).mean(axis=0)
    return own


def chances(batch: Batch, outputs: Array) -> Array:
    """The probability that the right class was given at each scored step, (scored)."""
    wanted = batch.targets[batch.mask]
    given: Array = np.take_along_axis(softmax(outputs), wanted[:, None], axis=1)[:, 0]
    return given


def guesses(task: Task, batch: Batch) -> Array:
    """The loss of each sequence for whoever remembers nothing, (batch).

    Where one answer is always given, that answer's own; elsewhere the expected loss for all.
    """
    answer = {"adding": 1.0, "latch": 0.0}.get(task.name)
    if answer is None:
        return np.full(batch.targets.shape[1], task.baseline)
    own: Array = np.square(batch.targets[-1, :, 0] - answer)
    return own


def share_right(task: Task, batch: Batch, outputs: Array) -> float | None:
    """The share of right answers; None where even a perfect network has to guess."""
    wanted = batch.targets[batch.mask]
    if task.name == "adding":
        return float((np.abs(outputs - wanted) < CLOSE).mean())
    if task.name == "latch":
        return float((outputs * wanted > 0.0).mean())
    if task.name == "brackets":
        return None
    right = (outputs.argmax(axis=1) == wanted).reshape(scored_steps(batch), -1)
    return float(right[-10:].mean() if task.name == "copy" else right.mean())


def letters(task: Task, batch: Batch) -> list[str] | None:
    """What is read at each step of the first sequence, a symbol each; None for real numbers."""
    if task.name == "parity":
        return [str(int(bit)) for bit in batch.inputs[:, 0, 0]]
    if task.name == "copy":
        return ["abcdefgh.!"[symbol] for symbol in batch.inputs[:, 0].argmax(axis=1)]
    if isinstance(task, Brackets):
        return [task.symbols[symbol] for symbol in batch.inputs[:, 0].argmax(axis=1)]
    return None


def floor(task: Task) -> float | None:
    """What nobody can do better than, where that is not 0."""
    return task.floor if isinstance(task, Brackets) else None

"""Perplexity: how many equally likely characters would have been as hard to guess."""

import numpy as np

from lab.exercises.kit import Answer, Check, Exercise, number, same
from rnn.losses import perplexity

STORY = """
A model reads a text. Before each character it had given every character a probability; now the
true one is known. `p` holds the probabilities that the model had given to the characters that
*came*, one for each.

The loss is the mean of $-\\ln p_t$. The **perplexity** is $e$ to that loss. A model that guesses
among $n$ equally likely characters has perplexity $n$.
"""

STARTER = '''\
import numpy as np


def perplexity(p):
    """From the probabilities given to what came, (time,), to one number."""
    loss = ...
    return loss
'''

SOLUTION = STARTER.replace(
    "loss = ...\n    return loss", "loss = -np.log(p).mean()\n    return np.exp(loss)"
)

HINTS = (
    "First the loss, in nats: the mean of minus the logarithm. Then `np.exp` of it.",
    "Order matters: the mean of the logarithms is not the logarithm of the mean.",
    "`loss = -np.log(p).mean()`",
)


def _fair(answer: Answer) -> None:
    _ask(answer, [0.25] * 6)


def _mixed(answer: Answer) -> None:
    _ask(answer, [0.9, 0.5, 0.02, 0.7, 0.3])


def _length(answer: Answer) -> None:
    _ask(answer, np.linspace(0.05, 0.95, 40).tolist())


def _ask(answer: Answer, given: list[float]) -> None:
    p = np.array(given)
    got = number(answer(p), "perplexity")
    nats = -float(np.log(p).mean())
    same("perplexity", got, perplexity(nats), {
        "It is the loss; e to the loss is missing.": nats,
        "It is below 1: the minus sign is missing. A perplexity is at least 1.": np.exp(-nats),
        "It looks as if the logarithms were added up; take their mean, or a longer text would look "
        "harder.": np.exp(nats * len(p)),
        "It looks as if the mean were taken of the probabilities. Take it of the logarithms: one "
        "character that was thought impossible must weigh heavily.": 1.0 / p.mean(),
        "It looks like the mean of 1 / p. Take the mean of the logarithms.": (1.0 / p).mean(),
        "It looks as if e were raised to a loss in bits. With np.log2 it is 2 that is raised; with "
        "np.exp take np.log.": np.exp(nats / np.log(2.0)),
        "It looks as if 2 were raised to a loss in nats. With np.log it is e that is raised.":
            2.0**nats,
    })  # fmt: skip


EXERCISE = Exercise(
    name="perplexity",
    title="Perplexity",
    function="perplexity",
    story=STORY,
    starter=STARTER,
    solution=SOLUTION,
    hints=HINTS,
    checks=(
        Check("Six fair guesses among four: the perplexity is 4", _fair),
        Check("Some sure, one nearly impossible", _mixed),
        Check("A longer text", _length),
    ),
)

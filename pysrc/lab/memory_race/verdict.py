"""Who won? Worked out from the runs, on sequences that none of them learned from.

One is *clearly* better than another if its loss is lower by more than two standard errors of the
difference (both were asked the same sequences, so the differences are taken pair by pair), and by
at least a twentieth. Who is below a hundredth of what guessing costs has *learned the task*, and
between two of those there is nothing to win. All losses count from the best that is possible, 0 for
most tasks. It is a statement about this one run: another seed may end otherwise.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from lab.kit.words import number
from rnn.arrays import Array

ERRORS = 2.0  # standard errors
SHARE = 0.05  # of the larger loss
LEARNED = 0.01  # of what guessing costs


class Standing(NamedTuple):
    """How one of them does."""

    name: str
    losses: Array  # of each held-out sequence
    diverged: bool = False

    @property
    def loss(self) -> float:
        """The mean."""
        return float(self.losses.mean())


def clearly_better(one: Array, other: Array, floor: float = 0.0) -> bool:
    """Whether the losses of `one` are clearly below those of `other`, sequence by sequence."""
    gain = other - one
    mean = float(gain.mean())
    error = float(gain.std(ddof=1)) / math.sqrt(len(gain)) if len(gain) > 1 else 0.0
    return mean > ERRORS * error and mean > SHARE * (float(other.mean()) - floor)


def verdict(
    standings: Sequence[Standing], guess: Array, floor: float, steps: int, budget: int
) -> str:
    """Say who is ahead, after `steps` of `budget` steps; nothing before the first.

    `guess` is what each held-out sequence costs whoever remembers nothing, `floor` the mean loss
    that nobody can go below.
    """
    if steps == 0:
        return ""
    running = [each for each in standings if not each.diverged]
    said = [_result(running, guess, floor)] if running else []
    said += [f"The {each.name} diverged." for each in standings if each.diverged]
    if steps < budget and running:
        said.append(f"{steps:,} of {budget:,} steps are done: the budget is not spent yet.")
    return " ".join(said)


def _result(running: Sequence[Standing], guess: Array, floor: float) -> str:
    ranked = sorted(running, key=lambda each: each.loss)
    best = ranked[0]
    if not clearly_better(best.losses, guess, floor):
        none = "None of them is" if len(ranked) > 1 else f"The {best.name} is not"
        return f"{none} clearly better than guessing."
    mark = floor + LEARNED * (float(guess.mean()) - floor)
    learned = best.loss < mark
    level = [
        each
        for each in ranked
        if not clearly_better(best.losses, each.losses, floor) or (learned and each.loss < mark)
    ]
    behind = [each for each in ranked if each not in level]
    lost = [each for each in behind if not clearly_better(each.losses, guess, floor)]
    next_ = [each for each in behind if each not in lost]
    said = [_ahead(level, learned=learned, wins=bool(behind))]
    if next_:
        times = number((next_[0].loss - floor) / max(best.loss - floor, 1e-300))
        above = " above the best possible" if floor else ""
        said.append(f"next comes the {next_[0].name}: its loss{above} is {times} times as high.")
    if lost:
        said.append(f"{_the(lost)} {'is' if len(lost) == 1 else 'are'} no better than guessing.")
    return " ".join(sentence[0].upper() + sentence[1:] for sentence in said)


def _ahead(level: Sequence[Standing], *, learned: bool, wins: bool) -> str:
    """Those in front; `wins`: somebody is behind them."""
    if len(level) > 1:
        both = "both" if len(level) == 2 else "all"
        how = f"have {both} learned the task" if learned else "are level"
        return f"{_the(level)} {how}: no clear winner between them."
    how = "has learned the task" if learned else "is better than guessing"
    if not wins:
        return f"{_the(level)} {how}."
    return f"{_the(level)} {how} and wins." if learned else f"{_the(level)} wins."


def _the(those: Sequence[Standing]) -> str:
    """The RNN and the LSTM."""
    told = [f"the {each.name}" for each in those]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"

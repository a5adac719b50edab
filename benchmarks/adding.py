"""Does a gate help to remember? The adding problem at length 100, for the three cells.

    PYTHONPATH=pysrc python -m benchmarks.adding

Two marked numbers out of 100, up to 99 steps before the answer, are to be added (Hochreiter &
Schmidhuber 1997). Always answering 1 gives a mean squared error of 1/6; below 0.01 it counts as
solved. Every cell gets the same units, batches, optimiser, clip and number of steps; a run ends
early once it has solved the task on 2,000 sequences that it was not trained on. Not part of
`make test`: it takes some minutes.
"""

import argparse
import statistics
import sys
import time
from typing import NamedTuple

import numpy as np

from rnn.cells import KINDS
from rnn.clipping import Clip
from rnn.optimisers import make_optimiser
from rnn.schedules import Constant
from rnn.sequence_model import SequenceModel
from rnn.tasks import make_task
from rnn.trainer import Trainer

SOLVED_BELOW = 0.01
EVERY = 100  # steps between two tests


class Result(NamedTuple):
    """How one run ended."""

    kind: str
    seed: int
    steps: int
    tested: float  # mean squared error on the test sequences, at the end
    best: float  # the lowest of all tests
    seconds: float
    diverged: str

    @property
    def solved(self) -> bool:
        """Whether it ended below the mark."""
        return self.tested < SOLVED_BELOW


def attempt(kind: str, seed: int, given: argparse.Namespace) -> Result:
    """Train one cell until the task is solved or the steps are used up."""
    task = make_task("adding", steps=given.length)
    model = SequenceModel(
        task,
        kind,
        given.hidden,
        np.random.default_rng([seed, 0]),
        batch=given.batch,
        dtype=np.float32,
    )
    model.initialise(np.random.default_rng([seed, 1]))
    test = task.batch(np.random.default_rng([seed, 2]), 2000)
    trainer = Trainer(
        model,
        make_optimiser("adam"),
        Constant(given.rate),
        clip=Clip("norm", given.clip),
        steps=given.steps,
    )
    tests = [model.loss(test)]
    for progress in trainer.run():
        if progress.step % EVERY == 0 or trainer.finished:
            tests.append(model.loss(test))
            if tests[-1] < SOLVED_BELOW:
                break
    seconds = trainer.seconds
    return Result(kind, seed, trainer.step, tests[-1], min(tests), seconds, trainer.diverged)


def arguments() -> argparse.ArgumentParser:
    """The settings of the experiment; the defaults are those of the documented run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.adding", description=__doc__)
    parser.add_argument("--length", type=int, default=100)
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--batch", type=int, default=50)
    parser.add_argument("--rate", type=float, default=0.005)
    parser.add_argument("--clip", type=float, default=1.0)
    parser.add_argument("--steps", type=int, default=4000, help="the most that any cell may take")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--cells", nargs="+", choices=KINDS, default=list(KINDS))
    return parser


def main(words: list[str]) -> bool:
    """Run and print a table; True if the gated cells solved it with every seed, the RNN never."""
    parser = arguments()
    given = parser.parse_args(words)
    task = make_task("adding", steps=given.length)
    print(
        f"Adding problem, length {given.length}: {given.hidden} units, batch {given.batch}, "
        f"Adam {given.rate:g}, clip to norm {given.clip:g}, at most {given.steps:,} steps, "
        f"seeds {', '.join(map(str, given.seeds))}.\n"
        f"Baseline {task.baseline:.4f}; solved below {SOLVED_BELOW:g}.\n"
    )
    print(f"{'cell':5}{'seed':>5}{'steps':>8}{'MSE':>10}{'best':>10}{'seconds':>9}  solved")
    results: list[Result] = []
    started = time.perf_counter()
    for kind in given.cells:
        for seed in given.seeds:
            result = attempt(kind, seed, given)
            results.append(result)
            print(
                f"{kind:5}{seed:>5}{result.steps:>8,}{result.tested:>10.5f}{result.best:>10.5f}"
                f"{result.seconds:>9.0f}  {'yes' if result.solved else 'no'}"
                f"{'  ' + result.diverged if result.diverged else ''}",
                flush=True,
            )
    print()
    for kind in given.cells:
        own = [result for result in results if result.kind == kind]
        solved = [result.steps for result in own if result.solved]
        median = f", median {statistics.median(solved):,.0f} steps" if solved else ""
        print(f"{kind:5} solved {len(solved)} of {len(own)}{median}")
    print(f"\n{time.perf_counter() - started:.0f} seconds in all.")
    return all(
        result.solved if result.kind != "rnn" else result.best > SOLVED_BELOW for result in results
    )


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)

"""Measure whether two directions and several layers help: the tables of `docs/beyond.md`.

    python -m publish.beyond

The races are those of the laboratories `bidirectional` and `depth`, from three seeds: plain network
and rival read the same batches, and the rival has no more parameters. For the tables of depth the
plain network is also given other learning rates, and three times as many mini-batches.

The five orders of adding that the page tells of are those of OPENBLAS_CORETYPE=SkylakeX, Haswell,
Sandybridge, Prescott, and Nehalem together with
NPY_DISABLE_CPU_FEATURES="X86_V3 X86_V4 AVX512_ICL AVX512_SPR".
"""

import time
from collections.abc import Sequence

from lab.bidirectional.session import BOTH_WAYS, ONE_WAY
from lab.bidirectional.session import STEPS as READING_STEPS
from lab.depth.session import ONE_LAYER, deep
from lab.depth.session import STEPS as COUNTING_STEPS
from lab.kit.rivals import Race, Shape
from rnn.tasks.enclosed import Enclosed
from rnn.tasks.task import Task
from rnn.tasks.triples import Triples

SEEDS = (1, 2, 3)
HIDDEN, RATE = 24, 0.01
OTHER_RATES, LONGER = (0.003, 0.03), 3


def race(task: Task, shapes: Sequence[Shape], seed: int, steps: int, rate: float = RATE) -> Race:
    """A race from its start to its end."""
    run = Race(task, shapes, HIDDEN, seed, rate, steps)
    while not run.finished:
        if run.diverged:
            raise RuntimeError(run.diverged)
        run.advance(time.perf_counter() + 1.0)
    return run


def table(races: Sequence[Race]) -> str:
    """Loss on new texts and share right, a row for each seed."""
    rivals = races[0].rivals
    sizes = "; ".join(f"{r.shape.name} has {r.parameters} parameters" for r in rivals)
    heads = " | ".join(r.shape.name for r in rivals)
    lines = [f"{sizes}:\n", f"| seed | {heads} |", f"|---{'|---' * len(rivals)}|"]
    for seed, run in zip(SEEDS, races, strict=True):
        cells = [f"{result.loss:.4f} ({result.right:.1%})" for result in run.results]
        lines.append(f"| {seed} | {' | '.join(cells)} |")
    return "\n".join(lines)


def both_ways(seed: int) -> Race:
    """One race of the laboratory `bidirectional`."""
    return race(Enclosed(), (ONE_WAY, BOTH_WAYS), seed, READING_STEPS)


def depth(seed: int) -> Race:
    """One race of the laboratory `depth`, two and three layers at once."""
    return race(Triples(), (ONE_LAYER, deep(2), deep(3)), seed, COUNTING_STEPS)


def main() -> None:
    """Print the tables."""
    print(f"Two directions, {READING_STEPS} mini-batches:\n")
    print(table([both_ways(seed) for seed in SEEDS]), flush=True)
    print(f"\nDepth, {COUNTING_STEPS} mini-batches:\n")
    print(table([depth(seed) for seed in SEEDS]), flush=True)
    for rate in OTHER_RATES:
        runs = [race(Triples(), (ONE_LAYER,), seed, COUNTING_STEPS, rate) for seed in SEEDS]
        print(f"\nOne layer, learning rate {rate:g}:\n\n{table(runs)}", flush=True)
    steps = LONGER * COUNTING_STEPS
    runs = [race(Triples(), (ONE_LAYER,), seed, steps) for seed in SEEDS]
    print(f"\nOne layer, {steps} mini-batches:\n\n{table(runs)}")


if __name__ == "__main__":
    main()

"""Train the two networks of the laboratory of gates, and print their cards.

    python -m publish.models.recall            writes models/recall-lstm and models/recall-gru
    python -m publish.models.recall --seeds 8  trains each from eight seeds and only says how well

They learn the task `recall` (`rnn.tasks.recall`) on lengths drawn from 4 to 30: the short ones
teach what is wanted, the long ones to keep it. Half a minute is enough.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

import numpy as np

from lab.gates.model import FILES, LETTERS, network, to_checkpoint
from publish.models import MODELS, SUFFIX
from rnn.clipping import Clip
from rnn.fast.task_model import TaskModel
from rnn.optimisers import make_optimiser
from rnn.schedules import Cosine
from rnn.tasks.recall import Recall
from rnn.tasks.task import Batch
from rnn.trainer import Trainer

HIDDEN, QUESTIONS = 4, 2
SHORTEST, LONGEST, BATCH = 4, 30, 32
STEPS, RATE, LIMIT = 6000, 0.02, 1.0
SEED = 2  # the first from which both learn it
TESTED = 1000  # sequences


def batches(rng: np.random.Generator) -> Iterator[Batch]:
    """Mini-batches for ever, each of one length; short ones have one round."""
    while True:
        steps = int(rng.integers(SHORTEST, LONGEST + 1))
        questions = min(QUESTIONS, steps // SHORTEST)
        yield Recall(steps, len(LETTERS), questions).batch(rng, BATCH)


def trained(kind: str, seed: int) -> TaskModel:
    """A network after its training: the same seed on the same machine, the same network."""
    model = network(kind, HIDDEN, batches(np.random.default_rng([seed, 0])))
    model.initialise(np.random.default_rng([seed, 1]))
    clip = Clip("norm", LIMIT)
    trainer = Trainer(model, make_optimiser("adam"), Cosine(RATE, STEPS), steps=STEPS, clip=clip)
    for progress in trainer.run():
        if progress.diverged:
            raise RuntimeError(progress.diverged)
    return model


def right(model: TaskModel, steps: int, seed: int) -> float:
    """The share of questions answered rightly, on new sequences of a length."""
    task = Recall(steps, len(LETTERS), QUESTIONS)
    batch = task.batch(np.random.default_rng([seed, 2]), TESTED)
    answers, wanted = model.judge(batch).outputs.argmax(axis=1), batch.targets[batch.mask]
    asked = wanted < len(LETTERS)
    return float((answers == wanted)[asked].mean())


def card(kind: str, model: TaskModel, seed: int) -> str:
    """What the README says of it."""
    name = FILES[kind]
    rows = "\n".join(
        f"| {steps} | {right(model, steps, seed):.1%} |" for steps in (10, LONGEST, 100, 300)
    )
    return f"""## {name}

{kind.upper()}, 1 x {HIDDEN}, {model.parameters.flat.size} parameters, from seed {seed}.

Of {TESTED:,} new sequences with {QUESTIONS} questions each:

| symbols | right |
|---|---|
{rows}
"""


def main(words: Sequence[str]) -> None:
    """Train both, write them and print their cards; or only say how other seeds do."""
    parser = argparse.ArgumentParser(prog="python -m publish.models.recall", description=__doc__)
    parser.add_argument("--seeds", type=int, default=0, metavar="N")
    seeds = range(1, parser.parse_args(words).seeds + 1)
    for kind, name in FILES.items():
        for seed in seeds:
            model = trained(kind, seed)
            print(f"{kind} seed {seed}: {right(model, LONGEST, seed):.1%} right", flush=True)
        if not seeds:
            model = trained(kind, SEED)
            (MODELS / f"{name}{SUFFIX}").write_bytes(to_checkpoint(model))
            print(card(kind, model, SEED))


if __name__ == "__main__":
    main(sys.argv[1:])

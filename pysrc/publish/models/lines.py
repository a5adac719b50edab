"""Train the network that tells prose from code, and print its card.

python -m publish.models.lines                       writes models/prose-or-code-gru.safetensors
python -m publish.models.lines --seed 2 --only-say   another seed; writes nothing
"""

import argparse
import json
import sys
import time

import numpy as np

from publish.corpora import read_text
from publish.models import MODELS, SUFFIX
from rnn.clipping import Clip
from rnn.lines import LineReader, Lines, split
from rnn.optimisers import make_optimiser
from rnn.schedules import make_schedule
from rnn.trainer import Trainer

NAME = "prose-or-code-gru"
STEPS, RATE, WARM_UP, LIMIT, BATCH = 1500, 0.01, 50, 1.0, 32
KEPT_MISTAKES = 12


def corpora() -> tuple[tuple[list[str], list[str]], tuple[list[str], list[str]]]:
    """Prose to learn from and held out, code to learn from and held out."""
    prose, code = (split(read_text(name).decode()) for name in ("moby-dick", "python"))
    return prose, code


def trained(seed: int, steps: int, prose: list[str], code: list[str]) -> LineReader:
    """A reader after its training."""
    reader = LineReader(Lines(prose, code), np.random.default_rng([seed, 0]), BATCH)
    reader.initialise(np.random.default_rng([seed, 1]))
    schedule = make_schedule("cosine", RATE, WARM_UP, steps=max(1, steps - WARM_UP))
    trainer = Trainer(
        reader, make_optimiser("adam"), schedule, steps=steps, clip=Clip("norm", LIMIT)
    )
    began = time.perf_counter()
    for progress in trainer.run():
        if progress.diverged:
            raise RuntimeError(progress.diverged)
        if progress.step % 250 == 0:
            seconds = time.perf_counter() - began
            words = f"step {progress.step:,}: loss {progress.smoothed_loss:.3f}, {seconds:.0f} s"
            print(words, file=sys.stderr, flush=True)
    return reader


def facts_of(reader: LineReader, prose: list[str], code: list[str], seed: int) -> dict[str, str]:
    """What the file says of the held-out lines: how many were taken for what, and which wrongly."""
    counts = reader.confusion(prose, code)
    wrong = [
        [kind, line]
        for kind, lines in enumerate((prose, code))
        for line, chance in zip(lines, reader.opinions(lines), strict=True)
        if int(chance[-1] > 0.5) != kind
    ]
    return {
        "confusion": json.dumps(counts.tolist()),
        "mistakes": json.dumps(wrong[:KEPT_MISTAKES]),
        "seed": str(seed),
        "steps": str(STEPS),
    }


def main() -> int:
    """Train, judge, write, say."""
    parser = argparse.ArgumentParser(description="Train the network that tells prose from code.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only-say", action="store_true", help="write no file")
    options = parser.parse_args()
    (prose, held_prose), (code, held_code) = corpora()
    reader = trained(options.seed, STEPS, prose, code)
    facts = facts_of(reader, held_prose, held_code, options.seed)
    seen = set(prose) | set(code)
    new = [[line for line in lines if line not in seen] for lines in (held_prose, held_code)]
    if not options.only_say:
        (MODELS / f"{NAME}{SUFFIX}").write_bytes(reader.to_bytes(facts))
    print(f"seed {options.seed}, {reader.parameters.flat.size:,} parameters")
    print(f"lines to learn from: {len(prose):,} of prose, {len(code):,} of code")
    for words, counts in (
        ("all held-out lines", np.array(json.loads(facts["confusion"]))),
        ("those that stand nowhere in what was learned from", reader.confusion(*new)),
    ):
        share = counts.trace() / counts.sum()
        print(f"{words}: {counts.tolist()}, {share:.2%} right of {counts.sum():,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Train the network that reads dates, and print its card.

    python -m publish.models.dates                       writes models/dates-gru.safetensors
    python -m publish.models.dates --seed 2 --only-say   another seed; writes nothing

It is judged on every held-out date, each in a spelling drawn at random: no date and so no spelling
among them was learned from (`rnn.dates.drawing`).
"""

import argparse
import sys
import time
from collections.abc import Sequence

import numpy as np

from publish.models import MODELS, SUFFIX
from rnn.clipping import Clip
from rnn.dates import drawing
from rnn.dates.drawing import Dates, iso_indices
from rnn.dates.forms import FORMS, Spelling, any_spelling, day_number
from rnn.dates.reader import DateReader
from rnn.optimisers import make_optimiser
from rnn.schedules import Cosine
from rnn.trainer import Trainer

NAME = "dates-gru"
HIDDEN, FEATURES, BATCH = 64, 24, 64
STEPS, RATE, LIMIT, SEED = 3000, 0.004, 1.0, 1
JUDGED_EVERY, QUICK = 250, 500  # steps; dates judged on the way
TEST_SEED = 7
BEYOND = (
    "3rd of Arpil 1999",
    "05/13/1999",
    "31 February 1999",
    "14 July 1789",
    "1 January 2100",
    "hello",
)


def _dates(days: list[int], spelled: list[Spelling]) -> Dates:
    chosen = [day_number(number) for number in days]
    source, mask = drawing.encode([each.text for each in spelled])
    return Dates(spelled, chosen, source, mask, iso_indices(chosen))


def held_out() -> Dates:
    """Every held-out date once, in a spelling drawn at random."""
    rng = np.random.default_rng(TEST_SEED)
    days = [int(number) for number in drawing.days_of("held out")]
    return _dates(days, [any_spelling(day_number(day), rng) for day in days])


def trained(seed: int, steps: int) -> tuple[DateReader, list[tuple[int, float, float]]]:
    """A reader after its training, and its curve: step, smoothed loss in nats, share exact."""
    reader = DateReader(HIDDEN, FEATURES, np.random.default_rng([seed, 0]), batch=BATCH)
    reader.initialise(np.random.default_rng([seed, 1]))
    trainer = Trainer(
        reader,
        make_optimiser("adam"),
        Cosine(RATE, steps),
        steps=steps,
        clip=Clip("norm", LIMIT),
        smoothing=0.98,
    )
    quick = drawing.draw(np.random.default_rng(TEST_SEED), QUICK, "held out")
    curve: list[tuple[int, float, float]] = []
    began = time.perf_counter()
    for progress in trainer.run():
        if progress.diverged:
            raise RuntimeError(progress.diverged)
        if progress.step % JUDGED_EVERY == 0 or progress.step == steps:
            curve.append((progress.step, progress.smoothed_loss, reader.right(quick) / QUICK))
            minutes = (time.perf_counter() - began) / 60.0
            print(
                f"step {progress.step:,} of {steps:,}: loss {progress.smoothed_loss:.4f}, "
                f"held out {curve[-1][2]:.1%} exact, {minutes:.1f} minutes",
                file=sys.stderr,
                flush=True,
            )
    return reader, curve


def card(reader: DateReader, curve: list[tuple[int, float, float]], seed: int) -> str:
    """What the README says of it."""
    asked = held_out()
    right = reader.right(asked)
    count = len(asked.days)
    wanted = [day.isoformat() for day in asked.days]
    texts = [spelling.text for spelling in asked.spellings]
    answers = zip(texts, reader.answers(texts), wanted, strict=True)
    wrong = [f"{text!r} gave {given}" for text, given, iso in answers if given != iso]
    mistakes = f"Wrong: {'; '.join(wrong[:10])}." if wrong else "None is wrong."
    beyond = "\n".join(f"| {text} | {reader.write(text).text} |" for text in BEYOND)
    rows = "\n".join(f"| {step:,} | {loss:.4f} | {share:.1%} |" for step, loss, share in curve)
    return f"""## {NAME}

Encoder-decoder with additive attention: a GRU of {HIDDEN} units in each direction reads, one of {HIDDEN} writes;
{reader.parameters.flat.size:,} parameters, {len(drawing.SOURCE)} characters. It learned to write dates as YYYY-MM-DD from spellings that the
engine makes (`rnn.dates`): {len(FORMS)} forms, {len(drawing.days_of("learned")):,} dates to learn from, {count:,} others held out.
{curve[-1][0]:,} mini-batches of {BATCH}, Adam, rate {RATE:g} falling by a cosine, clipped to norm {LIMIT:g}, seed {seed}.

```sh
python -m publish.models.dates
```

Of the {count:,} held-out dates, each in one spelling, {right:,} are exactly right: {right / count:.2%}. {mistakes}
On the way, {QUICK} of them:

| step | loss, smoothed, nats | exact |
|---|---|---|
{rows}

What it writes for texts of kinds that it never learned from, right and wrong:

| text | written |
|---|---|
{beyond}
"""  # noqa: E501 - lines of the README


def main(words: Sequence[str]) -> None:
    """Train, write and print the card."""
    parser = argparse.ArgumentParser(prog="python -m publish.models.dates", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--only-say", action="store_true", help="print the card, write nothing")
    chosen = parser.parse_args(words)
    reader, curve = trained(chosen.seed, chosen.steps)
    if not chosen.only_say:
        (MODELS / f"{NAME}{SUFFIX}").write_bytes(reader.to_checkpoint())
    print(card(reader, curve, chosen.seed))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Train a character model on a text; its last tenth is held out and only used to judge.

  python -m rnn train book.txt --hidden 256 --layers 2 --output book.safetensors
  python -m rnn train book.txt --resume book.safetensors --epochs 20

Ctrl-C saves. --resume goes on exactly where a run stopped, with the settings it began with. Only
--rate (from there on constant), --clip and --clip-limit may be given anew, as after a divergence.
One thread is used, which is quickest for most models; for a large one on an idle machine try more:
OPENBLAS_NUM_THREADS=4 python -m rnn train ...
"""

import argparse
import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

from rnn.cells import KINDS
from rnn.checks import real_number, whole_number
from rnn.command.files import check_writable, model_in, read_checkpoint, read_text, write
from rnn.command.interrupts import Interrupts
from rnn.command.progress import Display, duration
from rnn.losses import nats_to_bits, perplexity
from rnn.optimisers import OPTIMISERS
from rnn.schedules import SCHEDULES
from rnn.text.prepared import prepare
from rnn.text.settings import Settings
from rnn.text.training_run import TrainingRun
from rnn.trainer import Progress

INTERRUPTED = 130
"""The exit code of a run that was interrupted, as shells have it."""
EPOCHS = 10
"""How often the text is read if nothing else is said."""
OUTPUT = "model.safetensors"
"""The file a model is written to if nothing else is said."""
WORDS: dict[str, str] = {
    "kind": "rnn, lstm or gru",
    "hidden": "units in each layer",
    "layers": "layers on top of each other",
    "dropout": "probability of silencing what passes between layers",
    "dtype": "float32 or float64",
    "batch": "streams of text read side by side",
    "length": "characters backpropagated through",
    "optimiser": ", ".join(OPTIMISERS),
    "rate": "learning rate, at most 10",
    "schedule": ", ".join(SCHEDULES),
    "decay": "factor of the schedules exponential and step",
    "decay_steps": "steps after which the factor applies once",
    "warm_up": "steps in which the rate rises to its value",
    "clip": "none, value or norm",
    "clip_limit": "what gradients are clipped to",
    "seed": "of everything that is drawn",
}
"""What each option means, in words."""
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "dtype": ("float32", "float64"),
    "optimiser": tuple(OPTIMISERS),
    "schedule": tuple(SCHEDULES),
    "clip": ("none", "value", "norm"),
}
"""The values that an option of few values may have."""
CHANGEABLE = ("rate", "clip", "clip_limit")
"""What `--resume` may change: what helps after a divergence."""
SAVED = ("text", "command", "resume", "steps", "epochs", "output", "overwrite")
"""The options that concern this run of the command and not the model."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options: one for every setting, and those of this run."""
    parser.argument_default = argparse.SUPPRESS  # so that what was given can be told apart
    parser.add_argument("text", help="a UTF-8 text file, or - for the standard input")
    parser.add_argument("--output", help=f"the model's file (default {OUTPUT})")
    parser.add_argument("--overwrite", action="store_true", help="even if it exists")
    parser.add_argument("--resume", metavar="FILE", help="go on with the run in this file")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--epochs", type=float, help=f"passes over the text (default {EPOCHS})")
    length.add_argument("--steps", type=int, help="mini-batches, instead of --epochs")
    for field in fields(Settings):
        words = f"{WORDS[field.name]} (default {field.default})"
        kind, name = type(field.default), field.name
        parser.add_argument(_option(name), type=kind, help=words, choices=CHOICES.get(name))


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def run(chosen: argparse.Namespace) -> int:
    """Train until done, stopped or diverged; then save, and say where."""
    given = vars(chosen)
    display = Display(sys.stdout)
    training, path = _resumed(given) if "resume" in given else _begun(given)
    with Interrupts() as interrupts:
        return _train(training, path, display, interrupts)


def _begun(given: Mapping[str, Any]) -> tuple[TrainingRun, Path]:
    path = Path(given.get("output", OUTPUT))
    settings = Settings(**{name: value for name, value in given.items() if name not in SAVED})
    text = prepare(read_text(given["text"]))
    settings = settings.fitted(given, len(text.learned))
    windows = (len(text.learned) - 1) // settings.batch // settings.length
    run = TrainingRun(text, settings, _steps(given, windows) or EPOCHS * windows)
    check_writable(path, given.get("overwrite", False))
    return run, path


def _resumed(given: Mapping[str, Any]) -> tuple[TrainingRun, Path]:
    for name in given:
        if name not in (*SAVED, *CHANGEABLE):
            raise ValueError(
                f"--resume goes on with the settings the run began with, but for "
                f"{', '.join(map(_option, CHANGEABLE))}; {_option(name)} cannot be given"
            )
    path = Path(given.get("output", given["resume"]))
    checkpoint = read_checkpoint(given["resume"])
    model = model_in(given["resume"], checkpoint)
    text = prepare(read_text(given["text"]))
    run = TrainingRun.resumed(checkpoint, model, text)
    if (steps := _steps(given, run.streams.windows)) is not None:
        run.prolong(steps)
    run.change({name: given[name] for name in CHANGEABLE if name in given})
    if run.trainer.finished:
        raise ValueError(
            f"the run in {given['resume']} is finished after {run.trainer.step:,} steps: "
            "say with --steps or --epochs how many there are to be in all"
        )
    check_writable(path, given.get("overwrite", False) or path == Path(given["resume"]))
    return run, path


def _steps(given: Mapping[str, Any], windows: int) -> int | None:
    """How many steps in all were asked for; None if nothing was said."""
    if "steps" in given:
        return whole_number("steps", given["steps"], 1, 10**9)
    if "epochs" in given:
        epochs = real_number("epochs", given["epochs"], 0.0, 1e6, above_low=True)
        return max(1, round(epochs * windows))
    return None


def _train(run: TrainingRun, path: Path, display: Display, interrupts: Interrupts) -> int:
    trainer, speed = run.trainer, Speed(run)
    every = min(max(run.streams.windows, 200), 1000)
    display.keep(introduction(run))
    for progress in trainer.run():
        if progress.diverged:
            break
        display.show(partial(speed.line, progress))
        if progress.step % every == 0 and not (trainer.finished or interrupts.asked):
            write(path, run.to_bytes())
            if _judged(run.judge, interrupts):
                display.show(partial(speed.line, progress), now=True)
        if interrupts.asked:
            trainer.pause()
    if trainer.diverged:
        return _give_up(run, path, progress)
    write(path, run.to_bytes())  # first of all: judging takes a while
    if not trainer.finished:
        display.keep(
            f"Stopped after {trainer.step:,} of {trainer.steps:,} steps and saved in {path}. "
            f"To go on: train TEXT --resume {path}"
        )
        return INTERRUPTED
    if not _judged(run.judge_exactly, interrupts):
        display.keep(
            f"Stopped before the last judgement; all {trainer.steps:,} steps are in {path}."
        )
        return INTERRUPTED
    write(path, run.to_bytes())
    display.keep(speed.line(progress))
    display.keep(f"Done in {duration(trainer.seconds)}. {_judgement(run)} Saved in {path}.")
    return 0


def _judged(judge: Callable[[], float], interrupts: Interrupts) -> bool:
    """Judge a run that is saved; False if somebody asked to stop and it was left undone."""
    try:
        with interrupts.nothing_to_lose():
            judge()
    except KeyboardInterrupt:
        interrupts.asked = True
        return False
    return True


def _judgement(run: TrainingRun) -> str:
    if (bits := run.held_out_bits) is None:
        return "The loss on the held-out text is not finite."
    words = f"{perplexity(bits * math.log(2.0)):.4g}"
    return f"Held-out text: {bits:.3f} bits per character, perplexity {words}."


def _give_up(run: TrainingRun, path: Path, last: Progress) -> int:
    """Keep the last weights that were good; the error says what happened, and what to do."""
    run.trainer.roll_back()
    write(path, run.to_bytes())
    raise ValueError(
        f"{last.diverged.removesuffix('.')}: train TEXT --resume {path} "
        f"--rate {last.learning_rate / 10.0:.3g}"
    )


def introduction(run: TrainingRun) -> str:
    """What is about to be trained, on what, for how long."""
    settings, count = run.settings, run.model.parameters.flat.size
    learned = run.streams.windows * run.characters_per_step
    return (
        f"{settings.kind} {settings.layers} x {settings.hidden}: {count:,} parameters, "
        f"{len(run.model.vocabulary)} characters in the vocabulary; "
        f"{learned:,} characters to learn from, {len(run.text.held_out):,} held out; "
        f"{run.trainer.steps:,} steps of {settings.batch} x {settings.length}"
    )


class Speed:
    """How fast this session goes, and what that means for the rest."""

    def __init__(self, run: TrainingRun) -> None:
        self.run = run
        self.first_step, self.first_seconds = run.trainer.step, run.trainer.seconds

    def line(self, progress: Progress) -> str:
        """A step in words: what it cost to predict, how fast it goes, how long it will take."""
        run = self.run
        done = progress.step - self.first_step
        seconds = max(progress.seconds - self.first_seconds, 1e-9)
        left = seconds / done * (run.trainer.steps - progress.step)
        bits = run.held_out_bits
        held_out = "" if bits is None else f", held out {bits:.3f} bits"
        return (
            f"step {progress.step:,} of {run.trainer.steps:,}: "
            f"loss {nats_to_bits(progress.smoothed_loss):.3f} bits{held_out}, "
            f"{done * run.characters_per_step / seconds:,.0f} characters/s, {duration(left)} left"
        )

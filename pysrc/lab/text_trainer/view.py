"""What the page sees of the bench: words, buttons, figures."""

from collections.abc import Callable
from typing import Any

from lab.text_trainer import figures, status
from lab.text_trainer.bench import Bench
from lab.text_trainer.texts import CODE, LABELS

Drawings = dict[str, Callable[[], dict[str, Any]]]


def drawings(bench: Bench) -> Drawings:
    """How each figure is drawn, for those that are looked at."""
    settings, course = bench.settings, bench.course
    cell = course.run.settings.kind if course else settings["cell"]
    limits = [settings["clip_limit"]] if settings["clip"] == "norm" else []
    drawn: Drawings = {
        "losses": lambda: figures.losses(course, bench.studied, cell),
        "samples": lambda: figures.samples(course, settings["code"]),
        "gradient": lambda: figures.gradient(course, cell, limits),
    }
    if settings["code"]:
        drawn["code"] = lambda: figures.code(course, settings["corpus"] == CODE)
    if course:
        trainer, each = course.run.trainer, course.run.characters_per_step
        drawn["rate"] = lambda: figures.rate(trainer.schedule, trainer.steps, each, trainer.step)
    return drawn


def trouble(bench: Bench) -> str | None:
    """What is wrong, in a sentence."""
    course = bench.course
    if course is None or bench.problem:
        return bench.problem or None
    return course.run.trainer.diverged or course.trouble or None


def facts(bench: Bench, running: bool) -> list[dict[str, str]]:
    """Where it is."""
    return status.status(_state(bench, running), bench.course, bench.guess())


def readout(bench: Bench) -> list[list[dict[str, Any]]]:
    """How far it is, below the chart."""
    return status.readout(bench.course, bench.guess())


def _state(bench: Bench, running: bool) -> str:
    if bench.wants:
        return f"Waiting for {LABELS[bench.wants]}"
    if bench.text is None:
        return "Waiting for your text"
    if bench.preparing:
        return "Preparing"
    if bench.course is None:
        return "Not begun"
    trainer = bench.course.run.trainer
    if trainer.diverged:
        return "Diverged"
    if running:
        return "Training"
    if trainer.finished:
        return "Finished"
    return "Paused" if trainer.step else "Untrained"


def buttons(bench: Bench, running: bool) -> dict[str, dict[str, Any]]:
    """Which buttons work, and what they are called now."""
    course = bench.course
    trainer = course.run.trainer if course else None
    train = "Train"
    if running:
        train = "Pause"
    elif trainer and trainer.finished:
        train = "Train on"
    elif trainer and trainer.step:
        train = "Resume"
    there = {"enabled": course is not None}
    diverged = trainer is not None and bool(trainer.diverged)
    able = bench.text is not None and not bench.problem
    return {
        "train": {"enabled": running or able, "label": train},
        "restart": {"enabled": trainer is not None and trainer.step > 0},
        "bring_back": {"enabled": True, "shown": bench.aside is not None},
        "sample": there,
        "save": there,
        "script": there,
        "torch": there,
        "calm": {"enabled": diverged, "shown": diverged},
    }


def documents(bench: Bench) -> dict[str, str]:
    """What was taken of the reader's, in a few words."""
    own, loaded = bench.own, bench.loaded
    return {
        "own_text": f"{own.name}, {len(own.content):,} characters" if own else "",
        "model_file": loaded.name if loaded else "",
    }

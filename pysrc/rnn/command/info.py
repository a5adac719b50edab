"""Say what is in a model's file: sizes, vocabulary, arrays, and how far its training came."""

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from rnn.command.files import model_in, read_checkpoint
from rnn.command.progress import duration
from rnn.command.tables import table
from rnn.text.saved_training import NO_SENSE, training_facts

SHOWN = 60
"""How many characters of a vocabulary are shown."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The file alone."""
    parser.add_argument("model", help="the model's file")


def run(chosen: argparse.Namespace) -> int:
    """Print two tables."""
    checkpoint = read_checkpoint(chosen.model)
    model = model_in(chosen.model, checkpoint)
    characters = ascii(model.vocabulary.characters)[1:-1]
    cut = "" if len(characters) <= SHOWN else " ..."
    rows = [
        ("file", f"{chosen.model}, {Path(chosen.model).stat().st_size:,} bytes"),
        ("cells", f"{model.kind}, {model.layers} x {model.hidden}, {model.dtype}"),
        ("parameters", f"{model.parameters.flat.size:,}"),
        ("dropout", f"{model.dropout:g}"),
        ("vocabulary", f"{len(model.vocabulary):,} characters: {characters[:SHOWN]}{cut}"),
    ]
    facts = training_facts(checkpoint.facts)
    rows += _training(facts) if facts else [("training", "not in this file")]
    print(table(rows))
    print()
    heads = ("array", "shape", "smallest", "largest", "root mean square")
    arrays = [
        (
            name,
            " x ".join(map(str, array.shape)),
            f"{array.min():.4f}",
            f"{array.max():.4f}",
            f"{np.sqrt(np.mean(np.square(array, dtype=np.float64))):.4f}",
        )
        for name, array in model.parameters.items()
    ]
    print(table([heads, *arrays]))
    return 0


def _training(facts: dict[str, Any]) -> list[tuple[str, str]]:
    try:
        trainer, settings = facts["trainer"]["trainer"], facts["settings"]
        step, steps, seconds = int(trainer["step"]), int(trainer["steps"]), trainer["seconds"]
        rows = [
            ("training", f"{step:,} of {steps:,} steps in {duration(float(seconds))}"),
            ("settings", ", ".join(f"{name} {value}" for name, value in settings.items())),
        ]
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ValueError(NO_SENSE) from error
    bits = facts["held_out_bits"]
    return rows if bits is None else [*rows, ("held out", f"{bits:.3f} bits per character")]

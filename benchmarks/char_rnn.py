"""The configuration of min-char-rnn, on a text: does the loss fall as it is known to?

Karpathy's script of 2015: 100 tanh units, 25 steps at a time, one stream, Adagrad at 0.1, each
gradient clipped to [-5, 5], weights from 0.01 N(0, 1); its loss is the *sum* over the 25 steps,
smoothed by 0.999. It starts at 25 ln V. The ranges are for Tiny Shakespeare (65 characters):

    PYTHONPATH=pysrc .venv/bin/python -m benchmarks.char_rnn --text PATH [--seeds 3]
"""

import argparse
import math
import time
from pathlib import Path

import numpy as np

from benchmarks.harness import print_table
from rnn.clipping import by_value
from rnn.optimisers import make_optimiser
from rnn.text.char_model import CharModel
from rnn.text.streams import Streams
from rnn.text.training import TextTraining
from rnn.text.vocabulary import Vocabulary

STEPS = 25
RANGES = {1_000: (85.0, 92.0), 10_000: (53.0, 59.0)}


def smoothed_losses(text: str, seed: int, iterations: int) -> dict[int, float]:
    """The smoothed loss after 0, 1,000 and 10,000 iterations."""
    vocabulary = Vocabulary.of(text)
    model = CharModel(vocabulary, "rnn", 100)
    rng = np.random.default_rng(seed)
    for array in model.parameters.values():
        array[...] = 0.01 * rng.standard_normal(array.shape) if array.ndim == 2 else 0.0
    training = TextTraining(model, Streams(vocabulary.encode(text), 1, STEPS))
    # Its 1e-8 stands under the root; outside the root 1e-4 is the same floor.
    gradients, optimiser = model.parameters.zeros(), make_optimiser("adagrad", epsilon=1e-4)
    smooth = STEPS * math.log(len(vocabulary))
    seen = {0: smooth}
    for iteration in range(1, iterations + 1):
        gradients.flat.fill(0.0)
        loss = training.loss_and_gradients(gradients)
        gradients.flat *= STEPS  # the sum over the steps, where we have the mean
        by_value(gradients.flat, 5.0)
        optimiser.step(model.parameters.flat, gradients.flat, 0.1)
        smooth = 0.999 * smooth + 0.001 * STEPS * loss
        if iteration in RANGES:
            seen[iteration] = smooth
    return seen


def main() -> bool:
    """Print the losses; True if all lie in their ranges."""
    parser = argparse.ArgumentParser(description="min-char-rnn's configuration on a text")
    parser.add_argument("--text", type=Path, required=True, help="Tiny Shakespeare, UTF-8")
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    text = arguments.text.read_text("utf-8")
    rows, met = [], True
    for seed in range(arguments.seeds):
        started = time.perf_counter()
        seen = smoothed_losses(text, seed, max(RANGES))
        met = met and all(low <= seen[at] <= high for at, (low, high) in RANGES.items())
        elapsed = time.perf_counter() - started
        rows.append(
            [f"seed {seed}", *(f"{loss:.3f}" for loss in seen.values()), f"{elapsed:.1f} s"]
        )
    rows.append(["range", "", *(f"{low:g} to {high:g}" for low, high in RANGES.values()), ""])
    header = ["", "start", *(f"{at:,}" for at in RANGES), "time"]
    print_table("Smoothed loss of min-char-rnn's configuration, by iterations", header, rows)
    return met


if __name__ == "__main__":
    raise SystemExit(not main())

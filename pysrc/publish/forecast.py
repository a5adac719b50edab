"""Measure the forecasts that docs/applications.md tells: `python -m publish.forecast`.

Every series with every cell, from several seeds; a minute on one core.
"""

import argparse
import sys

import numpy as np

from lab.forecast.series import SERIES, values_of
from publish.corpora import read_text
from rnn.arrays import Array
from rnn.forecast import Settings, naive, walk

HIDDEN, UPDATES = 12, 400  # as in the page's laboratory


def main() -> int:
    """Print a table: mean absolute errors, of each seed and naive."""
    parser = argparse.ArgumentParser(description="Measure the book's forecasts.")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--kinds", nargs="+", default=["rnn", "gru", "lstm"])
    parser.add_argument("--updates", type=int, default=UPDATES)
    options = parser.parse_args()
    for name, series in SERIES.items():
        values = values_of(name, read_text(series.file))
        baselines = naive(values, series.season)
        last, season = baselines
        print(f"{name}: last value {last:.3f}, last season {season:.3f}")
        for kind in options.kinds:
            seeds = range(1, options.seeds + 1)
            errors = [error(values, kind, series.window, options.updates, seed) for seed in seeds]
            print(f"  {kind}: " + ", ".join(f"{error:.3f}" for error in errors), flush=True)
    return 0


def error(values: Array, kind: str, window: int, updates: int, seed: int) -> float:
    """Mean absolute error of one walk over the last values of a series."""
    walked = walk(values, Settings(kind, HIDDEN, window, updates), seed)
    forecasts = np.concatenate([piece for piece in walked if piece is not None])
    return float(np.abs(forecasts - values[-len(forecasts) :]).mean())


if __name__ == "__main__":
    sys.exit(main())

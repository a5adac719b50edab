"""Measure the forecasts that docs/applications.md tells: `python -m publish.forecast`.

Every series with every cell, from several seeds; minutes on one core.
"""

import argparse
import sys

import numpy as np

from lab.forecast.series import SERIES, values_of
from publish.corpora import read_text
from rnn.forecast import Settings, naive, walk


def main() -> int:
    """Print a table: mean absolute errors, of each seed and naive."""
    parser = argparse.ArgumentParser(description="Measure the book's forecasts.")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--kinds", nargs="+", default=["rnn", "gru", "lstm"])
    parser.add_argument("--updates", type=int, default=400)
    options = parser.parse_args()
    for name, series in SERIES.items():
        values = values_of(name, read_text(series.file))
        baselines = naive(values, series.season)
        last, season = baselines
        print(f"{name}: last value {last:.3f}, last season {season:.3f}")
        for kind in options.kinds:
            errors = []
            for seed in range(1, options.seeds + 1):
                settings = Settings(kind, 12, series.window, options.updates)
                pieces = [piece for piece in walk(values, settings, seed) if piece is not None]
                forecasts = np.concatenate(pieces)
                errors.append(float(np.abs(forecasts - values[-len(forecasts) :]).mean()))
            print(f"  {kind}: " + ", ".join(f"{error:.3f}" for error in errors), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How well does the command line train? An LSTM of two layers of 256 units, on a text.

Runs `python -m rnn train` as a reader would, and reads what it says at the end:

    PYTHONPATH=pysrc .venv/bin/python -m benchmarks.lstm_text --text PATH

The target is for Tiny Shakespeare: 2.31 bits (1.60 nats) per character on its last tenth. It takes
a quarter of an hour on one core.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TARGET = 2.31
SETTINGS = (
    "--kind lstm --hidden 256 --layers 2 --dropout 0.2 --batch 32 --length 64 "
    "--rate 0.003 --schedule cosine --epochs 8 --seed 1"
)
HELD_OUT = re.compile(r"Held-out text: ([0-9.]+) bits per character")


def main() -> bool:
    """Train, and print the held-out bits per character; True if they are low enough."""
    parser = argparse.ArgumentParser(description="An LSTM 256 x 2 from the command line")
    parser.add_argument("--text", type=Path, required=True, help="Tiny Shakespeare, UTF-8")
    path = parser.parse_args().text
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "model.safetensors"
        command = [sys.executable, "-m", "rnn", "train", path, "--output", output]
        print(f"python -m rnn train {path.name} {SETTINGS}", flush=True)
        trained = subprocess.run(
            [*command, *SETTINGS.split()], stdout=subprocess.PIPE, text=True, check=True
        )
    said = trained.stdout.strip().splitlines()[-1]
    print(f"{said}\n{time.perf_counter() - started:.0f} seconds in all.")
    found = HELD_OUT.search(said)
    return found is not None and float(found.group(1)) <= TARGET


if __name__ == "__main__":
    raise SystemExit(not main())

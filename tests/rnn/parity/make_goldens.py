"""Write goldens.safetensors anew, after a change to the cases: `make test-torch GOLDENS=anew`.

ReLU has a corner. A sum that rounding could push across it would compare two different slopes, so
no case may come near it.
"""

import sys

import numpy as np
import torch

from rnn.checkpoints import to_bytes
from tests.rnn.parity import theirs
from tests.rnn.parity.cases import CASES, draw
from tests.rnn.parity.goldens import FILE, rows
from tests.rnn.parity.ours import nearest_corner

NEAR = 2e-6  # a float32 sum is off by a tenth of this


def main() -> None:
    torch.set_num_threads(1)
    goldens = {}
    for case in CASES:
        drawn = draw(case)
        if case.cell == "relu" and (near := nearest_corner(case, drawn)) < NEAR:
            sys.exit(f"{case.name} comes within {near:.1e} of ReLU's corner: give it another seed")
        goldens[case.name] = rows(theirs.run(case, drawn, np.float64))
    FILE.write_bytes(to_bytes(goldens, {"made_with": f"torch {torch.__version__}"}))
    sys.stdout.write(f"{len(goldens)} cases, {FILE.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()

"""Run by the page's Python, under Node: every golden, and every hostile file."""

import sys

sys.path[:0] = ["/site", "/repository"]

# Found on the path that was just set.
from rnn.checkpoints import CheckpointError, from_bytes  # noqa: E402
from tests.rnn.hostile import ALLOWED, HOSTILE  # noqa: E402
from tests.rnn.parity import goldens  # noqa: E402
from tests.rnn.parity.cases import CASES  # noqa: E402

kept = goldens.read()
for case in CASES:
    goldens.check(case, kept[case.name])

refused = 0
for name, (make, _) in HOSTILE.items():
    if name != "a zip bomb":  # it takes seconds to make here, and is refused by its first letters
        try:
            from_bytes(make(), ALLOWED)
        except CheckpointError:
            refused += 1
sys.stdout.write(f"{sys.platform}: {len(CASES)} cases agree, {refused} files refused\n")

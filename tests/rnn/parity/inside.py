"""Run by the page's Python, under Node: every golden, with NumPy as the browser has it."""

import sys

sys.path[:0] = ["/site", "/repository"]

from tests.rnn.parity import goldens  # noqa: E402  (found on the path that was just set)
from tests.rnn.parity.cases import CASES  # noqa: E402

kept = goldens.read()
for case in CASES:
    goldens.check(case, kept[case.name])
sys.stdout.write(f"{sys.platform}: {len(CASES)} cases agree\n")

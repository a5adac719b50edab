"""`python -m rnn`: see `rnn.command.main`."""

import os
import sys
from io import TextIOWrapper

# Before NumPy is imported, which is when its threads start. The products of one step are small:
# several threads mostly wait for each other, and on a busy machine up to thirty times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

try:
    from rnn.command.main import main
except KeyboardInterrupt:  # importing NumPy takes long enough to think better of it
    sys.exit(130)

if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without the character
    sys.exit(main())

"""`python -m rnn`: see `rnn.command.main`."""

import sys
from io import TextIOWrapper

from rnn.command.main import main

if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without the character
    sys.exit(main())

"""`python -m rnn`: see `rnn.command.main`."""

import sys

from rnn.command.main import main

if __name__ == "__main__":
    sys.exit(main())

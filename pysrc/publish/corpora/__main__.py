"""Write the corpora: `python -m publish.corpora build/corpora`."""

import argparse
import sys
from pathlib import Path

from publish.corpora.make import write
from publish.progress import StepError


def main() -> int:
    """Write them into a folder; print one sentence and return 1 if that fails."""
    parser = argparse.ArgumentParser(description="Write the texts the book's models learn from.")
    parser.add_argument("folder", type=Path, help="where to, for example build/corpora")
    try:
        write(parser.parse_args().folder)
    except (StepError, OSError) as error:
        print(f"The corpora could not be written: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

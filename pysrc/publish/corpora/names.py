"""First names, one a line, each once, in an order that says nothing.

The lists come sorted; a network reading them so would learn the alphabet, and the held-out tenth
would be the names from T to Z.
"""

import random
from collections.abc import Iterable

SEED = 1


def shuffled_names(lists: Iterable[str]) -> str:
    """The names of all lists, shuffled by `SEED`, ending in one line feed."""
    names = sorted({name.strip() for text in lists for name in text.splitlines()} - {""})
    random.Random(SEED).shuffle(names)
    return "\n".join(names) + "\n"

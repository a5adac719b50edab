"""Prose a small network can learn: typed, as on a typewriter, so that no sign has two forms.

What is left out of *Moby-Dick*: nothing of its 135 chapters. Project Gutenberg's header and
licence, the table of contents, the etymology, the extracts and the epilogue are not in the
package's `data.txt` to begin with. What is changed: curly quotation marks become straight ones, a
dash becomes two hyphens, several blank lines become one. The line breaks stay: a unit of the
network may learn where in its line a character stands.
"""

import re

TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "--"})


def plain_prose(text: str) -> str:
    """The text in ASCII, with single blank lines, ending in one line feed.

    Raises ValueError naming a character that has no typed form.
    """
    lines = [line.rstrip() for line in text.translate(TYPED).splitlines()]
    plain = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
    if strange := sorted(set(plain) - set(map(chr, range(128)))):
        raise ValueError(f"the prose must be ASCII after typing it; it holds {strange[0]!r}")
    return plain

"""Find in a site generator's output what the author has to mend, and leave out the rest.

MkDocs logs levels and says farewell; Zensical draws frames, and hides our sentence in a traceback.
"""

import re

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
OURS_IN_ZENSICAL = re.compile(r"^RuntimeError: Python error: \w+: (.*)$", re.MULTILINE)
LEVEL = re.compile(r"^\s*(WARNING|ERROR)\s*-\s*")
NOISE = re.compile(
    r"""^\s*$ | ^(INFO|DEBUG)\b | ^\s*\[ | ^Aborted\b | ^Build\ started
    | ^Error\ (reading|building)\ page\ '.*':$""",
    re.VERBOSE,
)


def complaints(output: str) -> str:
    """The lines a person can act upon; empty if there are none."""
    plain = COLOUR.sub("", output)
    if ours := OURS_IN_ZENSICAL.search(plain):
        return ours[1]
    body, _, _ = plain.partition("Traceback (most recent call last)")
    lines = [LEVEL.sub("", line).rstrip() for line in body.splitlines()]
    return "\n".join(line for line in lines if not NOISE.match(line))

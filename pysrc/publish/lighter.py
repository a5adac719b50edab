"""Fewer files before the first paint: a phone pays for each with a journey to the server.

The theme comes with two style sheets that are always used together, and mkdocstrings with one of
which the reference needs next to nothing. The scripts wait in the page itself
(overrides/partials/scripts-when-painted.html).
"""

import hashlib
import re
from functools import cache
from pathlib import Path

from publish.tables import by_class, framed

THEME = re.compile(
    r'<link rel="stylesheet" href="(?P<up>[^"]*?)assets/stylesheets/(?P<main>main\.\w+\.min\.css)">'
    r'(?P<between>\s*)<link rel="stylesheet" '
    r'href="(?P=up)assets/stylesheets/(?P<palette>palette\.\w+\.min\.css)">'
)
MKDOCSTRINGS = re.compile(r'\s*<link rel="stylesheet" href="[^"]*assets/_mkdocstrings\.css">')


def lighter(page: str, site: Path) -> str:
    """Join the theme's style sheets, leave mkdocstrings' out, frame tables beforehand."""

    def joined(match: re.Match[str]) -> str:
        name = _join(site / "assets" / "stylesheets", match["main"], match["palette"])
        return f'<link rel="stylesheet" href="{match["up"]}assets/stylesheets/{name}">'

    if THEME.search(page):
        page = framed(THEME.sub(joined, page))
    return MKDOCSTRINGS.sub("", page)


@cache
def _join(folder: Path, *names: str) -> str:
    text = by_class("\n".join((folder / name).read_text(encoding="utf-8") for name in names))
    name = f"theme.{hashlib.sha256(text.encode()).hexdigest()[:8]}.min.css"
    (folder / name).write_text(text, encoding="utf-8")
    return name

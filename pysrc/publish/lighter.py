"""Fewer files before the first paint: a phone pays for each with a journey to the server.

The theme comes with two style sheets that are always used together, mkdocstrings with one of which
the reference needs next to nothing, and the theme's script stops the page though it could wait.
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
OURS = re.compile(r'<script src="([^"]*assets/unrolled\.js)" type="module">')
BUNDLE = re.compile(r'<script src="([^"]*assets/javascripts/bundle\.\w+\.min\.js)">')


def lighter(page: str, site: Path) -> str:
    """Join the theme's style sheets, leave mkdocstrings' out, defer, frame tables beforehand."""

    def joined(match: re.Match[str]) -> str:
        name = _join(site / "assets" / "stylesheets", match["main"], match["palette"])
        return f'<link rel="stylesheet" href="{match["up"]}assets/stylesheets/{name}">'

    if THEME.search(page):
        page = framed(THEME.sub(joined, page))
    page = MKDOCSTRINGS.sub("", page)
    page = BUNDLE.sub(r'<script defer fetchpriority="low" src="\1">', page)
    return OURS.sub(r'<script fetchpriority="low" src="\1" type="module">', page)


@cache
def _join(folder: Path, *names: str) -> str:
    text = by_class("\n".join((folder / name).read_text(encoding="utf-8") for name in names))
    name = f"theme.{hashlib.sha256(text.encode()).hexdigest()[:8]}.min.css"
    (folder / name).write_text(text, encoding="utf-8")
    return name

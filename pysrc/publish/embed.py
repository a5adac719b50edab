"""Each lab once more on a page of its own, for a frame in somebody's lecture notes: `embed/ID/`.

It is cut out of the finished page, so it is the very same element with the same first frame, style
sheets and script; what is left away is the book around it. It stands below its page, as
`one-unit/embed/scalar-rnn/`, so that every address in it is two folders up.
"""

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

LAB = re.compile(r'<rnn-lab id="(?P<id>[a-z0-9-]+)".*?</rnn-lab>', re.DOTALL)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_LAB_TITLE = re.compile(r'<div class="lab-title"[^>]*>(.*?)</div>', re.DOTALL)
_ASSETS = re.compile(
    r'<link [^>]*(?:rel="?(?:stylesheet|preload|icon)"?)[^>]*>'
    r'|<script [^>]*src="?[^"\s>]*assets/unrolled[^>]*></script>'
)
_RELATIVE = re.compile(r'((?:href|src)="?)(?![a-z]+:|/|#)')
_ITSELF = re.compile(r'<p class="share-alone">.*?</p>', re.DOTALL)
UP = "../../"
# Before anything is painted; in a frame the reader's own scheme is all there is to go by.
SCHEME = (
    'document.body.dataset.mdColorScheme=matchMedia("(prefers-color-scheme: dark)").matches'
    '?"slate":"default"'
)


def embeds(pages: Mapping[Path, str]) -> Iterator[tuple[Path, str]]:
    """Every lab of every page as a page of its own; paths are relative to the site."""
    for path, page in pages.items():
        for lab in LAB.finditer(page):
            yield path.parent / "embed" / lab["id"] / "index.html", _alone(page, lab)


def _alone(page: str, lab: re.Match[str]) -> str:
    title = _LAB_TITLE.search(lab[0])
    chapter = _text(TITLE, page).removesuffix(" - Unrolled")
    name = title[1].strip() if title else lab["id"]
    assets = "\n".join(_RELATIVE.sub(rf"\g<1>{UP}", asset) for asset in _ASSETS.findall(page))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="description" content="The laboratory “{html.escape(name)}” alone.">
<title>{name} - Unrolled</title>
{assets}
</head>
<body dir="ltr" class="alone-page" data-book="{UP}" data-md-color-primary="custom">
<script>{SCHEME}</script>
<main class="md-typeset">
<h1 class="visually-hidden">{name}</h1>
{_ITSELF.sub("", lab[0])}
<p class="alone-source">From <a href="{UP}" target="_blank" rel="noopener">{chapter}</a>,
a chapter of <em>Unrolled</em>. Text and figures: CC BY 4.0.</p>
</main>
</body>
</html>
"""


def _text(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    return found[1].strip() if found else ""

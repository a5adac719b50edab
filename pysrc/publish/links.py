"""Follow every link inside a built site, and list those that lead out of it.

python -m publish.links [--site site] prints both; a broken one ends with code 1.
"""

import argparse
import html
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from publish.programs import ROOT

# A quick look is enough: text is escaped, so `<a` stands only where an element does.
LINK = re.compile(r"<(?:a|link|script|img|iframe)\b[^>]*?\s(?:href|src)=(\"[^\"]*\"|[^\s>]+)")
ID = re.compile(r"\s(?:id|name)=(\"[^\"]*\"|[^\s>]+)")
ADDRESS = re.compile(r'<link rel="?canonical"? href="?([^">\s]*)')


class Link(NamedTuple):
    """A link as it stands on a page."""

    page: str
    target: str


def links(site: Path) -> Iterator[Link]:
    """Every link of every page, once for each page."""
    for path in sorted(site.rglob("*.html")):
        found = LINK.findall(path.read_text(encoding="utf-8"))
        name = path.relative_to(site).as_posix()
        yield from (Link(name, target) for target in sorted({_value(each) for each in found}))


def home(site: Path) -> str:
    """The address the site was built for, or one that stands for it."""
    address = ADDRESS.search((site / "index.html").read_text(encoding="utf-8"))
    return address[1] if address else "http://unknown.invalid/"


def outside(site: Path) -> dict[str, list[str]]:
    """Where the site points to, and from which pages."""
    ours, found = home(site), defaultdict(list)
    for page, target in links(site):
        there = urljoin(_address(ours, page), target)
        if urlsplit(there).scheme in ("http", "https") and not there.startswith(ours):
            found[target].append(page)
    return dict(sorted(found.items()))


def broken(site: Path) -> list[Link]:
    """Links to a page, a file or a place on a page that is not there."""
    ours, ids = home(site), cache(_ids)
    wrong = []
    for link in links(site):
        there, _, fragment = urljoin(_address(ours, link.page), link.target).partition("#")
        if not there.startswith(ours) and there + "/" != ours:
            continue
        file = site / unquote(urlsplit(there[len(ours) :]).path)
        file = file / "index.html" if file.is_dir() else file
        place = unquote(fragment).partition("?")[0]
        if not file.is_file() or (place and file.suffix == ".html" and place not in ids(file)):
            wrong.append(link)
    return wrong


def _address(ours: str, page: str) -> str:
    return ours + page.removesuffix("index.html")


def _value(attribute: str) -> str:
    return html.unescape(attribute.strip('"'))


def _ids(file: Path) -> set[str]:
    return {_value(each) for each in ID.findall(file.read_text(encoding="utf-8"))}


def main() -> int:
    """Print the links that lead out, then those that lead nowhere."""
    parser = argparse.ArgumentParser(prog="python -m publish.links", description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    site = parser.parse_args().site
    for target, pages in outside(site).items():
        print(f"{target}  ({', '.join(pages[:3])}{' …' if len(pages) > 3 else ''})")
    wrong = broken(site)
    for link in wrong:
        print(f"broken: {link.target} on {link.page}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

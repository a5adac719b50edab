"""The reference of the engine, from its docstrings: mkdocstrings, with what it drew kept on disk.

Reading and setting the whole engine takes six seconds, longer than all other pages together, and it
hardly ever changes. So what was drawn of a module is kept under a name that holds all it was made
from, and drawn again only when that changes.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from mkdocstrings import CollectorItem
from mkdocstrings_handlers.python import PythonHandler, PythonOptions
from mkdocstrings_handlers.python import get_handler as python_handler

from publish.programs import ROOT

CACHE = ROOT / "build" / "reference"
SOURCES = ROOT / "pysrc"
HERE = Path(__file__)
SETTINGS = (
    ROOT / "mkdocs.yml",
    ROOT / "requirements" / "build.txt",
    HERE,
    HERE.with_name("comments.py"),
)


@dataclass(frozen=True)
class Drawn:
    """What mkdocstrings made of a module: its HTML, its headings, and their other names."""

    html: str
    headings: list[tuple[str, dict[str, str], str | None]]
    aliases: dict[str, list[str]]


class KeptHandler(PythonHandler):
    """mkdocstrings' Python handler, which asks the disk first."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._aliases: dict[str, tuple[str, ...]] = {}

    def collect(self, identifier: str, options: PythonOptions) -> CollectorItem:
        """Take what was drawn, if there is any; else read the engine's sources."""
        file = kept(identifier, options)
        if file.exists():
            return Drawn(**json.loads(file.read_text(encoding="utf-8")))
        return super().collect(identifier, options)

    def render(self, data: CollectorItem, options: PythonOptions, locale: str | None = None) -> str:
        """Hand out what was drawn, or draw it and keep it."""
        if isinstance(data, Drawn):
            self._headings.extend(element(*heading) for heading in data.headings)
            self._aliases |= {name: tuple(others) for name, others in data.aliases.items()}
            return data.html
        html = super().render(data, options, locale)
        headings = [(each.tag, dict(each.attrib), each.text) for each in self._headings]
        aliases = {each["id"]: list(self.get_aliases(each["id"])) for _, each, _ in headings}
        file = kept(data.path, options)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(Drawn(html, headings, aliases))), encoding="utf-8")
        return html

    def get_aliases(self, identifier: str) -> tuple[str, ...]:
        """Other names of an object, as they were when it was drawn."""
        return self._aliases.get(identifier) or super().get_aliases(identifier)


def element(tag: str, attributes: dict[str, str], text: str | None) -> Element:
    """A heading for the table of contents."""
    heading = Element(tag, attributes)
    heading.text = text
    return heading


def kept(identifier: str, options: PythonOptions) -> Path:
    """Where a module's page is kept: the name holds its source and everything that sets it."""
    place = SOURCES / identifier.replace(".", "/")
    source = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    words = [identifier, repr(options), *map(_text, (source, *SETTINGS)), *_packages()]
    digest = hashlib.sha256("\0".join(words).encode()).hexdigest()
    return CACHE / f"{identifier}-{digest[:24]}.json"


@cache
def _packages() -> Sequence[str]:
    """What the packages say of themselves, where a name may get a second, shorter one."""
    return [_text(file) for file in sorted((SOURCES / "rnn").rglob("__init__.py"))]


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def get_handler(handler_config: Mapping[str, Any], tool_config: Any, **options: Any) -> KeptHandler:
    """Make the handler as mkdocstrings' own is made."""
    made = python_handler(dict(handler_config), tool_config, **options)
    return KeptHandler(config=made.config, base_dir=made.base_dir, **options)

"""The book's chapters: the pages of mkdocs.yml's navigation that stand in no group."""

from functools import cache
from typing import Any

import yaml

from publish.programs import ROOT

CONFIGURATION = ROOT / "mkdocs.yml"
HOME = "index.md"


class _Plain(yaml.SafeLoader):
    """YAML with MkDocs' own tags left unread: nothing here needs their values."""


_Plain.add_multi_constructor("!", lambda *_: None)
_Plain.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)


@cache
def configuration() -> dict[str, Any]:
    """What mkdocs.yml says, without what it takes from the environment."""
    loaded: dict[str, Any] = yaml.load(CONFIGURATION.read_text("utf-8"), _Plain)  # noqa: S506
    return loaded


def chapters() -> dict[str, str]:
    """The title of each lesson, by its file in docs/, in the order of the book."""
    entries = (next(iter(entry.items())) for entry in configuration()["nav"])
    return {file: title for title, file in entries if isinstance(file, str) and file != HOME}


def sections() -> dict[str, dict[str, str]]:
    """Every group of the navigation: its title, and the titles of its pages by file."""
    entries = (next(iter(entry.items())) for entry in configuration()["nav"])
    groups = {title: inside for title, inside in entries if not isinstance(inside, str)}
    return {
        title: {file: name for page in inside for name, file in page.items()}
        for title, inside in groups.items()
    }

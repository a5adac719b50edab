"""The cells of a page share one namespace: what one defines, the next may use."""

from typing import Any

from lab.cells.runner import Namespace, Runner, fresh_namespace
from lab.cells.source import Source

_pages: dict[str, Namespace] = {}


def run_cell(request: dict[str, Any], runner: Runner) -> dict[str, Any]:
    """Run a cell's `text` under its `name` in the namespace of its `page`."""
    namespace = _pages.setdefault(request["page"], fresh_namespace())
    return runner.execute(Source(request["name"], request["text"]), namespace).told()


def namespace_of(page: str) -> Namespace:
    """What the cells of a page have made so far; nothing is kept of a page that has run none."""
    return _pages.get(page) or fresh_namespace()


def forget(page: str) -> None:
    """The reader has left the page, or wants to begin anew."""
    _pages.pop(page, None)

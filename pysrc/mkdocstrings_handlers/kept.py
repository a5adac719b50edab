"""mkdocstrings finds its handlers here by name; ours is in publish.reference."""

from publish.reference import get_handler

__all__ = ["get_handler"]

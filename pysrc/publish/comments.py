"""A griffe extension: the comment beside a field of a class is what the reference says of it.

`d_h: Array  # (batch, hidden)` is how this engine states shapes, where they are read first.
"""

import re
from pathlib import Path
from typing import Any

from griffe import Attribute, Docstring, Extension

COMMENT = re.compile(r"\s#\s+(?!noqa|type:|fmt:)(?P<words>[^#]+)$")


class FieldComments(Extension):
    """Give a field without a docstring the words of its comment."""

    def on_attribute_instance(self, *, attr: Attribute, **_: Any) -> None:
        """Griffe calls this for every attribute that it has read."""
        inside = attr.parent is not None and attr.parent.is_class
        file, last = attr.filepath, attr.endlineno
        if attr.docstring or not inside or last is None or not isinstance(file, Path):
            return
        if found := COMMENT.search(attr.lines_collection[file][last - 1]):
            attr.docstring = Docstring(found["words"].strip(), parent=attr)

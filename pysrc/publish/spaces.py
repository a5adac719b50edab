"""No line parts a number from its unit: the space before `%` or `MB` does not break.

Written as a plain space in the Markdown, so that nobody has to remember. Code is left as it is, but
a short command is marked as whole: a browser would part it after a hyphen, and `-m` is one word.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

BREAKABLE = re.compile(r"(?<=\d) (?=%|[KMG]B\b)")
VERBATIM = {"code", "pre"}
WHOLE = 30  # letters of code that have room on a line of a telephone
LAST = 0  # after the formulas, whose TeX is not touched


class Spaces(Treeprocessor):
    """Walk over what will be read as prose."""

    def run(self, root: Element) -> None:
        """Replace the space in every `35 %` and `11 MB`."""
        for element in root.iter():
            if element.text and element.tag not in VERBATIM:
                element.text = unparted(element.text)
            if (
                element.tag == "code"
                and "-" in (command := element.text or "")
                and len(command) <= WHOLE
            ):
                element.set("class", "whole")
            if element.tail:
                element.tail = unparted(element.tail)


def unparted(text: str) -> str:
    """`35 %` with a space that does not break."""
    return BREAKABLE.sub("\u00a0", text)


class Unparted(Extension):
    """The Markdown extension `publish.spaces`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Run after every other tree processor."""
        md.treeprocessors.register(Spaces(md), "unparted", LAST)


def makeExtension(**_: object) -> Unparted:  # noqa: N802  (Python-Markdown's name)
    """Python-Markdown calls this for `- publish.spaces` in mkdocs.yml."""
    return Unparted()

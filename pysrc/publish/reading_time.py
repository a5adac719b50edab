"""How long a chapter takes to read, under its title: counted from its words while it is built.

Only prose counts. What a reader does with a laboratory takes as long as they like.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from publish.chapters import chapters
from publish.page import current_page

WORDS_A_MINUTE = 200  # careful reading of a text with formulas; novels are read at 240
A_FORMULA = 5  # what a formula is worth, in words
FENCES = re.compile(r"^[>\s]*(`{3,}|~{3,}).*?^[>\s]*\1`*\s*$", re.MULTILINE | re.DOTALL)
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
MARKUP = re.compile(r"<[^>]+>|\{[^}]*\}|\]\([^)]*\)")
WORD = re.compile(r"[A-Za-z0-9][\w'’.,-]*")


def minutes(text: str) -> int:
    """Whole minutes to read a page's Markdown."""
    prose = FENCES.sub("", text)
    formulas = len(FORMULA.findall(prose))
    words = len(WORD.findall(MARKUP.sub(" ", FORMULA.sub(" ", prose))))
    return max(1, round((words + A_FORMULA * formulas) / WORDS_A_MINUTE))


class Count(Preprocessor):
    """Read the page before anything is made of it."""

    def run(self, lines: list[str]) -> list[str]:
        """Remember the minutes; change nothing."""
        if current_page(self.md) in chapters():
            self.md.__dict__["minutes"] = minutes("\n".join(lines))
        return lines


class Tell(Treeprocessor):
    """Put it under the first heading."""

    def run(self, root: Element) -> None:
        """Do nothing on a page that is no chapter."""
        found = self.md.__dict__.pop("minutes", None)
        place = next((index for index, child in enumerate(root) if child.tag == "h1"), None)
        if found is None or place is None:
            return
        attributes = {
            "class": "reading-time",
            "data-minutes": str(found),
            "data-search-exclude": "",
        }
        line = Element("p", attributes)
        line.text = f"{found} minutes to read" if found > 1 else "1 minute to read"
        root.insert(place + 1, line)


class ReadingTime(Extension):
    """The Markdown extension `publish.reading_time`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Count before snippets and fences are read, tell after the headings stand."""
        md.preprocessors.register(Count(md), "reading-time", 100)
        md.treeprocessors.register(Tell(md), "reading-time", 2)


def makeExtension(**_: object) -> ReadingTime:  # noqa: N802  (Python-Markdown's name)
    """Python-Markdown calls this for `- publish.reading_time` in mkdocs.yml."""
    return ReadingTime()

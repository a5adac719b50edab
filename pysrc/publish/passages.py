"""Text between two laboratories is one element: a passage.

For each frame in which a figure moves, Chromium goes over every piece of the page that is painted
apart (decision 72). A chapter has some fifty blocks of text, and about seven passages.

In the Markdown extension a passage is a pair of comments, and an element only in the finished page:
to the theme's search, which reads the pages in between, a section would end with its element.
"""

import re
from xml.etree.ElementTree import Comment, Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

TEXT = {"p", "ul", "ol", "dl", "h2", "h3", "h4", "table", "blockquote"}
LATE = 20  # blocks into a page, a reader who opens it does not see them (web/styles/settling.css)
LAST = -10  # after the terms and the reading time, which look at the page's top elements
MARKS = re.compile("<!--(/?)passage( late)?-->")


class Passages(Treeprocessor):
    """Mark where neighbouring blocks of text begin and end."""

    def run(self, root: Element) -> None:
        """Do nothing on a page without a laboratory: there nothing moves."""
        if not any("<rnn-lab" in str(block) for block in self.md.htmlStash.rawHtmlBlocks):
            return
        blocks = list(root)
        root[:] = []
        within = False
        for place, block in enumerate(blocks):
            if is_text(block) != within:
                root.append(Comment("/passage" if within else begin(place)))
                within = not within
            root.append(block)
        if within:
            root.append(Comment("/passage"))


def begin(place: int) -> str:
    """What stands before a passage that begins with the page's block `place`, counted from 0."""
    return "passage late" if place >= LATE else "passage"


def is_text(block: Element) -> bool:
    """Not so of what was put aside: laboratories, cells, exercises, code, the author's own HTML."""
    if block.tag == "p" and len(block) == 0:
        return not HTML_PLACEHOLDER_RE.fullmatch((block.text or "").strip())
    return block.tag in TEXT or "formula" in block.get("class", "").split()


def gathered(page: str) -> str:
    """The finished page with each passage as an element."""
    return MARKS.sub(
        lambda mark: "</div>" if mark[1] else f'<div class="passage{mark[2] or ""}">', page
    )


class Gathered(Extension):
    """The Markdown extension `publish.passages`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Run after every other tree processor."""
        md.treeprocessors.register(Passages(md), "passages", LAST)


def makeExtension(**_: object) -> Gathered:  # noqa: N802  (Python-Markdown's name)
    """Python-Markdown calls this for `- publish.passages` in mkdocs.yml."""
    return Gathered()

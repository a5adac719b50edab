"""Text between two laboratories is one element: a passage.

For each frame in which a figure moves, Chromium goes over every piece of the page that is painted
apart (decision 72). A chapter has forty blocks of text or more, and about six passages.
"""

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

TEXT = {"p", "ul", "ol", "dl", "h2", "h3", "h4", "table", "blockquote", "div"}
LAST = -10  # after MkDocs has found the title, and all else that looks at the blocks of a page


class Passages(Treeprocessor):
    """Gather neighbouring blocks of text."""

    def run(self, root: Element) -> None:
        """Do nothing on a page without a laboratory: there nothing moves."""
        if not any("<rnn-lab" in str(block) for block in self.md.htmlStash.rawHtmlBlocks):
            return
        blocks = list(root)
        for block in blocks:
            root.remove(block)
        passage = None
        for block in blocks:
            if not is_text(block):
                passage = None
                root.append(block)
            else:
                if passage is None:
                    passage = SubElement(root, "div", {"class": "passage"})
                passage.append(block)


def is_text(block: Element) -> bool:
    """Not so of what was put aside: laboratories, cells, exercises, code, the author's own HTML."""
    alone = block.tag == "p" and HTML_PLACEHOLDER_RE.fullmatch((block.text or "").strip())
    return block.tag in TEXT and (len(block) > 0 or not alone)


class Gathered(Extension):
    """The Markdown extension `publish.passages`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Run after every other tree processor."""
        md.treeprocessors.register(Passages(md), "passages", LAST)


def makeExtension() -> Extension:  # noqa: N802  (Python-Markdown's name)
    """Called by Python-Markdown."""
    return Gathered()

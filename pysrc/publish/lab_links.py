"""A link to a lab on another page carries the lab's state in its address.

    [parity](gated-cells.md#memory-race){ data-set="preset=parity" }

On its own page such a link is followed by script. To another page it becomes the address that the
lab itself would write, `../gated-cells/#memory-race?preset=parity`; that sets and never runs, so a
link elsewhere may not press a button.
"""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from publish.page import BuildError, current_page

AFTER_RELPATH = -1  # MkDocs checks and rewrites addresses at 0


class LabLinks(Treeprocessor):
    """Put `data-set` into the fragment of links that lead to another page."""

    def run(self, root: Element) -> None:
        """Rewrite them in place. Raises BuildError for a link that would press a button."""
        for link in root.iter("a"):
            address, values = link.get("href", ""), link.get("data-set")
            if values is None or address.startswith("#"):
                continue
            if "data-act" in link.attrib:
                raise BuildError(
                    f"{current_page(self.md)}: the link to {address} may set a lab on another "
                    f"page, not press {link.attrib['data-act']!r} there"
                )
            link.set("href", f"{address}?{values}")
            del link.attrib["data-set"]


class LabLinkExtension(Extension):
    """The Markdown extension."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """After the addresses were resolved."""
        md.treeprocessors.register(LabLinks(md), "lab-links", AFTER_RELPATH)


def makeExtension(**_: object) -> LabLinkExtension:  # noqa: N802  (Python-Markdown's name)
    """Python-Markdown calls this for `- publish.lab_links` in mkdocs.yml."""
    return LabLinkExtension()

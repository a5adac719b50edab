"""Which page is being rendered, and on which of its lines: for errors that can be acted upon.

MkDocs and Zensical both keep it on the Markdown instance, each in its own place.
"""

from markdown import Markdown

from publish.programs import ROOT

try:
    from mkdocs.exceptions import BuildError
except ImportError:  # Zensical's environment has no MkDocs

    class BuildError(Exception):  # type: ignore[no-redef]
        """Stop the build with one line."""


__all__ = ["BuildError", "announce_anchor", "current_page", "lines_before"]

DOCS = ROOT / "docs"


def current_page(md: Markdown) -> str:
    """The page's path inside docs/, such as `one-unit.md`."""
    if "relpath" in md.treeprocessors:  # MkDocs
        return str(md.treeprocessors["relpath"].file.src_uri)  # type: ignore[attr-defined]
    if "rendering_context" in md.preprocessors:  # Zensical
        return str(md.preprocessors["rendering_context"].page.path)  # type: ignore[attr-defined]
    return "(no page)"


def lines_before(md: Markdown, body: list[str]) -> int:
    """How many lines of front matter the generator cut off before `body`."""
    return max(0, _count(_whole_page(md)) - _count("\n".join(body)))


def announce_anchor(md: Markdown, element_id: str) -> None:
    """Tell MkDocs of a link target: it looks in the tree, where drawn HTML does not stand."""
    if "mkdocs_extract_anchors" in md.treeprocessors:
        anchors = md.treeprocessors["mkdocs_extract_anchors"]
        anchors.present_anchor_ids.add(element_id)  # type: ignore[attr-defined]


def _whole_page(md: Markdown) -> str:
    if "relpath" in md.treeprocessors:
        return str(md.treeprocessors["relpath"].file.content_string)  # type: ignore[attr-defined]
    if "rendering_context" in md.preprocessors:
        return (DOCS / current_page(md)).read_text(encoding="utf-8")
    return ""


def _count(text: str) -> int:
    return text.rstrip().count("\n")

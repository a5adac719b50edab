r"""Formulas are set while the page is built: `$h_t$` becomes KaTeX's HTML with MathML beside it.

pymdownx.arithmatex marks the formulas, KaTeX (in Node) draws all of a page's at once, and what was
drawn is kept on disk, so only new formulas cost time. No script runs in the browser; a screen
reader reads the MathML.
"""

import hashlib
import html
import json
import re
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from publish.page import BuildError, current_page
from publish.prerender import DrawError, prerenderer
from publish.programs import ROOT

CACHE = ROOT / "build" / "math"
KATEX = ROOT / "node_modules" / "katex" / "package.json"
SAID_ONCE = "<math data-search-exclude "  # or the search index holds every formula three times
CLOSING = re.compile(r"[.,;:!?)’”%]+")
LAST = 1  # after everything that makes or moves elements

Formula = tuple[str, bool]  # TeX, and whether it stands on its own line


class FormulaError(BuildError):
    """KaTeX cannot read a formula."""


class Formulas(Treeprocessor):
    """Replace what arithmatex marked by what KaTeX draws."""

    def run(self, root: Element) -> None:
        """Collect the page's formulas, draw them in one go, and put each back."""
        parents = {child: parent for parent in root.iter() for child in parent}
        marked = [element for element in root.iter() if element.get("class") == "arithmatex"]
        formulas = [read(element) for element in marked]
        for element, formula, drawn in zip(marked, formulas, self._draw(formulas), strict=True):
            element.set("class", "formula formula-display" if formula[1] else "formula")
            if formula[1]:  # on a narrow screen it scrolls, so the keyboard must reach it
                element.attrib.update(role="group", tabindex="0")
                element.set("aria-label", "Formula")
                element.set(
                    "data-search-exclude", ""
                )  # its letters one after the other say nothing
            element.text = self.md.htmlStash.store(drawn.replace("<math ", SAID_ONCE, 1))
            for child in list(element):
                element.remove(child)
            if not formula[1]:
                keep_stop(parents[element], element)

    def _draw(self, formulas: list[Formula]) -> list[str]:
        new = [formula for formula in dict.fromkeys(formulas) if not cached(formula).exists()]
        try:
            drawn = prerenderer.formulas(new) if new else []
        except DrawError as error:
            tex = f" in `{new[error.index][0]}`" if error.index is not None else ""
            raise FormulaError(f"{current_page(self.md)}: formula{tex}: {error}") from error
        CACHE.mkdir(parents=True, exist_ok=True)
        for formula, text in zip(new, drawn, strict=True):
            cached(formula).write_text(text, encoding="utf-8")
        return [cached(formula).read_text(encoding="utf-8") for formula in formulas]


def read(element: Element) -> Formula:
    r"""Take the TeX out of arithmatex's `\(...\)` or `\[...\]`."""
    text = html.unescape("".join(element.itertext()).strip())
    return text[2:-2].strip(), text.startswith("\\[")


def keep_stop(parent: Element, formula: Element) -> None:
    """A line may end after any of KaTeX's boxes; none shall begin with the stop that follows it."""
    stop = CLOSING.match(formula.tail or "")
    if not stop:
        return
    unparted = Element("span", {"class": "unparted"})
    unparted.tail = (formula.tail or "")[stop.end() :]
    formula.tail = stop[0]
    parent[list(parent).index(formula)] = unparted
    unparted.append(formula)


def cached(formula: Formula) -> Path:
    """Where a drawn formula is kept: its name holds all that decides how it looks."""
    version = json.loads(KATEX.read_text(encoding="utf-8"))["version"]
    key = json.dumps([*formula, version])
    return CACHE / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.html"


class KaTeX(Extension):
    """The Markdown extension `publish.math`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Run after every other tree processor."""
        md.treeprocessors.register(Formulas(md), "formulas", LAST)


def makeExtension(**_: object) -> KaTeX:  # noqa: N802  (Python-Markdown's name)
    """Python-Markdown calls this for `- publish.math` in mkdocs.yml."""
    return KaTeX()

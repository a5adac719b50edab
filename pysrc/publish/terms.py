"""A glossary term is a link where a chapter first uses it, and tells its meaning when pointed at.

docs/glossary.md is the one source: what stands there is found in the chapters, once each, after the
first section heading, in running text. `web/views/terms.ts` and its style sheet show the meaning.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from publish.chapters import chapters
from publish.page import DOCS, current_page

GLOSSARY = "glossary.md"
ENTRY = re.compile(
    r"^(?P<names>\S.*?) \{ #(?P<id>[\w-]+) \}\n:   (?P<meaning>.+(?:\n    .+)*)", re.MULTILINE
)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
LAST_LINKS = re.compile(r"(?:\s*(?:See also )?\[[^\]]*\]\([^)]*\)[.,]?)+\s*$")
FORMULA = re.compile(r"\$([^$]*)\$")
SIGNS = {r"\partial ": "∂", r"\varepsilon": "ε", r"\text": "", r"^\top": "ᵀ", r"\max": "max"}
UNMARKED = str.maketrans("", "", "*`")
SHORTEST = 8  # characters of a meaning that says something: "See X." does not
ALSO_ON = ("faq.md",)
PROSE = {"p", "li", "em", "strong", "dd", "td", "blockquote", "ul", "ol", "dl", "div"}
# Words that are used long before they are terms: marking them would mark every page's first lines.
TOO_COMMON = {"context", "sequence", "state", "window", "weight", "seed", "loss", "cell", "scan"}


@dataclass(frozen=True)
class Term:
    """A term: how it may be written, where its entry is, and what it means in plain words."""

    names: tuple[str, ...]
    anchor: str
    meaning: str


@cache
def glossary(text: str) -> dict[str, Term]:
    """Every name in lower case, with its term."""
    terms: dict[str, Term] = {}
    for entry in ENTRY.finditer(text):
        first, _, short = entry["names"].partition(" (")
        names = tuple(filter(None, (first, short.rstrip(")"))))
        meaning = plain(" ".join(entry["meaning"].split()))
        if len(meaning) > SHORTEST and first not in TOO_COMMON:
            terms |= {name.lower(): Term(names, entry["id"], meaning) for name in names}
    return terms


def plain(meaning: str) -> str:
    """A meaning without its links; a sentence whose formula cannot be said plainly is left out."""
    text = LINK.sub(r"\1", LAST_LINKS.sub("", meaning))
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z$])", text)
    said = [FORMULA.sub(lambda match: _said(match[1]), each) for each in sentences]
    return " ".join(each for each in said if "\\" not in each).translate(UNMARKED).strip()


def _said(formula: str) -> str:
    for tex, sign in SIGNS.items():
        formula = formula.replace(tex, sign)
    return formula.replace("{", "").replace("}", "")


def pattern(names: Iterator[str]) -> re.Pattern[str]:
    """Find any name, the longest first, in singular or plural."""
    written = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, written))})s?(?![\w-])", re.IGNORECASE)


class Terms(Treeprocessor):
    """Put the links into the tree."""

    def run(self, root: Element) -> None:
        """Do nothing on a page that is no chapter."""
        if current_page(self.md) not in (*chapters(), *ALSO_ON) or not (DOCS / GLOSSARY).exists():
            return
        self.known = glossary((DOCS / GLOSSARY).read_text(encoding="utf-8"))
        self.pattern, self.seen = pattern(iter(self.known)), set[str]()
        below = False
        for child in root:
            below = below or child.tag == "h2"
            if below:
                self._mark(child)

    def _mark(self, element: Element) -> None:
        if element.tag not in PROSE or "arithmatex" in (element.get("class") or ""):
            return
        for child in list(element):
            self._mark(child)
        # From the back, so that what is put in does not move what is still to come.
        for child in reversed(list(element)):
            if links := self._links(child.tail or ""):
                child.tail, made = links
                at = list(element).index(child) + 1
                element[at:at] = made
        if links := self._links(element.text or ""):
            element.text, made = links
            element[0:0] = made

    def _links(self, text: str) -> tuple[str, list[Element]] | None:
        """The text before the first link, and the links with what follows each."""
        before, made, done = text, list[Element](), 0
        for match in self.pattern.finditer(text):
            term = self.known[match[1].lower()]
            if term.anchor in self.seen:
                continue
            self.seen.add(term.anchor)
            link = Element("a", {"class": "term", "href": f"{GLOSSARY}#{term.anchor}"})
            link.set("data-meaning", term.meaning)
            link.text = match[0]
            if made:
                made[-1].tail = text[done : match.start()]
            else:
                before = text[: match.start()]
            done = match.end()
            link.tail = text[done:]
            made.append(link)
        return (before, made) if made else None


class TermLinks(Extension):
    """The Markdown extension `publish.terms`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """After the words of the page stand, before the generator resolves its links."""
        md.treeprocessors.register(Terms(md), "terms", 4)


def makeExtension(**_: object) -> TermLinks:  # noqa: N802  (Python-Markdown's name)
    """Python-Markdown calls this for `- publish.terms` in mkdocs.yml."""
    return TermLinks()

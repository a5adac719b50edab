"""KaTeX's fonts, cut down to the characters that some page has: a third of what they come as.

All formulas are set at build time, so no other character can be asked for. A browser fetches these
fonts before it paints, with the priority of a style sheet.
"""

import html
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from publish import stamps
from publish.programs import ROOT

CUT = ROOT / "build" / "formula-fonts"


def cut_formula_fonts(folder: Path, pages: Iterable[str]) -> None:
    """Put the cut fonts in the place of those in a site's folder of fonts."""
    whole = sorted(folder.glob("KaTeX_*.woff2"))
    characters = "".join(sorted(set().union(*map(html.unescape, pages))))
    made_from = stamps.fingerprint([*whole, Path(__file__)], characters)
    if not stamps.fresh("formula-fonts", made_from, CUT):
        stamps.forget("formula-fonts")
        CUT.mkdir(parents=True, exist_ok=True)
        for path in whole:
            _cut(path, characters, CUT / path.name)
        stamps.remember("formula-fonts", made_from)
    for path in whole:
        path.write_bytes((CUT / path.name).read_bytes())


def _cut(source: Path, characters: str, out: Path) -> None:
    with TTFont(source, recalcTimestamp=False) as font:
        subsetter = Subsetter(Options(notdef_outline=True))
        subsetter.populate(text=characters)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(out)

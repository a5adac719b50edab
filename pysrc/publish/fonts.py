"""The book's fonts, cut down to what it sets: western letters, few weights, no code ligatures.

As they come, four files are 191 KB, half of what a page may weigh before the engine; cut, they are
85 KB. A sign that is left out is shown in the reader's own font.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from publish import stamps
from publish.programs import ROOT

CUT = ROOT / "build" / "fonts"
PACKAGES = ROOT / "node_modules" / "@fontsource-variable"
WEIGHTS = (400, 700)
ONE_WEIGHT = {"source-serif-4-latin-wght-italic.woff2"}  # nothing is set in bold italics
# Of the raised figures the fonts have only 1, 2 and 3: all or none, or 10⁻²⁵ is set in two fonts.
SIGNS = (
    "20-7E,A0-B1,B4-B8,BA-FF,2010-2015,2018-201E,2020,2022,2026,2030,2032,2033,2070-209C,20AC,"
    "2190-2193,2212,221E,2248,2260,2264,2265"
)
_SETTING = ("kern", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum")
FONTS = {
    "source-serif-4/files/source-serif-4-latin-wght-normal.woff2": (*_SETTING, "liga"),
    "source-serif-4/files/source-serif-4-latin-wght-italic.woff2": (*_SETTING, "liga"),
    "inter/files/inter-latin-wght-normal.woff2": (*_SETTING, "liga", "calt"),
    "jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2": _SETTING,
}


def key() -> str:
    """What the cut fonts are made from."""
    return stamps.fingerprint([*_sources(), Path(__file__)])


def pack() -> Path:
    """Cut every font into build/fonts, unless nothing has changed; return the folder."""
    made_from = key()
    if not stamps.fresh("fonts", made_from, CUT):
        stamps.forget("fonts")
        CUT.mkdir(parents=True, exist_ok=True)
        for source, features in zip(_sources(), FONTS.values(), strict=True):
            _cut(source, features, CUT / source.name)
        stamps.remember("fonts", made_from)
    return CUT


def _sources() -> Iterator[Path]:
    return (PACKAGES / path for path in FONTS)


def _cut(source: Path, features: tuple[str, ...], out: Path) -> None:
    weights = WEIGHTS[0] if source.name in ONE_WEIGHT else WEIGHTS
    with TTFont(source, recalcTimestamp=False) as whole:
        narrowed = BytesIO()  # the next tool wants a font that was written and read again
        instantiateVariableFont(whole, {"wght": weights}).save(narrowed)
    with TTFont(narrowed, recalcTimestamp=False) as font:
        subsetter = Subsetter(Options(layout_features=list(features)))
        subsetter.populate(unicodes=parse_unicodes(SIGNS))
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(out)

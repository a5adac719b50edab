"""The fonts of the book: small, with the letters, figures and weights that it sets."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from publish import fonts

ROOT = Path(__file__).parents[2]
PROSE, INTERFACE = "source-serif-4-latin-wght-normal", "inter-latin-wght-normal"


@pytest.fixture(scope="module")
def cut() -> Path:
    return fonts.pack()


def test_all_four_together_are_half_of_what_they_were(cut: Path) -> None:
    before = sum((fonts.PACKAGES / path).stat().st_size for path in fonts.FONTS)
    assert sum(path.stat().st_size for path in cut.glob("*.woff2")) < before * 0.6


@pytest.mark.parametrize("font", [PROSE, INTERFACE])
def test_a_font_has_letters_minus_and_both_weights(cut: Path, font: str) -> None:
    with TTFont(cut / f"{font}.woff2") as opened:
        assert set(map(ord, "AZaz09äéß−–—“”…")) <= set(opened.getBestCmap())
        weight = next(axis for axis in opened["fvar"].axes if axis.axisTag == "wght")
        assert (weight.minValue, weight.maxValue) == fonts.WEIGHTS


@pytest.mark.parametrize("font", [PROSE, INTERFACE])
def test_raised_figures_come_from_one_font(cut: Path, font: str) -> None:
    with TTFont(cut / f"{font}.woff2") as opened:
        assert len(set(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")) & set(opened.getBestCmap())) in (0, 11)


def test_figures_of_one_width_survive(cut: Path) -> None:
    with TTFont(cut / f"{INTERFACE}.woff2") as opened:
        features = {record.FeatureTag for record in opened["GSUB"].table.FeatureList.FeatureRecord}
    assert "tnum" in features


def test_italics_have_one_weight_and_are_declared_so(cut: Path) -> None:
    with TTFont(cut / "source-serif-4-latin-wght-italic.woff2") as opened:
        assert "fvar" not in opened
    styles = (ROOT / "web" / "styles" / "fonts.css").read_text(encoding="utf-8")
    italic = next(face for face in styles.split("}") if "wght-italic" in face)
    assert "font-weight: 400;" in italic

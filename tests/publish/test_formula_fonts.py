"""KaTeX's fonts keep what formulas are set in, and little else."""

import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from publish import formula_fonts, stamps
from publish.programs import ROOT

WHOLE = ROOT / "node_modules" / "katex" / "dist" / "fonts"
LETTERS = "KaTeX_Math-Italic.woff2"


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(stamps, "STAMPS", tmp_path / "stamps")
    monkeypatch.setattr(stamps, "ROOT", tmp_path.parent)
    monkeypatch.setattr(formula_fonts, "CUT", tmp_path / "cut")
    folder = tmp_path / "fonts"
    folder.mkdir()
    shutil.copy(WHOLE / LETTERS, folder)
    return folder


def characters(font: Path) -> str:
    with TTFont(font) as opened:
        return "".join(map(chr, sorted(opened.getBestCmap())))


def test_what_some_page_has_is_kept_and_what_none_has_is_cut(
    fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "fingerprint", lambda files, *words: " ".join(words))
    formula_fonts.cut_formula_fonts(fonts, ["<i>h</i>", "W&alpha;"])
    assert set("hWα") <= set(characters(fonts / LETTERS))
    assert not set("zβ") & set(characters(fonts / LETTERS))
    assert (fonts / LETTERS).stat().st_size < (WHOLE / LETTERS).stat().st_size / 3


def test_a_new_character_on_a_page_is_in_the_next_cut(
    fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "fingerprint", lambda files, *words: " ".join(words))
    formula_fonts.cut_formula_fonts(fonts, ["h"])
    shutil.copy(WHOLE / LETTERS, fonts)
    formula_fonts.cut_formula_fonts(fonts, ["hβ"])
    assert "β" in characters(fonts / LETTERS)

"""The picture of a page: of the size that is read everywhere, small, and the same every time."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from publish import covers, fonts


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts.pack()
    monkeypatch.setattr(covers, "CACHE", tmp_path / "covers")


def test_a_cover_is_a_small_png_of_the_right_size() -> None:
    drawn = covers.cover("Backpropagation through time", "Every number open. " * 20, "Unrolled")
    with Image.open(BytesIO(drawn)) as image:
        assert image.format == "PNG"
        assert image.size == (1200, 630)
        assert len(image.getcolors(256) or []) > 20
    assert len(drawn) < 60_000


def test_it_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = covers.cover("One unit", "Five weights.", "Unrolled")
    monkeypatch.setattr(covers, "draw", lambda *_: pytest.fail("drawn again"))
    assert covers.cover("One unit", "Five weights.", "Unrolled") == first


def test_every_title_has_its_own_network() -> None:
    assert covers.draw("A", "", "") != covers.draw("B", "", "")
    assert covers.draw("A", "", "") == covers.draw("A", "", "")


def test_a_text_too_long_ends_in_an_ellipsis() -> None:
    assert covers.shortened(["a b", "c d", "e f"], 2) == ["a b", "c …"]
    assert covers.shortened(["a b"], 2) == ["a b"]

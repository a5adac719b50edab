"""A step is done again when a name or a byte of its inputs changes, and only then."""

from pathlib import Path

import pytest

from publish import stamps


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    monkeypatch.setattr(stamps, "STAMPS", tmp_path / "stamps")
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.md").write_text("a", encoding="utf-8")
    return folder


def test_the_fingerprint_follows_contents_names_and_words(folder: Path) -> None:
    first = stamps.fingerprint([folder], "word")
    assert stamps.fingerprint([folder], "word") == first
    assert stamps.fingerprint([folder], "other") != first
    (folder / "a.md").write_text("b", encoding="utf-8")
    second = stamps.fingerprint([folder], "word")
    (folder / "a.md").rename(folder / "b.md")
    assert len({first, second, stamps.fingerprint([folder], "word")}) == 3


def test_bytecode_does_not_count(folder: Path) -> None:
    before = stamps.fingerprint([folder])
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").touch()
    assert stamps.fingerprint([folder]) == before


def test_a_product_is_fresh_only_if_it_is_there_and_its_key_is_known(folder: Path) -> None:
    assert not stamps.fresh("step", "key", folder)
    stamps.remember("step", "key")
    assert stamps.fresh("step", "key", folder)
    assert not stamps.fresh("step", "other", folder)
    assert not stamps.fresh("step", "key", folder / "missing")
    stamps.forget("step")
    assert not stamps.fresh("step", "key", folder)

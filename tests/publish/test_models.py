"""Models are found by their names."""

from pathlib import Path

import pytest

from publish import models


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "prose.safetensors").write_bytes(b"prose")
    (folder / "code.safetensors").write_bytes(b"code")
    (folder / "README.md").write_text("no model", encoding="utf-8")
    monkeypatch.setattr(models, "MODELS", folder)
    return folder


def test_a_model_is_read_by_its_name() -> None:
    assert models.names() == ["code", "prose"]
    assert models.read("prose") == b"prose"


@pytest.mark.parametrize("name", ["verse", "", "../models/prose", "prose.safetensors", "README"])
def test_an_unknown_model_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(models.ModelError) as refused:
        models.read(name)
    assert str(refused.value) == f"there is no model {name!r} in models/; models: code, prose"


def test_without_models_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MODELS", tmp_path / "nowhere")
    assert models.names() == []
    with pytest.raises(models.ModelError, match=r"models: none$"):
        models.read("prose")

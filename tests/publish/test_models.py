"""Models become files of the site, named after their content."""

import hashlib
import json
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
    monkeypatch.setattr(models, "PACKED", tmp_path / "packed")
    return folder


def test_a_model_is_read_by_its_name() -> None:
    assert models.names() == ["code", "prose"]
    assert models.read("prose") == b"prose"


@pytest.mark.parametrize("name", ["verse", "", "../models/prose", "prose.safetensors", "README"])
def test_an_unknown_model_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(models.ModelError) as refused:
        models.read(name)
    assert str(refused.value) == f"there is no model {name!r} in models/; models: code, prose"


def test_packed_models_are_named_after_their_content() -> None:
    manifest = json.loads(models.pack().read_text(encoding="utf-8"))
    digest = hashlib.sha256(b"prose").hexdigest()
    file = f"prose-{digest[:8]}.safetensors"
    assert manifest["prose"] == {"file": file, "bytes": 5, "sha256": digest}
    assert list(manifest) == ["code", "prose"]
    assert (models.PACKED / file).read_bytes() == b"prose"


def test_packing_again_leaves_nothing_old(folder: Path) -> None:
    models.pack()
    (folder / "prose.safetensors").write_bytes(b"other prose")
    (folder / "code.safetensors").unlink()
    manifest = json.loads(models.pack().read_text(encoding="utf-8"))
    assert list(manifest) == ["prose"]
    files = {path.name for path in models.PACKED.iterdir()}
    assert files == {"manifest.json", manifest["prose"]["file"]}


def test_without_models_the_manifest_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "MODELS", tmp_path / "nowhere")
    assert json.loads(models.pack().read_text(encoding="utf-8")) == {}
    with pytest.raises(models.ModelError, match=r"models: none$"):
        models.read("prose")

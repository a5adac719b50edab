"""Models and texts become files of the site, named after their content."""

import hashlib
import json
from pathlib import Path

import pytest

from publish import deliveries, models
from publish.corpora import make


@pytest.fixture(autouse=True)
def models_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "prose.safetensors").write_bytes(b"prose")
    monkeypatch.setattr(models, "MODELS", folder)
    monkeypatch.setattr(make, "FOLDER", tmp_path / "corpora")
    digest = hashlib.sha256(b"a tale").hexdigest()
    monkeypatch.setattr(make, "CORPORA", (make.Corpus("tale", "A tale", digest, lambda: "a tale"),))
    monkeypatch.setattr(deliveries, "PACKED", tmp_path / "packed")
    return folder


def packed() -> dict[str, dict[str, str]]:
    deliveries.pack()
    manifest = deliveries.PACKED / deliveries.MANIFEST
    return dict(json.loads(manifest.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("name", "kind", "file", "content"),
    [
        ("prose", "model", "models/prose-{}.safetensors", b"prose"),
        ("tale", "text", "texts/tale-{}.txt", b"a tale"),
    ],
)
def test_each_is_named_after_its_content(name: str, kind: str, file: str, content: bytes) -> None:
    manifest = packed()
    assert list(manifest) == ["prose", "tale"]
    digest = hashlib.sha256(content).hexdigest()
    named = file.format(digest[:8])
    told = {"kind": kind, "file": named, "bytes": len(content), "sha256": digest}
    assert manifest[name] == told
    assert (deliveries.PACKED / named).read_bytes() == content == deliveries.read(name)


def test_packing_again_leaves_nothing_old(models_folder: Path) -> None:
    packed()
    (models_folder / "prose.safetensors").write_bytes(b"other prose")
    file = packed()["prose"]["file"]
    assert [path.name for path in (deliveries.PACKED / "models").iterdir()] == [Path(file).name]


def test_an_unknown_file_is_refused_with_those_there_are() -> None:
    for name in ("verse", "../models/prose", ""):
        with pytest.raises(deliveries.UnknownFile, match=r"; there are: tale, prose$"):
            deliveries.read(name)


def test_a_text_is_made_once_and_then_read(monkeypatch: pytest.MonkeyPatch) -> None:
    deliveries.read("tale")
    monkeypatch.setattr(make, "_write", None)  # would fail
    assert deliveries.read("tale") == b"a tale"

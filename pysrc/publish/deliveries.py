"""What a lab may want: trained models and texts, files of the site named after their content.

The site has them as `models/NAME-HASH.safetensors` and `texts/NAME-HASH.txt`, so that a cache may
keep them for ever, and the page's script has the list of all of them: kind, file, size, hash. The
texts are not in the repository: they are fetched once, and hash-checked.
"""

import hashlib
import json
import shutil
from pathlib import Path

from publish import models
from publish.corpora import read_text, text_names
from publish.programs import ROOT

PACKED = ROOT / "build" / "deliveries"
MANIFEST = "manifest.json"


class UnknownFile(Exception):
    """There is no such model and no such text. The message lists those there are."""


def read(name: str) -> bytes:
    """The bytes of a model or a text; raise UnknownFile naming those there are."""
    if name in text_names():
        return read_text(name)
    if name in models.names():
        return models.read(name)
    there = ", ".join([*text_names(), *models.names()])
    raise UnknownFile(f"there is no model and no text {name!r}; there are: {there}")


def pack() -> None:
    """Put everything under its hashed name, and the manifest beside it."""
    shutil.rmtree(PACKED, ignore_errors=True)
    manifest = {name: _packed("model", name, models.SUFFIX) for name in models.names()}
    manifest |= {name: _packed("text", name, ".txt") for name in text_names()}
    (PACKED / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _packed(kind: str, name: str, suffix: str) -> dict[str, str | int]:
    content = read(name)
    digest = hashlib.sha256(content).hexdigest()
    file = Path(f"{kind}s") / f"{name}-{digest[:8]}{suffix}"
    (PACKED / file).parent.mkdir(parents=True, exist_ok=True)
    (PACKED / file).write_bytes(content)
    return {"kind": kind, "file": file.as_posix(), "bytes": len(content), "sha256": digest}

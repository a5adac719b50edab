"""The trained models a page may ask for: files of the site, named after their content.

A model lies in models/ under its name. The site has it as `models/NAME-HASH.safetensors`, so that a
cache may keep it for ever, and the page's script has the list of all of them: file, size, hash.
"""

import hashlib
import json
import shutil
from pathlib import Path

from publish.programs import ROOT

MODELS = ROOT / "models"
PACKED = ROOT / "build" / "models"
SUFFIX = ".safetensors"


class ModelError(Exception):
    """There is no such model. The message lists those there are."""


def names() -> list[str]:
    """Every model there is, in alphabetical order."""
    return sorted(path.stem for path in MODELS.glob(f"*{SUFFIX}"))


def read(name: str) -> bytes:
    """The bytes of a model; raise ModelError naming those there are."""
    if name not in names():
        there = ", ".join(names()) or "none"
        raise ModelError(f"there is no model {name!r} in {MODELS.name}/; models: {there}")
    return (MODELS / f"{name}{SUFFIX}").read_bytes()


def pack() -> Path:
    """Put all models under their hashed names beside their manifest, and return its path."""
    manifest = {}
    shutil.rmtree(PACKED, ignore_errors=True)
    PACKED.mkdir(parents=True)
    for name in names():
        content = read(name)
        digest = hashlib.sha256(content).hexdigest()
        file = f"{name}-{digest[:8]}{SUFFIX}"
        (PACKED / file).write_bytes(content)
        manifest[name] = {"file": file, "bytes": len(content), "sha256": digest}
    path = PACKED / "manifest.json"
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return path

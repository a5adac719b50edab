"""Do a step again only if what it is made from has changed.

A stamp is the hash of all inputs, kept in build/stamps under the step's name.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from publish.programs import ROOT

STAMPS = ROOT / "build" / "stamps"
NO_INPUT = {"__pycache__", "node_modules"}


def fingerprint(inputs: Iterable[Path], *words: str) -> str:
    """Hash files, whole folders and words: names as well as contents."""
    digest = hashlib.sha256("\0".join(words).encode())
    for given in inputs:
        for file in _files(given):
            digest.update(f"\0{file.relative_to(ROOT)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(given: Path) -> list[Path]:
    if not given.is_dir():
        return [given]
    inside = (path for path in given.rglob("*") if not NO_INPUT.intersection(path.parts))
    return sorted(path for path in inside if path.is_file())


def fresh(name: str, key: str, product: Path) -> bool:
    """True if the product is there and was made from inputs with this fingerprint."""
    stamp = STAMPS / name
    return product.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == key


def remember(name: str, key: str) -> None:
    """Note that a product was made."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(key, encoding="utf-8")


def forget(name: str) -> None:
    """Note that a product is about to change."""
    (STAMPS / name).unlink(missing_ok=True)

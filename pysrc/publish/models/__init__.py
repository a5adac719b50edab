"""The trained models a page may ask for: each lies in models/ under its name.

The modules here are commands that train one and measure what its card says; no build runs them.
"""

from publish.programs import ROOT

MODELS = ROOT / "models"
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

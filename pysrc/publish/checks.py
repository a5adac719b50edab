"""What `make check` runs: format, lint, types, spelling, workflows, and tests without a browser.

All checks run even if an early one fails: one run shows everything there is to mend.
"""

import subprocess
import sys
from pathlib import Path

from publish.programs import ROOT, node
from publish.progress import StepError

BIN = Path(sys.prefix) / "bin"
PACKAGES = ROOT / "node_modules"


def check() -> int:
    """Run every check; 1 if any failed."""
    failed = [name for name, command in _checks().items() if not _run(name, command)]
    if failed:
        raise StepError(f"Failed: {', '.join(failed)}. `make format` mends what is only format.")
    return 0


def tidy() -> int:
    """Format the sources, and mend what can be mended without thought."""
    _run("ruff format", [BIN / "ruff", "format", "."])
    _run("ruff check", [BIN / "ruff", "check", "--fix", "."])
    _run("biome", [*_biome(), "--write", "."])
    return 0


def _checks() -> dict[str, list[str | Path]]:
    return {
        "ruff format": [BIN / "ruff", "format", "--check", "."],
        "ruff check": [BIN / "ruff", "check", "."],
        "mypy": [BIN / "mypy"],
        "tsc": [node(), PACKAGES / "typescript" / "bin" / "tsc", "--noEmit"],
        "biome": [*_biome(), "--error-on-warnings", "."],
        "codespell": [BIN / "codespell"],
        "zizmor": [BIN / "zizmor", "--offline", "--quiet", "."],
        "pytest": [sys.executable, "-m", "pytest", "-q", "-m", "not browser"],
    }


def _biome() -> list[str | Path]:
    return [node(), PACKAGES / "@biomejs" / "biome" / "bin" / "biome", "check"]


def _run(name: str, command: list[str | Path]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0

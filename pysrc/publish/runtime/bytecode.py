"""Start-up is mostly compiling, so compile now: with the pages' own interpreter, under Node."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from publish.programs import ROOT, node, run
from publish.runtime.fetch import PYODIDE, cache_folder, file_hash

HERE = Path(__file__).parent
TOOLS_LOCK = ROOT / "requirements" / "pyodide-build.txt"


def compile_archives(folder: Path, say: Callable[[str], None]) -> None:
    """Replace every .py in the zips and wheels of a folder by its .pyc."""
    tools = _tools(say)
    say("compiling Python's library and NumPy")
    _run_inside("compile_archives.py", PYODIDE / "python_stdlib.zip", tools=tools, work=folder)


def compile_sources(folder: Path, stdlib: Path) -> None:
    """Write __pycache__ folders beside the sources; a compiled `stdlib` makes it start faster."""
    _run_inside("compile_sources.py", stdlib, work=folder)


def _run_inside(script: str, stdlib: Path, **mounts: Path) -> None:
    folders = [f"{name}={folder}" for name, folder in mounts.items()]
    inside = HERE / "inside" / script
    run("Compiling inside Pyodide", [node(), HERE / "inside.mjs", inside, stdlib, *folders])


def _tools(say: Callable[[str], None]) -> Path:
    """pyodide-build as this machine's pip unpacks it for Pyodide's Python, once per lock file."""
    folder = cache_folder() / f"pyodide-build-{file_hash(TOOLS_LOCK)[:12]}"
    if folder.is_dir():
        return folder
    say("installing pyodide-build")
    beside = folder.with_suffix(".part")
    shutil.rmtree(beside, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    where = ["--target", str(beside), "--no-deps", "--require-hashes", "-r", str(TOOLS_LOCK)]
    # Pyodide is Python 3.14 whatever this machine has, and these packages are pure Python.
    target = ["--python-version", "3.14", "--implementation", "py", "--abi", "none"]
    target += ["--platform", "any", "--only-binary=:all:", "--ignore-requires-python"]
    run("Installing pyodide-build", [*pip, *where, *target])
    beside.rename(folder)
    return folder

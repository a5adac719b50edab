"""Write the lock files anew: `make lock`, after a change to requirements/*.in or package.json.

The locks hold versions and hashes for every platform and Python 3.11 to 3.14, and no addresses:
neither this machine's index nor its npm cache may leak into them.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from publish.programs import ROOT, node, run
from publish.progress import StepError, Steps

# Whatever this machine's pip would look at besides the index.
NO_LOCAL_SOURCES = {
    "PIP_CONFIG_FILE": "/dev/null",
    "PIP_FIND_LINKS": "",
    "UV_FIND_LINKS": "",
    "UV_NO_CONFIG": "1",
}
OPTIONS = (
    "--universal", "--python-version=3.11", "--generate-hashes", "--upgrade", "--quiet",
    "--no-emit-index-url", "--no-emit-find-links", "--no-header",
)  # fmt: skip


def lock() -> None:
    """Lock Python's packages with uv, JavaScript's with npm."""
    steps = Steps(3)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        with steps.step("uv"):
            run("Creating an environment", [sys.executable, "-m", "venv", scratch / "venv"])
            run("Installing uv", [scratch / "venv" / "bin" / "pip", "install", "--quiet", "uv"])
        with steps.step("Python packages"):
            for source in ("build", "test", "node", "zensical", "torch"):
                _lock_python(scratch / "venv" / "bin" / "uv", source)
        with steps.step("JavaScript packages"):
            _lock_javascript(scratch)


def _lock_python(uv: Path, source: str) -> None:
    """`test` agrees with `build`, and `torch` with `test`, on every version they share."""
    other = {"test": "build", "torch": "test"}.get(source)
    agree = ["--constraints", f"requirements/{other}.txt"] if other else []
    files = [f"requirements/{source}.in", "--output-file", f"requirements/{source}.txt"]
    run(f"Locking {source}", [uv, "pip", "compile", *OPTIONS, *agree, *files], NO_LOCAL_SOURCES)


def _lock_javascript(scratch: Path) -> None:
    """Lock in an empty folder: beside node_modules, npm leaves out other platforms' packages."""
    npm = Path(node()).with_name("npm")
    for name in ("package.json", ".npmrc"):
        shutil.copy2(ROOT / name, scratch)
    command = [str(npm), "install", "--package-lock-only", "--prefix", str(scratch)]
    run("Locking JavaScript packages", command)
    packages = json.loads((scratch / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    if absent := missing(packages):
        raise StepError(f"npm's registry lacks packages for some platforms: {', '.join(absent)}")
    shutil.copy2(scratch / "package-lock.json", ROOT)


def missing(packages: dict[str, dict[str, dict[str, str]]]) -> list[str]:
    """Optional packages (one for each platform) that are named but not locked."""
    return sorted(
        name
        for package in packages.values()
        for name in package.get("optionalDependencies", {})
        if f"node_modules/{name}" not in packages
    )


if __name__ == "__main__":
    try:
        lock()
    except StepError as error:
        sys.exit(str(error))

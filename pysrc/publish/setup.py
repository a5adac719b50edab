"""Set up what the book needs, once: Python packages, Node.js, JavaScript packages, a browser.

Run by any Python >= 3.11 before anything is installed, so the standard library must do. Every task
leaves a stamp: the hash of what it was made from. A second run compares stamps and does nothing,
so it needs no network either.
"""

from __future__ import annotations  # so that an older Python gets as far as the sentence

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from publish.programs import OLDEST_NODE, ROOT, run
from publish.progress import StepError, Steps

OLDEST_PYTHON = (3, 11)
VENV = ROOT / ".venv"
BIN = VENV / "bin"
NODE_MODULES = ROOT / "node_modules"
REQUIREMENTS = ROOT / "requirements"
FIND_BROWSER = ROOT / "tests" / "browser" / "chromium.py"
FIND_OTHERS = ROOT / "tests" / "browser" / "others.py"
# Debian's packages of browsers that one short test is run in; without them it is skipped.
OTHER_BROWSERS = {
    "firefox": ("firefox-esr",),
    "webkit": ("webkit2gtk-driver", "xvfb", "xauth"),
}


@dataclass(frozen=True)
class Task:
    """Something to set up: `key` names what it is made from, `stamp` remembers that it was."""

    title: str
    key: str
    stamp: Path
    do: Callable[[], None]

    def stale(self) -> bool:
        """True unless the stamp says the very same thing was set up."""
        return not self.stamp.is_file() or self.stamp.read_text(encoding="utf-8") != self.key

    def perform(self) -> None:
        """Do it, then leave the stamp: an interrupted task is done again."""
        self.stamp.unlink(missing_ok=True)
        self.do()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(self.key, encoding="utf-8")


def tasks_for(goal: str) -> list[Task]:
    """What a goal needs, in order. `torch` needs nothing but an environment of its own."""
    if goal == "torch":
        return [_apart("PyTorch (gigabytes, once)", "torch")]
    tasks = [_venv(), _packages("Python packages", "build")]
    if goal == "zensical":
        tasks.append(_apart("Zensical", "zensical"))
    if not _system_node():
        tasks.append(_packages("Node.js from PyPI", "node"))
    tasks.append(_javascript_packages())
    if goal in ("check", "test"):
        tasks.append(_packages("Python packages for the tests", "test"))
    if goal == "test":
        tasks.append(
            Task("Browser for the tests", _browser_key(), VENV / "stamps" / "browser", _browser)
        )
        for name, packages in OTHER_BROWSERS.items():
            tasks.append(_other_browser(name, packages))
    return tasks


def _venv() -> Task:
    key = f"{sys.version} {sys.base_prefix} {ROOT}"
    task = Task("Python environment", key, VENV / "stamps" / "venv", lambda: _make_venv(VENV))
    if (task.stale() or not (BIN / "python").exists()) and os.path.lexists(VENV):
        if Path(sys.prefix) == VENV:
            raise StepError(
                "the environment .venv is out of date and in use: run `deactivate` first"
            )
        _refuse_link(VENV)
        shutil.rmtree(VENV)
    return task


def _refuse_link(folder: Path) -> None:
    """What a link leads to is not ours to empty: in a worktree it is another copy's.

    Raises:
        StepError: if the folder is a symbolic link.
    """
    if folder.is_symlink():
        raise StepError(
            f"{folder.name} is a link to {folder.readlink()}, which may be in use elsewhere and is "
            f"left alone: remove the link (`rm {folder.name}`), then run this again, and this copy "
            "gets its own"
        )


def _make_venv(folder: Path) -> None:
    try:
        import ensurepip  # noqa: F401  (Debian's python3 comes without it)
    except ImportError:
        _apt_install(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    run("Creating the Python environment", [sys.executable, "-m", "venv", "--clear", folder])


def _packages(title: str, name: str) -> Task:
    lock = REQUIREMENTS / f"{name}.txt"
    return Task(title, _hash(lock), VENV / "stamps" / name, lambda: _pip_install(title, BIN, lock))


def _apart(title: str, name: str) -> Task:
    """Packages in an environment of their own, which nothing else here needs."""
    folder, lock = ROOT / f".venv-{name}", REQUIREMENTS / f"{name}.txt"

    def install() -> None:
        _make_venv(folder)
        _pip_install(title, folder / "bin", lock)

    return Task(title, f"{_hash(lock)} {sys.version} {ROOT}", folder / "stamp", install)


def _pip_install(title: str, programs: Path, lock: Path) -> None:
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2"]
    pip = [str(programs / "python"), "-m", "pip", "install", *options]
    run(title, [*pip, "--require-hashes", "-r", str(lock)])


def _system_node() -> bool:
    """True if this machine's own Node.js is new enough; Debian's comes without npm."""
    found = shutil.which("node")
    if not found or not shutil.which("npm") or Path(found).is_relative_to(VENV):
        return False
    version = subprocess.run(
        [found, "--version"], capture_output=True, text=True, check=False
    ).stdout
    return version.startswith("v") and int(version[1:].split(".")[0]) >= OLDEST_NODE


def _javascript_packages() -> Task:
    task = Task("JavaScript packages", _javascript_key(), NODE_MODULES / ".stamp", _npm_ci)
    if task.stale():
        _refuse_link(NODE_MODULES)  # npm would empty what it leads to
    return task


def _javascript_key() -> str:
    packages = _hash(ROOT / "package.json", ROOT / "package-lock.json")
    return f"{packages} {sys.platform} {platform.machine()}"


def _npm_ci() -> None:
    npm = shutil.which("npm", path=f"{BIN}{os.pathsep}{os.environ['PATH']}")
    run(
        "JavaScript packages",
        [npm or "npm", "ci"],
        {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
    )


def _browser_key() -> str:
    return _hash(REQUIREMENTS / "test.txt", FIND_BROWSER)


def _browser() -> None:
    """Make sure a Chromium starts: Playwright's own, the machine's, or one we install."""
    if _a_browser_starts():
        return
    print(" none found, downloading Playwright's Chromium", end="", flush=True)
    playwright = [str(BIN / "python"), "-m", "playwright"]
    try:
        run("Playwright's Chromium", [*playwright, "install", "chromium"])
        if not _a_browser_starts() and os.geteuid() == 0:
            run("Chromium's system libraries", [*playwright, "install-deps", "chromium"])
    except StepError:
        print(" (not possible here), installing Debian's chromium", end="", flush=True)
        _apt_install("chromium")
    if not _a_browser_starts():
        raise StepError(
            "no Chromium starts here: install one (Debian: `apt-get install chromium`), "
            "or run `sudo .venv/bin/python -m playwright install-deps chromium`"
        )


def _a_browser_starts() -> bool:
    found = subprocess.run([BIN / "python", FIND_BROWSER], capture_output=True, check=False)
    return found.returncode == 0


def _other_browser(name: str, packages: tuple[str, ...]) -> Task:
    """A browser that the tests can do without: where it cannot be had, say so and go on."""
    find: list[str | Path] = [BIN / "python", FIND_OTHERS, name]

    def starts() -> bool:
        return subprocess.run(find, capture_output=True, check=False).returncode == 0

    def get() -> None:
        if starts():
            return
        try:
            _apt_install(*packages)
        except StepError as error:
            print(f" not possible here, its test will be skipped: {error}", end="", flush=True)

    stamp = VENV / "stamps" / name
    return Task(f"{name.capitalize()} for a short test", _hash(FIND_OTHERS), stamp, get)


def _apt_install(*packages: str) -> None:
    package = " ".join(packages)
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise StepError(
            f"{package} is missing: install it (Debian: `sudo apt-get install {package}`)"
        )
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run("Reading Debian's package lists", ["apt-get", "update"], quiet)
    run(
        f"Installing {package}",
        ["apt-get", "install", "-y", "--no-install-recommends", *packages],
        quiet,
    )


def _hash(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def main() -> int:
    """Set up for one goal; print one sentence and return 1 if that fails."""
    parser = argparse.ArgumentParser(description="Set up what the book needs.")
    parser.add_argument("goal", choices=("build", "check", "test", "torch", "zensical"))
    goal = parser.parse_args().goal
    if sys.version_info < OLDEST_PYTHON:
        print(
            f"Unrolled needs Python 3.11 or newer and this is {platform.python_version()}: "
            f"install a newer one, or name it: make {goal} PYTHON=/path/to/python3.12",
            file=sys.stderr,
        )
        return 1
    try:
        # What is made of nothing comes first; a stale environment takes its stamps with it.
        stale = [task for task in tasks_for(goal) if task.stale()]
        steps = Steps(len(stale))
        for task in stale:
            with steps.step(task.title):
                task.perform()
    except (StepError, OSError) as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up interrupted; run it again to go on.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""One folder holds all of a page's Python; its name is the hash of what is inside.

    build/runtime/<version>/…       the files, served as they are
    build/runtime/manifest.json     their sizes and hashes, and the lock file Pyodide reads

Compiled files are kept in the cache folder by the hash of what they were made from. When nothing
changed, nothing is done; when only our packages changed, only our wheel is made again.
"""

import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict

from publish.runtime.archive import read_archive, write_archive
from publish.runtime.bytecode import TOOLS_LOCK, compile_archives
from publish.runtime.fetch import (
    PYODIDE,
    cache_folder,
    file_hash,
    lock,
    numpy_wheel,
    pyodide_version,
)
from publish.runtime.trim import trim_numpy, trim_stdlib
from publish.runtime.wheel import PACKAGES, project, sources, sources_hash, wheel_name, write_wheel

HERE = Path(__file__).parent
STDLIB = "python_stdlib.zip"

# Static hosts compress these on the way; archives go out as they are.
GZIPPED = (".mjs", ".wasm")
GZIP_LEVEL = 6


class FileFacts(TypedDict):
    """What the page must know of a file before it trusts it."""

    bytes: int
    sha256: str
    transfer: int


class Manifest(TypedDict):
    """What `manifest.json` holds."""

    version: str
    pyodide: str
    files: dict[str, FileFacts]
    lock: dict[str, Any]


def pack(out: Path, say: Callable[[str], None] = lambda _: None) -> Manifest:
    """Make `out` hold exactly one version of the runtime, and describe it.

    Args:
        out: the folder, usually build/runtime.
        say: told what is being done, when it takes a while.

    Raises:
        StepError: if an official file cannot be had or is not the one its hash names.
    """
    ours = sources()
    key = f"{_base_key()} {sources_hash(ours)} {project()}"
    stamp, manifest_path = out / "key", out / "manifest.json"
    if manifest_path.is_file() and stamp.is_file() and stamp.read_text("utf-8") == key:
        done: Manifest = json.loads(manifest_path.read_text("utf-8"))
        if (out / done["version"]).is_dir():
            return done
    base = _base(say)
    shutil.rmtree(out, ignore_errors=True)
    fresh = out / "fresh"
    shutil.copytree(base, fresh, ignore=shutil.ignore_patterns("facts.json"))
    say("compiling rnn and lab")
    write_wheel(fresh / wheel_name(), ours, base / STDLIB)
    manifest = _manifest(fresh, _facts_of(base))
    fresh.rename(out / manifest["version"])
    manifest_path.write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", "utf-8")
    stamp.write_text(key, "utf-8")
    return manifest


def _base(say: Callable[[str], None]) -> Path:
    """The part of the runtime that is not ours, in the cache folder: made once.

    Two builds may make it at the same time: each works in a folder of its own, the first to be done
    gives the cache its folder, the other uses that.
    """
    folder = cache_folder() / f"runtime-{_base_key()}"
    if _intact(folder):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    wheel = numpy_wheel(say)
    with tempfile.TemporaryDirectory(dir=cache_folder(), prefix="making-") as work:
        beside = Path(work) / folder.name
        beside.mkdir()
        _make_base(beside, wheel, say)
        try:
            beside.rename(folder)
        except OSError:
            if not _intact(folder):
                raise
    return folder


def _make_base(beside: Path, wheel: Path, say: Callable[[str], None]) -> None:
    write_archive(beside / STDLIB, trim_stdlib(read_archive(PYODIDE / STDLIB)))
    write_archive(beside / wheel.name, trim_numpy(read_archive(wheel)))
    compile_archives(beside, say)
    for archive in beside.iterdir():
        write_archive(archive, read_archive(archive))
    for name in ("pyodide.asm.mjs", "pyodide.asm.wasm"):
        shutil.copyfile(PYODIDE / name, beside / name)
    facts = {path.name: _facts(path) for path in sorted(beside.iterdir())}
    (beside / "facts.json").write_text(json.dumps(facts, indent=2), "utf-8")


def _intact(folder: Path) -> bool:
    """True if the cached files are all there and still what they were."""
    if not (folder / "facts.json").is_file():
        return False
    files = {name: facts["sha256"] for name, facts in _facts_of(folder).items()}
    paths = {name: folder / name for name in files}
    return all(path.is_file() and file_hash(path) == files[name] for name, path in paths.items())


def _base_key() -> str:
    """A hash of everything the base is made from: official files, tools, and our rules."""
    digest = hashlib.sha256()
    rules = sorted(path for path in HERE.rglob("*") if path.suffix in (".py", ".mjs"))
    for path in (PYODIDE / "pyodide-lock.json", PYODIDE / "package.json", TOOLS_LOCK, *rules):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _facts_of(base: Path) -> dict[str, FileFacts]:
    facts: dict[str, FileFacts] = json.loads((base / "facts.json").read_text("utf-8"))
    return facts


def _facts(path: Path) -> FileFacts:
    content = path.read_bytes()
    compressed = gzip.compress(content, GZIP_LEVEL) if path.suffix in GZIPPED else content
    return {
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "transfer": len(compressed),
    }


def _manifest(folder: Path, known: dict[str, FileFacts]) -> Manifest:
    files = {path.name: known.get(path.name) or _facts(path) for path in sorted(folder.iterdir())}
    content = "".join(f"{name} {facts['sha256']}\n" for name, facts in files.items())
    return {
        "version": hashlib.sha256(content.encode()).hexdigest()[:12],
        "pyodide": pyodide_version(),
        "files": files,
        "lock": _page_lock(folder),
    }


def _page_lock(folder: Path) -> dict[str, Any]:
    """Pyodide's lock file, reduced to NumPy and us: 1 KB where the original has 114."""
    official = lock()
    name, version = project()
    numpy = dict(official["packages"]["numpy"])
    numpy["sha256"] = file_hash(folder / numpy["file_name"])
    ours = {
        "name": name,
        "version": version,
        "file_name": wheel_name(),
        "install_dir": "site",
        "sha256": file_hash(folder / wheel_name()),
        "package_type": "package",
        "imports": list(PACKAGES),
        "depends": ["numpy"],
        "unvendored_tests": False,
    }
    return {"info": official["info"], "packages": {"numpy": numpy, name: ours}}

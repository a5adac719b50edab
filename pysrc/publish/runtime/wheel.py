"""Our own wheel: sources, so that tracebacks read well, and bytecode, so that they run at once."""

import hashlib
import tempfile
import tomllib
from pathlib import Path

from publish.programs import ROOT
from publish.runtime.archive import write_archive
from publish.runtime.bytecode import compile_sources

PYSRC = ROOT / "pysrc"
PACKAGES = ("rnn", "lab")
NATIVE_ONLY = ("rnn/command/", "rnn/__main__.py")  # the command line: no reader needs it

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: publish\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def project() -> tuple[str, str]:
    """Name and version, as pyproject.toml declares them."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(table["name"]), str(table["version"])


def wheel_name() -> str:
    """The wheel's file name."""
    name, version = project()
    return f"{name}-{version}-py3-none-any.whl"


def sources(root: Path = PYSRC) -> dict[str, bytes]:
    """Every file of our packages that a page may need, by its name in the wheel."""
    found = [path for package in PACKAGES for path in sorted((root / package).rglob("*"))]
    files = {
        path.relative_to(root).as_posix(): path
        for path in found
        if path.is_file() and "__pycache__" not in path.parts
    }
    return {
        name: path.read_bytes() for name, path in files.items() if not name.startswith(NATIVE_ONLY)
    }


def sources_hash(files: dict[str, bytes]) -> str:
    """One hash of all names and contents."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def write_wheel(path: Path, files: dict[str, bytes], stdlib: Path) -> None:
    """Compile the sources inside Pyodide and pack both."""
    name, version = project()
    info = f"{name}-{version}.dist-info"
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for file, content in files.items():
            (work / file).parent.mkdir(parents=True, exist_ok=True)
            (work / file).write_bytes(content)
        compile_sources(work, stdlib)
        packed = {
            file.relative_to(work).as_posix(): file.read_bytes()
            for file in work.rglob("*")
            if file.is_file()
        }
    packed[f"{info}/METADATA"] = METADATA.format(name=name, version=version).encode()
    packed[f"{info}/WHEEL"] = WHEEL.encode()
    write_archive(path, packed)

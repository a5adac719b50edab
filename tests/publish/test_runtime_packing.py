"""The packed runtime: complete, described truly, made the same way twice, quick when unchanged."""

import gzip
import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest

from publish.programs import node, run
from publish.runtime import Manifest, archive, bytecode, pack, packing, wheel
from publish.runtime.fetch import PYODIDE, lock

NUMPY = str(lock()["packages"]["numpy"]["file_name"])
OURS = wheel.wheel_name()

READERS_IMPORTS = (
    "numpy.fft", "numpy.linalg", "numpy.random", "numpy.testing", "rnn", "lab.kit.host",
    "argparse", "array", "ast", "asyncio", "base64", "bisect", "bz2", "cmath", "collections",
    "contextlib", "copy", "cProfile", "csv", "dataclasses", "datetime", "decimal", "difflib",
    "dis", "doctest", "enum", "fractions", "functools", "gzip", "hashlib", "heapq", "html",
    "inspect", "io", "itertools", "json", "logging", "math", "operator", "pathlib", "pickle",
    "pprint", "pydoc", "queue", "random", "re", "secrets", "shutil", "statistics", "string",
    "struct", "textwrap", "threading", "time", "timeit", "traceback", "types", "typing",
    "unicodedata", "unittest", "urllib.request", "uuid", "warnings", "weakref", "zipfile", "zlib",
)  # fmt: skip

LEFT_OUT = ("tkinter", "ftplib", "sqlite3", "multiprocessing.pool", "xml.dom", "numpy.f2py")


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    """The folder and the manifest. A first run compiles NumPy; later ones find it in the cache."""
    out = tmp_path_factory.mktemp("runtime") / "out"
    return out, pack(out)


def run_inside(folder: Path, script: str, tmp_path: Path) -> list[str]:
    """Run Python code where the pages run it: the lines it printed."""
    file = tmp_path / "script.py"
    paths = f"import sys\nsys.path[:0] = ['/files/{NUMPY}', '/files/{OURS}', '/site']\n"
    file.write_text(paths + script, "utf-8")
    site = tmp_path / "site"
    for name in (NUMPY, OURS):
        with zipfile.ZipFile(folder / name) as packed_wheel:
            packed_wheel.extractall(site)
    program = Path(bytecode.__file__).with_name("inside.mjs")
    stdlib = folder / "python_stdlib.zip"
    return run("Testing", [node(), program, file, stdlib, f"site={site}"]).splitlines()


def test_the_manifest_describes_every_file_truly(packed: tuple[Path, Manifest]) -> None:
    out, manifest = packed
    folder = out / manifest["version"]
    assert sorted(manifest["files"]) == sorted(path.name for path in folder.iterdir())
    for name, facts in manifest["files"].items():
        content = (folder / name).read_bytes()
        sent = gzip.compress(content, 6) if name.endswith((".mjs", ".wasm")) else content
        assert facts["bytes"] == len(content)
        assert facts["sha256"] == hashlib.sha256(content).hexdigest()
        assert facts["transfer"] == len(sent)


def test_a_first_visit_downloads_less_than_eleven_megabytes(packed: tuple[Path, Manifest]) -> None:
    _, manifest = packed
    assert sum(facts["transfer"] for facts in manifest["files"].values()) < 11_000_000


def test_the_lock_names_numpy_and_us_and_nothing_else(packed: tuple[Path, Manifest]) -> None:
    _, manifest = packed
    packages = manifest["lock"]["packages"]
    assert sorted(packages) == ["numpy", "unrolled"]
    for package in packages.values():
        assert package["sha256"] == manifest["files"][package["file_name"]]["sha256"]
    assert manifest["lock"]["info"] == lock()["info"]


def test_what_readers_import_is_there_and_what_is_not_says_so(
    packed: tuple[Path, Manifest], tmp_path: Path
) -> None:
    out, manifest = packed
    script = f"""
import importlib
for name in {READERS_IMPORTS!r}:
    importlib.import_module(name)
for name in {LEFT_OUT!r}:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        print(error)
try:
    import pandas
except ModuleNotFoundError as error:
    print(error)
"""
    lines = run_inside(out / manifest["version"], script, tmp_path)
    missing = ["tkinter", "ftplib", "sqlite3", "multiprocessing", "xml.dom", "numpy.f2py"]
    expected = [f"{name} is not part of this page's Python" for name in missing]
    assert lines == [*expected, "No module named 'pandas'"]


def test_our_wheel_runs_from_bytecode_and_quotes_its_sources(
    packed: tuple[Path, Manifest], tmp_path: Path
) -> None:
    out, manifest = packed
    script = """
import inspect, traceback
import lab.kit.host as host
print(host.__spec__.cached.endswith("host.cpython-314.pyc"), host.__cached__ is not None)
print(inspect.getsource(host.call).splitlines()[0])
try:
    host.call('{"op": "open", "lab": "no-such-lab"}')
except ValueError:
    print("_open(request" in traceback.format_exc())
"""
    lines = run_inside(out / manifest["version"], script, tmp_path)
    assert lines == [
        "True True",
        "def call(request: str, attachment: bytes | memoryview | None = None) -> bytes:",
        "True",
    ]


def test_our_bytecode_is_never_compared_with_its_source(packed: tuple[Path, Manifest]) -> None:
    out, manifest = packed
    files = archive.read_archive(out / manifest["version"] / OURS)
    compiled = {name: content for name, content in files.items() if name.endswith(".pyc")}
    sources = [name for name in files if name.endswith(".py")]
    assert len(compiled) == len(sources)
    unchecked_hash = (0b01).to_bytes(4, "little")
    assert {content[4:8] for content in compiled.values()} == {unchecked_hash}


def test_the_same_sources_give_the_same_wheel(
    packed: tuple[Path, Manifest], tmp_path: Path
) -> None:
    out, manifest = packed
    folder = out / manifest["version"]
    wheel.write_wheel(tmp_path / OURS, wheel.sources(), folder / "python_stdlib.zip")
    assert (tmp_path / OURS).read_bytes() == (folder / OURS).read_bytes()


def test_the_same_library_compiles_to_the_same_bytes(
    packed: tuple[Path, Manifest], tmp_path: Path
) -> None:
    out, manifest = packed
    stdlib = archive.read_archive(PYODIDE / "python_stdlib.zip")
    few = {name: content for name, content in stdlib.items() if name.startswith("json/")}
    archive.write_archive(tmp_path / "few.zip", few)
    bytecode.compile_archives(tmp_path, lambda _: None)
    compiled = archive.read_archive(tmp_path / "few.zip")
    shipped = archive.read_archive(out / manifest["version"] / "python_stdlib.zip")
    assert compiled
    assert compiled == {name: shipped[name] for name in compiled}


def test_nothing_is_done_when_nothing_changed(packed: tuple[Path, Manifest]) -> None:
    out, manifest = packed
    written = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert pack(out) == manifest
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == written


def test_a_change_of_ours_makes_only_our_wheel_again(
    packed: tuple[Path, Manifest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, manifest = packed
    changed = wheel.sources() | {"rnn/a_new_file.py": b'"""New."""\n'}
    copy = tmp_path / "out"
    shutil.copytree(out, copy)
    monkeypatch.setattr(packing, "sources", lambda: changed)
    said: list[str] = []
    again = pack(copy, said.append)
    assert said == ["compiling rnn and lab"]
    assert again["version"] != manifest["version"]
    differing = [n for n, facts in again["files"].items() if facts != manifest["files"][n]]
    assert differing == [OURS]
    assert [path.name for path in copy.iterdir() if path.is_dir()] == [again["version"]]

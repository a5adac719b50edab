"""What pages need stays; what they do not is gone; licences travel with their code."""

import pytest

from publish.runtime.archive import read_archive
from publish.runtime.fetch import PYODIDE
from publish.runtime.trim import trim_numpy, trim_stdlib


@pytest.fixture(scope="module")
def stdlib() -> dict[str, bytes]:
    return trim_stdlib(read_archive(PYODIDE / "python_stdlib.zip"))


@pytest.mark.parametrize("name", ["json/__init__.py", "random.py", "encodings/utf_8.py"])
def test_the_library_keeps_what_readers_import(stdlib: dict[str, bytes], name: str) -> None:
    assert name in stdlib


@pytest.mark.parametrize("name", ["ftplib.py", "sqlite3/__init__.py", "encodings/cp037.py"])
def test_the_library_drops_what_a_page_cannot_use(stdlib: dict[str, bytes], name: str) -> None:
    assert name not in stdlib


def test_the_finder_that_names_what_is_missing_is_added(stdlib: dict[str, bytes]) -> None:
    assert b"is not part of this page's Python" in stdlib["sitecustomize.py"]


def test_numpy_keeps_its_code_and_every_licence() -> None:
    kept = [
        "numpy/fft/__init__.py",
        "numpy/linalg/_umath_linalg.cpython-314-wasm32-emscripten.so",
        "numpy-2.4.3.dist-info/licenses/numpy/ma/LICENSE",
        "numpy-2.4.3.dist-info/METADATA",
    ]
    dropped = [
        "numpy/__init__.pyi",
        "numpy/f2py/__init__.py",
        "numpy/ma/core.py",
        "numpy/random/tests/test_random.py",
        "numpy/random/lib/libnpyrandom.a",
        "numpy-2.4.3.dist-info/RECORD",
    ]
    files = dict.fromkeys([*kept, *dropped], b"")
    assert sorted(trim_numpy(files)) == sorted(kept)

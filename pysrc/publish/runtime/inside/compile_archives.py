"""Inside Pyodide: turn every .py of the archives in /work into .pyc, by pyodide-build."""

import sys
from pathlib import Path

sys.path.insert(0, "/tools")

from pyodide_build import _py_compile  # type: ignore[import-not-found]

for archive in sorted(Path("/work").iterdir()):
    _py_compile._py_compile_archive(archive, keep=False, verbose=False)

"""Inside Pyodide: turn every .py of the archives in /work into .pyc, with pyodide-build's own code."""

import sys
from pathlib import Path

sys.path.insert(0, "/tools")

from pyodide_build._py_compile import (  # type: ignore[import-not-found]  # noqa: E402
    _py_compile_archive,
)

for archive in sorted(Path("/work").iterdir()):
    _py_compile_archive(archive, keep=False, verbose=False)

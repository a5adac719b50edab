"""Pack the Python that pages run: Pyodide, NumPy and our own packages, checked, trimmed, compiled.

- `fetch`: the official files, and the hashes that decide whether they are
- `trim`: what no page needs is left out, and says so when imported
- `bytecode`: .py to .pyc, by the very interpreter that will run it
- `wheel`: our packages rnn and lab, with sources for tracebacks
- `packing`: all of it under one version, with a manifest of sizes and hashes
"""

from publish.runtime.packing import Manifest, pack

__all__ = ["Manifest", "pack"]

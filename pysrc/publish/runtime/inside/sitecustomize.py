"""Inside the page's Python: a module that was left out says so by name.

Python runs this file by itself when it starts, so it imports nothing that costs time. `trim.py`
puts it into the standard library.
"""

import sys

TRIMMED = sys.stdlib_module_names | {"numpy"}


class LeftOut:
    """Asked last, so whatever arrives here was found nowhere."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:  # noqa: ARG004
        """Raise for the standard library and NumPy; leave others to Python's own words."""
        if name.partition(".")[0] not in TRIMMED:
            return
        error = ModuleNotFoundError(f"{name} is not part of this page's Python", name=name)
        error._PYODIDE_ADDED_NOTE = True  # type: ignore[attr-defined]  # no advice from Pyodide
        raise error


sys.meta_path.append(LeftOut)

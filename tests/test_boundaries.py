"""Imports point in one direction: rnn <- lab <- bridge <- views; no Python knows a browser."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STANDARD = set(sys.stdlib_module_names) | {"__future__"}
ALLOWED = {
    "rnn": STANDARD | {"numpy", "rnn"},
    "lab": STANDARD | {"numpy", "rnn", "lab"},
}
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""")


def python_files(package: str) -> list[Path]:
    return sorted((ROOT / "pysrc" / package).rglob("*.py"))


def imported(tree: ast.AST) -> set[str]:
    """Top-level packages a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add("(relative)" if node.level else (node.module or "").split(".")[0])
    return names


def wrong(package: str, source: str) -> set[str]:
    return imported(ast.parse(source)) - ALLOWED[package]


@pytest.mark.parametrize("package", ALLOWED)
def test_python_imports_point_down(package: str) -> None:
    files = python_files(package)
    assert files
    found = {
        str(file.relative_to(ROOT)): names
        for file in files
        if (names := wrong(package, file.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("package", "source"),
    [
        ("rnn", "import lab"),
        ("rnn", "def f():\n    from js import window"),
        ("lab", "from pyodide.ffi import to_js"),
        ("lab", "import publish.site"),
        ("rnn", "from .other import x"),
    ],
)
def test_the_rule_catches_what_it_forbids(package: str, source: str) -> None:
    assert wrong(package, source)


def web_imports(folder: str) -> dict[str, set[str]]:
    return {
        str(file.relative_to(ROOT)): set(IMPORT.findall(file.read_text(encoding="utf-8")))
        for file in sorted((ROOT / "web" / folder).rglob("*.ts"))
    }


def test_views_know_the_bridge_but_no_pyodide() -> None:
    files = web_imports("views")
    assert files
    assert not [
        (file, name) for file, names in files.items() for name in names if "pyodide" in name
    ]


def test_the_bridge_knows_no_view_and_no_lit() -> None:
    files = web_imports("bridge")
    assert files
    assert not [
        (file, name)
        for file, names in files.items()
        for name in names
        if "views" in name or name.split("/")[0] in ("lit", "@lit-labs", "d3-scale", "d3-shape")
    ]


def test_no_machines_path_and_no_registry_stands_in_a_tracked_file() -> None:
    words = ("files.pythonhosted" + ".org", "registry.npmjs" + ".org", "pypi.org" + "/simple",
             "deb.debian" + ".org", "/wo" + "rk/", "/ro" + "ot/")  # fmt: skip
    folders = (
        "docs",
        "pysrc",
        "web",
        "tests",
        "benchmarks",
        "overrides",
        "requirements",
        ".github",
    )
    files = [file for name in folders for file in (ROOT / name).rglob("*") if file.is_file()]
    # In a second work tree .git is a file, which says where the first one is.
    files += [file for file in ROOT.iterdir() if file.is_file() and file.name != ".git"]
    found = [
        (str(file.relative_to(ROOT)), word)
        for file in files
        if "__pycache__" not in file.parts and file.suffix not in (".png", ".woff2")
        for word in words
        if word in file.read_text(encoding="utf-8", errors="ignore")
    ]
    assert found == []

"""Every package that reaches the browser is named, with its version, its licence and its text."""

import json
from pathlib import Path

import pytest

from publish.licences import IN_THE_BROWSER, NOTICES, PACKAGES, THEIR_PARTS, licences

ROOT = Path(__file__).parents[2]
# In package.json, but only building or checking.
TOOLS = {"@biomejs/biome", "@lit-labs/ssr", "axe-core", "esbuild", "typescript"}


def test_every_package_of_the_browser_is_in_the_list() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    shipped = {name for name in package["devDependencies"] if not name.startswith("@types/")}
    assert shipped - TOOLS == {*IN_THE_BROWSER, "pyodide"}


@pytest.mark.parametrize("name", [*IN_THE_BROWSER, "pyodide"])
def test_the_notices_name_version_and_licence(name: str) -> None:
    facts = json.loads((PACKAGES / name / "package.json").read_text(encoding="utf-8"))
    rows = NOTICES.read_text(encoding="utf-8").lower().splitlines()
    assert any(
        name_of(name) in row and facts["version"] in row and facts["license"].lower() in row
        for row in rows
        if row.startswith("|")
    )


def name_of(package: str) -> str:
    """How the notices call a package: its last part, in words."""
    last = package.rpartition("/")[2]
    names = {"hashes": "noble-hashes", "idb-keyval": "idb-keyval"}
    return names.get(last, last if "d3" in last else last.replace("-", " "))


def test_the_text_holds_every_licence() -> None:
    text = licences()
    assert text.count("SIL OPEN FONT LICENSE") >= 3
    assert "Khan Academy" in text
    assert "Mike Bostock" in text
    assert "The Unrolled authors" in text
    assert "Martin Donath" in text  # Material
    assert "Attribution 4.0" in text  # our prose


def test_every_module_in_the_bundle_comes_with_its_licence() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    seen: set[str] = set()
    waiting = [name for name in IN_THE_BROWSER if name != "katex"]  # of KaTeX only style and fonts
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += lock[f"node_modules/{name}"].get("dependencies", {})
    typed_only = {"@types/trusted-types", "@lit-labs/ssr-dom-shim"}
    assert seen - typed_only <= {*IN_THE_BROWSER, *THEIR_PARTS}

"""The reference: every public name of the engine has its words, and is drawn once and kept."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from griffe import GriffeLoader, load_extensions

from publish import reference

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "pysrc" / "rnn"
API = ROOT / "docs" / "api"
EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
PRINTED = re.compile(r"^\s*print\(.*\)  # (.*)$", re.MULTILINE)
DIRECTIVE = re.compile(r"^::: (rnn[\w.]*)$", re.MULTILINE)


def modules() -> dict[str, Path]:
    """Every module of the engine, but the two that only point on."""
    found = {
        ".".join(file.relative_to(ROOT / "pysrc").with_suffix("").parts): file
        for file in sorted(ENGINE.rglob("*.py"))
        if file.parent != ENGINE or file.stem not in ("__init__", "__main__")
    }
    return {name.removesuffix(".__init__"): file for name, file in found.items()}


def public_names(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, str | None]]:
    """Each public name of a module or class, and its docstring."""
    for node, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if not any("setter" in ast.unparse(each) for each in node.decorator_list):
                yield inside + node.name, ast.get_docstring(node)
            if isinstance(node, ast.ClassDef):
                yield from public_names(node.body, f"{inside}{node.name}.")
        if not inside and isinstance(node, ast.Assign | ast.AnnAssign):
            said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for name in (each.id for to in targets for each in ast.walk(to) if hasattr(each, "id")):
                if not name.startswith("_"):
                    yield name, str(after.value.value) if said else None


@pytest.mark.parametrize("name", modules())
def test_every_public_name_has_a_docstring(name: str) -> None:
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert [said for said, words in public_names(tree.body) if not words] == []


def test_every_module_stands_on_one_page_of_the_reference() -> None:
    pages = API.glob("*.md")
    listed = Counter(
        name for page in pages for name in DIRECTIVE.findall(page.read_text(encoding="utf-8"))
    )
    assert set(listed) == set(modules())
    assert set(listed.values()) == {1}


@pytest.mark.parametrize(
    "page", sorted({file.stem for file in API.glob("*.md")} - {"index", "command-line"})
)
def test_the_example_of_a_page_prints_what_stands_beside_it(page: str) -> None:
    (example,) = EXAMPLE.findall((API / f"{page}.md").read_text(encoding="utf-8"))
    printed: list[str] = []
    exec(  # noqa: S102 - our own page's code
        example, {"print": lambda *words: printed.append(" ".join(map(str, words)).strip())}
    )
    assert printed
    assert printed == PRINTED.findall(example)


def test_a_fields_comment_is_its_docstring(tmp_path: Path) -> None:
    source = '''
class A:
    x: int  # (time, batch)
    y: int  # noqa: E501
    z: int  # a comment
    """A docstring."""

k = 1  # not a field
'''
    (tmp_path / "shapes.py").write_text(source, encoding="utf-8")
    loader = GriffeLoader(search_paths=[tmp_path], extensions=load_extensions("publish.comments"))
    module = loader.load("shapes")
    said = {name: module[name].docstring for name in ("A.x", "A.y", "A.z", "k")}
    assert said["A.x"].value == "(time, batch)"
    assert said["A.y"] is None
    assert said["A.z"].value == "A docstring."
    assert said["k"] is None


def test_what_was_drawn_is_kept_until_its_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rnn").mkdir()
    module = tmp_path / "rnn" / "one.py"
    module.write_text("x = 1", encoding="utf-8")
    monkeypatch.setattr(reference, "SOURCES", tmp_path)
    monkeypatch.setattr(reference, "CACHE", tmp_path / "cache")
    reference._packages.cache_clear()
    options: Any = SimpleNamespace(a=1)
    first = reference.kept("rnn.one", options)
    assert reference.kept("rnn.one", options) == first
    assert reference.kept("rnn.one", SimpleNamespace(a=2)) != first  # type: ignore[arg-type]
    module.write_text("x = 2", encoding="utf-8")
    assert reference.kept("rnn.one", options) != first
    reference._packages.cache_clear()

"""The reference says of every public name what goes in, in which shape, and what is refused.

The engine's docstrings are sentences, not lists of arguments, so the rule is about what must occur:

- a parameter that takes an array or a number is named in the docstring of its function, class or
  module, or stands among the names that `docs/api/index.md` explains once for all; a name that
  begins with `d_` is the derivative by what is named behind it;
- where an array goes in or comes out, a shape is told: `(batch, hidden)`, `like x`, or dL/dx,
  which is always of x's shape;
- what the body raises, or lets a check raise, is named in the docstring of the function or class.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from tests.publish.test_reference import ROOT, modules

COUNTS_OR_ARRAYS = re.compile(r"\b(int|float|\w*Array|ndarray|States?|Weights|Cache)\b")
ARRAY = re.compile(r"\b(\w*Array|ndarray)\b")
SHAPE = re.compile(
    r"\((\.\.\.|V|time|batch|hidden|outputs|symbols|features|layers|\d+)\)"
    r"|\((\d )?[\w.]+( [-+*] [\w.]+)?, ?[\w ,.+*-]+\)"
    r"|\bshapes?\b|\blike\b|\bdL/d|\bscalar|\bvectors?\b|\bone by one\b"
)
CHECKS = re.compile(r"whole_number|real_number|one_of|check_(size|sizes|limit|rate|indices|loss)")
EVERYWHERE = "## Names that mean the same everywhere"
NAMES = re.compile(r"^\| (`[^|]+) \|", re.MULTILINE)
FUNCTIONS = (ast.FunctionDef, ast.Lambda, ast.ClassDef)


@dataclass(frozen=True)
class Public:
    """A public function, a method of a public class, or what makes an object of that class."""

    name: str
    node: ast.FunctionDef
    own: str  # its docstring; for `__init__` and `__post_init__` that of the class as well
    around: str  # the docstrings of its class and module

    @property
    def arguments(self) -> Iterator[tuple[str, str]]:
        """The name and type of each."""
        every = self.node.args
        for one in (*every.posonlyargs, *every.args, *every.kwonlyargs):
            if one.annotation:
                yield one.arg, ast.unparse(one.annotation)


def public(tree: ast.Module) -> Iterator[Public]:
    return inside(tree.body, ast.get_docstring(tree) or "")


def inside(body: list[ast.stmt], around: str, place: str = "", own: str = "") -> Iterator[Public]:
    for node in body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef):
            continue
        said = ast.get_docstring(node) or ""
        if isinstance(node, ast.ClassDef):
            if not node.name.startswith("_"):
                yield from inside(node.body, f"{said}\n{around}", f"{place}{node.name}.", said)
        elif place and node.name in ("__init__", "__post_init__"):
            yield Public(place + node.name, node, f"{own}\n{said}", around)
        elif not (node.name.startswith("_") or is_setter(node)):
            yield Public(place + node.name, node, said, around)


def is_setter(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(each).endswith(".setter") for each in node.decorator_list)


@cache
def common() -> set[str]:
    """What the first page of the reference explains once for all."""
    text = (ROOT / "docs" / "api" / "index.md").read_text(encoding="utf-8")
    table = text.partition(EVERYWHERE)[2].partition("\n## ")[0]
    return {name for cell in NAMES.findall(table) for name in re.findall(r"`(\w+)`", cell)}


def unnamed(one: Public) -> list[str]:
    return [
        name
        for name, kind in one.arguments
        if COUNTS_OR_ARRAYS.search(kind)
        and name not in common()
        and not name.startswith("d_")
        and not re.search(rf"\b{name}\b", f"{one.own}\n{one.around}")
    ]


def shapeless(one: Public) -> list[str]:
    types = [kind for _, kind in one.arguments]
    types += [ast.unparse(one.node.returns)] if one.node.returns else []
    return ["a shape"] if ARRAY.search(" ".join(types)) and not SHAPE.search(one.own) else []


def unsaid(one: Public) -> list[str]:
    return sorted(error for error in raised(one.node) if error not in one.own)


def raised(node: ast.AST) -> set[str]:
    """The errors that a body raises itself, or lets a check raise."""
    found = set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FUNCTIONS):
            continue
        if isinstance(child, ast.Raise) and child.exc:
            kind = child.exc.func if isinstance(child.exc, ast.Call) else child.exc
            found.add(ast.unparse(kind).rpartition(".")[2])
        if isinstance(child, ast.Call) and CHECKS.fullmatch(ast.unparse(child.func)):
            found.add("ValueError")
        found |= raised(child)
    return found


@pytest.mark.parametrize("module", modules())
def test_a_docstring_tells_of_parameters_shapes_and_errors(module: str) -> None:
    tree = ast.parse(modules()[module].read_text(encoding="utf-8"))
    missing = {one.name: unnamed(one) + shapeless(one) + unsaid(one) for one in public(tree)}
    assert {name: what for name, what in missing.items() if what} == {}


def test_what_a_docstring_leaves_out_is_found() -> None:
    tree = ast.parse('''
def scaled(values: Array, factor: float, rng: Generator) -> Array:
    """Multiply `values`, (time, batch)."""
    return values * real_number("factor", factor, 0.0, 1.0)

class Box:
    """A box of `size`."""
    def __init__(self, size: int) -> None:
        if size < 1:
            raise ValueError(size)
    def put(self, d_values: Array, x: Array) -> None:
        """Put it in."""
''')
    scaled, box, put = public(tree)
    assert (unnamed(scaled), shapeless(scaled), unsaid(scaled)) == (["factor"], [], ["ValueError"])
    assert (unnamed(box), shapeless(box), unsaid(box)) == ([], [], ["ValueError"])
    assert (unnamed(put), shapeless(put), unsaid(put)) == ([], ["a shape"], [])

"""Python as the standard library's authors write it, without what they write *about* it.

Every function and class at the left edge of a module that is short enough to be seen whole, one
after the other. Comments and docstrings are English, and a quotation that never ends is what a
small network dies of: they go, found by Python's own tokenizer and parser; so do blank lines but
one. What is left is theirs, letter by letter. Where nothing is left of a body it becomes `pass`.
"""

import ast
import hashlib
import io
import re
import tokenize
from collections.abc import Iterator, Mapping

LONGEST = 800  # characters of a block
# Not the library itself, or nothing but tables.
OTHERS = re.compile(
    r"(?:encodings|idlelib|pyodide|_pyodide|test)/|_sysconfigdata|__phello__|this\."
)
# Their grammar is newer than Python 3.11, which may have to read them.
NEWER = frozenset(
    f"{name}.py"
    for name in ("_pyrepl/types", "_pyrepl/utils", "annotationlib", "dataclasses", "pdb", "site",
                 "string/templatelib", "traceback", "typing")
)  # fmt: skip

Scope = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
Block = ast.FunctionDef | ast.ClassDef


def plain_code(files: Mapping[str, bytes]) -> str:
    """The short blocks of all modules of a standard library, which is given as its files by name.

    Modules come in an order drawn by the hashes of their names: the last tenth, which is held out,
    is like the rest. A module that is not ASCII is left out.
    """
    names = [
        name
        for name, content in files.items()
        if name.endswith(".py")
        and not OTHERS.match(name)
        and name not in NEWER
        and content.isascii()
    ]
    names.sort(key=lambda name: hashlib.sha256(name.encode()).digest())
    return "\n".join(
        block + "\n" for name in names for block in blocks(bare(files[name].decode("ascii")))
    )


def blocks(source: str) -> Iterator[str]:
    """The functions and classes at the left edge, with their decorators, unless too long."""
    lines = source.split("\n")
    for node in ast.parse(source).body:
        if isinstance(node, Block):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            block = "\n".join(lines[first - 1 : node.end_lineno])
            if len(block) <= LONGEST:
                yield block


def bare(source: str) -> str:
    """Python source without comments, docstrings and double blank lines."""
    lines = source.split("\n")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    for scope, docstring in _docstrings(ast.parse(source)):
        first, last = docstring.lineno - 1, docstring.end_lineno or docstring.lineno
        lines[first:last] = [""] * (last - first)
        if len(scope.body) == 1:
            lines[first] = " " * docstring.col_offset + "pass"
    text = "\n".join(line.rstrip() for line in lines)
    text = re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
    return re.sub(r":\n\n(?= )", ":\n", text)


def _docstrings(tree: ast.Module) -> Iterator[tuple[Scope, ast.Expr]]:
    """Each scope that begins with a string on lines of its own, and that string."""
    for scope in ast.walk(tree):
        if isinstance(scope, Scope) and scope.body:
            match scope.body[0]:
                case ast.Expr(value=ast.Constant(value=str())) as docstring:
                    if docstring.lineno > getattr(scope, "lineno", 0):
                        yield scope, docstring

"""What may be typed next: the names of our modules, of NumPy, and of what the cells have made.

Nothing of the reader's is run to find out: modules are looked into, objects are looked up without
calling their properties.
"""

import importlib
import inspect
import keyword
import re
import sys
from types import ModuleType
from typing import Any

from lab.cells.notebook import namespace_of
from lab.cells.runner import Namespace

OPEN_TO_LOOK = ("rnn", "numpy", "math", "random", "itertools", "functools", "collections")
_NAME = r"[A-Za-z_]\w*"
_FROM = re.compile(rf"^\s*from\s+({_NAME}(?:\.{_NAME})*)\s+import\s+(?:[\w\s,(]*[\s,(])?\w*$")
_IMPORT = re.compile(rf"^\s*(?:import|from)\s+((?:{_NAME}\.)*)\w*$")
_CHAIN = re.compile(rf"((?:{_NAME}\.)*)({_NAME})?$")
_IMPORTED = re.compile(
    rf"^\s*import\s+({_NAME}(?:\.{_NAME})*)(?:\s+as\s+({_NAME}))?\s*$", re.MULTILINE
)
_TAKEN = re.compile(
    rf"^\s*from\s+({_NAME}(?:\.{_NAME})*)\s+import\s+(\([\w\s,]+|[\w ,]+)", re.MULTILINE
)
MOST = 800


def complete(request: dict[str, Any]) -> dict[str, Any]:
    """The names that fit at the end of `text`, in a cell of `page`: {names: [{label, type}]}."""
    text, line = request["text"], request["text"].rsplit("\n", 1)[-1]
    if match := _FROM.match(line):
        return _told(_module(match[1]))
    if match := _IMPORT.match(line):
        return _told(_modules(match[1]))
    chain = _CHAIN.search(line)
    path = chain[1].split(".")[:-1] if chain else []
    known = {**_imports(text), **namespace_of(request["page"])}
    if path:
        return _told(_members(path, known))
    return _told({**dict.fromkeys(keyword.kwlist), **_builtins(known), **known})


def _told(names: dict[str, Any]) -> dict[str, Any]:
    shown = sorted(name for name in names if not name.startswith("_"))[:MOST]
    return {"names": [{"label": name, "type": _type(name, names[name])} for name in shown]}


def _type(name: str, value: Any) -> str:
    if keyword.iskeyword(name):
        return "keyword"
    if isinstance(value, ModuleType):
        return "namespace"
    if inspect.isclass(value):
        return "class"
    return "function" if callable(value) else "variable"


def _module(name: str) -> dict[str, Any]:
    """The public names of a module that may be looked into; nothing for any other."""
    if name.split(".")[0] not in OPEN_TO_LOOK:
        return {}
    try:
        module = importlib.import_module(name)
    except Exception:  # noqa: BLE001 - a half-typed name is none, and no reason for words
        return {}
    names = getattr(module, "__all__", None) or vars(module)
    inside = {key: inspect.getattr_static(module, key, None) for key in names}
    ours = {
        key: value
        for key, value in inside.items()
        if not name.startswith("rnn") or _made_in(value, name)
    }
    return {**ours, **_submodules(module)}


def _made_in(value: Any, module: str) -> bool:
    """True for what a module of ours defines itself, not for what it imports."""
    home = getattr(value, "__module__", None) or module
    return not isinstance(value, ModuleType) and str(home).startswith(module)


def _submodules(module: ModuleType) -> dict[str, Any]:
    if not module.__name__.startswith("rnn") or not hasattr(module, "__path__"):
        return {}
    import pkgutil

    names = {found.name for found in pkgutil.iter_modules(module.__path__)} - {"command"}
    return dict.fromkeys(names, module)


def _modules(before: str) -> dict[str, Any]:
    if before:
        return {
            name: value
            for name, value in _module(before.rstrip(".")).items()
            if isinstance(value, ModuleType)
        }
    return dict.fromkeys(OPEN_TO_LOOK, sys)


def _imports(text: str) -> dict[str, Any]:
    """What the import lines of a text bind, as far as these modules may be looked into."""
    bound: dict[str, Any] = {}
    for name, alias in _IMPORTED.findall(text):
        target = name if alias else name.split(".")[0]
        if _module(target):
            bound[alias or target] = importlib.import_module(target)
    for name, parts in _TAKEN.findall(text):
        inside = _module(name)
        for part in parts.strip("(").split(","):
            words = part.split()
            if words and words[0] in inside:
                bound[words[2] if words[1:2] == ["as"] else words[0]] = inside[words[0]]
    return bound


def _members(path: list[str], known: Namespace) -> dict[str, Any]:
    """What a chain of names leads to; nothing where it cannot be followed without running code."""
    missing = object()
    value = known.get(path[0], missing)
    for name in path[1:]:
        value = inspect.getattr_static(value, name, missing)
    if value is missing:
        return {}
    if isinstance(value, ModuleType):
        return _module(value.__name__) or dict(vars(value))
    holder = value if inspect.isclass(value) else type(value)
    fields = getattr(value, "__dict__", {}) if not inspect.isclass(value) else {}
    members = {name: inspect.getattr_static(holder, name, None) for name in dir(holder)}
    return {**members, **dict(fields)}


def _builtins(known: Namespace) -> dict[str, Any]:
    given = known.get("__builtins__", {})
    return {name: value for name, value in given.items() if not name[:1].isupper()}

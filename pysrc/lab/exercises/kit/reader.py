"""A reader's text is run in a namespace of its own, and what it does wrong is told in sentences.

Nothing here trusts the text: it may not be Python, may raise, print without end, return anything,
and change what it is given. Only an interrupt passes through: that is the reader pressing *Stop*.
"""

import copy
import inspect
import io
import linecache
import traceback
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

FILENAME = "your answer"
MOST_CHARACTERS = 20_000
# In a browser the parser does not refuse what is too deep for its stack, the engine dies.
MOST_DEPTH = 60


class Wrong(Exception):
    """What is wrong, in sentences for the reader; `trace` shows the reader's own lines."""

    def __init__(self, *findings: str, trace: str = "") -> None:
        super().__init__(*findings)
        self.findings = findings
        self.trace = trace


class Printed(io.StringIO):
    """What a reader prints, up to a limit: the page shows it all."""

    LIMIT = 10_000

    def __init__(self) -> None:
        super().__init__()
        self._left = self.LIMIT

    def write(self, text: str) -> int:
        """Keep what there is room for, and say once that there was more."""
        if len(text) <= self._left:
            super().write(text)
        elif self._left >= 0:
            super().write(f"{text[: self._left]}\n... and more, which is not shown.\n")
        self._left = self._left - len(text) if len(text) <= self._left else -1
        return len(text)


class Answer:
    """The reader's function: called with copies, watched for errors and for changed arguments."""

    def __init__(self, source: str, function: str, solution: str) -> None:
        """Run the text and find the function in it; raise Wrong if that cannot be done."""
        self.name = function
        namespace = _run(source)
        found = namespace.get(function)
        if not callable(found):
            first = next(line for line in solution.splitlines() if line.startswith("def "))
            raise Wrong(
                f"There is no function `{function}` in your answer. Keep the starter's first line: "
                f"`{first}`"
            )
        self._function: Callable[..., object] = found

    def __call__(self, *arguments: Any) -> Any:
        """Call it; raise Wrong if it raises, returns nothing, or changes what it was given."""
        self._check_signature(arguments)
        given = copy.deepcopy(arguments)
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                result = self._function(*given)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a stranger raises
            raise _raised(f"`{self.name}`", error) from None
        self._check_unchanged(arguments, given)
        if result is None:
            raise Wrong(f"`{self.name}` returned nothing (None). Does it end with `return`?")
        if result is Ellipsis:
            raise Wrong(f"`{self.name}` still returns `...`: put your own value there.")
        return result

    def _check_signature(self, arguments: tuple[Any, ...]) -> None:
        try:
            inspect.signature(self._function).bind(*arguments)
        except TypeError:
            raise Wrong(
                f"`{self.name}` is called with {len(arguments)} arguments, in the starter's order; "
                "yours takes others. Keep the starter's first line."
            ) from None
        except ValueError:  # a built-in function does not say what it takes
            return

    def _check_unchanged(self, before: tuple[Any, ...], after: tuple[Any, ...]) -> None:
        try:
            names = list(inspect.signature(self._function).parameters)
        except ValueError:
            names = [str(place) for place, _ in enumerate(before)]
        for name, old, new in zip(names, before, after, strict=False):
            pairs = [(name, old, new)]
            if isinstance(old, dict):
                pairs = [(f'{name}["{key}"]', old[key], new.get(key)) for key in old]
            for what, kept, now in pairs:
                if isinstance(kept, np.ndarray) and not _same_bits(kept, now):
                    raise Wrong(
                        f"`{self.name}` changed its argument `{what}`. Whoever called it still "
                        "needs that: work on a copy, as in `p[t].copy()` or `a = a + b`. (`a += b` "
                        "changes the array itself, and `p[t]` is a part of `p`, not a copy.)"
                    )


def _same_bits(kept: Any, now: object) -> bool:
    return (
        isinstance(now, np.ndarray)
        and now.shape == kept.shape
        and bool(np.array_equal(kept, now, equal_nan=True))
    )


def _run(source: str) -> dict[str, Any]:
    """Run the text in a fresh namespace; raise Wrong for what stops it."""
    if len(source) > MOST_CHARACTERS:
        raise Wrong(
            f"An answer has at most {MOST_CHARACTERS:,} characters; yours has {len(source):,}."
        )
    if _depth(source) > MOST_DEPTH:
        raise Wrong(f"Brackets and blocks are nested more than {MOST_DEPTH} deep.")
    # So that a traceback can show the reader's lines.
    linecache.cache[FILENAME] = (len(source), None, source.splitlines(keepends=True), FILENAME)
    namespace: dict[str, Any] = {"__name__": "__exercise__"}
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(source, FILENAME, "exec", dont_inherit=True), namespace)  # noqa: S102
    except SyntaxError as error:
        raise Wrong(
            f"Python cannot read line {error.lineno}: {error.msg}.", trace=_only(error)
        ) from None
    except (Exception, SystemExit) as error:  # noqa: BLE001
        raise _raised("Your text", error) from None
    return namespace


def _depth(source: str) -> int:
    """At least how deep the text is nested; brackets in strings count as if they were code."""
    deepest = depth = 0
    for character in source:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth = max(0, depth - 1)
    indents = [len(line) - len(line.lstrip(" \t")) for line in source.splitlines() if line.strip()]
    return max(deepest, max(indents, default=0) // 4)


def _raised(who: str, error: BaseException) -> Wrong:
    lines = [frame for frame in traceback.extract_tb(error.__traceback__)
             if frame.filename == FILENAME]  # fmt: skip
    said = str(error)
    what = f"{type(error).__name__}: {said}" if said else type(error).__name__
    if not lines:
        return Wrong(f"{who} raised {what}.", trace=_only(error))
    last = lines[-1]
    trace = "".join(
        ["Traceback (your lines only):\n", *traceback.StackSummary.from_list(lines).format()]
    )
    return Wrong(
        f"{who} raised {what.rstrip('.')}. It happened in line {last.lineno}: `{last.line}`",
        trace=trace + _only(error),
    )


def _only(error: BaseException) -> str:
    return "".join(traceback.format_exception_only(error))

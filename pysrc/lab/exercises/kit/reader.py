"""A reader's text is run in a namespace of its own, and what it does wrong is told in sentences.

Nothing here trusts the text: it may not be Python, may raise, return anything, and change what it
is given. Only an interrupt passes through: that is the reader pressing *Stop*. What is printed, and
for how long it may run, is `lab.cells`' business.
"""

import copy
import inspect
import re
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from lab.cells import Source, fresh_namespace
from lab.cells.tracebacks import Trouble, explain

FILENAME = "your answer"
MOST_CHARACTERS = 20_000


class Wrong(Exception):
    """What is wrong, in sentences for the reader.

    `trace` shows the reader's own lines of a traceback, `line` (from 1) is the last of them.
    """

    def __init__(self, *findings: str, trace: str = "", line: int | None = None) -> None:
        super().__init__(*findings)
        self.findings = findings
        self.trace = trace
        self.line = line


class Answer:
    """The reader's function: called with copies, watched for errors and for changed arguments."""

    def __init__(self, text: str, function: str, solution: str) -> None:
        """Run the text and find the function in it; raise Wrong if that cannot be done."""
        self.name = function
        self._text = text
        namespace = _run(text)
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
            raise _raised(f"`{self.name}`", error, self._text) from None
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


def _run(text: str) -> dict[str, Any]:
    """Run the text in a fresh namespace; raise Wrong for what stops it."""
    if len(text) > MOST_CHARACTERS:
        raise Wrong(
            f"An answer has at most {MOST_CHARACTERS:,} characters; yours has {len(text):,}."
        )
    try:
        codes = Source(FILENAME, text).compiled()
    # ValueError: too deep, or characters Python does not take. The others: too deep for Python.
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError) as error:
        trouble = explain(error)
        where = f"line {trouble.line}" if trouble.line else "your text"
        where_in_line, _ = _parted(trouble)
        raise Wrong(
            f"Python cannot read {where}: {trouble.message}.",
            trace=where_in_line,
            line=trouble.line,
        ) from None
    namespace = fresh_namespace()
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for code in codes:
                if code:
                    exec(code, namespace)  # noqa: S102 - the reader's code, on the reader's machine
    except (Exception, SystemExit) as error:  # noqa: BLE001
        raise _raised("Your text", error, text) from None
    return namespace


def _raised(who: str, error: BaseException, text: str) -> Wrong:
    trouble = explain(error)
    trace, what = _parted(trouble)
    end = "" if what.endswith("?") else "."
    if trouble.line is None:
        return Wrong(f"{who} raised {what}{end}", trace=trace)
    line = text.splitlines()[trouble.line - 1].strip()
    return Wrong(
        f"{who} raised {what}{end} It happened in line {trouble.line}: `{line}`",
        trace=trace,
        line=trouble.line,
    )


def _parted(trouble: Trouble) -> tuple[str, str]:
    """A traceback without its last line, which the finding says, and that line.

    What is left is dropped where the finding says all of it: one line of the reader's, no carets.
    """
    what = f"{trouble.name}: {trouble.message}".rstrip(": .")
    way, _, last = trouble.traceback.rpartition("\n")
    if not re.match(rf"(\w+\.)*{re.escape(trouble.name)}\b", last):
        return trouble.traceback, what  # its words have several lines
    tells = way.count('File "') > 1 or "^" in way or "~" in way
    return way if tells else "", last.rstrip(": .")

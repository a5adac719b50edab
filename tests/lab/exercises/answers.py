"""Wrong answers as data: a right one, with a slip in it, and the words that must come back."""

import importlib
import re
from dataclasses import dataclass

from lab.exercises import exercise

_EMPHASIS = re.compile(r"(?<![\w*])\*(\w(?:[^*]*\w)?)\*(?![\w*])")


@dataclass(frozen=True)
class Slip:
    """A usual mistake: its name, what it changes in the solution, and its own feedback."""

    name: str
    changes: dict[str, str]
    words: str  # stands in the feedback, and in no other slip's of this exercise

    def applied(self, solution: str) -> str:
        """The solution with the mistake in it."""
        for old, new in self.changes.items():
            assert old in solution, f"{self.name}: {old!r} is not in the solution"
            solution = solution.replace(old, new)
        return solution


def slips(name: str) -> list[Slip]:
    """The wrong answers of an exercise: `wrong/one_hot.py` holds those of `one-hot`."""
    module = importlib.import_module(f"tests.lab.exercises.wrong.{name.replace('-', '_')}")
    return list(module.SLIPS)


def plain(text: str) -> str:
    """Words without the marks of `code` and *emphasis*, which a page draws."""
    return _EMPHASIS.sub(r"\1", text.replace("`", ""))


def feedback(name: str, source: str) -> str:
    """Everything the report of a run says is wrong."""
    report = exercise(name).report(source)
    return " ".join(finding for check in report["checks"] for finding in check["findings"])

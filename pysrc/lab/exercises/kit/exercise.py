"""An exercise, and the report of one run of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lab.exercises.kit.reader import Answer, Wrong


@dataclass(frozen=True)
class Check:
    """One thing the answer must do. `run` raises Wrong if it does not."""

    title: str  # what must hold, as the reader sees it: "The memory after one step"
    run: Callable[[Answer], None]


@dataclass(frozen=True)
class Exercise:
    """One function to write.

    The checks run in order and stop at the first that fails: what follows would mostly repeat it.
    """

    name: str  # in links and fences: one-hot
    title: str
    function: str  # what the reader writes
    story: str  # Markdown, with formulas
    starter: str  # fails its check
    solution: str  # passes it
    hints: tuple[str, ...]  # Markdown; two or three, from a nudge to nearly the line
    checks: tuple[Check, ...]

    def report(self, text: str) -> dict[str, Any]:
        """Run the reader's text and judge it. Never raises, but for the reader's own interrupt.

        Returns plain data: `passed`; `verdict`, one sentence; `checks`, each with `title`, `state`
        (passed, failed or waiting) and `findings`; `trace`, the reader's own lines of a traceback,
        or ""; `line`, which of them the error came from, or None.
        """
        done = 0
        wrong: Wrong | None = None
        try:
            answer = Answer(text, self.function, self.solution)
            for check in self.checks:
                check.run(answer)
                done += 1
        except Wrong as found:
            wrong = found
        checks = []
        for index, check in enumerate(self.checks):
            state = "passed" if index < done else "failed" if index == done else "waiting"
            findings = list(wrong.findings) if wrong and state == "failed" else []
            checks.append({"title": check.title, "state": state, "findings": findings})
        return {
            "exercise": self.name,
            "passed": wrong is None,
            "verdict": self._verdict(done),
            "checks": checks,
            "trace": wrong.trace if wrong else "",
            "line": wrong.line if wrong else None,
        }

    def _verdict(self, done: int) -> str:
        if done == len(self.checks):
            return f"Solved: all {done} checks pass." if done > 1 else "Solved: the check passes."
        return f"Not yet: {done} of {len(self.checks)} checks pass."

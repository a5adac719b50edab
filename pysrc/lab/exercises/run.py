"""The page's way to an exercise: its text, checked like any code of a reader's, stoppable."""

from typing import Any

from lab.cells import Runner
from lab.exercises import exercise


def check(request: dict[str, Any], runner: Runner) -> dict[str, Any]:
    """Check `text` as an answer to `exercise`: {status, report}; the report is None if stopped."""
    asked = exercise(request["exercise"])
    outcome = runner.guarded(lambda: asked.report(request["text"]))
    return {"status": outcome.status, "report": outcome.value}

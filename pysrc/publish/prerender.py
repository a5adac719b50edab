"""Ask Node to draw: first frames with the browser's own templates, formulas with KaTeX.

One process serves the whole build: JSON lines in, JSON lines out (web/prerender.ts).
"""

import atexit
import contextlib
import itertools
import json
import subprocess
from typing import Any

from publish.programs import ROOT, node

PROGRAM = ROOT / "build" / "web" / "prerender.mjs"


class DrawError(Exception):
    """The templates or KaTeX refused. `index` tells which of several formulas."""

    def __init__(self, message: str, index: int | None = None) -> None:
        super().__init__(message)
        self.index = index


class Prerenderer:
    """A Node process that is started on first use and ended with the build."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._numbers = itertools.count(1)

    def lab(self, element_id: str, frame: str) -> str:
        """Draw a lab's first frame, given as JSON text, for the element of this id."""
        html: str = self._ask({"kind": "lab", "element": element_id, "frame": frame})
        return html

    def cell(self, element_id: str, pieces: str) -> str:
        """Draw what a code cell shows, given as JSON text."""
        html: str = self._ask({"kind": "cell", "element": element_id, "pieces": pieces})
        return html

    def formulas(self, formulas: list[tuple[str, bool]]) -> list[str]:
        """Draw formulas, each TeX and whether it stands on its own line."""
        asked = [{"tex": tex, "display": display} for tex, display in formulas]
        html: list[str] = self._ask({"kind": "math", "formulas": asked})
        return html

    def close(self) -> None:
        """End the process; the next question starts a new one."""
        if self._process:
            with contextlib.suppress(BrokenPipeError):  # it may have ended by itself
                self._process.communicate()
            self._process = None

    def _ask(self, question: dict[str, Any]) -> Any:
        process = self._running()
        number = next(self._numbers)
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 (piped)
        try:
            process.stdin.write(json.dumps({"id": number, **question}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self.close()
            raise DrawError(f"{PROGRAM.relative_to(ROOT)} ended with code {process.returncode}")
        answer = json.loads(line)
        if "error" in answer:
            raise DrawError(answer["error"], answer.get("index"))
        return answer["html"]

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            if not PROGRAM.exists():
                raise DrawError(f"{PROGRAM.relative_to(ROOT)} is missing: run `make build`")
            self._process = subprocess.Popen(
                [node(), str(PROGRAM)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            atexit.register(self.close)
        return self._process


prerenderer = Prerenderer()

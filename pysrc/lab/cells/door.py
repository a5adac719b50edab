"""The door for code that may run long: a request in, pieces while it runs, a packet at the end.

Each operation is `module:function`; the function gets the request and a `Runner`.
"""

import importlib
import json
from collections.abc import Callable
from typing import Any

from lab.cells.pieces import Piece
from lab.cells.runner import Runner
from lab.cells.stopping import Breathe
from lab.kit.wire import to_packet

OPERATIONS = {
    "cell": "lab.cells.notebook:run_cell",
    "exercise": "lab.exercises.run:check",
}


def run(request: str, emit: Callable[[bytes], object], breathe: Breathe | None = None) -> bytes:
    """Answer one request. `emit` is given every piece as a packet."""
    asked: dict[str, Any] = json.loads(request)
    if asked["op"] not in OPERATIONS:
        raise ValueError(f"op must be one of {', '.join(OPERATIONS)}; got {asked['op']!r}")
    module, _, name = OPERATIONS[asked["op"]].partition(":")
    answer = getattr(importlib.import_module(module), name)

    def say(piece: Piece) -> None:
        emit(to_packet(piece))

    return to_packet(answer(asked, Runner(say, breathe)))

"""Run a reader's text natively, and look at what a page would be shown."""

from typing import Any

from lab.cells import Outcome, Runner, Source, fresh_namespace
from lab.cells.pieces import Piece

Namespace = dict[str, Any]


def run(text: str, namespace: Namespace | None = None) -> tuple[Outcome, list[Piece]]:
    """How it ended, and its pieces."""
    pieces: list[Piece] = []
    outcome = Runner(pieces.append).execute(
        Source("cell 1", text), fresh_namespace() if namespace is None else namespace
    )
    return outcome, pieces


def printed(pieces: list[Piece], stream: str = "out") -> str:
    """All text of one stream."""
    return "".join(
        piece["text"] for piece in pieces if piece["kind"] == "text" and piece["stream"] == stream
    )


def failed(text: str) -> str:
    """The traceback of a text that must fail."""
    outcome, _ = run(text)
    assert outcome.status == "error"
    assert outcome.trouble is not None
    return outcome.trouble.traceback

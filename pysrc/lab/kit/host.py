"""The one door between a page and the labs: a request in, a packet out.

A session is one open lab. Requests are JSON objects with an `op`:

    open     lab, options             -> session, description, snapshot
    set      session, values          -> session, snapshot
    glance   session, values, figures -> session, glance (these figures without words and tables)
    foresee  session, control, values, figures, budget_ms -> session, foreseen (for each value the
                                glance it would bring, a packet by itself; nothing is set. Fewer
                                where time is up)
    act      session, action, argument -> session, snapshot
    advance  session, budget_ms       -> session, snapshot
    give     session, name            -> session, snapshot (the file's bytes are the attachment)
    upload   session, control, filename -> session, snapshot (the document is the attachment)
    keep     session                  -> session, data (what the lab wants to go on from)
    restore  session                  -> session, snapshot (such data is the attachment)
    close    session                  -> {}
    sessions                          -> open (the numbers of all open sessions)
    complete page, text               -> names (what may be typed next in a cell)
    forget   page                     -> {} (what the cells of a page have made)

Code that may run long has a door of its own: `lab.cells.door`.

`shown`, in a request, names the `figures` and the `tables` that are on the screen: the snapshot
holds only those. Without it, everything. `wants`, in a snapshot, names the file a lab waits for.
"""

import itertools
import json
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lab.kit.controls import ControlError
from lab.kit.registry import Lab, foresee, give, glance, keeper, open_lab, restore, upload
from lab.kit.wire import to_packet

_OPERATIONS = (
    "open",
    "set",
    "glance",
    "foresee",
    "act",
    "advance",
    "give",
    "upload",
    "keep",
    "restore",
    "close",
    "sessions",
    "complete",
    "forget",
)
_sessions: dict[int, Lab] = {}
_numbers = itertools.count(1)


class ClosedSession(ValueError):
    """The session named in a request is not open."""


def call(request: str, attachment: bytes | memoryview | None = None) -> bytes:
    """Answer one request. What goes wrong is raised and crosses to the page as an error."""
    return to_packet(_answer(json.loads(request), attachment))


def _answer(request: dict[str, Any], attachment: bytes | memoryview | None) -> dict[str, Any]:
    op = request["op"]
    if op not in _OPERATIONS:
        raise ValueError(f"op must be one of {', '.join(_OPERATIONS)}; got {op!r}")
    if op == "open":
        return _open(request)
    if op == "sessions":
        return {"open": sorted(_sessions)}
    if op in ("complete", "forget"):
        return _of_cells(op, request)
    number = request["session"]
    if op == "close":
        _sessions.pop(number, None)  # closing twice is no mistake: a page may leave while it closes
        return {}
    session = _session(number)
    if op == "keep":
        return {"session": number, "data": np.frombuffer(keeper(session).kept(), np.uint8)}
    if op == "glance":
        session.set(request["values"])
        return {"session": number, "glance": glance(session, request["figures"])}
    if op == "foresee":
        return {"session": number, "foreseen": _foreseen(session, request)}
    if op == "set":
        session.set(request["values"])
    elif op == "act":
        session.act(request["action"], request.get("argument"))
    elif op == "give":
        give(session, request["name"], _bytes(f"the file {request['name']!r}", attachment))
    elif op == "upload":
        control, filename = request["control"], request["filename"]
        upload(session, control, filename, _bytes(f"{control}: the document", attachment))
    elif op == "restore":
        restore(session, _bytes("what was kept", attachment))
    else:
        session.advance(float(request["budget_ms"]))
    return {"session": number, "snapshot": _seen(session, request.get("shown"))}


def _of_cells(op: str, request: dict[str, Any]) -> dict[str, Any]:
    from lab.cells import names, notebook  # a page without cells need not load them

    if op == "complete":
        return names.complete(request)
    notebook.forget(request["page"])
    return {}


def _foreseen(session: Lab, request: dict[str, Any]) -> list[NDArray[np.uint8]]:
    until = time.perf_counter() + request["budget_ms"] / 1000.0
    packets: list[NDArray[np.uint8]] = []
    for seen in foresee(session, request["control"], request["values"], request["figures"]):
        packets.append(np.frombuffer(to_packet(seen), np.uint8))
        if time.perf_counter() >= until:
            break
    return packets


def _bytes(what: str, attachment: bytes | memoryview | None) -> bytes:
    if attachment is None:
        raise ControlError(f"{what} came without its bytes")
    return bytes(attachment)


def _open(request: dict[str, Any]) -> dict[str, Any]:
    session = open_lab(request["lab"], request.get("options") or {})
    number = next(_numbers)
    _sessions[number] = session
    return {
        "session": number,
        "description": session.declaration.describe(),
        "snapshot": _seen(session, request.get("shown")),
    }


def _seen(session: Lab, shown: dict[str, list[str]] | None) -> dict[str, Any]:
    """A snapshot without what nobody looks at: most of a reply is figures and their tables."""
    if shown is None:
        return session.snapshot()
    snapshot = session.snapshot(shown["figures"])
    for name, figure in snapshot["figures"].items():
        if name not in shown["tables"]:
            figure["tables"] = []
    return snapshot


def _session(number: int) -> Lab:
    if number not in _sessions:
        raise ClosedSession(f"session {number} is not open; open: {sorted(_sessions)}")
    return _sessions[number]

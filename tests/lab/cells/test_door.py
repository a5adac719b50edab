"""The door for long work: pieces while it runs, a packet at the end."""

import json

import pytest

from lab.cells import door, stopping
from lab.cells.notebook import forget
from lab.cells.streams import Printed
from tests.lab.packets import decode


def test_a_cell_through_the_door() -> None:
    pieces: list[bytes] = []
    request = {"op": "cell", "page": "/d/", "name": "cell 1", "text": "print('a')\nplot([1, 2])"}
    reply = decode(door.run(json.dumps(request), pieces.append))
    assert (reply["status"], reply["error"]) == ("done", None)
    first, second = (decode(piece) for piece in pieces)
    assert first == {"kind": "text", "stream": "out", "text": "a\n"}
    assert second["kind"] == "figure"
    forget("/d/")


def test_cells_of_a_page_share_what_they_make_and_pages_do_not() -> None:
    def run(page: str, text: str) -> str:
        request = {"op": "cell", "page": page, "name": "cell 1", "text": text}
        status: str = decode(door.run(json.dumps(request), lambda _: None))["status"]
        return status

    assert run("/e/", "x = 1") == "done"
    assert run("/e/", "x") == "done"
    assert run("/f/", "x") == "error"
    forget("/e/")
    assert run("/e/", "x") == "error"


def test_an_operation_that_is_none_says_which_there_are() -> None:
    with pytest.raises(ValueError, match="op must be one of cell"):
        door.run('{"op": "dance"}', lambda _: None)


@pytest.mark.skipif(not hasattr(__import__("sys"), "monitoring"), reason="needs Python 3.12")
@pytest.mark.parametrize(
    "text",
    [
        "while True:\n    pass",
        "while True:\n    try:\n        x = 1\n    except BaseException:\n        pass",
        "def f(n):\n    return f(n - 1) + f(n - 2) if n > 1 else n\nf(60)",
    ],
)
def test_what_never_ends_is_stopped(text: str) -> None:
    breaths: list[int] = []

    def breathe() -> bool:
        breaths.append(1)
        return len(breaths) > 3

    request = {"op": "cell", "page": "/g/", "name": "cell 1", "text": f"y = 1\n{text}"}
    reply = decode(door.run(json.dumps(request), lambda _: None, breathe))
    assert reply["status"] == "stopped"
    after = {**request, "text": "y"}
    assert decode(door.run(json.dumps(after), lambda _: None))["status"] == "done"
    forget("/g/")


def test_without_a_page_to_ask_nothing_is_watched() -> None:
    with stopping.Watch(None, Printed(lambda _: None)).watching():
        assert sum(range(10)) == 45

"""Completion offers what is really there, and runs nothing of the reader's to find out."""

import json

from lab.cells.names import complete
from lab.cells.notebook import forget
from lab.kit import host
from tests.lab.packets import decode


def names(text: str, page: str = "/nowhere/") -> list[str]:
    return [name["label"] for name in complete({"page": page, "text": text})["names"]]


def test_our_modules_and_numpys() -> None:
    assert {"softmax", "softmax_cross_entropy"} <= set(names("from rnn.losses import so"))
    assert "np" not in names("from rnn.losses import ")
    assert {"losses", "cells"} <= set(names("from rnn."))
    assert {"linalg", "log"} <= set(names("import numpy as np\nnp.l"))
    assert "norm" in names("import numpy as np\nx = np.linalg.n")
    assert names("import nu") == names("import ")


def test_what_a_text_imports_is_known_before_it_runs() -> None:
    assert "softmax" in names("from rnn.losses import softmax\nso")
    assert "forward" in names("from rnn.cells.elman import Elman\nElman.f")


def test_what_the_cells_have_made_is_known() -> None:
    request = {"op": "cell", "page": "/a/", "name": "cell 1", "text": "history = [1]"}
    from lab.cells import Runner
    from lab.cells.notebook import run_cell

    run_cell(request, Runner(lambda _: None))
    assert "history" in names("hi", "/a/")
    assert "append" in names("history.", "/a/")
    host.call(json.dumps({"op": "forget", "page": "/a/"}))
    assert "history" not in names("hi", "/a/")


def test_no_property_is_called() -> None:
    from lab.cells import Runner
    from lab.cells.notebook import run_cell

    text = "class A:\n    @property\n    def boom(self):\n        raise SystemExit\na = A()"
    run_cell({"page": "/b/", "name": "cell 1", "text": text}, Runner(lambda _: None))
    assert "boom" in names("a.b", "/b/")
    assert names("a.boom.", "/b/")
    forget("/b/")


def test_what_is_not_known_is_no_name() -> None:
    assert names("unheard_of.") == []
    assert names("from os import ") == []


def test_the_page_asks_through_the_host() -> None:
    reply = decode(host.call(json.dumps({"op": "complete", "page": "/c/", "text": "prin"})))
    assert {"label": "print", "type": "function"} in reply["names"]

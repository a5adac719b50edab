"""Answers nobody should write, and a clear sentence for each."""

from typing import Any

import pytest

from lab.cells import Runner
from lab.exercises import BOOK, exercise
from lab.exercises.run import check
from tests.lab.exercises.answers import feedback

FIRST = "def step(x_t, h_before, w_x, w_h, w_y, b_h, b_y):\n"


def body(lines: str) -> str:
    return FIRST + "".join(f"    {line}\n" for line in lines.splitlines())


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "no function `step`"),
        ("step = 3", "no function `step`"),
        ("def step(:", "Python cannot read line 1"),
        ("x = '\0'", "null"),
        ("raise ValueError('no')", "Your text raised ValueError: no"),
        ("import sys; sys.exit()", "SystemExit"),
        ("import tensorflow", "ModuleNotFoundError"),
        ("x = " + "(" * 500 + ")" * 500, "may nest 80 deep"),
        ("#" * 30_000, "at most 20,000 characters"),
        ("def step(x):\n    return x", "called with 7 arguments"),
        (body("pass"), "returned nothing"),
        (body("return ..."), "returns `...`"),
        (body("return 1"), "must return 2 values"),
        (body("return 'a', 'b'"), "`h_t` must be a single number; it is a str"),
        (body("return True, False"), "it is a bool"),
        (body("return [1], 2"), "it is a list"),
        (body("return float('nan'), 1.0"), "`h_t` is NaN"),
        (body("return float('inf'), 1.0"), "`h_t` is infinite"),
        (body("return 10**400, 1.0"), "`h_t`"),
        (body("return object(), 1.0"), "it is an object"),
        (body("return 1 / 0"), "ZeroDivisionError"),
        (body("return step(x_t, h_before, w_x, w_h, w_y, b_h, b_y)"), "RecursionError"),
        (body("raise SystemExit(3)"), "SystemExit: 3"),
        (body("return unknown"), "NameError"),
    ],
)
def test_what_is_wrong_is_said(source: str, words: str) -> None:
    assert words in feedback("step-function", source)


@pytest.mark.parametrize("name", BOOK)
@pytest.mark.parametrize(
    "returned", ["None", "...", "float('nan')", "'text'", "object()", "{}", "[]"]
)
def test_every_exercise_says_what_is_wrong_with_what_is_returned(name: str, returned: str) -> None:
    source = f"def {exercise(name).function}(*_):\n    return {returned}\n"
    assert feedback(name, source)


@pytest.mark.parametrize("text", ["hello", "raise KeyError('a')"])
def test_a_traceback_that_would_only_repeat_the_finding_is_left_out(text: str) -> None:
    report = exercise("step-function").report(text)
    assert f"It happened in line 1: `{text}`" in report["checks"][0]["findings"][0]
    assert report["trace"] == ""


def test_what_cannot_be_read_is_pointed_at_once() -> None:
    report = exercise("step-function").report("def step(x)\n    return x")
    assert report["checks"][0]["findings"] == ["Python cannot read line 1: expected ':'."]
    assert report["trace"].splitlines()[1:] == ["    def step(x)", "               ^"]


def test_a_traceback_shows_the_readers_lines_only() -> None:
    source = body("def inner():\n    return [][1]\nreturn inner()")
    report = exercise("step-function").report(source)
    assert "return [][1]" in report["trace"]
    (check, *_) = report["checks"]
    assert "IndexError: list index out of range. It happened in line 3" in check["findings"][0]
    assert "IndexError" not in report["trace"]  # it is told once
    assert "reader.py" not in report["trace"]
    assert report["line"] == 3
    assert "line 3: `return [][1]`" in feedback("step-function", source)


def checked(text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """As a page asks for it: what came of it, and the pieces that came before."""
    pieces: list[dict[str, Any]] = []
    reply = check({"exercise": "step-function", "text": text}, Runner(pieces.append))
    return reply, pieces


def test_what_is_printed_is_streamed() -> None:
    reply, pieces = checked("print('hello')\n" + exercise("step-function").solution)
    assert reply["status"] == "done"
    assert reply["report"]["passed"]
    assert pieces == [{"kind": "text", "stream": "out", "text": "hello\n"}]


def test_a_stopped_check_has_no_report() -> None:
    reply, _ = checked(body("raise KeyboardInterrupt"))
    assert reply == {"status": "stopped", "report": None}


def test_a_changed_argument_is_named() -> None:
    source = (
        "def clip_by_norm(gradients, limit):\n    gradients['W_hh'] *= 2\n    return gradients\n"
    )
    assert 'changed its argument `gradients["W_hh"]`' in feedback("clip-by-norm", source)


def test_an_interrupt_passes_through() -> None:
    with pytest.raises(KeyboardInterrupt):
        exercise("step-function").report(body("raise KeyboardInterrupt"))

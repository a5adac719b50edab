"""A reader's code runs, prints, fails and ends as it would anywhere, and the page stays whole."""

import sys

import numpy as np
import pytest

from lab.cells import Runner, Source, fresh_namespace
from lab.cells.pieces import Piece
from lab.cells.streams import ENOUGH, MOST_CHARACTERS
from tests.lab.cells.running import failed, printed, run


def test_what_is_printed_comes_as_it_comes() -> None:
    pieces: list[Piece] = []
    seen_by_then: list[int] = []
    namespace = {**fresh_namespace(), "look": lambda: seen_by_then.append(len(pieces))}
    text = "print('one')\nlook()\nprint('two', end='')\nlook()"
    Runner(pieces.append).execute(Source("cell 1", text), namespace)
    assert seen_by_then == [1, 1]  # a line at once; half a line when there is more, or at the end
    assert printed(pieces) == "one\ntwo"


def test_nothing_looks_up_while_a_piece_is_on_its_way() -> None:
    busy: list[bool] = []
    runner = Runner(lambda _: busy.append(runner._printed.busy))
    runner.execute(Source("cell 1", "print('a')\nplot([1])\nshow([2])\n3"), fresh_namespace())
    assert busy == [True] * 4
    assert not runner._printed.busy


def test_both_streams_keep_their_order() -> None:
    _, pieces = run("import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')")
    assert [(piece["stream"], piece["text"]) for piece in pieces] == [
        ("out", "a\n"),
        ("err", "b\n"),
        ("out", "c\n"),
    ]


def test_the_last_expression_is_shown_and_none_is_not() -> None:
    assert printed(run("x = 2\nx + 40")[1], "value") == "42\n"
    assert run("x = 2\nprint")[0].status == "done"
    assert run("None")[1] == []
    assert run("x = 2")[1] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x = 1\nx", "1\n"),
        ("(1 +\n 2)", "3\n"),
        ("'''a\nb'''", "'a\\nb'\n"),
        ("if True:\n    5\n", ""),
        ("5  # five\n\n# done\n", "5\n"),
        ("x = 1;", ""),
        ("", ""),
        ("# nothing", ""),
    ],
)
def test_where_the_last_expression_begins(text: str, shown: str) -> None:
    outcome, pieces = run(text)
    assert outcome.status == "done"
    assert printed(pieces, "value") == shown


def test_a_namespace_is_shared_and_functions_see_it() -> None:
    namespace = fresh_namespace()
    run("def double(x):\n    return factor * x", namespace)
    run("factor = 2", namespace)
    assert printed(run("double(21)", namespace)[1], "value") == "42\n"


def test_a_traceback_shows_the_readers_lines_only() -> None:
    text = "from rnn.cells import make_cell\ndef make():\n    return make_cell('lsd', 1, 1)\nmake()"
    traceback = failed(text)
    assert 'File "cell 1", line 4, in <module>' in traceback
    assert "return make_cell('lsd', 1, 1)" in traceback
    assert ".py" not in traceback
    assert traceback.splitlines()[-1].startswith("ValueError: ")


def test_linked_errors_are_trimmed_too() -> None:
    traceback = failed("try:\n    1 / 0\nexcept Exception as e:\n    raise KeyError('k') from e")
    assert "direct cause" in traceback
    assert ".py" not in traceback


def test_an_error_names_the_line_it_came_from() -> None:
    outcome, _ = run("def f():\n    return 1 / 0\n\nf()")
    assert outcome.trouble is not None
    assert (outcome.trouble.name, outcome.trouble.line) == ("ZeroDivisionError", 2)


def test_the_line_is_one_of_the_cell_that_ran_wherever_it_failed() -> None:
    namespace = fresh_namespace()
    run("def f():\n    return 1 / 0", namespace)
    outcome = Runner(lambda _: None).execute(Source("cell 2", "x = 1\n\n\nf()"), namespace)
    assert outcome.trouble is not None
    assert outcome.trouble.line == 4
    assert 'File "cell 1", line 2, in f' in outcome.trouble.traceback
    outcome, _ = run("x = 1\neval('1 +')")
    assert outcome.trouble is not None
    assert (outcome.trouble.name, outcome.trouble.line) == ("SyntaxError", 2)


def test_what_python_does_not_understand_is_pointed_at() -> None:
    outcome, _ = run("x = 1\ny = = 2")
    assert outcome.trouble is not None
    assert (outcome.trouble.name, outcome.trouble.line) == ("SyntaxError", 2)
    assert "y = = 2" in outcome.trouble.traceback
    assert failed("def f(x)\n    return x").count("SyntaxError") == 1


def test_endless_recursion_ends_in_a_short_traceback() -> None:
    traceback = failed("def f(n):\n    return f(n + 1)\nf(0)")
    assert "RecursionError" in traceback
    assert len(traceback.splitlines()) < 20


def test_exit_ends_the_cell_and_nothing_else() -> None:
    outcome, pieces = run("print('a')\nraise SystemExit\nprint('b')")
    assert outcome.status == "done"
    assert printed(pieces) == "a\n"
    assert printed(pieces, "err") == "The code ended itself.\n"


@pytest.mark.parametrize("text", ["input('?')", "import sys\nsys.stdin.readline()"])
def test_nobody_can_be_asked(text: str) -> None:
    assert "write the value into the code instead" in failed(text)


def test_output_has_an_end() -> None:
    _, pieces = run(f"for _ in range(10):\n    print('x' * {MOST_CHARACTERS // 4})")
    text = printed(pieces)
    assert text.endswith(ENOUGH)
    assert len(text) == MOST_CHARACTERS + len(ENOUGH)


def test_half_a_character_is_spelled_out() -> None:
    assert printed(run("print('\\ud83d')")[1]) == "\\ud83d\n"


@pytest.mark.parametrize("text", ["(" * 90 + ")" * 90, "x = " + "-" * 500 + "1"])
def test_what_would_end_a_browsers_python_is_refused(text: str) -> None:
    assert failed(text).startswith("ValueError: ")


def test_the_interpreter_is_left_as_it_was() -> None:
    before = sys.stdout, sys.stderr, sys.stdin, np.get_printoptions()
    run("import sys\nsys.stdout = None\n1 / 0")
    assert (sys.stdout, sys.stderr, sys.stdin, np.get_printoptions()) == before


def test_whatever_is_raised_is_told() -> None:
    text = "class Odd(BaseException):\n    def __str__(self):\n        return 1 / 0\nraise Odd"
    outcome, _ = run(text)
    assert outcome.trouble is not None
    assert outcome.trouble.name == "Odd"


def test_other_work_is_guarded_in_the_same_way() -> None:
    pieces: list[Piece] = []
    runner = Runner(pieces.append)
    namespace = fresh_namespace()
    runner.execute(
        Source("your code", "def step(x):\n    print('in')\n    return x / 0"), namespace
    )
    outcome = runner.guarded(lambda: namespace["step"](1))
    assert outcome.status == "error"
    assert printed(pieces) == "in\n"
    assert runner.guarded(lambda: 42).value == 42

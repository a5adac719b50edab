"""Arrays are shown as small tables, numbers as the labs' figures; what cannot be drawn says why."""

from typing import Any

import numpy as np
import pytest

from lab.cells.pieces import MOST_COLUMNS, MOST_ROWS, table_piece
from tests.lab.cells.running import failed, printed, run


def shown(text: str) -> dict[str, Any]:
    """The one piece a text shows."""
    outcome, pieces = run(f"import numpy as np\n{text}")
    assert outcome.status == "done", outcome.trouble
    (piece,) = pieces
    return piece


def test_an_array_is_a_table_of_readable_numbers() -> None:
    piece = shown("np.array([[1, 2.5], [-1e-9, np.nan]])")
    assert piece["title"] == "array, 2 × 2, float64"
    assert piece["cells"] == [["1.00", "2.50"], ["−1.00×10⁻⁹", "not a number"]]


def test_of_a_large_array_the_first_part_is_shown() -> None:
    piece = table_piece(np.zeros((4, 100, 50)))
    assert (len(piece["cells"]), len(piece["cells"][0])) == (MOST_ROWS, MOST_COLUMNS)
    assert piece["note"] == "Shown: the matrix [0], the first 12 rows and 8 columns."


@pytest.mark.parametrize(
    ("array", "cells"),
    [
        (np.array([1, -2000]), [["1", "−2,000"]]),
        (np.array([True, False]), [["True", "False"]]),
        (np.array(["a", "b"]), [["a", "b"]]),
    ],
)
def test_other_arrays(array: Any, cells: list[list[str]]) -> None:
    assert table_piece(array)["cells"] == cells


def test_what_is_no_array_is_spelled_as_python_does() -> None:
    assert printed(run("{'a': [1, 2]}")[1], "value") == "{'a': [1, 2]}\n"
    assert "50,002 characters" in printed(run("'x' * 50000")[1], "value")
    assert printed(run("import numpy as np\nnp.zeros(0)")[1], "value").startswith("array([]")


def test_show_gives_a_table_a_title() -> None:
    assert shown("show([1, 2], 'two numbers')")["title"] == "two numbers"


def test_lines() -> None:
    piece = shown("plot({'loss': [3, 2, 1], 'held out': [3, 2.5, 2]}, title='Training')")
    assert (piece["figure"]["kind"], piece["figure"]["title"]) == ("curves", "Training")
    data = piece["data"]
    assert [line["name"] for line in data["series"]] == ["loss", "held out"]
    assert data["summary"].startswith("loss: 3.00 at first, 1.00 at last;")
    assert (data["x_first"], data["x_last"], data["y_scale"]) == (0.0, 2.0, "linear")


def test_a_long_line_is_thinned_but_keeps_its_ends() -> None:
    (line,) = shown("plot(np.sin(np.arange(50_000)))")["data"]["series"]
    assert line["x"].size < 600
    assert (line["x"][0], line["x"][-1]) == (0.0, 49_999.0)


def test_bars() -> None:
    piece = shown("plot({'W_xh': 0.5, 'W_hh': -2}, 'bars')")
    (panel,) = piece["data"]["panels"]
    assert panel["labels"] == ["W_xh", "W_hh"]
    assert not panel["unsigned"]
    assert "W_hh: −2.00" in piece["data"]["summary"]


def test_a_matrix_is_a_heatmap() -> None:
    piece = shown("plot(np.array([[0.1, -4.0], [2.0, 0.0]]), labels=['a', 'b'])")
    assert piece["figure"]["kind"] == "heatmap"
    assert (piece["data"]["rows"], piece["data"]["reach"]) == (["a", "b"], 4.0)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("plot('abc')", "only numbers can be drawn; got 'abc'"),
        ("plot([])", "must be a list of numbers, not empty"),
        ("plot([1], 'pie')", "kind must be one of lines, bars, heatmap; got 'pie'"),
        ("plot([1, 2], x=[1])", "x must have as many numbers as value: 2; got 1"),
        ("plot([1, 2], x=[2, 1])", "x must be finite and must not fall"),
        ("plot({str(i): [1] for i in range(9)})", "draws 1 to 5 lines; got 9"),
        ("plot(list(range(101)), 'bars')", "at most 100 bars; got 101"),
        ("plot([[0.0] * 300])", "at most 40 rows and 200 columns"),
        ("plot([[1, 2]], labels=['a', 'b'])", "labels must name all 1 rows; got 2"),
    ],
)
def test_what_cannot_be_drawn_says_why(call: str, words: str) -> None:
    assert words in failed(call)

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


def test_of_lines_the_finite_points_are_drawn_and_the_others_told() -> None:
    data = shown("plot({'a': [1, np.nan, 3, np.inf], 'b': [1, 2, 3, 4]}, x_label='epoch')")["data"]
    assert np.isnan(data["series"][0]["y"]).tolist() == [False, True, False, True]
    assert data["summary"].endswith(
        "Left out, since only finite numbers can be drawn: "
        "a at epoch 1 (not a number), epoch 3 (∞)."
    )


def test_a_line_that_is_nowhere_finite_is_left_out_whole() -> None:
    data = shown("plot({'a': [np.nan] * 9, 'b': list(range(9))})")["data"]
    assert "a at 9 of 9 places, the first step 0 (not a number)." in data["summary"]


def test_a_log_scale_has_no_place_for_nought() -> None:
    data = shown("plot([1, 0, -2, 10], log=True)")["data"]
    assert np.isnan(data["series"][0]["y"]).tolist() == [False, True, True, False]
    assert "only finite numbers above 0 have a place" in data["summary"]


def test_a_long_line_that_is_thinned_keeps_its_gaps() -> None:
    (line,) = shown("y = np.arange(5000.0)\ny[1000:1500] = np.nan\nplot(y)")["data"]["series"]
    assert line["x"].size < 600
    assert np.isnan(line["y"]).sum() == 1
    assert line["x"][np.isnan(line["y"])] == pytest.approx(1499, abs=500)
    assert (line["y"][0], line["y"][-1]) == (0.0, 4999.0)
    assert (np.diff(line["x"]) >= 0).all()


def test_of_bars_and_heatmaps_too() -> None:
    bars = shown("plot({'a': -1, 'b': np.nan, 'c': np.inf}, 'bars')")["data"]
    assert bars["summary"] == (
        "3 bars; the largest is a: −1.00. Left out, since only finite numbers can be drawn: "
        "b (not a number), c (∞)."
    )
    heatmap = shown("plot([[1, np.inf], [-3, 2]], labels=['p', 'q'], first=1)")["data"]
    assert "from −3.00 to 2.00. Left out" in heatmap["summary"]
    assert heatmap["summary"].endswith("p, step 2 (∞).")
    assert heatmap["reach"] == 3.0
    unnamed = shown("plot([[1.0, np.nan]])")["data"]
    assert unnamed["summary"].endswith("row 0, step 1 (not a number).")


def test_steps_can_be_counted_as_the_labs_do() -> None:
    (line,) = shown("plot([5, 6, 7], first=1)")["data"]["series"]
    assert line["x"].tolist() == [1.0, 2.0, 3.0]
    assert shown("plot([[1, 2]], first=1)")["data"]["start"] == 1


@pytest.mark.parametrize(
    ("names", "styles"),
    [
        ("target prediction", ["target", "model"]),
        ("loss other", ["model", "rival"]),
        ("rnn gru lstm", ["rnn", "gru", "lstm"]),
        ("RNN lstm lstm other", ["rnn", "lstm", "rival", "gru"]),
    ],
)
def test_a_line_has_the_look_that_its_name_has_in_the_labs(names: str, styles: list[str]) -> None:
    lines = {f"{name}, {at}": [1] for at, name in enumerate(names.split())}
    assert [line["style"] for line in shown(f"plot({lines})")["data"]["series"]] == styles


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("plot('abc')", "only numbers can be drawn; got 'abc'"),
        ("plot([])", "value must be a list of numbers, not empty; got []"),
        ("plot([float('nan')] * 2)", "value must hold at least one finite number; got [nan, nan]"),
        (
            "plot({'a': [float('inf')], 'b': [float('nan')]})",
            "a or b must hold at least one finite",
        ),
        ("plot([0, -1], log=True)", "finite number above 0, for a log scale; got [0, -1]"),
        ("plot([float('inf')], 'bars')", "values must hold at least one finite number; got [inf]"),
        ("plot([[float('nan')]])", "values must hold at least one finite number; got [[nan]]"),
        ("plot([1, 2], first=0.5)", "first must be a whole number; got 0.5"),
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

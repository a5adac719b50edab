"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

LINE = "rows[np.arange(len(indices)), indices] = 1.0"
SLIPS = [
    Slip("all rows", {LINE: "rows[:, indices] = 1.0"}, "ones at all the symbols"),
    Slip("from 1", {"indices] = 1.0": "indices - 1] = 1.0"}, "Counting starts at 0"),
    Slip("the index itself", {"= 1.0": "= indices"}, "The index itself stands in the row"),
    Slip("transposed", {"return rows": "return rows.T"}, "It is transposed"),
    Slip(
        "as wide as the largest index",
        {"return rows": "return np.eye(indices.max() + 1)[indices]"},
        "whatever the largest index is",
    ),
    Slip("truth values", {"return rows": "return rows == 1"}, "use 1.0 and 0.0"),
    Slip("turned around", {"return rows": "return 1 - rows"}, "have changed places"),
]

"""Names of weights among words are set as symbols; other words are left alone."""

import pytest

from tests.web.node import run

PARTS = """
import { withSymbols } from "./views/symbol";
const parts = [withSymbols(WORDS)].flat().map((part) =>
  typeof part === "string" ? part : part.values.filter((value) => typeof value === "string"));
console.log(JSON.stringify(parts));
"""


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Middle of the map, w_x", ["Middle of the map, ", ["w", "x"], ""]),
        ("from w_x and W_hh.", ["from ", ["w", "x"], " and ", ["W", "hh"], "."]),
        ("h_12 is next", ["", ["h", "12"], " is next"]),
        ("clip_by_value and my_h_t", ["clip_by_value and my_h_t"]),
        ("nothing to set", ["nothing to set"]),
    ],
)
def test_names_among_words_are_symbols(words: str, parts: list[object]) -> None:
    assert run(PARTS.replace("WORDS", repr(words))) == parts

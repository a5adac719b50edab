"""What is tracked at each character, and how well a unit does it."""

import numpy as np
import pytest

from lab.cell_colours.tracking import NAMES, correlations, tracked


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("quotes", 'a"bc"d', "011100"),
        ("quotes", "a“b”c", "01100"),
        ("quotes", '"a\nb\n\nc', "1111100"),
        ("quotes", "it's", "0000"),
        ("brackets", "a(b[c]d)e", "011111100"),
        ("brackets", ")a(b", "0011"),
        ("line", "ab\ncd", "12012"),
        ("spaces", "a b\n", "0100"),
        ("capitals", "aB É1", "01010"),
    ],
)
def test_each_character_has_its_number(name, text, expected):
    found = tracked(name, text)
    assert [int(each) for each in found] == [int(each) for each in expected]


def test_correlations_are_pearsons():
    rng = np.random.default_rng(0)
    units, track = rng.normal(size=(50, 4)).astype(np.float32), rng.normal(size=50)
    expected = [np.corrcoef(units[:, unit], track)[0, 1] for unit in range(4)]
    np.testing.assert_allclose(correlations(units, track), expected, atol=1e-6)


def test_what_never_moves_has_none():
    units = np.stack([np.ones(9), np.arange(9.0), -np.arange(9.0)], axis=1)
    np.testing.assert_allclose(correlations(units, np.arange(9.0)), [0, 1, -1], atol=1e-12)
    assert not correlations(units, np.ones(9)).any()
    assert not correlations(units[:1], np.ones(1)).any()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["a", "\x00", "\u202e\ufeff", "\U0001f469\u200d\U0001f469"])
def test_any_text_has_numbers(name, text):
    assert tracked(name, text).shape == (len(text),)

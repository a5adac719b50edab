"""No label shows half a letter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn.text.graphemes import cluster_of, cluster_starts, graphemes

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FLAGS = "\U0001f1eb\U0001f1f7\U0001f1ef\U0001f1f5\U0001f1e9"  # France, Japan, half of one


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("", []),
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("a\r\nb\n\r", ["a", "\r\n", "b", "\n", "\r"]),
        ("\n\u0301x", ["\n", "\u0301", "x"]),  # nothing attaches to a line's end
        (f"x{FAMILY}y", ["x", FAMILY, "y"]),
        ("a\u200db", ["a\u200d", "b"]),  # a joiner joins pictures only
        (FLAGS, [FLAGS[0:2], FLAGS[2:4], FLAGS[4]]),
        ("\u2764\ufe0f!", ["\u2764\ufe0f", "!"]),  # a heart, shown in colour
        ("\U0001f44b\U0001f3fd?", ["\U0001f44b\U0001f3fd", "?"]),  # a hand with a skin tone
        ("1\ufe0f\u20e3", ["1\ufe0f\u20e3"]),  # a keycap
        ("\u1112\u1161\u11ab\u1100\u1173", ["\u1112\u1161\u11ab", "\u1100\u1173"]),
        ("\ud55c\uae00", ["\ud55c", "\uae00"]),  # two syllables
        ("\uae00\u11ab\u11ab", ["\uae00\u11ab\u11ab"]),
        ("\uac00\u1100", ["\uac00", "\u1100"]),
        ("\u0e19\u0e33", ["\u0e19\u0e33"]),  # Thai nam
        ("\u0915\u093f", ["\u0915\u093f"]),  # Hindi ki
    ],
)
def test_letters(text, letters):
    assert graphemes(text) == letters


def test_where_they_begin_and_to_which_each_character_belongs():
    text = f"e\u0301{FAMILY}z"
    assert cluster_starts(text) == [0, 2, 7]
    assert cluster_of(text).tolist() == [0, 0, 1, 1, 1, 1, 1, 2]
    assert cluster_of("").tolist() == []


@settings(max_examples=200)
@given(st.text())
def test_joined_they_are_the_text_and_none_is_empty(text):
    letters = graphemes(text)
    assert "".join(letters) == text
    assert all(letters)


@settings(max_examples=200)
@given(st.text(st.characters(codec="ascii", exclude_characters="\r")))
def test_plain_characters_stand_alone(text):
    assert graphemes(text) == list(text)

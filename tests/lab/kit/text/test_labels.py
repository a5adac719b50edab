"""Every character is seen, no letter is split, and a text that grows is shown as a whole one is."""

import pytest

from lab.kit.text.labels import Shown, label, labels, picture, quoted
from tests.lab.small_models import HOSTILE


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("e", "e"),
        (" ", "␣"),
        ("\n", "⏎"),
        ("\t", "⇥"),
        ("\x00", "␀"),
        ("\r", "␍"),
        ("\x1b", "␛"),
        ("\x7f", "␡"),
        ("\u202e", "‹U+202E›"),
        ("\ufeff", "‹U+FEFF›"),
        ("\u2028", "‹U+2028›"),
        ("\ue000", "‹U+E000›"),
        ("\u0301", "◌\u0301"),
        ("é", "é"),
        ("<", "<"),
    ],
)
def test_a_character_standing_alone(character, shown):
    assert label(character) == shown
    assert quoted(character) == f"‘{shown}’"


def test_a_piece_of_text_is_one_line_with_its_spaces():
    assert labels("a b\nc\x00") == "a b⏎c␀"
    assert picture(" ") == " "


def test_places_hold_whole_letters():
    assert Shown().of("ab\nc") == ["a", "b", "\n", "c"]
    assert Shown().of("e\u0301a") == ["e\u0301", "", "a"]
    flags = "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7"
    assert Shown().of(flags) == [flags[:2], "", flags[2:], ""]
    assert Shown().of("a\r\nb") == ["a", "␍\n", "", "b"]
    assert Shown().of("\u0301a") == ["◌\u0301", "a"]
    assert Shown().of("") == []


@pytest.mark.parametrize("name", HOSTILE)
def test_growing_by_one_shows_what_the_whole_shows(name):
    text = HOSTILE[name] + " tail"
    growing = Shown()
    for end in range(1, len(text) + 1):
        places = growing.of(text[:end])
        assert len(places) == end, "one place for each character"
    assert places == Shown().of(text)


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_that_turns_the_text_around_gets_through(name):
    shown = "".join(Shown().of(HOSTILE[name])) + labels(HOSTILE[name])
    for hidden in "\x00\r\x1b\ufeff\u202a\u202d\u202e\u202c\u2066\u2067\u2069\u2028\u2029\x85":
        assert hidden not in shown

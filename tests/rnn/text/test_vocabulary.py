"""Characters and their indices, and what is said of those that are not known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn.text.vocabulary import Vocabulary, described

UNICODE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def test_sorted_by_code_point():
    vocabulary = Vocabulary.of("hello, 世界 é\U0001f600")
    assert vocabulary.characters == " ,ehlo\u00e9世界\U0001f600"
    assert len(vocabulary) == 10
    assert vocabulary.encode("世he").tolist() == [7, 3, 2]
    assert vocabulary.decode(np.array([7, 3, 2])) == "世he"


def test_the_order_of_the_text_does_not_matter():
    assert Vocabulary.of("banana") == Vocabulary.of("nab") == Vocabulary("abn")


@settings(max_examples=200)
@given(UNICODE)
def test_decoding_undoes_encoding(text):
    vocabulary = Vocabulary.of(text + "ab")
    indices = vocabulary.encode(text)
    assert vocabulary.decode(indices) == text
    assert list(vocabulary.characters) == sorted(set(text + "ab"))


@settings(max_examples=200)
@given(UNICODE, UNICODE)
def test_skipping_leaves_out_exactly_the_unknown(text, other):
    vocabulary = Vocabulary.of(text + "ab")
    unknown = vocabulary.unknown(other)
    assert set(unknown) == set(other) - set(vocabulary.characters)
    kept = vocabulary.decode(vocabulary.encode(other, unknown="skip"))
    assert kept == "".join(each for each in other if each not in unknown)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the text must hold at least 2 different characters; it is empty"),
        ("a", r"at least 2 different characters; it holds only 'a' LATIN SMALL LETTER A \(U\+0061"),
        ("\n\n\n", r"it holds only '\\n' LINE FEED \(U\+000A\)"),
        ("ab\ud800c", r"it holds the lone surrogate U\+D800, half a character, at position 2"),
        ("\udfff", r"lone surrogate U\+DFFF, half a character, at position 0"),
    ],
)
def test_texts_refused(text, message):
    with pytest.raises(ValueError, match=message):
        Vocabulary.of(text)


@pytest.mark.parametrize("characters", ["", "a", "ba", "aab", "a\ud800"])
def test_vocabularies_refused(characters):
    with pytest.raises(ValueError, match="vocabulary"):
        Vocabulary(characters)


def test_unknown_characters_are_named():
    vocabulary = Vocabulary("abc")
    with pytest.raises(ValueError, match=r"it does not know '€' EURO SIGN \(U\+20AC\)$"):
        vocabulary.encode("a€b")
    with pytest.raises(
        ValueError, match=r"know 'd' .*, 'h' LATIN SMALL LETTER H \(.*\) and 2 more"
    ):
        vocabulary.encode("abcdefghij")
    assert vocabulary.unknown("abcdefghij") == "defghij"
    with pytest.raises(ValueError, match="lone surrogate"):
        vocabulary.encode("\ud83d", unknown="skip")


def test_policies_and_indices_refused():
    vocabulary = Vocabulary("abc")
    with pytest.raises(ValueError, match="unknown must be one of refuse, skip; got 'guess'"):
        vocabulary.encode("a", unknown="guess")
    for index in (-1, 3):
        with pytest.raises(ValueError, match=f"index must be .* from 0 to 2; got {index}"):
            vocabulary.decode([index])


def test_described():
    assert described("\t") == r"'\t' TAB (U+0009)"
    assert described("\ue000") == r"'\ue000' (U+E000)"

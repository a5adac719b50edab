"""A text is prepared in pieces with the same result, and refused for what is wrong with it."""

import hashlib

import pytest

from rnn.text import prepared
from rnn.text.prepared import in_pieces, prepare
from rnn.text.vocabulary import Vocabulary

TEXT = "the dog sleeps on the hill, é\U0001f600. " * 40


def test_it_is_split_and_numbered(monkeypatch):
    monkeypatch.setattr(prepared, "PIECE", 7)
    text = prepare(TEXT)
    assert text.vocabulary == Vocabulary.of(TEXT)
    assert text.characters == len(TEXT)
    assert len(text.held_out) == len(TEXT) // 10
    indices = [*text.learned.tolist(), *text.held_out.tolist()]
    assert text.vocabulary.decode(indices) == TEXT
    assert text.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert sum(1 for _ in in_pieces(TEXT)) > 100  # pauses


def test_with_a_models_vocabulary():
    wider = Vocabulary("".join(sorted({*TEXT, "Z"})))
    assert prepare(TEXT, wider).vocabulary is wider
    with pytest.raises(ValueError, match="it does not know 'é'"):
        prepare(TEXT, Vocabulary("".join(sorted({*TEXT} - {"é"}))))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is empty"),
        ("a" * 500, "it holds only 'a'"),
        ("ab", "at least 20 characters"),
        (TEXT + "\ud800", f"U\\+D800, half a character, at position {len(TEXT):,}"),
    ],
)
def test_refusals(text, words):
    with pytest.raises(ValueError, match=words):
        prepare(text)

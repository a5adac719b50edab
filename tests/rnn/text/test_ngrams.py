"""A baseline is a distribution, agrees with a pencil, and grows better with every order."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rnn
from rnn.text.ngrams import NGrams
from rnn.text.vocabulary import Vocabulary

AB = Vocabulary("ab")


def test_by_hand():
    # aab: a twice, b once, two kinds: p(a) = (2 + 2/2) / (3 + 2), p(b) = (1 + 2/2) / 5
    assert NGrams("aab", AB, 1).distribution("") == pytest.approx([3 / 5, 2 / 5])
    # after a: once a, once b, two kinds: p(b | a) = (1 + 2 * 2/5) / (2 + 2)
    pairs = NGrams("aab", AB, 2)
    assert pairs.distribution("ba") == pytest.approx([0.55, 0.45])
    assert pairs.distribution("b") == pytest.approx([3 / 5, 2 / 5])  # never went on after b
    # after aa: once b, one kind: p(b | aa) = (1 + 0.45) / 2
    triples = NGrams("aab", AB, 3)
    assert triples.distribution("aa") == pytest.approx([0.275, 0.725])
    assert triples.distribution("ba") == pytest.approx([0.55, 0.45])  # ba was never seen
    assert triples.distribution("a") == pytest.approx([0.55, 0.45])
    # aab again: b after aa, and before it a after a, which has only one character before it
    bits = -(math.log2(0.55) + math.log2(0.725)) / 2
    assert triples.bits_per_character("aab") == pytest.approx(bits, rel=1e-12)


@settings(max_examples=200)
@given(
    st.text("abcdé\U0001f600", max_size=60),
    st.text("abcdé\U0001f600", min_size=2, max_size=20),
    st.integers(1, 3),
)
def test_distributions_sum_to_one_and_say_what_a_text_costs(text, judged, order):
    vocabulary = Vocabulary("abcdé\U0001f600")
    ngrams = NGrams(text, vocabulary, order)
    indices = vocabulary.encode(judged)
    p = [ngrams.distribution(judged[:place]) for place in range(len(judged))]
    assert np.sum(p, axis=1) == pytest.approx(np.ones(len(judged)))
    assert np.min(p) > 0
    bits = -np.mean([np.log2(p[place][indices[place]]) for place in range(1, len(judged))])
    assert ngrams.bits_per_character(judged) == pytest.approx(bits, rel=1e-9)


def test_of_english_each_order_says_more():
    text = " ".join(str(module.__doc__) for module in (rnn, math, np, np.random, np.linalg)) * 2
    vocabulary = Vocabulary.of(text)
    learned, held_out = text[: len(text) // 2], np.fft.__doc__ or ""
    held_out = "".join(c for c in held_out if c in vocabulary.characters)
    bits = [NGrams(learned, vocabulary, n).bits_per_character(held_out) for n in (1, 2, 3)]
    assert math.log2(len(vocabulary)) > bits[0] > bits[1] > bits[2] > 1
    own = [NGrams(learned, vocabulary, n).bits_per_character(learned) for n in (1, 2, 3)]
    assert own[2] < bits[2]


def test_five_thousand_symbols_do_not_overflow():
    vocabulary = Vocabulary("".join(map(chr, range(0x4E00, 0x4E00 + 5000))))
    text = vocabulary.characters[::-1]
    assert NGrams(text, vocabulary, 3).distribution(text[:2])[-3] == pytest.approx(0.75, abs=0.01)


def test_refusals():
    for order in (0, 4, 1.0, True):
        with pytest.raises(ValueError, match="order must be a whole number from 1 to 3"):
            NGrams("ab", AB, order)
    with pytest.raises(ValueError, match="does not know 'c'"):
        NGrams("abc", AB, 2)
    with pytest.raises(ValueError, match="at least 2 characters"):
        NGrams("ab", AB, 2).bits_per_character("a")

"""Held-out excerpts: evenly spread, judged in pieces as at once, as the baselines are."""

import numpy as np
import pytest

from rnn.pieces import finished
from rnn.text.char_model import CharModel
from rnn.text.held_out import HeldOut
from rnn.text.ngrams import NGrams
from rnn.text.vocabulary import Vocabulary

ABC = Vocabulary("abc")


def indices(count, seed=1):
    return np.random.default_rng(seed).integers(0, 3, count)


@pytest.fixture
def model():
    made = CharModel(ABC, "gru", 6, dtype=np.float64)
    made.initialise(np.random.default_rng(2))
    return made


@pytest.mark.parametrize("steps", [1, 7, 100])
def test_in_pieces_is_the_same_as_at_once(model, steps):
    held_out = HeldOut(indices(3000))
    assert finished(held_out.in_pieces(model, steps)) == pytest.approx(held_out.bits(model))


def test_all_of_a_short_text_is_judged_as_the_model_itself_does(model):
    text = indices(400)
    held_out = HeldOut(text)
    assert held_out.judged == 399
    own = model.bits_per_character(ABC.decode(text.tolist()))
    assert held_out.bits(model) == pytest.approx(own)


def test_excerpts_are_spread_over_the_whole_text(model):
    text = indices(100_001)
    held_out = HeldOut(text, most=3200)
    assert held_out.judged == 6 * 533  # six streams of at least 500 characters
    total = sum(
        model.bits_per_character(ABC.decode(text[start : start + 534].tolist()))
        for start in range(0, 6 * 16_666, 16_666)
    )
    assert held_out.bits(model) == pytest.approx(total / 6)


def test_baselines_are_judged_on_the_same_characters():
    text = indices(20_001)
    ngrams = NGrams(ABC.decode(text.tolist()), ABC, 3)
    assert HeldOut(text[:500]).baseline(ngrams, 3) == pytest.approx(ngrams.bits_of(text[:500]))
    assert HeldOut(text, most=3200).baseline(ngrams, 2) == pytest.approx(np.log2(3), abs=0.01)


def test_two_characters_are_enough(model):
    assert HeldOut(indices(2), most=1).judged == 1
    assert np.isfinite(HeldOut(indices(2)).bits(model))

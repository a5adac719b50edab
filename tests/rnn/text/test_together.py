"""Texts written side by side are drawn from the same distributions as one text alone."""

import numpy as np
import pytest

from rnn.pieces import finished
from rnn.text.char_model import CharModel
from rnn.text.code_quality import code_quality
from rnn.text.sampling import Choice, sample
from rnn.text.together import together
from rnn.text.vocabulary import Vocabulary
from tests.lab.small_models import model as ascii_model


def model(kind="gru"):
    made = CharModel(Vocabulary("abcd"), kind, 6, dtype=np.float64)
    made.initialise(np.random.default_rng(2))
    made.parameters["head.W_hy"][...] *= 5.0
    return made


def write(*args, **options):
    return finished(together(*args, **options))


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_near_temperature_zero_each_is_what_one_alone_writes(kind):
    made = model(kind)
    writer = sample(made, np.random.default_rng(1), "ab", Choice(greedy=True))
    alone = "".join(next(writer).character for _ in range(30))
    assert write(made, np.random.default_rng(1), 3, 30, "ab", 1e-4) == [alone] * 3


def test_the_first_character_has_the_models_distribution():
    made = model()
    expected = next(sample(made, np.random.default_rng(0), "ab", Choice(0.7))).probabilities
    texts = write(made, np.random.default_rng(1), 10_000, 1, "ab", 0.7)
    found = [texts.count(character) / 10_000 for character in "abcd"]
    assert found == pytest.approx(expected.tolist(), abs=0.015)


def test_the_same_seed_writes_the_same_and_the_weights_are_those_at_the_start():
    made = model()
    once = write(made, np.random.default_rng(4), 5, 20, "a")
    assert write(made, np.random.default_rng(4), 5, 20, "a") == once
    work = together(made, np.random.default_rng(4), 5, 20, "a")
    next(work)
    made.parameters.flat[...] = 0.0
    assert finished(work) == once


def test_refusals():
    made = model()
    for words, changes in {
        "count must be a whole number from 1": {"count": 0},
        "length must be a whole number from 1": {"length": 0},
        "temperature must be above 0": {"temperature": 0.0},
        "at least 1 character; it is empty": {"seed_text": ""},
        "does not know 'e'": {"seed_text": "e"},
    }.items():
        asked = {"count": 2, "length": 3, "seed_text": "a", **changes}
        with pytest.raises(ValueError, match=words):
            write(made, np.random.default_rng(1), **asked)
    made.parameters["head.b_y"][0] = np.nan
    with pytest.raises(ValueError, match="its weights have diverged"):
        write(made, np.random.default_rng(1), 2, 3, "a")


def test_code_is_judged_in_small_pieces():
    quality = code_quality(ascii_model(hidden=8), np.random.default_rng(1), 12, 60)
    pauses = 0
    while True:
        try:
            next(quality)
        except StopIteration as end:
            found = end.value
            break
        pauses += 1
    assert pauses == 60 + 2 * 12
    assert found.parsed.samples == 12
    assert 0.0 <= found.parsed.share <= 1.0
    assert 0.0 <= found.brackets <= 1.0
    assert 0.0 <= found.indentation <= 1.0

"""The counting task: its targets by another way, and its baseline counted over every text."""

import itertools
import math
from collections import Counter

import numpy as np
import pytest

from rnn.tasks.triples import LETTERS, Triples, triples


def counts(text: str, modulo: int = 3) -> list[int]:
    """The same targets, from the last three letters of each beginning."""
    beginnings = [text[: end + 1] for end in range(len(text))]
    seen = itertools.accumulate(len(set(beginning[-3:])) == 3 for beginning in beginnings)
    return [count % modulo for count in seen]


def test_targets():
    inputs, targets, mask = Triples(12, 4).batch(np.random.default_rng(0), 50)
    texts = ["".join(LETTERS[i] for i in column) for column in inputs.argmax(axis=2).T]
    np.testing.assert_array_equal(targets.T, [counts(text, 4) for text in texts])
    assert mask.all()


def test_the_example_of_the_docstring():
    text = np.array([[LETTERS.index(letter)] for letter in "abcaabcba"])
    assert (triples(text).cumsum() % 3).tolist() == [0, 0, 1, 2, 2, 2, 0, 0, 1]
    assert counts("abcaabcba") == [0, 0, 1, 2, 2, 2, 0, 0, 1]


@pytest.mark.parametrize("modulo", [2, 3])
def test_the_baseline_is_what_counting_finds(modulo):
    texts = ["".join(letters) for letters in itertools.product(LETTERS, repeat=7)]
    total = 0.0
    for step in range(7):
        shares = Counter(counts(text, modulo)[step] for text in texts)
        total -= sum(n / len(texts) * math.log(n / len(texts)) for n in shares.values())
    assert Triples(7, modulo).baseline == pytest.approx(total / 7)

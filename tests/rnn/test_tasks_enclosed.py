"""The tagging task: its tags by another way, and what readers with one side lose, counted."""

import itertools
import math
import re

import numpy as np
import pytest

from rnn.tasks.enclosed import SYMBOLS, Enclosed, tags


def by_pattern(text: str) -> list[int]:
    """The same tags, from the pattern: an opening, letters, a closing."""
    marked = [0] * len(text)
    for found in re.finditer(r"\(\.*\)", text):
        marked[found.start() : found.end()] = [1] * len(found.group())
    return marked


def test_tags_agree_with_the_pattern_on_every_short_text():
    texts = ["".join(symbols) for symbols in itertools.product(SYMBOLS, repeat=7)]
    indices = np.array([[SYMBOLS.index(symbol) for symbol in text] for text in texts]).T
    np.testing.assert_array_equal(tags(indices).T, [by_pattern(text) for text in texts])


def test_the_example_of_the_docstring():
    assert by_pattern(".(..).(.(.).") == [0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0]


def entropies(length: int, brackets: float, of_symbol_only: bool) -> float:
    """The mean entropy of a tag given the symbols up to it, or the symbol alone: by counting."""
    chance = {".": 1.0 - brackets, "(": brackets / 2.0, ")": brackets / 2.0}
    total = 0.0
    seen: dict[object, list[float]] = {}
    for symbols in itertools.product(SYMBOLS, repeat=length):
        text = "".join(symbols)
        weight = math.prod(chance[symbol] for symbol in text)
        for t, tag in enumerate(by_pattern(text)):
            key = text[t] if of_symbol_only else text[: t + 1]
            counts = seen.setdefault(key, [0.0, 0.0])
            counts[tag] += weight / length
    for counts in seen.values():
        both = sum(counts)
        total -= sum(count * math.log(count / both) for count in counts if count)
    return total


@pytest.mark.parametrize("brackets", [0.25, 0.6, 1.0])
def test_baseline_and_one_way_are_what_counting_finds(brackets):
    task = Enclosed(6, brackets)
    assert task.baseline == pytest.approx(entropies(6, brackets, of_symbol_only=True))
    assert task.one_way == pytest.approx(entropies(6, brackets, of_symbol_only=False))


def test_from_the_right_nobody_knows_more():
    """Reversed, with the brackets changed over, it is the same task."""
    rng = np.random.default_rng(0)
    text = rng.integers(0, 3, (20, 50))
    mirrored = np.array([0, 2, 1])[text[::-1]]
    np.testing.assert_array_equal(tags(mirrored)[::-1], tags(text))


def test_one_way_is_between_nothing_and_the_baseline():
    task = Enclosed()
    assert 0.1 < task.one_way < task.baseline < math.log(2.0)

"""Lines as numbers, batches of them, and opinions that do not depend on company."""

import numpy as np
import pytest

from rnn.checkpoints import CheckpointError
from rnn.lines import LONGEST, OTHER, SIGNS, LineReader, Lines, encode, lines_of, split

PROSE = ["Call me Ishmael. Some years ago", "never mind how long precisely"]
CODE = ["return self._items[index]", "for key, value in pairs.items():"]


def reader(seed=1):
    made = LineReader(Lines(PROSE, CODE), np.random.default_rng(seed), 4)
    made.initialise(np.random.default_rng(seed))
    return made


def test_a_line_as_numbers():
    assert encode(" ~é\t") == [0, 94, OTHER, OTHER]
    assert OTHER + 1 == SIGNS


def test_lines_lose_their_indentation_and_what_is_too_short_or_too_long():
    assert lines_of("    return value\nshort\n" + "x" * 100) == ["return value", "x" * LONGEST]


def test_held_out_is_the_last_tenth_and_no_line_is_cut():
    text = "".join(f"this is line {number:03}\n" for number in range(100))
    learned, held = split(text)
    assert learned + held == text.splitlines()
    assert 9 <= len(held) <= 10


def test_a_batch_takes_both_kinds_in_turn():
    batch = Lines(PROSE, CODE).batch(np.random.default_rng(1), 4)
    assert batch.targets[0].tolist() == [0, 1, 0, 1]
    lengths = batch.mask.sum(axis=0)
    assert set(lengths[::2]) <= set(map(len, PROSE))
    assert set(lengths[1::2]) <= set(map(len, CODE))
    with pytest.raises(ValueError, match="both kinds"):
        Lines(PROSE, ()).batch(np.random.default_rng(1), 4)


def test_an_opinion_is_the_same_alone_and_in_company():
    made = reader()
    together = made.opinions([*PROSE, *CODE])
    for line, chances in zip([*PROSE, *CODE], together, strict=True):
        assert len(chances) == len(line)
        np.testing.assert_allclose(made.opinions([line])[0], chances, rtol=1e-5)


def test_confusion_counts_every_line_once():
    counts = reader().confusion(PROSE, CODE)
    assert counts.sum(axis=1).tolist() == [2, 2]


def test_a_file_brings_the_reader_back():
    made, other = reader(1), reader(2)
    data = made.to_bytes({"seed": "1"})
    assert other.load(data) == {"model": "line-reader", "seed": "1"}
    np.testing.assert_array_equal(made.parameters.flat, other.parameters.flat)
    with pytest.raises(CheckpointError):
        other.load(data[:-4])
    with pytest.raises(CheckpointError, match="line-reader"):
        other.load(made.to_bytes({"model": "dates"}))

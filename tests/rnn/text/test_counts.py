"""Counting in pieces: as numpy.unique counts, whatever the pieces."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn.pieces import finished
from rnn.text import counts
from rnn.text.counts import Counts, counted

numbers = st.lists(st.integers(0, 12), max_size=30).map(lambda each: np.array(each, np.int64))


@given(st.lists(numbers, max_size=9), st.sampled_from([1, 3, 1000]))
def test_as_unique_counts(pieces, segment):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts, "SEGMENT", segment)
        found = finished(counted(pieces))
    everything = np.concatenate([np.empty(0, np.int64), *pieces])
    codes, many = np.unique(everything, return_counts=True)
    assert found.codes.tolist() == codes.tolist()
    assert found.counts.tolist() == many.tolist()
    wanted = np.arange(-2, 15)
    assert found.found(wanted).tolist() == [int((everything == each).sum()) for each in wanted]


def test_a_number_that_was_not_there():
    assert Counts.of(np.array([5, 7, 5])).found(np.array([4, 5, 8])).tolist() == [0, 2, 0]

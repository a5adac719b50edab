"""Every character is predicted once per pass, in order, stream by stream."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn.text.streams import Streams, split


def test_windows_by_hand():
    streams = Streams(np.arange(14), batch=2, steps=3)  # streams 0..5 and 6..11; 13 is left over
    first, second, again = streams.next(), streams.next(), streams.next()
    assert first.inputs.tolist() == [[0, 6], [1, 7], [2, 8]]
    assert first.targets.tolist() == [[1, 7], [2, 8], [3, 9]]
    assert second.inputs.tolist() == [[3, 9], [4, 10], [5, 11]]
    assert (first.fresh, second.fresh, again.fresh) == (True, False, True)
    assert again.inputs.tolist() == first.inputs.tolist()
    assert (streams.position, streams.passes, streams.windows) == (3, 1, 2)


@settings(max_examples=200)
@given(st.integers(2, 200), st.integers(1, 8), st.integers(1, 20))
def test_each_stream_is_a_stretch_of_the_text(length, batch, steps):
    text = np.random.default_rng(length).integers(0, 9, length)
    per_stream = (length - 1) // batch
    if per_stream < steps:
        with pytest.raises(ValueError, match=r"steps must be at most|at least"):
            Streams(text, batch, steps)
        return
    streams = Streams(text, batch, steps)
    windows = [streams.next() for _ in range(streams.windows)]
    assert [window.fresh for window in windows] == [True] + [False] * (len(windows) - 1)
    inputs = np.concatenate([window.inputs for window in windows])
    targets = np.concatenate([window.targets for window in windows])
    assert per_stream - steps < len(inputs) <= per_stream
    for row in range(batch):
        start = row * per_stream
        assert inputs[:, row].tolist() == text[start : start + len(inputs)].tolist()
        assert targets[:, row].tolist() == text[start + 1 : start + 1 + len(inputs)].tolist()


def test_the_position_can_be_set():
    streams, other = (Streams(np.arange(50), 3, 4) for _ in range(2))
    for _ in range(7):
        streams.next()
    other.position = streams.position
    assert other.next().inputs.tolist() == streams.next().inputs.tolist()
    for wrong in (-1, 1.5):
        with pytest.raises(ValueError, match="position must be a whole number"):
            other.position = wrong


@pytest.mark.parametrize(
    ("batch", "steps", "message"),
    [
        (0, 3, "batch must be a whole number from 1 to 4,096; got 0"),
        (10, 1, "at least 11 characters for a batch of 10; got 10"),
        (1, 0, "steps must be a whole number from 1 to 9; got 0"),
        (1, -1, "steps must be a whole number from 1 to 9; got -1"),
        (1, 10, "steps must be at most 9, the length of each stream of this text; got 10"),
        (2, 5, "steps must be at most 4"),
        (1, 2.5, "steps must be a whole number from 1 to 9; got 2.5"),
    ],
)
def test_refused(batch, steps, message):
    with pytest.raises(ValueError, match=message):
        Streams(np.arange(10), batch, steps)


def test_held_out_is_the_last_tenth():
    text = "".join(map(chr, range(100, 155)))
    learned, held_out = split(text)
    assert learned + held_out == text
    assert len(held_out) == 5
    assert [len(part) for part in split("ab" * 10)] == [18, 2]
    with pytest.raises(ValueError, match="at least 20 characters to hold out a tenth; got 19"):
        split("a" * 19)

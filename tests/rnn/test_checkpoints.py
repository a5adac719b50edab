"""Checkpoints: what is saved comes back bit for bit, and what lies is refused."""

import io
import json
import re
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rnn.checkpoints import (
    MOST_HEADER_BYTES,
    Checkpoint,
    CheckpointError,
    Layout,
    from_bytes,
    from_file,
    to_bytes,
)
from tests.rnn.hostile import ALLOWED, ARRAYS, GOOD, HOSTILE, framed
from tests.rnn.hostile_models import refused_cheaply

ANYTHING = re.compile(".*", re.DOTALL)
NAME = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12).filter(
    lambda name: name != "__metadata__"
)
DTYPE = st.sampled_from([np.dtype(np.float32), np.dtype(np.float64), np.dtype(np.int64)])


def an_array(dtype):
    shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)
    finite = {} if dtype.kind == "i" else {"allow_nan": False, "allow_infinity": False}
    return hnp.arrays(dtype, shapes, elements=hnp.from_dtype(dtype, **finite))


@settings(max_examples=200)
@given(
    st.dictionaries(NAME, DTYPE.flatmap(an_array), max_size=5),
    st.dictionaries(NAME, st.text(st.characters(exclude_categories=("Cs",))), max_size=4),
)
def test_what_is_saved_comes_back_bit_for_bit(arrays, facts):
    data = to_bytes(arrays, facts)
    read = from_bytes(data, set(arrays))
    assert read.facts == facts
    assert set(read.arrays) == set(arrays)
    for name, array in arrays.items():
        found = read.arrays[name]
        assert (found.dtype, found.shape) == (array.dtype, array.shape)
        assert found.tobytes() == array.tobytes()
        assert found.flags.writeable
        assert found.flags.aligned
    assert to_bytes(read.arrays, read.facts) == data


def test_the_layout_by_hand():
    data = to_bytes({"b": np.array([1.0, -2.0], np.float32)}, {"kind": "gru"})
    header = b'{"__metadata__":{"kind":"gru"},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
    assert data == struct.pack("<Q", 88) + header.ljust(88) + struct.pack("<ff", 1.0, -2.0)


def test_wider_numbers_lie_first_so_that_each_is_aligned():
    arrays = {"a": np.zeros(3, np.float32), "z": np.ones(2), "n": np.array(7)}
    data = to_bytes(arrays)
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    assert length % 8 == 0
    assert list(header) == ["n", "z", "a"]
    assert from_bytes(data, set(arrays)).arrays["n"] == 7


def test_a_view_and_another_byte_order_are_saved_as_what_they_mean():
    grid = np.arange(12.0).reshape(3, 4)
    data = to_bytes({"t": grid.T, "s": grid[::2, 1::2], "big": grid.astype(">f8")})
    read = from_bytes(data, {"t", "s", "big"}).arrays
    np.testing.assert_array_equal(read["t"], grid.T)
    np.testing.assert_array_equal(read["s"], [[1, 3], [9, 11]])
    np.testing.assert_array_equal(read["big"], grid)


def test_a_pattern_names_what_is_allowed():
    data = to_bytes({"layer0.W_xh": np.zeros(1), "layer12.W_xh": np.zeros(1)})
    assert len(from_bytes(data, re.compile(r"layer\d+\.W_xh")).arrays) == 2
    with pytest.raises(CheckpointError, match=r"'layer12\.W_xh', which has no place"):
        from_bytes(data, re.compile(r"layer\d\.W_xh"))
    with pytest.raises(CheckpointError, match="no place"):
        from_bytes(data, re.compile("layer"))  # the whole name, not its beginning


def test_there_are_more_than_forty():
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence_little_memory_and_time(name):
    make, words = HOSTILE[name]
    data = make()
    assert isinstance(data, bytes)
    refusal = refused_cheaply(lambda: from_bytes(data, ALLOWED), re.escape(words))
    assert isinstance(refusal, CheckpointError)
    sentence = str(refusal)
    assert len(sentence) < 250
    assert sentence.isprintable()


def test_the_good_file_they_were_made_from_is_read():
    read = from_bytes(GOOD, ALLOWED)
    assert read.facts == {"kind": "lstm"}
    np.testing.assert_array_equal(read.arrays["W"], ARRAYS["W"])


@settings(max_examples=200)
@given(st.data())
def test_one_changed_byte_is_refused_or_read_but_never_a_surprise(data):
    at = data.draw(st.integers(0, len(GOOD) - 1))
    changed = bytearray(GOOD)
    changed[at] ^= data.draw(st.integers(1, 255))
    try:
        read = from_bytes(bytes(changed), ALLOWED)
    except CheckpointError:
        return
    assert set(read.arrays) <= set(ALLOWED)
    assert all(np.isfinite(array).all() for array in read.arrays.values())


@settings(max_examples=200)
@given(st.text(max_size=60), st.binary(max_size=20))
def test_no_header_is_a_surprise(text, numbers):
    written = ('{"W":' + text).encode(errors="surrogatepass")
    with pytest.raises(CheckpointError):
        from_bytes(framed(written, numbers), ALLOWED)


def test_a_file_beyond_the_cap_is_not_looked_at():
    with pytest.raises(CheckpointError, match=f"at most 100 bytes; this one has {len(GOOD)}"):
        from_bytes(GOOD, ALLOWED, most_bytes=100)
    assert from_bytes(GOOD, ALLOWED, most_bytes=len(GOOD)).arrays


def test_what_is_expected_follows_from_facts_and_names():
    def expected(facts, names):
        assert (facts, set(names)) == ({"kind": "lstm"}, {"W", "b"})
        return {"W": Layout((2, 3), "float32"), "b": Layout((2,), "float32")}

    assert set(from_bytes(GOOD, ALLOWED, expected).arrays) == {"W", "b"}


def test_what_is_written_is_never_more_than_is_read(monkeypatch):
    assert to_bytes(ARRAYS)
    monkeypatch.setattr("rnn.checkpoints._refuse_size.__defaults__", (100,))
    with pytest.raises(CheckpointError, match="at most 100 bytes"):
        to_bytes(ARRAYS)


def test_what_could_not_be_read_back_is_not_written():
    for arrays, words in (
        ({"b": np.array([1.0, np.nan])}, "b holds a number that is not finite"),
        ({"b": np.array([np.inf], np.float32)}, "not finite"),
        ({"b": np.zeros(2, np.float16)}, "b must be one of F64, F32, I64; got float16"),
        ({"b": np.array([object()])}, "got object"),
        ({"__metadata__": np.zeros(1)}, "more than a checkpoint's header holds"),
    ):
        with pytest.raises(CheckpointError, match=words):
            to_bytes(arrays)
    with pytest.raises(CheckpointError, match="lone surrogate"):
        to_bytes({}, {"text": "\udc00"})
    with pytest.raises(CheckpointError, match="must hold text"):
        to_bytes({}, {"hidden": 3})
    with pytest.raises(CheckpointError, match="more than"):
        to_bytes({}, {"text": "a" * MOST_HEADER_BYTES})


def test_the_arrays_expected_are_all_there_as_they_must_be_and_no_other():
    checkpoint = Checkpoint({"W": np.zeros((2, 3))}, {})
    checkpoint.expect({"W": Layout((2, 3), "float64")})
    with pytest.raises(CheckpointError, match=r"W must have the shape \[3, 2\]; got \[2, 3\]"):
        checkpoint.expect({"W": Layout((3, 2), "float64")})
    with pytest.raises(CheckpointError, match=r"W must be float32; got float64"):
        checkpoint.expect({"W": Layout((2, 3), "float32")})
    with pytest.raises(CheckpointError, match="lacks the array b"):
        checkpoint.expect({"W": Layout((2, 3), "float64"), "b": Layout((2,), "float64")})
    with pytest.raises(CheckpointError, match="'W', which has no place"):
        checkpoint.expect({})


class Watched(io.BytesIO):
    """A file that counts what is read of it."""

    taken = 0

    def read(self, size=-1):
        piece = super().read(size)
        self.taken += len(piece)
        return piece


def test_a_file_is_not_read_before_its_header_is_believed():
    file = Watched(GOOD)
    assert from_file(file, len(GOOD), ALLOWED).facts == {"kind": "lstm"}
    assert file.taken == len(GOOD)
    (length,) = struct.unpack_from("<Q", GOOD)
    wrong = Watched(GOOD)
    with pytest.raises(CheckpointError, match="'W', which has no place"):
        from_file(wrong, len(GOOD), ("b",))
    assert wrong.taken == 8 + length
    misshapen = Watched(GOOD)
    with pytest.raises(CheckpointError, match=r"W must have the shape \[2, 4\]; got \[2, 3\]"):
        from_file(misshapen, len(GOOD), ALLOWED, lambda facts, names: {"W": Layout((2, 4), "F32")})
    assert misshapen.taken == 8 + length
    large = Watched(b"\xff" * 1000)
    with pytest.raises(CheckpointError, match="header must be at most"):
        from_file(large, 1000, ALLOWED)
    assert large.taken == 9


def test_a_file_that_has_become_shorter_is_refused():
    with pytest.raises(CheckpointError, match="ended within b: it has become shorter"):
        from_file(io.BytesIO(GOOD[:-1]), len(GOOD), ALLOWED)

"""Packets and embedded JSON, read back by a decoder of our own."""

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from lab.kit.wire import DTYPES, to_json, to_packet
from tests.lab.packets import decode, decode_text

FINITE = st.floats(allow_nan=False, allow_infinity=False)
SHAPES = npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5)
ARRAYS = st.sampled_from(DTYPES).flatmap(lambda dtype: npst.arrays(np.dtype(dtype), SHAPES))
WORDS = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda word: word != "array")
PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | FINITE | WORDS
REPLIES = st.recursive(
    PLAIN | ARRAYS, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner), max_leaves=15
)


def expected(value):
    if isinstance(value, np.ndarray):
        return value.dtype.str[1:], list(value.shape), value.ravel().tolist()
    if isinstance(value, dict):
        return {key: expected(inner) for key, inner in value.items()}
    return [expected(inner) for inner in value] if isinstance(value, list) else value


@given(REPLIES)
def test_a_packet_decodes_to_what_was_packed(reply):
    packet = to_packet(reply)
    assert len(packet) % 8 == 0
    # repr: NaN equals itself, and −0 is not 0
    assert repr(decode(packet)) == repr(expected(reply))


def test_the_layout_byte_by_byte():
    packet = to_packet({"a": np.array([1.5, -2.0]), "b": np.array([7], dtype=np.uint8)})
    text = (
        b'{"a": {"array": {"dtype": "f8", "shape": [2], "at": 0}}, '
        b'"b": {"array": {"dtype": "u1", "shape": [1], "at": 16}}}'
    )
    head = struct.pack("<I", len(text)) + text
    assert packet == (
        head + bytes(-len(head) % 8) + struct.pack("<2d", 1.5, -2.0) + b"\x07" + bytes(7)
    )


def test_length_counts_bytes_not_characters():
    assert decode(to_packet({"said": "−∞ “10¹²”"})) == {"said": "−∞ “10¹²”"}


def test_an_array_named_twice_is_packed_once():
    shared = np.arange(1000.0)
    packet = to_packet({"figure": shared, "table": shared})
    assert len(packet) < 1.1 * shared.nbytes
    reply = decode(packet)
    assert reply["figure"] == reply["table"] == expected(shared)


def test_equal_arrays_are_not_confused():
    one, other = np.zeros(3), np.zeros(3)
    other[0] = 1.0
    assert decode(to_packet([one, other, one]))[1] == expected(other)


def test_a_view_with_gaps_is_packed_in_order():
    table = np.arange(6.0).reshape(3, 2)
    assert decode(to_packet(table[:, 1])) == ("f8", [3], [1.0, 3.0, 5.0])
    assert decode(to_packet(table.T)) == ("f8", [2, 3], [0.0, 2.0, 4.0, 1.0, 3.0, 5.0])


@pytest.mark.parametrize("pack", [to_packet, to_json])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_not_finite_is_refused_outside_arrays(pack, value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        pack({"loss": value})


@pytest.mark.parametrize("pack", [to_packet, to_json])
@pytest.mark.parametrize("dtype", ["i8", "b1", "c16", "U3", ">f8"])
def test_other_dtypes_are_refused(pack, dtype):
    with pytest.raises(ValueError, match=r"an array's dtype must be one of .*; got "):
        pack(np.zeros(2, dtype=dtype))


@pytest.mark.parametrize("pack", [to_packet, to_json])
def test_other_objects_are_refused(pack):
    with pytest.raises(TypeError, match="a reply holds plain data and arrays; got set"):
        pack({"open": {1, 2}})


def test_arrays_may_hold_nan_and_infinity():
    values = np.array([1.0, np.nan, np.inf, -np.inf])
    dtype, _, numbers = decode(to_packet(values))
    assert dtype == "f8"
    assert repr(numbers) == "[1.0, nan, inf, -inf]"
    assert decode_text(to_json(values)) == {
        "array": {"dtype": "f8", "shape": [4], "data": [1.0, None, None, None]}
    }


@given(REPLIES)
def test_embedded_json_is_strict_and_holds_the_same(reply):
    def revive(value):
        if isinstance(value, dict) and set(value) == {"array"}:
            inner = value["array"]
            return inner["dtype"], inner["shape"], inner["data"]
        if isinstance(value, dict):
            return {key: revive(inner) for key, inner in value.items()}
        return [revive(inner) for inner in value] if isinstance(value, list) else value

    def nulled(value):
        if isinstance(value, tuple):
            dtype, shape, data = value
            return dtype, shape, [n if np.isfinite(n) else None for n in data]
        if isinstance(value, dict):
            return {key: nulled(inner) for key, inner in value.items()}
        return [nulled(inner) for inner in value] if isinstance(value, list) else value

    assert revive(decode_text(to_json(reply))) == nulled(expected(reply))


def test_embedded_json_wastes_no_space():
    assert to_json({"a": [1, 2], "b": "−"}) == '{"a":[1,2],"b":"−"}'
    assert json.loads(to_json(np.array([[1, 2]], dtype=np.int32)))["array"]["data"] == [1, 2]

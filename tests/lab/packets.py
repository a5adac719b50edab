"""A second decoder of packets, written from the description of the format alone."""

import array
import json
import struct

CODES = {"f8": "d", "f4": "f", "i4": "i", "u1": "B"}  # array module's letters


def refuse(word):
    raise AssertionError(f"{word} is not JSON")


def decode(packet: bytes):
    """Read a packet back; arrays become (dtype, shape, flat list of values)."""
    (size,) = struct.unpack_from("<I", packet)
    arrays_start = -(-(4 + size) // 8) * 8  # rounded up to a multiple of 8

    def revive(value):
        if set(value) != {"array"}:
            return value
        dtype, shape, at = (value["array"][key] for key in ("dtype", "shape", "at"))
        assert at % 8 == 0, "every array starts on a multiple of 8"
        numbers = array.array(CODES[dtype])
        count = 1
        for length in shape:
            count *= length
        start = arrays_start + at
        numbers.frombytes(packet[start : start + count * numbers.itemsize])
        assert len(numbers) == count, "the packet ends too early"
        return (dtype, shape, numbers.tolist())

    text = packet[4 : 4 + size].decode("utf-8")
    return json.loads(text, object_hook=revive, parse_constant=refuse)


def decode_text(text: str):
    """Read embedded JSON strictly: NaN and Infinity are no JSON."""
    return json.loads(text, parse_constant=refuse)

"""A reply is plain data: words and single numbers as JSON, arrays as their bytes.

A packet is one block, so that it crosses to the page in one transfer:

    uint32 n | n bytes of UTF-8 JSON | padding to 8 | array bytes, each padded to 8

An array stands in the JSON as {"array": {"dtype": "f8", "shape": [9], "at": 128}}; `at` counts
bytes from where the arrays begin. Embedded in a page it is text instead, with "data" for "at".
"""

import json
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

DTYPES = ("f8", "f4", "i4", "u1")


def to_packet(reply: Any) -> bytes:
    """Pack a reply; raise ValueError for a NaN or an infinity outside an array."""
    body: list[bytes] = []
    size = 0
    placed: dict[int, dict[str, Any]] = {}  # a figure and its table share their arrays

    def place(value: object) -> dict[str, Any]:
        nonlocal size
        if id(value) not in placed:
            array, reference = _reference(value)
            placed[id(value)] = {"array": {**reference, "at": size}}
            body.append(_padded(array.tobytes()))
            size += len(body[-1])
        return placed[id(value)]

    text = json.dumps(reply, allow_nan=False, ensure_ascii=False, default=place).encode()
    return _padded(struct.pack("<I", len(text)) + text) + b"".join(body)


def to_json(reply: Any) -> str:
    """The same data as text alone, for a page to embed; what is not finite becomes null."""

    def spell(value: object) -> dict[str, Any]:
        array, reference = _reference(value)
        flat = array.ravel().tolist()
        reference["data"] = [number if np.isfinite(number) else None for number in flat]
        return {"array": reference}

    return json.dumps(
        reply, allow_nan=False, ensure_ascii=False, separators=(",", ":"), default=spell
    )


def _reference(value: object) -> tuple[NDArray[Any], dict[str, Any]]:
    """Called for what JSON does not know, which must be an array."""
    if not isinstance(value, np.ndarray):
        raise TypeError(f"a reply holds plain data and arrays; got {type(value).__name__}")
    dtype = value.dtype.str[1:]
    if dtype not in DTYPES or not value.dtype.isnative:  # native: little-endian, as WebAssembly is
        raise ValueError(f"an array's dtype must be one of {DTYPES}; got {value.dtype}")
    return value, {"dtype": dtype, "shape": list(value.shape)}


def _padded(raw: bytes) -> bytes:
    return raw + bytes(-len(raw) % 8)

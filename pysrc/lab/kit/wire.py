"""A reply is plain data: words and single numbers as JSON, arrays as their bytes.

A packet is one block, so that it crosses to the page in one transfer:

    uint32 n | n bytes of UTF-8 JSON | padding to 8 | array bytes, each padded to 8

An array stands in the JSON as {"array": {"dtype": "f8", "shape": [9], "at": 128}}; `at` counts
bytes from where the arrays begin. Embedded in a page it is text instead, with "data" for "at".
"""

import json
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

DTYPES = ("f8", "f4", "i4", "u1")


def to_packet(reply: Any) -> bytes:
    """Pack a reply; raise ValueError for a NaN or an infinity outside an array."""
    body: list[bytes] = []
    size = 0

    def place(array: NDArray[Any]) -> dict[str, int]:
        nonlocal size
        at = size
        raw = _padded(array.tobytes())
        body.append(raw)
        size += len(raw)
        return {"at": at}

    text = json.dumps(_replace_arrays(reply, place), allow_nan=False, ensure_ascii=False).encode()
    return _padded(struct.pack("<I", len(text)) + text) + b"".join(body)


def to_json(reply: Any) -> str:
    """The same data as text alone, for a page to embed; what is not finite becomes null."""

    def spell(array: NDArray[Any]) -> dict[str, list[float | None]]:
        flat = array.ravel().tolist()
        return {"data": [value if np.isfinite(value) else None for value in flat]}

    plain = _replace_arrays(reply, spell)
    return json.dumps(plain, allow_nan=False, ensure_ascii=False, separators=(",", ":"))


def _replace_arrays(value: Any, content: Callable[[NDArray[Any]], Any]) -> Any:
    if isinstance(value, np.ndarray):
        dtype = value.dtype.str[1:]
        if dtype not in DTYPES:
            raise ValueError(f"an array's dtype must be one of {DTYPES}; got {value.dtype}")
        return {"array": {"dtype": dtype, "shape": list(value.shape), **content(value)}}
    if isinstance(value, dict):
        return {str(key): _replace_arrays(inner, content) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_replace_arrays(inner, content) for inner in value]
    return value


def _padded(raw: bytes) -> bytes:
    return raw + bytes(-len(raw) % 8)

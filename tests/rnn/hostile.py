"""Checkpoints that lie: at least forty ways, each made from a good file by one change."""

import io
import json
import pickle
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from rnn.checkpoints import to_bytes

ALLOWED = ("W", "b")
ARRAYS = {"W": np.arange(6.0, dtype=np.float32).reshape(2, 3), "b": np.zeros(2, np.float32)}
GOOD = to_bytes(ARRAYS, {"kind": "lstm"})
NUMBERS = ARRAYS["W"].tobytes() + ARRAYS["b"].tobytes()
MANY = 60_000  # of something that takes about eight bytes of a header of half a megabyte


def framed(header: bytes | str, numbers: bytes = NUMBERS) -> bytes:
    written = header.encode() if isinstance(header, str) else header
    return struct.pack("<Q", len(written)) + written + numbers


def entry(dtype: Any = "F32", shape: Any = (2, 3), offsets: Any = (0, 24)) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": offsets}


B = entry(shape=[2], offsets=[24, 32])


def described(numbers: bytes = NUMBERS, **entries: Any) -> bytes:
    return framed(json.dumps({"W": entry(), "b": B, **entries}), numbers)


def holding(value: float, dtype: str = "<f4") -> bytes:
    numbers = np.array([0.0, value], dtype).tobytes()
    name = "F32" if dtype == "<f4" else "F64"
    return framed(json.dumps({"b": entry(name, [2], [0, len(numbers)])}), numbers)


class Runs:
    """What a pickle can do when it is opened."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return exec, ("raise SystemExit('the pickle ran')",)


@cache
def zip_bomb() -> bytes:
    """An .npz of a few hundred kilobytes that would unpack to 256 MB."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("W.npy", "w") as member,
    ):
        for _ in range(256):
            member.write(b"\0" * 2**20)
    return file.getvalue()


def npz(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def npy(array: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()


TWICE = json.dumps({"W": entry(), "b": B})[:-1] + ', "b": ' + json.dumps(B) + "}"
TWICE_INSIDE = '{"W": {"dtype": "F32", "dtype": "F64", "shape": [2, 3], "data_offsets": [0, 24]}}'
TWICE_ESCAPED = '{"W": {}, "\\u0057": {}}'

# Each file, and words its refusal must hold.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    # not a checkpoint at all
    "nothing": (lambda: b"", "at least 8 bytes"),
    "seven bytes": (lambda: b"\x02\0\0\0\0\0\0", "at least 8 bytes"),
    "only a length": (lambda: struct.pack("<Q", 2), "ends before its header"),
    "text": (lambda: b"To be, or not to be, that is the question", "header must be at most"),
    "zeros": (lambda: b"\0" * 4096, "begin with a brace"),
    "a pickle": (lambda: pickle.dumps(ARRAYS), "pickle"),
    "a pickle that runs": (lambda: pickle.dumps(Runs()), "pickle"),
    "a pickle of the oldest kind": (lambda: pickle.dumps(Runs(), protocol=0), "header must be"),
    "a zip bomb": (zip_bomb, "zip archive"),
    "an npz": (lambda: npz(**ARRAYS), "zip archive"),
    "an npy with a pickle in it": (lambda: npy(np.array([Runs()])), ".npy"),
    "a gzip": (lambda: b"\x1f\x8b\x08" + b"\0" * 600_000, "gzip"),
    # the header's length
    "a header beyond the file": (lambda: struct.pack("<Q", 5000) + GOOD[8:], "ends before"),
    "a header of 2^64 - 1 bytes": (lambda: b"\xff" * 8 + GOOD[8:], "at most 524,288"),
    "a header of 2^63 bytes": (lambda: struct.pack("<Q", 2**63) + GOOD[8:], "at most"),
    "a header of 16 MB": (lambda: framed(b"{" + b" " * 2**24 + b"}"), "at most 524,288"),
    "a header of no bytes": (lambda: framed(""), "begin with a brace"),
    "a header that is cut": (lambda: framed(json.dumps({"W": entry()})[:-3]), "not JSON"),
    # the header's text
    "not UTF-8": (lambda: framed(b'{"W\xff": {}}'), "not UTF-8"),
    "UTF-16": (lambda: framed(json.dumps({"W": entry()}).encode("utf-16")), "begin with a brace"),
    "a list": (lambda: framed("[1, 2]"), "begin with a brace"),
    "a space first": (lambda: framed(" {}"), "begin with a brace"),
    "two values": (lambda: framed("{} {}"), "not JSON"),
    "single quotes": (lambda: framed("{'W': 1}"), "not JSON"),
    "80,000 braces": (lambda: framed('{"a":' * 80_000), "nested"),
    "400,000 brackets": (lambda: framed('{"W": ' + "[" * 400_000), "nested"),
    "brackets that close": (lambda: framed('{"W": ' + "[" * 9 + "]" * 9 + "}"), "nested"),
    "quotes without an end": (lambda: framed('{"' + '\\"' * 250_000), "not JSON"),
    "one list of many lists": (lambda: framed('{"W": [' + "[]," * 150_000 + "[]]}"), "only"),
    "one list of many zeros": (
        lambda: described(W=entry(shape=[0] * 150_000)),
        "at most 8 whole numbers",
    ),
    "many names": (
        lambda: framed("{" + ",".join(f'"{n}":0' for n in range(MANY // 2)) + "}"),
        "at most 10,000 arrays",
    ),
    "one name many times": (
        lambda: framed("{" + ",".join(['"W":0'] * MANY) + "}"),
        "names 'W' twice",
    ),
    "a name twice": (lambda: framed(TWICE), "names 'b' twice"),
    "a name twice, once escaped": (lambda: framed(TWICE_ESCAPED), "names 'W' twice"),
    "a dtype twice": (lambda: framed(TWICE_INSIDE), "names 'dtype' twice"),
    # the numbers in the header
    "a number of half a million digits": (
        lambda: framed('{"W": ' + "9" * 500_000 + "}"),
        "at most 15 digits",
    ),
    "an offset of 1e999": (lambda: framed('{"W": [1e999]}'), "must be whole"),
    "an offset of 0.0": (lambda: described(b=entry(shape=[2], offsets=[24.0, 32])), "whole"),
    "an offset of NaN": (lambda: described(b=entry(offsets=[float("nan"), 8])), "whole"),
    "an offset of true": (
        lambda: described(b=entry(shape=[2], offsets=[24, True])),
        "data_offsets of b",
    ),
    "an offset in quotes": (lambda: described(b=entry(offsets=["24", "32"])), "data_offsets of b"),
    "a negative offset": (lambda: described(W=entry(offsets=[-24, 0])), "data_offsets of W"),
    "an end before its beginning": (lambda: described(W=entry(offsets=[24, 0])), "-24 bytes"),
    "three offsets": (lambda: described(W=entry(offsets=[0, 24, 24])), "two whole numbers"),
    "no offsets": (lambda: framed('{"W": {"dtype": "F32", "shape": [2, 3]}}'), "data_offsets only"),
    "an offset of 2^53": (lambda: described(W=entry(offsets=[2**53, 2**53 + 24])), "15 digits"),
    "a shape of true": (lambda: described(b=entry(shape=[True, 2])), "shape of b"),
    "a negative shape": (lambda: described(W=entry(shape=[-2, -3])), "shape of W"),
    "a shape that is a number": (lambda: described(W=entry(shape=6)), "shape of W"),
    "a shape too large": (lambda: described(W=entry(shape=[10**14] * 8)), "24 bytes"),
    "a shape too small": (lambda: described(W=entry(shape=[2, 2])), "24 bytes"),
    "nine dimensions": (lambda: described(W=entry(shape=[1] * 7 + [2, 3])), "at most 8"),
    # what is said of an array
    "a name nobody asked for": (lambda: described(W_hh=B), "'W_hh', which has no place"),
    "a name with a path": (lambda: framed('{"../../etc/passwd": {}}'), "no place"),
    "a name of 100,000 letters": (lambda: framed('{"' + "W" * 100_000 + '": {}}'), "..."),
    "an array that is a number": (lambda: described(b=7), "a dtype, a shape"),
    "an array with more to say": (lambda: described(b={**B, "code": "import os"}), "only"),
    "objects": (lambda: described(b=entry("O", [1], [24, 32])), "dtype of b"),
    "half precision": (lambda: described(b=entry("F16", [4], [24, 32])), "F64, F32, I64"),
    "a dtype that is a list": (lambda: described(b=entry(["F32"], [2], [24, 32])), "dtype of b"),
    # where the arrays lie
    "overlapping": (lambda: described(b=entry(shape=[2], offsets=[20, 28])), "overlaps"),
    "the same bytes twice": (lambda: described(b=entry(offsets=[0, 24])), "overlaps"),
    "a gap": (lambda: described(NUMBERS + b"\0" * 8, b=entry("F32", [2], [28, 36])), "a gap"),
    "a gap at the beginning": (
        lambda: framed(json.dumps({"b": B})),
        "a gap",
    ),
    "one byte short": (lambda: GOOD[:-1], "cut off"),
    "no numbers": (lambda: GOOD[: -len(NUMBERS)], "cut off"),
    "one byte more": (lambda: GOOD + b"\0", "1 bytes follow"),
    "a zip archive behind it": (lambda: GOOD + npz(W=ARRAYS["W"]), "follow the last array"),
    "a gigabyte behind a small file": (
        lambda: described(b=entry("F32", [2**28], [24, 24 + 2**30])),
        "cut off",
    ),
    # the numbers
    "NaN": (lambda: holding(float("nan")), "not finite"),
    "a signalling NaN": (
        lambda: framed(
            json.dumps({"b": entry(shape=[1], offsets=[0, 4])}), struct.pack("<I", 0x7F800001)
        ),
        "not finite",
    ),
    "infinity": (lambda: holding(float("inf")), "not finite"),
    "minus infinity in float64": (lambda: holding(float("-inf"), "<f8"), "not finite"),
    # the facts
    "facts in a list": (lambda: described(__metadata__=["lstm"]), "must hold text"),
    "a fact that is a number": (lambda: described(__metadata__={"hidden": 8}), "must hold text"),
    "a fact within a fact": (lambda: described(__metadata__={"a": {"b": "c"}}), "must hold text"),
    "a lone surrogate": (lambda: described(__metadata__={"text": "\ud800"}), "lone surrogate"),
    "facts twice": (
        lambda: framed('{"__metadata__": {}, "__metadata__": {"kind": "gru"}}'),
        "twice",
    ),
}

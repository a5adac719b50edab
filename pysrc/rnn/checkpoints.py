"""A checkpoint is numbers with names, and a reader that trusts nothing else in the file.

The layout is safetensors': 8 bytes that say how long the header is (little-endian), a JSON header
that says where each array lies, then the numbers, one array after the other without a gap.

    {"__metadata__": {"kind": "lstm"},
     "head.b_y": {"dtype": "F32", "shape": [65], "data_offsets": [0, 260]}, ...}

Nothing in such a file can run. What can still be wrong with it, sizes that lie, names nobody asked
for, NaN, is refused before it is believed.
"""

import json
import math
import re
import struct
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnn.strict_json import brief, parse

AnyArray = NDArray[Any]
"""An array of any dtype that a file may hold."""
Allowed = Collection[str] | re.Pattern[str]
"""The names of the arrays a file may hold: a list of them, or a pattern."""


class Layout(NamedTuple):
    """What an array is, apart from its numbers."""

    shape: tuple[int, ...]
    dtype: str


Expected = Callable[[Mapping[str, str], Collection[str]], Mapping[str, Layout]]
"""From the facts and the names of the arrays: which arrays there must be, and what they are."""

DTYPES: dict[str, np.dtype[Any]] = {
    "F64": np.dtype("<f8"),
    "F32": np.dtype("<f4"),
    "I64": np.dtype("<i8"),
}
"""The dtypes a file may name, and NumPy's for each, little-endian."""
NAMES = {dtype: name for name, dtype in DTYPES.items()}
"""The name in a file of each dtype."""
METADATA = "__metadata__"
"""The key of the header under which facts stand, as safetensors has it."""

MOST_BYTES = 2**31
"""The largest file: the largest character model, in float64, with its training beside it."""
MOST_HEADER_BYTES = 2**19
"""The largest header, in bytes: a vocabulary of 50,000 symbols fits."""
MOST_ARRAYS = 10_000
"""The most arrays in one file."""
MOST_DIMENSIONS = 8
"""The most dimensions of an array."""
DEEPEST = 3
"""How deep the header's JSON may go: `{"name": {"shape": [1, 2]}}`."""

OTHERS = {
    b"PK": "it is a zip archive, such as PyTorch's .pt or NumPy's .npz",
    b"\x80": "it is a Python pickle, which is never opened here, since opening one runs it",
    b"\x93NUMPY": "it is a NumPy .npy file",
    b"\x1f\x8b": "it is compressed with gzip",
    b"\x89HDF": "it is an HDF5 file",
}
"""What a file of another kind begins with, so that the refusal can say what it is."""


class CheckpointError(ValueError):
    """A checkpoint was refused; the message is one sentence that says why."""


@dataclass(frozen=True)
class Checkpoint:
    """What a file held: arrays by name, and facts, words by name."""

    arrays: dict[str, AnyArray]
    facts: dict[str, str]

    def expect(self, layouts: Mapping[str, Layout]) -> None:
        """Return if there are exactly the arrays named, in their shapes and dtypes.

        Raises:
            CheckpointError: naming the first array that is missing, not asked for or misshapen.
        """
        found = {name: Layout(a.shape, a.dtype.name) for name, a in self.arrays.items()}
        _compare(found, layouts)


def _compare(found: Mapping[str, Layout], layouts: Mapping[str, Layout]) -> None:
    for name, (shape, dtype) in layouts.items():
        if name not in found:
            raise CheckpointError(f"the checkpoint lacks the array {name}")
        if found[name].shape != shape:
            got = list(found[name].shape)
            raise CheckpointError(f"{name} must have the shape {list(shape)}; got {got}")
        if found[name].dtype != dtype:
            raise CheckpointError(f"{name} must be {dtype}; got {found[name].dtype}")
    for name in found:
        if name not in layouts:
            raise CheckpointError(f"the checkpoint holds {brief(name)}, which has no place")


def to_bytes(arrays: Mapping[str, AnyArray], facts: Mapping[str, str] | None = None) -> bytes:
    """Write arrays (float64, float32 or int64) and facts; the same ones give the same bytes.

    Raises:
        CheckpointError: for what `from_bytes` would not read back: another dtype, a number that is
            not finite, a fact that is not text, more than a header or a file holds.
    """
    # The widest numbers first: so each array begins at a multiple of its own width.
    ordered = sorted(arrays.items(), key=lambda item: (-item[1].dtype.itemsize, item[0]))
    header: dict[str, Any] = {}
    if facts:
        header[METADATA] = {name: _text(facts[name]) for name in sorted(facts)}
    pieces, end = [], 0
    for name, array in ordered:
        dtype = array.dtype.newbyteorder("<")
        if dtype not in NAMES:
            raise CheckpointError(f"{name} must be one of {', '.join(DTYPES)}; got {array.dtype}")
        if not _finite(array):
            raise CheckpointError(f"{name} holds a number that is not finite")
        piece = np.ascontiguousarray(array, dtype).tobytes()
        begin, end = end, end + len(piece)
        header[_text(name)] = {
            "dtype": NAMES[dtype],
            "shape": list(array.shape),
            "data_offsets": [begin, end],
        }
        pieces.append(piece)
    written = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    written += b" " * (-len(written) % 8)
    if len(written) > MOST_HEADER_BYTES or len(ordered) > MOST_ARRAYS or METADATA in arrays:
        raise CheckpointError("the names and facts are more than a checkpoint's header holds")
    _refuse_size(8 + len(written) + end)
    return b"".join([struct.pack("<Q", len(written)), written, *pieces])


def from_bytes(
    data: bytes, allowed: Allowed, expected: Expected | None = None, most_bytes: int = MOST_BYTES
) -> Checkpoint:
    """Read a checkpoint, or refuse it before anything large is made of it.

    Args:
        data: the whole file.
        allowed: the names an array may have: a collection, or a pattern for the whole name.
        expected: says from the facts and the names what arrays there must be; compared with the
            header before any number is read.
        most_bytes: the longest file that is looked at.

    Raises:
        CheckpointError: naming the rule that the file breaks; and what `expected` raises.
    """
    return from_file(BytesIO(data), len(data), allowed, expected, most_bytes)


def from_file(
    file: BinaryIO,
    size: int,
    allowed: Allowed,
    expected: Expected | None = None,
    most_bytes: int = MOST_BYTES,
) -> Checkpoint:
    """The same for an open file of `size` bytes, which is not read before its header is believed.

    More than `most_bytes` is refused.

    Raises:
        CheckpointError: as `from_bytes` does.
    """
    _refuse_size(size, most_bytes)
    header, length = _header(file, size)
    facts = _facts(header.pop(METADATA, {}))
    if len(header) > MOST_ARRAYS:
        raise CheckpointError(f"a checkpoint holds at most {MOST_ARRAYS:,} arrays")
    places = [_Place.of(name, entry, allowed) for name, entry in header.items()]
    places.sort(key=lambda place: (place.begin, place.end))
    _without_gaps(places, size - length)
    if expected is not None:
        found = {place.name: Layout(place.shape, place.dtype.name) for place in places}
        _compare(found, expected(facts, found))
    # In their order and without a gap: the file is read from its beginning to its end.
    return Checkpoint({place.name: place.read(file) for place in places}, facts)


def _refuse_size(size: int, most_bytes: int = MOST_BYTES) -> None:
    if size > most_bytes:
        raise CheckpointError(
            f"a checkpoint must be at most {most_bytes:,} bytes; this one has {size:,}"
        )


@dataclass(frozen=True)
class _Place:
    """Where one array lies, after everything the header says of it was checked."""

    name: str
    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    begin: int
    end: int

    @classmethod
    def of(cls, name: str, entry: object, allowed: Allowed) -> "_Place":
        named = allowed.fullmatch(name) if isinstance(allowed, re.Pattern) else name in allowed
        if not named:
            raise CheckpointError(f"the checkpoint holds {brief(name)}, which has no place")
        if not isinstance(entry, dict) or set(entry) != {"dtype", "shape", "data_offsets"}:
            raise CheckpointError(f"{name} must have a dtype, a shape and data_offsets only")
        dtype, shape, offsets = entry["dtype"], entry["shape"], entry["data_offsets"]
        if not isinstance(dtype, str) or dtype not in DTYPES:
            words = ", ".join(DTYPES)
            raise CheckpointError(f"the dtype of {name} must be one of {words}; got {brief(dtype)}")
        if not _whole_numbers(shape) or len(shape) > MOST_DIMENSIONS:
            raise CheckpointError(
                f"the shape of {name} must be at most {MOST_DIMENSIONS} whole numbers, none "
                f"negative; got {brief(shape)}"
            )
        if not _whole_numbers(offsets) or len(offsets) != 2:
            raise CheckpointError(
                f"the data_offsets of {name} must be two whole numbers, none negative; "
                f"got {brief(offsets)}"
            )
        begin, end = offsets
        if end - begin != math.prod(shape) * DTYPES[dtype].itemsize:
            raise CheckpointError(
                f"{name} is said to have {end - begin:,} bytes, which is not what {dtype} and the "
                f"shape {brief(shape)} take"
            )
        return cls(name, DTYPES[dtype], tuple(shape), begin, end)

    def read(self, file: BinaryIO) -> AnyArray:
        piece = file.read(self.end - self.begin)
        if len(piece) != self.end - self.begin:
            raise CheckpointError(f"the file ended within {self.name}: it has become shorter")
        view = np.frombuffer(piece, self.dtype)
        if not _finite(view):
            raise CheckpointError(f"{self.name} holds a number that is not finite")
        # A copy in the machine's own byte order, aligned and writable.
        return view.reshape(self.shape).astype(self.dtype.newbyteorder("="))


def _header(file: BinaryIO, size: int) -> tuple[dict[str, Any], int]:
    """The header, and how many bytes it took with its length; the numbers come next."""
    first = file.read(9)
    for beginning, meaning in OTHERS.items():
        if first.startswith(beginning) and first[8:] != b"{":
            raise CheckpointError(f"the file is not a checkpoint: {meaning}")
    if len(first) < 8:
        raise CheckpointError(f"a checkpoint has at least 8 bytes; this file has {len(first)}")
    (length,) = struct.unpack_from("<Q", first)
    if length > MOST_HEADER_BYTES:
        raise CheckpointError(
            f"the header must be at most {MOST_HEADER_BYTES:,} bytes; the file says {length:,}, "
            "so it is no checkpoint of ours"
        )
    if 8 + length > size:
        raise CheckpointError(
            f"the file ends before its header does: {8 + length:,} bytes are needed, "
            f"{size:,} are there"
        )
    if length == 0 or first[8:] != b"{":
        raise CheckpointError("the header must begin with a brace")
    try:
        text = (first[8:] + file.read(length - 1)).decode()
    except UnicodeDecodeError as error:
        raise CheckpointError("the header is not UTF-8") from error
    try:
        header = parse(text, DEEPEST)
    except ValueError as error:
        raise CheckpointError(f"the header is refused: {error}") from error
    return header, 8 + length


def _facts(facts: object) -> dict[str, str]:
    if not isinstance(facts, dict):
        raise CheckpointError(f"{METADATA} must hold text by name; got {brief(facts)}")
    return {_text(name): _text(value) for name, value in facts.items()}


def _text(value: object) -> str:
    """A string that can be written again: no lone surrogates."""
    if not isinstance(value, str):
        raise CheckpointError(f"{METADATA} must hold text by name; got {brief(value)}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise CheckpointError(f"{brief(value)} is not text: it holds a lone surrogate") from error
    return value


def _without_gaps(places: list[_Place], length: int) -> None:
    end = 0
    for place in places:
        if place.begin != end:
            what = "overlaps the array before it" if place.begin < end else "comes after a gap"
            raise CheckpointError(f"{place.name} {what}: it must begin at byte {end:,}")
        end = place.end
    if end > length:
        raise CheckpointError(f"the file is cut off: {end:,} bytes of numbers, {length:,} there")
    if end < length:
        raise CheckpointError(f"{length - end:,} bytes follow the last array")


def _whole_numbers(value: object) -> bool:
    """True for a list of ints; JSON's true and false are ints to Python, but not here."""
    return isinstance(value, list) and all(type(entry) is int and entry >= 0 for entry in value)


def _finite(array: AnyArray) -> bool:
    """True if no entry is NaN or infinite, without making an array of answers."""
    if array.dtype.kind == "i" or not array.size:
        return True
    with np.errstate(invalid="ignore"):
        return math.isfinite(array.min()) and math.isfinite(array.max())

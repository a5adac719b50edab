"""What a run needs to go on after a reload: settings, the reader’s text, model, what was seen.

    a line that says what this is | uint32 n | n bytes of JSON | the text | the model's file

The JSON says how long the last two are. The model's file is the one that *Save* gives.
"""

import json
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lab.kit.curve import Curve
from lab.text_trainer.course import Course
from lab.text_trainer.samples import Sample, Samples
from lab.text_trainer.texts import Text
from rnn.checkpoints import CheckpointError
from rnn.strict_json import refuse_depth

FIRST = b"unrolled text trainer 1\n"
DEEPEST = 6
CURVES = ("train", "judged", "norms", "parsed", "brackets", "indentation")
REFUSED = "what was kept of this run cannot be read"


@dataclass(frozen=True)
class Kept:
    """What was kept."""

    preset: str
    values: dict[str, Any]  # of the controls
    own: Text | None
    model: bytes  # empty if there is none
    seen: Mapping[str, Any]  # curves and samples


def packed(kept: Kept) -> bytes:
    """As bytes."""
    text = b"" if kept.own is None else kept.own.content.encode()
    told = {
        "preset": kept.preset,
        "values": kept.values,
        "own": None if kept.own is None else kept.own.name,
        "text": len(text),
        "model": len(kept.model),
        "seen": kept.seen,
    }
    header = json.dumps(told, allow_nan=False).encode()
    return b"".join([FIRST, struct.pack("<I", len(header)), header, text, kept.model])


def unpacked(data: bytes) -> Kept:
    """What `packed` was given. Raises CheckpointError in one sentence for anything else."""
    try:
        return _unpacked(data)
    except (ValueError, KeyError, TypeError, struct.error) as error:
        raise CheckpointError(REFUSED) from error


def _unpacked(data: bytes) -> Kept:
    if not data.startswith(FIRST):
        raise ValueError("another beginning")
    (length,) = struct.unpack_from("<I", data, len(FIRST))
    begin = len(FIRST) + 4
    header = data[begin : begin + length].decode()
    refuse_depth(header, DEEPEST)
    told = json.loads(header)
    text_at = begin + length
    model_at = text_at + int(told["text"])
    if model_at + int(told["model"]) != len(data) or not isinstance(told["values"], dict):
        raise ValueError("another length")
    text = data[text_at:model_at].decode()
    own = None if told["own"] is None else Text(str(told["own"]), text)
    return Kept(str(told["preset"]), told["values"], own, data[model_at:], dict(told["seen"]))


@dataclass(frozen=True)
class Seen:
    """What was seen of a course."""

    curves: dict[str, Curve]
    samples: Samples
    bits: float | None

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Seen":
        """Bring back what `seen` gave. Raises CheckpointError for what makes no sense."""
        try:
            curves = {name: _curve(*facts["curves"][name]) for name in CURVES}
            samples = Samples([_sample(each) for each in facts["samples"]])
            bits = None if facts["bits"] is None else float(facts["bits"])
        except (ValueError, KeyError, TypeError) as error:
            raise CheckpointError(REFUSED) from error
        return cls(curves, samples, bits)

    def show(self, course: Course) -> None:
        """Let a course, which did not see it, have it."""
        for name, curve in self.curves.items():
            setattr(course, name, curve)
        course.samples, course.bits = self.samples, self.bits
        course.forget()


def seen(course: Course) -> dict[str, Any]:
    """The curves and samples of a course, ready for JSON."""
    curves = {
        name: [column.tolist() for column in getattr(course, name).columns()] for name in CURVES
    }
    return {
        "curves": curves,
        "samples": [sample.facts() for sample in course.samples],
        "bits": course.bits,
    }


def _curve(xs: list[float], ys: list[float]) -> Curve:
    curve = Curve()
    for x, y in zip(xs, ys, strict=True):
        if not (math.isfinite(x) and math.isfinite(y)):
            raise ValueError("a point that is no place")
        curve.add(float(x), float(y))
    return curve


def _sample(facts: Mapping[str, Any]) -> Sample:
    bits, parses = facts["bits"], facts["parses"]
    return Sample(
        int(facts["characters"]),
        None if bits is None else float(bits),
        str(facts["text"]),
        int(facts["seed"]),
        None if parses is None else bool(parses),
    )

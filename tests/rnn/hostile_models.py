"""Models whose arrays are not those of which their facts tell; and what a refusal may cost."""

import json
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnn.export.torch import FORMAT as TORCH_FORMAT
from rnn.export.torch import torch_shapes
from rnn.text.description import Description
from rnn.text.settings import Settings
from rnn.text.vocabulary import Vocabulary
from tests.rnn.hostile import entry, framed


def refused_cheaply(call: Callable[[], object], words: str) -> ValueError:
    """Hold a refusal to 50 MB and a second of this process's own time; return it."""
    began = time.process_time()
    with pytest.raises(ValueError, match=words):
        call()
    assert time.process_time() - began < 1.0
    tracemalloc.start()  # apart, since it takes its own time
    try:
        with pytest.raises(ValueError, match=words) as refusal:
            call()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 50_000_000
    return refusal.value


Shapes = dict[str, tuple[int, ...]]
DESCRIPTION = Description(Vocabulary("abcd"), "lstm", 8, 1, 0.0, "float32")
COUNT = 452
TORCH = torch_shapes(DESCRIPTION.shapes)
RUN = {
    "training.trainer.good": (COUNT,),
    "training.optimiser.mean": (COUNT,),
    "training.optimiser.squares": (COUNT,),
    "training.optimiser.steps": (1,),
    "training.data.state.layer0.h": (4, 8),
    "training.data.state.layer0.c": (4, 8),
}
HUGE = (80_000_000,)  # 320 MB of float32, or of nothing in a file with a hole

# The shapes of each, and words of the refusal.
MISSHAPEN: dict[str, tuple[Shapes, str]] = {
    "a model": ({**DESCRIPTION.shapes, "layer0.W_xh": (32, 2_500_000)}, "layer0.W_xh must have"),
    "a layer more": ({**DESCRIPTION.shapes, "layer1.W_hh": HUGE}, "'layer1.W_hh', which has no"),
    "a name of training": ({**DESCRIPTION.shapes, **RUN, "training.junk.x": HUGE}, "no place"),
    "training of no run": ({**DESCRIPTION.shapes, "training.x": HUGE}, "no place"),
    "a moment": ({**DESCRIPTION.shapes, **RUN, "training.optimiser.mean": HUGE}, "[452]; got"),
    "a count of steps": ({**DESCRIPTION.shapes, **RUN, "training.optimiser.steps": HUGE}, "[1];"),
    "a state": ({**DESCRIPTION.shapes, **RUN, "training.data.state.layer0.h": HUGE}, "[4, 8];"),
    "PyTorch's": ({**TORCH, "weight_ih_l0": (32, 2_500_000)}, "weight_ih_l0 must have"),
    "biases that make a matrix": (
        {**TORCH, "bias_ih_l0": (12_000, 1), "bias_hh_l0": (1, 12_000)},
        "bias_ih_l0 must have the shape [32]",
    ),
    "a bias that is a number": ({**TORCH, "bias_ih_l0": ()}, "bias_ih_l0 must have the shape"),
    "a bias of one": ({**TORCH, "bias_hh_l0": (1,)}, "bias_hh_l0 must have the shape [32]"),
}


def write_misshapen(path: Path, shapes: Shapes) -> None:
    """A file with these shapes, full of zeros that take no room on the disk."""
    facts = DESCRIPTION.facts()
    if "weight_ih_l0" in shapes:
        facts["format"] = TORCH_FORMAT
    if "training.trainer.good" in shapes:
        settings = Settings("lstm", 8, 1, batch=4, length=4)
        told = {"settings": settings.facts(), "text": "", "held_out_bits": None, "trainer": {}}
        facts["training"] = json.dumps(told)
    header: dict[str, Any] = {"__metadata__": facts}
    end = 0
    for name, shape in shapes.items():
        wide = name.endswith("steps")
        begin, end = end, end + int(np.prod(shape, dtype=int)) * (8 if wide else 4)
        header[name] = entry("F64" if wide else "F32", shape, (begin, end))
    written = framed(json.dumps(header), b"")
    with path.open("wb") as file:
        file.write(written)
        file.truncate(len(written) + end)

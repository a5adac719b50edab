"""A model's file may hold more than a model: what its training needs to go on stands beside it.

A reader of the model passes over that (`rnn.text.saved_training`). The model may be one of ours, or
its weights under PyTorch's names.
"""

import re
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import BinaryIO

from rnn.checkpoints import Checkpoint, Layout, from_file
from rnn.export.torch import FORMAT as TORCH_FORMAT
from rnn.export.torch import TORCH_ARRAYS, from_torch, torch_shapes
from rnn.text.char_model import CharModel
from rnn.text.description import ARRAYS, Description
from rnn.text.description import FORMAT as MODEL_FORMAT
from rnn.text.saved_training import TRAINING, training_layouts

ALLOWED = re.compile(  # a first sieve; `_expected` knows exactly
    rf"(?:{ARRAYS.pattern})|(?:{TORCH_ARRAYS.pattern})|training\.[A-Za-z0-9_.]{{1,80}}"
)
"""The names of arrays that may stand in a model's file: a first sieve."""


def read(data: bytes) -> Checkpoint:
    """What is in a model's file; its header is checked before the rest is read.

    Raises ValueError, often a CheckpointError, saying in one sentence why it is refused.
    """
    return read_from(BytesIO(data), len(data))


def read_from(file: BinaryIO, size: int) -> Checkpoint:
    """The same for an open file of `size` bytes."""
    return from_file(file, size, ALLOWED, _expected)


def _expected(facts: Mapping[str, str], names: Collection[str]) -> dict[str, Layout]:
    """The arrays of a model, be it ours or under PyTorch's names, and of its training."""
    there = facts.get("format") == TORCH_FORMAT
    description = Description.of({**facts, "format": MODEL_FORMAT} if there else facts)
    shapes = torch_shapes(description.shapes) if there else description.shapes
    layouts = {name: Layout(shape, description.dtype) for name, shape in shapes.items()}
    return layouts | training_layouts(facts, description, names)


def model_of(checkpoint: Checkpoint) -> CharModel:
    """The model in a checkpoint, be it ours or under PyTorch's names, without its training.

    Raises ValueError saying why there is none.
    """
    arrays = {key: a for key, a in checkpoint.arrays.items() if not key.startswith(TRAINING)}
    facts = dict(checkpoint.facts)
    if facts.get("format") == TORCH_FORMAT:
        arrays = from_torch(arrays, facts.get("kind", ""))
        facts["format"] = MODEL_FORMAT
    return CharModel.restored(Checkpoint(arrays, facts))

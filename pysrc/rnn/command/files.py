"""Files as the commands see them: texts come in, models come and go, nothing is left half written.

A model's file may hold more than a model: what a training run needs to go on stands beside it, in
arrays named `training.*` and one fact. A reader of the model passes over it.
"""

import os
import re
import sys
from pathlib import Path

from rnn.checkpoints import Checkpoint, from_file
from rnn.export.torch import FORMAT as TORCH_FORMAT
from rnn.export.torch import TORCH_ARRAYS, from_torch
from rnn.text.char_model import CharModel
from rnn.text.description import ARRAYS
from rnn.text.description import FORMAT as MODEL_FORMAT

TRAINING = "training."
ALLOWED = re.compile(
    rf"(?:{ARRAYS.pattern})|(?:{TORCH_ARRAYS.pattern})|training\.[A-Za-z0-9_.]{{1,80}}"
)
MOST_TEXT_BYTES = 2**28
MOST_BYTES = 2**31  # the largest model there can be, in float64, with its training beside it


def read_text(name: str) -> str:
    """A text file, or the standard input for `-`. Raises ValueError unless it is UTF-8."""
    if name == "-" and sys.stdin is None:
        raise ValueError("the text was to come from the standard input, which is closed")
    if name == "-":
        data = sys.stdin.buffer.read(MOST_TEXT_BYTES + 1)
    else:
        with Path(name).open("rb") as file:
            data = file.read(MOST_TEXT_BYTES + 1)
    if len(data) > MOST_TEXT_BYTES:
        raise ValueError(f"a text must be at most {MOST_TEXT_BYTES:,} bytes; {name} has more")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"a text must be UTF-8; {name} is not at byte {error.start:,}") from error


def read_checkpoint(name: str) -> Checkpoint:
    """What is in a model's file; its header is checked before the rest is read."""
    try:
        with Path(name).open("rb") as file:
            return from_file(file, os.fstat(file.fileno()).st_size, ALLOWED, MOST_BYTES)
    except ValueError as error:
        raise ValueError(f"the file {name} cannot be read: {error}") from error


def model_in(name: str, checkpoint: Checkpoint) -> CharModel:
    """The model in a checkpoint, be it ours or under PyTorch's names, without its training."""
    arrays = {key: a for key, a in checkpoint.arrays.items() if not key.startswith(TRAINING)}
    facts = dict(checkpoint.facts)
    try:
        if facts.get("format") == TORCH_FORMAT:
            arrays = from_torch(arrays, facts.get("kind", ""))
            facts["format"] = MODEL_FORMAT
        return CharModel.restored(Checkpoint(arrays, facts))
    except ValueError as error:
        raise ValueError(f"the file {name} cannot be read: {error}") from error


def read_model(name: str) -> CharModel:
    """The model in a file. Raises ValueError saying why there is none."""
    return model_in(name, read_checkpoint(name))


def check_writable(path: Path, overwrite: bool) -> None:
    """Find out before an hour of training that its result could not be written."""
    if path.is_dir():
        raise ValueError(f"the output must be a file; {path} is a folder")
    if path.exists() and not overwrite:
        raise ValueError(f"the file {path} exists: name another --output, or add --overwrite")
    beside = _beside(path)
    beside.touch()
    beside.unlink()


def write(path: Path, data: bytes) -> None:
    """Write beside, then rename: an interrupted write leaves the old file as it was."""
    beside = _beside(path)
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:  # also Ctrl-C
        beside.unlink(missing_ok=True)
        raise


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")

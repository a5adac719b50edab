"""Files as the commands see them: texts come in, models come and go, none is left half written."""

import os
import stat
import sys
from pathlib import Path

from rnn.checkpoints import Checkpoint
from rnn.text import model_file
from rnn.text.char_model import CharModel

MOST_TEXT_BYTES = 2**28
"""The largest text that is read, in bytes."""


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
    """What is in a model's file; its header is checked before the rest is read.

    Raises ValueError, naming the file, for one that is no regular file or holds no model.
    """
    mode = Path(name).stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # a pipe would not say how long it is
        raise ValueError(f"a model must be a regular file; {name} is a pipe or a device")
    try:
        with Path(name).open("rb") as file:
            return model_file.read_from(file, os.fstat(file.fileno()).st_size)
    except ValueError as error:
        raise ValueError(f"the file {name} cannot be read: {error}") from error


def model_in(name: str, checkpoint: Checkpoint) -> CharModel:
    """The model in a checkpoint, be it ours or under PyTorch's names, without its training.

    Raises ValueError, naming the file, if there is none.
    """
    try:
        return model_file.model_of(checkpoint)
    except ValueError as error:
        raise ValueError(f"the file {name} cannot be read: {error}") from error


def read_model(name: str) -> CharModel:
    """The model in a file. Raises ValueError saying why there is none."""
    return model_in(name, read_checkpoint(name))


def check_writable(path: Path, overwrite: bool) -> None:
    """Raise ValueError or OSError now, not after an hour of training, if `path` is out of reach.

    Without `overwrite` a file that exists is refused; a folder always is.
    """
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

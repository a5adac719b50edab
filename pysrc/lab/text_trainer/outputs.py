"""What leaves the page: a model's file, weights for PyTorch, a script that goes on."""

import re
from typing import Any

import numpy as np

from lab.kit.controls import ControlError
from rnn.checkpoints import to_bytes
from rnn.export.python import to_python
from rnn.export.python_training import Training
from rnn.export.torch import FORMAT, to_torch
from rnn.text.char_model import CharModel

LONGEST_SCRIPT = 20_000_000  # characters on a clipboard
SAFETENSORS = "application/octet-stream"


def stem(text_name: str, model: CharModel) -> str:
    """What a file is called, without its ending: moby-dick-lstm-128."""
    plain = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", text_name)
    plain = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:40] or "text"
    layers = f"{model.layers}x" if model.layers > 1 else ""
    return f"{plain}-{model.kind}-{layers}{model.hidden}"


def _output(way: str, name: str, kind: str, data: bytes) -> dict[str, Any]:
    return {"as": way, "name": name, "type": kind, "data": np.frombuffer(data, np.uint8)}


def file(name: str, data: bytes) -> dict[str, Any]:
    """A model's file, to be saved."""
    return _output("download", f"{name}.safetensors", SAFETENSORS, data)


def torch(name: str, model: CharModel) -> dict[str, Any]:
    """The weights under PyTorch's names, to be saved."""
    facts = {**model.description.facts(), "format": FORMAT}
    data = to_bytes(to_torch(model.parameters), facts)
    return _output("download", f"{name}.torch.safetensors", SAFETENSORS, data)


def script(name: str, model: CharModel, training: Training) -> dict[str, Any]:
    """A script that writes and goes on training, for the clipboard.

    Raises ControlError for one that no clipboard takes.
    """
    about = model.parameters.flat.nbytes * 4 // 3
    if about > LONGEST_SCRIPT:
        raise ControlError(
            f"a script with these weights would be {about // 10**6} MB long, more than a clipboard "
            f"takes; save the model instead, and use `python -m rnn export --to python`"
        )
    text = to_python(model, f"{name}.py", training)
    return _output("copy", f"{name}.py", "text/x-python", text.encode())

"""Take a trained model elsewhere.

  --to torch    weights that torch.nn.RNN, LSTM or GRU loads with load_state_dict, and a linear head
  --to python   one readable script with the weights in it; it needs NumPy and nothing else
  --to model    the model alone, without its training, as the book's pages read it

What PyTorch trained on can come back: `--to model` also reads a file under PyTorch's names.
"""

import argparse
from pathlib import Path

from rnn.checkpoints import to_bytes
from rnn.command.files import check_writable, read_model, write
from rnn.export.python import to_python
from rnn.export.torch import FORMAT, to_torch
from rnn.text.char_model import CharModel

ENDINGS = {"torch": ".torch.safetensors", "python": ".py", "model": ".model.safetensors"}
"""The ending of a file's name, by what is exported."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """From where to where."""
    parser.add_argument("model", help="the model's file")
    parser.add_argument("--to", required=True, choices=tuple(ENDINGS))
    parser.add_argument("--output", help="the file to write (default: named after the model)")
    parser.add_argument("--overwrite", action="store_true", help="even if it exists")


def run(chosen: argparse.Namespace) -> int:
    """Write one file and say how to use it. Raises ValueError if it cannot be read or written."""
    source = Path(chosen.model)
    named = source.with_name(source.name.removesuffix(".safetensors") + ENDINGS[chosen.to])
    path = Path(chosen.output) if chosen.output else named
    model = read_model(chosen.model)
    check_writable(path, chosen.overwrite)
    data, use = {"torch": _torch, "python": _python, "model": _model}[chosen.to](model, path)
    write(path, data)
    print(f"{path}: {len(data):,} bytes\n\n{use}")
    return 0


def _torch(model: CharModel, path: Path) -> tuple[bytes, str]:
    facts = {**model.description.facts(), "format": FORMAT}
    layer = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}[model.kind]
    size = len(model.vocabulary)
    return to_bytes(to_torch(model.parameters), facts), (
        f"import torch, safetensors.torch\n\n"
        f'weights = safetensors.torch.load_file("{path}")\n'
        f'head = {{n[5:]: weights.pop(n) for n in ("head.weight", "head.bias")}}\n'
        f"layer = torch.nn.{layer}({size}, {model.hidden}, {model.layers})"
        f"  # reads one-hot characters, (time, batch, {size})\n"
        f"layer.load_state_dict(weights)\n"
        f"linear = torch.nn.Linear({model.hidden}, {size})\n"
        f"linear.load_state_dict(head)"
    )


def _python(model: CharModel, path: Path) -> tuple[bytes, str]:
    return to_python(model, path.name).encode(), f"python {path} --help"


def _model(model: CharModel, path: Path) -> tuple[bytes, str]:
    return model.to_checkpoint(), f"python -m rnn sample {path}"

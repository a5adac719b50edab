"""PyTorch's recurrent layers are these very formulas under other names, and back again.

    here                     torch.nn.RNN, LSTM, GRU
    layer0.W_xh              weight_ih_l0
    layer0.W_hh              weight_hh_l0
    layer0.b_h, layer0.b_hn  bias_ih_l0, bias_hh_l0
    layer0.back.W_xh         weight_ih_l0_reverse
    head.W_hy, head.b_y      head.weight, head.bias        (torch.nn.Linear)

PyTorch adds two biases where the formulas have one. Here the first gets `b_h` and the second is
zero; only a GRU's candidate has use for both, and there the second is `b_hn`. On the way back the
two are added. (https://docs.pytorch.org/docs/stable/generated/torch.nn.GRU.html)
"""

import re
from collections.abc import Mapping

import numpy as np

from rnn.arrays import Array

WALK = re.compile(r"layer(\d+)\.(back\.)?(?=W_xh$)")
"""One direction of a layer in our names."""
TORCH_WALK = re.compile(r"weight_ih_l(\d+)(_reverse)?")
"""One direction of a layer in PyTorch's names."""
TORCH_ARRAYS = re.compile(
    r"(weight_ih|weight_hh|bias_ih|bias_hh)_l\d{1,2}(_reverse)?|head\.(weight|bias)"
)
"""The names of all arrays that a file for PyTorch may hold."""
FORMAT = "unrolled weights for PyTorch 1"
"""What a file with PyTorch's names calls itself."""
PARTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
"""The four arrays of a layer in PyTorch's names."""
HEAD = {"head.W_hy": "head.weight", "head.b_y": "head.bias"}
"""The output layer's arrays: our names, and PyTorch's."""


def to_torch(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """The same `arrays`, of the same shapes, under PyTorch's names; `head.*` if there is a head.

    Raises ValueError, naming it, for an array PyTorch's recurrent layers have no place for.
    """
    there = {HEAD[name]: np.array(array) for name, array in arrays.items() if name in HEAD}
    placed = set(HEAD) & set(arrays)
    for name in arrays:
        if not (walk := WALK.match(name)):
            continue
        prefix = walk.group()
        suffix = f"l{walk.group(1)}" + ("_reverse" if walk.group(2) else "")
        b_h = arrays[prefix + "b_h"]
        second = np.zeros_like(b_h)
        if prefix + "b_hn" in arrays:
            b_hn = arrays[prefix + "b_hn"]
            second[-len(b_hn) :] = b_hn
        there[f"weight_ih_{suffix}"] = np.array(arrays[prefix + "W_xh"])
        there[f"weight_hh_{suffix}"] = np.array(arrays[prefix + "W_hh"])
        there[f"bias_ih_{suffix}"] = np.array(b_h)
        there[f"bias_hh_{suffix}"] = second
        placed |= {prefix + part for part in ("W_xh", "W_hh", "b_h", "b_hn")}
    for name in arrays:
        if name not in placed:
            raise ValueError(f"PyTorch's recurrent layers have no place for {name}")
    return there


def torch_shapes(shapes: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """The shapes of `to_torch` of arrays with these shapes."""
    there = {HEAD[name]: shape for name, shape in shapes.items() if name in HEAD}
    for walk in filter(None, map(WALK.match, shapes)):
        prefix, suffix = walk.group(), f"l{walk.group(1)}" + ("_reverse" if walk.group(2) else "")
        for part, own in zip(PARTS, ("W_xh", "W_hh", "b_h", "b_h"), strict=True):
            there[f"{part}_{suffix}"] = shapes[prefix + own]
    return there


def from_torch(weights: Mapping[str, Array], kind: str) -> dict[str, Array]:
    """The way back, shapes unchanged, for weights trained on in PyTorch; `rnn`, `lstm` or `gru`.

    Raises ValueError, naming it, for a weight that is not of `torch.nn.RNN`, `LSTM`, `GRU` or of
    the head, and for a bias that does not fit the rows of its weights.
    """
    here: dict[str, Array] = {}
    placed = set()
    for name in weights:
        if not (walk := TORCH_WALK.fullmatch(name)):
            continue
        suffix = name.removeprefix("weight_ih_")
        prefix = f"layer{walk.group(1)}." + ("back." if walk.group(2) else "")
        parts = [f"{part}_{suffix}" for part in PARTS]
        if absent := [part for part in parts if part not in weights]:
            raise ValueError(f"{absent[0]} is missing beside {name}")
        # Before they are added: shapes that do not agree would be spread over a matrix.
        rows, dtype = weights[name].shape[:1], weights[name].dtype
        for bias in parts[2:]:
            if not rows or (weights[bias].shape, weights[bias].dtype) != (rows, dtype):
                raise ValueError(
                    f"{bias} must be {dtype}, one for each row of {name}; "
                    f"got {weights[bias].dtype} of shape {list(weights[bias].shape)}"
                )
        first, second = weights[f"bias_ih_{suffix}"], weights[f"bias_hh_{suffix}"]
        here[prefix + "W_xh"] = np.array(weights[name])
        here[prefix + "W_hh"] = np.array(weights[f"weight_hh_{suffix}"])
        here[prefix + "b_h"] = first + second
        if kind == "gru":
            candidate = slice(2 * (len(first) // 3), None)
            here[prefix + "b_h"][candidate] = first[candidate]
            here[prefix + "b_hn"] = np.array(second[candidate])
        placed |= set(parts)
    for ours, theirs in HEAD.items():
        if theirs in weights:
            here[ours] = np.array(weights[theirs])
            placed.add(theirs)
    for name in weights:
        if name not in placed:
            raise ValueError(f"{name} is not a weight of torch.nn.RNN, LSTM, GRU or of the head")
    return here

"""The same case computed by PyTorch. Needs torch, which only `make test-torch` installs."""

import numpy as np
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnn.export.torch import to_torch
from tests.rnn.parity.cases import Case, Drawn
from tests.rnn.parity.ours import Results

LAYERS = {"tanh": torch.nn.RNN, "relu": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}


def layer_for(case: Case) -> torch.nn.RNNBase:
    extra = {"nonlinearity": case.cell} if case.cell in ("tanh", "relu") else {}
    return LAYERS[case.cell](
        case.inputs, case.hidden, case.layers, bidirectional=case.bidirectional, **extra
    )


def run(case: Case, drawn: Drawn, dtype: type) -> Results:
    def tensor(array: np.ndarray, wanted: bool = False) -> torch.Tensor:
        return torch.tensor(array.astype(dtype), requires_grad=wanted)

    layer = layer_for(case).to(torch.float64 if dtype is np.float64 else torch.float32)
    layer.load_state_dict({name: tensor(w) for name, w in to_torch(drawn.parameters).items()})
    inputs = tensor(drawn.inputs, wanted=True)
    zeros = [np.zeros_like(part) for part in drawn.d_final]
    initial = [tensor(part, wanted=True) for part in drawn.initial or zeros]
    state = tuple(initial) if case.cell == "lstm" else initial[0]
    if drawn.mask is None:
        outputs, final = layer(inputs, state)
    else:
        lengths = torch.tensor(drawn.lengths)
        packed, final = layer(pack_padded_sequence(inputs, lengths, enforce_sorted=False), state)
        outputs, _ = pad_packed_sequence(packed, total_length=case.time)
    finals = final if case.cell == "lstm" else (final,)
    loss = (outputs * tensor(drawn.d_outputs)).sum()
    for part, d_part in zip(finals, drawn.d_final, strict=True):
        loss = loss + (part * tensor(d_part)).sum()
    loss.backward()
    results = {"outputs": outputs, **{f"final_{n}": f for n, f in zip("hc", finals, strict=False)}}
    results |= {"d_inputs": inputs.grad}
    results |= {f"d_initial_{n}": part.grad for n, part in zip("hc", initial, strict=False)}
    found = {name: value.detach().numpy() for name, value in results.items()}
    d_weights = {name: weight.grad.numpy() for name, weight in layer.named_parameters()}
    return found | {f"d_{name}": _gradient(name, d_weights) for name in case.stack.shapes}


def _gradient(name: str, d_weights: Results) -> np.ndarray:
    """PyTorch's gradient of one of our arrays. Both its biases are added, so have the same one."""
    prefix, _, part = name.rpartition(".")
    suffix = "l" + prefix.removeprefix("layer").replace(".back", "_reverse")
    theirs = {"W_xh": "weight_ih", "W_hh": "weight_hh", "b_h": "bias_ih", "b_hn": "bias_hh"}[part]
    gradient = d_weights[f"{theirs}_{suffix}"]
    return gradient[2 * len(gradient) // 3 :] if part == "b_hn" else gradient

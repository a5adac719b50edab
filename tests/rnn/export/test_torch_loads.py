"""What `export --to torch` wrote, loaded by PyTorch itself: `make test-torch`."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; `make test-torch` does that")

from safetensors.torch import load_file  # noqa: E402  (it needs torch)

from rnn.command.main import main  # noqa: E402
from rnn.text.char_model import CharModel  # noqa: E402
from rnn.text.vocabulary import Vocabulary  # noqa: E402

TEXT = "it was the best of times, it was the worst of times"
LAYERS = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}


@pytest.mark.parametrize("kind", LAYERS)
@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize(("dtype", "bound"), [(np.float32, 2e-6), (np.float64, 1e-13)])
def test_load_state_dict_takes_it_and_the_outputs_are_equal(kind, layers, dtype, bound, tmp_path):
    model = CharModel(Vocabulary.of(TEXT), kind, 9, layers, dtype=dtype)
    rng = np.random.default_rng(5)
    model.parameters.flat[...] = rng.uniform(-0.6, 0.6, model.parameters.flat.shape)
    ours, theirs = tmp_path / "model.safetensors", tmp_path / "model.torch.safetensors"
    ours.write_bytes(model.to_checkpoint())
    assert main(["export", str(ours), "--to", "torch"]) == 0

    weights = load_file(theirs)
    head = {name[5:]: weights.pop(name) for name in ("head.weight", "head.bias")}
    symbols = len(model.vocabulary)
    layer = LAYERS[kind](symbols, 9, layers, dtype=head["bias"].dtype)
    layer.load_state_dict(weights)
    linear = torch.nn.Linear(9, symbols, dtype=head["bias"].dtype)
    linear.load_state_dict(head)

    indices = model.vocabulary.encode(TEXT)
    one_hot = torch.nn.functional.one_hot(torch.tensor(indices), symbols).to(head["bias"].dtype)
    with torch.no_grad():
        expected = linear(layer(one_hot[:, None])[0])[:, 0].numpy()
    stepper = model.stepper(model.zero_state(1))
    for index, row in zip(indices, expected, strict=True):
        found = stepper.step(np.array([index]))[0]
        assert np.abs(found - row).max() <= bound * np.abs(row).max()

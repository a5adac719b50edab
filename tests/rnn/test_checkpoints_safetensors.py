"""Our files and the safetensors library's are the same kind of file, both ways."""

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load, save

from rnn.checkpoints import CheckpointError, from_bytes, to_bytes

RNG = np.random.default_rng(3)
ARRAYS = {
    "layer0.W_xh": RNG.standard_normal((8, 3)),
    "layer0.b_h": RNG.standard_normal(8).astype(np.float32),
    "place": np.array([2**40, -7]),
    "one": np.array(1.5),
    "none": np.zeros((0, 4), np.float32),
}
FACTS = {"kind": "lstm", "vocabulary": 'a "b" \n \\ é 😀'}


def same(found, expected):
    assert set(found) == set(expected)
    for name, array in expected.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        assert found[name].tobytes() == array.tobytes()


def test_the_library_reads_what_we_write(tmp_path):
    data = to_bytes(ARRAYS, FACTS)
    same(load(data), ARRAYS)
    (tmp_path / "file").write_bytes(data)
    with safe_open(tmp_path / "file", "np") as file:
        assert file.metadata() == FACTS


def test_we_read_what_the_library_writes():
    read = from_bytes(save(ARRAYS, FACTS), set(ARRAYS))
    same(read.arrays, ARRAYS)
    assert read.facts == FACTS


def test_we_refuse_what_the_library_takes():
    data = save({"b": np.array([np.nan])})
    assert np.isnan(load(data)["b"]).all()
    with pytest.raises(CheckpointError, match="not finite"):
        from_bytes(data, {"b"})

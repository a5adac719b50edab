"""`export`: files that others read, and that come back."""

import subprocess
import sys

import numpy as np
from safetensors.numpy import load_file

from rnn.checkpoints import to_bytes
from rnn.command.files import read_checkpoint, read_model


def test_pytorchs_weights_come_back_the_same(command, model, tmp_path):
    there, back = tmp_path / "there.safetensors", tmp_path / "back.safetensors"
    code, out, _ = command("export", model, "--to", "torch", "--output", there)
    assert code == 0
    assert "layer = torch.nn.LSTM(28, 12, 1)" in out
    weights = load_file(there)
    assert weights["weight_ih_l0"].shape == (48, 28)
    assert weights["head.weight"].shape == (28, 12)
    assert command("export", there, "--to", "model", "--output", back)[0] == 0
    assert back.read_bytes() == read_model(str(model)).to_checkpoint()
    sampled = [command("sample", path, "--length", 40)[1] for path in (model, there, back)]
    assert len(set(sampled)) == 1


def test_the_script_writes_what_the_model_writes(command, model, tmp_path):
    script = tmp_path / "model.py"
    assert command("export", model, "--to", "python", "--output", script)[0] == 0
    done = subprocess.run(
        [sys.executable, script, "--start", "the", "--length", "50", "--temperature", "0.7"],
        capture_output=True, text=True, check=True, timeout=300, cwd=tmp_path,
    )  # fmt: skip
    asked = ("--start", "the", "--length", 50, "--temperature", 0.7)
    assert done.stdout == command("sample", model, *asked)[1]


def test_the_name_is_the_models_unless_another_is_given(command, model):
    code, out, _ = command("export", model, "--to", "model", "--overwrite")
    assert code == 0
    assert out.startswith(str(model.with_name("book.model.safetensors")))
    assert command("export", model, "--to", "model")[0] == 2


def test_weights_under_pytorchs_names_that_do_not_fit_are_refused(command, model, tmp_path):
    there = tmp_path / "there.safetensors"
    assert command("export", model, "--to", "torch", "--output", there)[0] == 0
    checkpoint = read_checkpoint(str(there))
    for wrong, words in (
        ({"weight_ih_l0": np.zeros((48, 27), np.float32)}, "must have the shape [48, 28]"),
        ({"weight_ih_l1": np.zeros((48, 12), np.float32)}, "'weight_ih_l1', which has no place"),
        ({"bias_hh_l0": np.zeros(4, np.float32)}, "cannot be read"),
    ):
        there.write_bytes(to_bytes({**checkpoint.arrays, **wrong}, checkpoint.facts))
        code, _, err = command("info", there)
        assert code == 2
        assert words in err

"""The example, run as its docstring says, with two processes: `make test-torch`."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed; `make test-torch` does that")

from rnn.command.files import read_model
from rnn.command.main import main

EXAMPLE = Path(__file__).parents[2] / "examples" / "torch_ddp.py"
LINES = "the quick brown fox jumps over the lazy dog\nand the dog sleeps\n"


def launched(processes: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(processes)]
    return subprocess.run(
        [sys.executable, *launcher, EXAMPLE, *map(str, arguments)],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A text, and a model of it under PyTorch's names."""
    folder = tmp_path_factory.mktemp("ddp")
    text, model = folder / "book.txt", folder / "book.safetensors"
    text.write_text(LINES * 40, "utf-8")
    options = ["--kind", "gru", "--hidden", "12", "--steps", "20", "--dtype", "float64"]
    assert main(["train", str(text), *options, "--output", str(model)]) == 0
    assert main(["export", str(model), "--to", "torch"]) == 0
    return text, folder / "book.torch.safetensors"


def test_two_processes_go_on_learning_and_take_the_steps_one_would(exported, tmp_path):
    text, weights = exported
    results = {}
    for processes in (1, 2):
        output = tmp_path / f"{processes}.safetensors"
        options = ("--steps", 12, "--batch", 8, "--length", 16, "--rate", 0.01)
        done = launched(processes, weights, text, *options, "--output", output)
        assert done.returncode == 0, done.stderr
        assert f"{processes} processes on" in done.stdout
        before, after = map(float, re.findall(r"held out ([\d.]+) bits", done.stdout))
        assert after < before - 0.3
        results[processes] = read_model(str(output))
    one, two = (results[count].parameters.flat for count in (1, 2))
    np.testing.assert_allclose(one, two, rtol=1e-9, atol=1e-11)
    held_out = (LINES * 40)[-len(LINES * 40) // 10 :]
    assert results[2].bits_per_character(held_out) == pytest.approx(after, abs=0.05)


def test_a_text_with_other_characters_is_refused(exported, tmp_path):
    _, weights = exported
    other = tmp_path / "other.txt"
    other.write_text("ÄÖÜ" * 100, "utf-8")
    done = launched(1, weights, other)
    assert done.returncode != 0
    assert "The model does not know '\\xc4\\xd6\\xdc'" in done.stderr

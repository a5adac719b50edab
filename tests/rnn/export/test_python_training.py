"""The script that goes on learning: its gradients are the engine's, and it learns."""

import subprocess
import sys

import numpy as np
import pytest

from rnn.export.python import to_python
from rnn.export.python_training import Training
from rnn.text.char_model import CharModel
from rnn.text.vocabulary import Vocabulary

TEXT = "the dog sleeps on the hill. " * 40
TRAINING = Training(rate=0.01, batch=4, window=16, clip=5.0)


def drawn(kind, layers=1, dtype=np.float64):
    model = CharModel(Vocabulary.of(TEXT), kind, 7, layers, dtype=dtype)
    model.parameters.flat[...] = np.random.default_rng(5).uniform(
        -0.8, 0.8, model.parameters.flat.shape
    )
    return model


def loaded(model):
    names = {"__name__": "script"}
    exec(compile(to_python(model, "m.py", TRAINING), "m.py", "exec"), names)  # noqa: S102
    return names


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("layers", [1, 2])
def test_its_loss_and_gradients_are_the_engines(kind, layers):
    model = drawn(kind, layers)
    script = loaded(model)
    indices = model.vocabulary.encode(TEXT)[:61]
    inputs, targets = indices[:60].reshape(4, 15).T, indices[1:61].reshape(4, 15).T
    gradients = model.parameters.zeros()
    expected, _ = model.loss_and_gradients(inputs, targets, model.zero_state(4), gradients)
    loss, found, _ = script["loss_and_gradients"](inputs, targets, model.zero_state(4))
    assert loss == pytest.approx(expected, rel=1e-12)
    for name, gradient in gradients.items():
        part, _, own = name.partition(".")
        np.testing.assert_allclose(found[part][own], gradient, rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_a_person_can_read_it(kind):
    text = to_python(drawn(kind), "model.py", TRAINING)
    before_the_weights = text.partition("WEIGHTS = {")[0]
    assert max(map(len, text.splitlines())) <= 100
    assert len(before_the_weights.splitlines()) < 235
    assert text.isascii()


def test_it_learns_saves_and_writes(tmp_path):
    script, book, more = tmp_path / "m.py", tmp_path / "book.txt", tmp_path / "more.npz"
    script.write_text(to_python(drawn("gru", dtype=np.float32), "m.py", TRAINING), "utf-8")
    book.write_text(TEXT, "utf-8")

    def run(*options):
        return subprocess.run(
            [sys.executable, script, *options], cwd=tmp_path,
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip

    done = run("--train", book, "--minutes", "0.03")
    assert (done.returncode, done.stderr) == (0, "")
    bits = [float(line.split(": ")[1].split()[0]) for line in done.stdout.splitlines()[:-1]]
    assert bits[-1] < bits[0]
    assert more.exists()
    plain, learned = (run("--start", "the", *extra) for extra in ((), ("--weights", more)))
    assert (plain.returncode, learned.returncode) == (0, 0)
    assert plain.stdout != learned.stdout
    book.write_text("Zebra", "utf-8")
    assert "does not know 'Zabr'" in run("--train", book).stderr

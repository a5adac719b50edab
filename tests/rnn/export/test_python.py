"""The script: it computes what the model computes, and a person can read it."""

import os
import subprocess
import sys

import numpy as np
import pytest

from rnn.export.python import to_python
from rnn.text.char_model import CharModel
from rnn.text.vocabulary import Vocabulary

TEXT = "to be, or not to be"
ODD = "\x00\n\r\"'\\{}%aé\u2028€😀"


def drawn(kind, characters=TEXT, **settings):
    model = CharModel(Vocabulary.of(characters), kind, 7, **settings)
    rng = np.random.default_rng(5)
    model.parameters.flat[...] = rng.uniform(-0.8, 0.8, model.parameters.flat.shape)
    return model


def loaded(model):
    """The script's names, as if it were imported."""
    names = {"__name__": "script"}
    exec(compile(to_python(model), "model.py", "exec"), names)  # noqa: S102  (it is our own)
    return names


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize(("dtype", "bound"), [(np.float32, 1e-5), (np.float64, 1e-13)])
def test_its_scores_are_the_models(kind, layers, dtype, bound):
    model = drawn(kind, layers=layers, dtype=dtype)
    script = loaded(model)
    states = [
        tuple(np.zeros(7, dtype) for _ in range(script["PARTS"])) for _ in range(script["LAYERS"])
    ]
    theirs = model.zero_state(1)
    for index in model.vocabulary.encode(TEXT):
        scores, states = script["read"](index, states)
        expected, theirs = model.step(np.array([index]), theirs)
        assert scores.dtype == dtype
        np.testing.assert_allclose(scores, expected[0], rtol=bound, atol=bound)


def test_the_weights_are_in_it_bit_for_bit():
    model = drawn("gru", layers=2)
    weights = loaded(model)["WEIGHTS"]
    for name, array in model.parameters.items():
        part, _, own = name.partition(".")
        np.testing.assert_array_equal(weights[part][own], array)


def test_any_character_survives():
    script = loaded(drawn("rnn", ODD))
    assert script["VOCABULARY"] == "".join(sorted(ODD))
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 500)))
    assert loaded(drawn("rnn", many))["VOCABULARY"] == many


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_a_person_can_read_it(kind):
    text = to_python(drawn(kind, ODD), 'odd """name\n.py')
    lines = text.splitlines()
    assert max(map(len, lines)) <= 100
    assert text.isascii()
    assert "python odd____name_.py" in text
    compile(text, "model.py", "exec")
    before_the_weights = text.partition("WEIGHTS = {")[0]
    assert len(before_the_weights.splitlines()) < 105


def test_it_says_what_it_cannot_do(tmp_path):
    script = tmp_path / "model.py"
    script.write_text(to_python(drawn("rnn")), "utf-8")
    for options, words in (
        (["--start", "XYZ"], "does not know 'XYZ'"),
        (["--temperature", "nan"], "a temperature above 0"),
        (["--length", "0"], "a length of at least 1"),
        (["--seed", "-1"], "The seed must be a whole number from 0; got -1.\n"),
    ):
        done = subprocess.run(
            [sys.executable, script, "--start", "to", *options],
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (2, "")
        assert words in done.stderr
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr


def test_it_writes_on_a_terminal_without_the_characters(tmp_path):
    script = tmp_path / "model.py"
    script.write_text(to_python(drawn("rnn", "€😀")), "utf-8")
    done = subprocess.run(
        [sys.executable, script, "--length", "9"], env={"PYTHONIOENCODING": "ascii"},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(r"\u20ac")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="has no terminals to open")
def test_no_character_of_a_model_moves_a_terminals_cursor(tmp_path):
    script = tmp_path / "model.py"
    script.write_text(to_python(drawn("rnn", "a\x1b\r\x9b\n\t")), "utf-8")
    command = [sys.executable, script, "--start", "a\x1b", "--length", "200"]
    whole = subprocess.run(command, capture_output=True, check=True, timeout=300).stdout
    assert b"\x1b" in whole, "to a file it is what it is"
    controller, terminal = os.openpty()
    with subprocess.Popen(command, stdout=terminal, stderr=subprocess.DEVNULL) as running:
        os.close(terminal)
        said = b""
        while running.poll() is None or not said:
            try:
                said += os.read(controller, 4096)
            except OSError:  # the other end was closed
                break
    os.close(controller)
    assert said.startswith(b"a\\x1b")
    assert not {0x1B, 0x0D} & set(said.replace(b"\r\n", b"")), "a terminal's own line ends aside"
    assert b"\\x9b" in said
    assert "\x9b".encode() not in said

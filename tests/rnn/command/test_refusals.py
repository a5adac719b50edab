"""Every mistake reaches the user as one sentence on the standard error, with exit code 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rnn.hostile import HOSTILE

ROOT = Path(__file__).parents[3]

# What is typed, and words of the sentence. BOOK and MODEL stand for files that are fine.
REFUSED = {
    # learning rate
    "train BOOK --rate 1e9": "Learning rate must be above 0 and at most 10; got 1000000000.0.",
    "train BOOK --rate nan": "Learning rate must be a number above 0 and at most 10; got nan.",
    "train BOOK --rate inf": "Learning rate must be a number above 0 and at most 10; got inf.",
    "train BOOK --rate -1": "Learning rate must be above 0 and at most 10; got -1.0.",
    "train BOOK --rate 0": "Learning rate must be above 0",
    "train BOOK --rate fast": "invalid float value: 'fast'",
    # sizes
    "train BOOK --hidden 0": "Hidden must be a whole number from 1 to 4,096; got 0.",
    "train BOOK --hidden -1": "Hidden must be a whole number from 1 to 4,096; got -1.",
    "train BOOK --hidden 1000000": "Hidden must be a whole number from 1 to 4,096; got 1000000.",
    "train BOOK --hidden 4096 --layers 8": "at most 50,000,000 parameters",
    "train BOOK --hidden 1.5": "invalid int value: '1.5'",
    "train BOOK --layers 0": "Layers must be a whole number from 1 to 8; got 0.",
    "train BOOK --length 0": "Length must be a whole number from 1 to 100,000; got 0.",
    "train BOOK --length 5000": "Length must be at most 2,267 for this text",
    "train BOOK --batch 0": "Batch must be a whole number from 1 to 4,096; got 0.",
    "train BOOK --steps 0": "Steps must be a whole number from 1 to 1,000,000,000; got 0.",
    "train BOOK --epochs 0": "Epochs must be above 0",
    "train BOOK --epochs nan": "Epochs must be a number above 0",
    "train BOOK --dropout 1": "Dropout must be from 0 to 0.99; got 1.0.",
    "train BOOK --clip-limit 0": "Clip limit must be above 0",
    "train BOOK --seed -1": "Seed must be a whole number from 0",
    "train BOOK --kind transformer": "invalid choice: 'transformer'",
    "train BOOK --steps 1 --epochs 1": "not allowed with argument",
    "train BOOK --output /": "The output must be a file; / is a folder.",
    "train BOOK --output MODEL": "exists: name another --output, or add --overwrite.",
    "train BOOK --output /nowhere/model": "No such file or directory: /nowhere",
    "train BOOK --resume MODEL --hidden 5": "--hidden cannot be given.",
    "train OTHER --resume MODEL": "The text must be the one the training began with",
    "train BOOK --resume BARE": "a model in the file, but no training that could be resumed.",
    # texts
    "train EMPTY": "The text must hold at least 2 different characters; it is empty.",
    "train ONE": "it holds only 'a' LATIN SMALL LETTER A (U+0061).",
    "train SAME": "it holds only 'a' LATIN SMALL LETTER A (U+0061).",
    "train TEN": "A text must have at least 20 characters to hold out a tenth; got 10.",
    "train LATIN1": "latin1.txt is not at byte 2.",
    "train SURROGATE": "surrogate.txt is not at byte 1.",
    "train missing.txt": "No such file or directory: missing.txt.",
    "train /": "Is a directory: /.",
    # sampling
    "sample MODEL --temperature 0": "Temperature must be above 0 and at most 100; got 0.0.",
    "sample MODEL --temperature -1": "Temperature must be above 0 and at most 100; got -1.0.",
    "sample MODEL --temperature nan": "Temperature must be a number above 0",
    "sample MODEL --temperature inf": "Temperature must be a number above 0",
    "sample MODEL --length 0": "Length must be a whole number from 1",
    "sample MODEL --top-k 0": "--top-k must be a whole number from 1",
    "sample MODEL --top-p 0": "--top-p must be above 0",
    "sample MODEL --start €uro": "it does not know '€' EURO SIGN (U+20AC).",
    "sample MODEL --start a\udcff": "U+DCFF",
    "sample MODEL --start=": "--start must hold at least 1 character",
    "sample MODEL --unknown guess": "Unknown must be one of refuse, skip",
    "sample missing": "No such file or directory: missing.",
    "sample BOOK": "book.txt cannot be read: the header must be at most",
    # the others
    "info BOOK": "cannot be read",
    "check BOOK": "cannot be read",
    "check --seed -1": "Seed must be",
    "export MODEL": "The following arguments are required: --to",
    "export MODEL --to onnx": "invalid choice: 'onnx'",
    "export MODEL --to torch --output BOOK": "exists: name another --output",
    "fly": "invalid choice: 'fly'",
    "": "The following arguments are required: COMMAND",
}


@pytest.fixture(scope="module")
def files(book, model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("refused")
    contents = {
        "EMPTY": b"", "ONE": b"a", "SAME": b"a" * 500, "TEN": b"0123456789",
        "LATIN1": "caf\xe9s".encode("latin-1")[1:], "SURROGATE": b"a\xed\xa0\x80",
        "OTHER": b"something else entirely, with letters " * 20,
    }  # fmt: skip
    found = {"BOOK": book, "MODEL": model}
    for name, content in contents.items():
        found[name] = folder / f"{name.lower()}.txt"
        found[name].write_bytes(content)
    from rnn.command.files import read_model

    found["BARE"] = folder / "bare.safetensors"
    found["BARE"].write_bytes(read_model(str(model)).to_checkpoint())
    return {name: str(path) for name, path in found.items()}


def is_one_sentence(err: str) -> bool:
    return err.count("\n") == 1 and err.endswith(".\n") and err[0].upper() == err[0]


@pytest.mark.parametrize("typed", REFUSED)
def test_a_mistake_is_one_sentence(command, files, typed):
    arguments = [files.get(word, word) for word in typed.split()]
    code, out, err = command(*arguments)
    assert REFUSED[typed] in err
    assert (code, out) == (2, "")
    assert is_one_sentence(err)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("asked", ["info", "resume"])
def test_a_hostile_file_is_one_sentence_too(command, book, tmp_path, name, asked):
    file = tmp_path / "model.safetensors"
    file.write_bytes(HOSTILE[name][0]())
    code, out, err = command(
        *(["info", file] if asked == "info" else ["train", book, "--resume", file])
    )
    assert (code, out) == (2, "")
    assert is_one_sentence(err)
    assert err.startswith(f"The file {file} cannot be read: ")


def test_the_whole_program_ends_with_2_and_no_traceback(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "rnn", "sample", str(tmp_path / "nothing")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "pysrc")},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert is_one_sentence(done.stderr)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_standard_stream_is_no_traceback(model, closed):
    done = subprocess.run(
        ["sh", "-c", f'exec "{sys.executable}" -m rnn info "{model}" {closed}'],
        env={**os.environ, "PYTHONPATH": str(ROOT / "pysrc")},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_an_output_that_is_full_is_one_sentence(model):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "rnn", "info", str(model)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "pysrc")},
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=300,
        )  # fmt: skip
    assert done.returncode == 2
    assert is_one_sentence(done.stderr)
    assert "No space left on device" in done.stderr


def test_what_a_name_says_is_shown_not_done(command):
    code, _, err = command("info", "no\x1b[2Jfile")
    assert code == 2
    assert err == "No such file or directory: no\\x1b[2Jfile.\n"


def test_ctrl_c_while_numpy_is_imported_is_quiet(tmp_path):
    (tmp_path / "numpy.py").write_text("raise KeyboardInterrupt", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "rnn", "info", "x"],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT / 'pysrc'}"},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_help_is_not_a_mistake(command):
    for name in ("train", "sample", "check", "info", "export"):
        code, out, err = command(name, "--help")
        assert (code, err) == (0, "")
        assert f"python -m rnn {name}" in out

"""Files: nothing is left half written, and a disk that is full is told in one sentence."""

import io
import os
import re
from pathlib import Path

import pytest

from rnn.command import files
from tests.rnn.hostile_models import (
    DESCRIPTION,
    MISSHAPEN,
    RUN,
    refused_cheaply,
    write_misshapen,
)


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, failure):
    path = tmp_path / "model.safetensors"
    files.write(path, b"old")

    def fail(number: int) -> None:
        raise failure

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(type(failure)):
        files.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_one_sentence(command, book, tmp_path, monkeypatch):
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    path = tmp_path / "model.safetensors"
    code, _, err = command("train", book, "--hidden", 4, "--steps", 2, "--output", path)
    assert (code, err) == (2, "No space left on device.\n")
    assert list(tmp_path.iterdir()) == []


def test_whether_a_file_could_be_written_is_found_without_writing_it(tmp_path):
    path = tmp_path / "model.safetensors"
    files.check_writable(path, overwrite=False)
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(b"old")
    files.check_writable(path, overwrite=True)
    assert path.read_bytes() == b"old"
    with pytest.raises(ValueError, match="exists: name another --output, or add --overwrite"):
        files.check_writable(path, overwrite=False)


def test_a_text_keeps_its_line_ends_and_loses_its_byte_order_mark(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\n")
    assert files.read_text(str(path)) == "a\r\nb\n"


def test_a_text_beyond_the_cap_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_TEXT_BYTES", 10)
    path = tmp_path / "text.txt"
    path.write_bytes(b"01234567890")
    with pytest.raises(ValueError, match=r"at most 10 bytes; .*text\.txt has more"):
        files.read_text(str(path))

    class Input:
        buffer = io.BytesIO(b"01234567890")

    monkeypatch.setattr("sys.stdin", Input)
    with pytest.raises(ValueError, match="- has more"):
        files.read_text("-")


def test_a_model_beyond_the_cap_is_not_read(model, monkeypatch):
    monkeypatch.setattr("rnn.checkpoints._refuse_size.__defaults__", (1000,))
    monkeypatch.setattr("rnn.checkpoints.from_file.__defaults__", (None, 1000))
    with pytest.raises(ValueError, match="at most 1,000 bytes"):
        files.read_model(str(model))


def test_the_part_files_are_hidden_and_beside(tmp_path):
    beside = files._beside(Path("folder") / "model.safetensors")
    assert beside.parent == Path("folder")
    assert beside.name.startswith(".model.safetensors.")


@pytest.mark.parametrize("name", MISSHAPEN)
def test_what_is_misshapen_is_refused_by_its_header(name, tmp_path):
    shapes, words = MISSHAPEN[name]
    path = tmp_path / "model.safetensors"
    write_misshapen(path, shapes)
    refused_cheaply(lambda: files.read_model(str(path)), re.escape(words))


def test_the_shapes_they_were_made_from_are_read(tmp_path):
    path = tmp_path / "model.safetensors"
    write_misshapen(path, {**DESCRIPTION.shapes, **RUN})
    assert files.read_model(str(path)).description == DESCRIPTION


def test_a_pipe_is_no_model(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(ValueError, match=r"must be a regular file; .* is a pipe or a device"):
        files.read_model(str(path))

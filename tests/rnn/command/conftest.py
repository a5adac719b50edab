"""A short text, and a small model trained on it once."""

from pathlib import Path

import pytest

from rnn.command.main import main

LINES = "the quick brown fox jumps over the lazy dog\nand the dog sleeps\n"


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("texts") / "book.txt"
    path.write_text(LINES * 40, "utf-8")
    return path


@pytest.fixture(scope="session")
def model(book: Path) -> Path:
    path = book.with_name("book.safetensors")
    options = ["--hidden", "12", "--steps", "30", "--output", str(path)]
    assert main(["train", str(book), *options]) == 0
    return path


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]):
    """Run a command: its exit code, and what it wrote to its two outputs."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run

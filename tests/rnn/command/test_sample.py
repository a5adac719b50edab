"""`sample`: the same seed writes the same text."""

import io

import pytest

from rnn.command.main import main
from rnn.text.char_model import CharModel
from rnn.text.vocabulary import Vocabulary


def test_the_same_seed_writes_the_same_and_another_another(command, model):
    asked = ("sample", model, "--start", "the", "--length", 60)
    code, out, err = command(*asked)
    assert (code, err) == (0, "")
    assert out.startswith("the")
    assert len(out) == 3 + 60 + 1
    assert command(*asked)[1] == out
    assert command(*asked, "--seed", 2)[1] != out


def test_greedy_asks_chance_for_nothing(command, model):
    asked = ("sample", model, "--greedy", "--length", 20)
    assert command(*asked, "--seed", 1) == command(*asked, "--seed", 2)
    assert command("sample", model, "--top-k", 1, "--length", 20)[1] == command(*asked)[1]


def test_unknown_characters_can_be_skipped(command, model):
    asked = ("sample", model, "--length", 20, "--unknown", "skip", "--start")
    skipped, plain = command(*asked, "t€he")[1], command(*asked, "the")[1]
    assert skipped.removeprefix("t€he") == plain.removeprefix("the")


def test_whoever_stops_reading_is_not_an_error(model, monkeypatch):
    class Closed:
        def write(self, text: str) -> None:
            raise BrokenPipeError

        def flush(self) -> None:
            raise BrokenPipeError

        def isatty(self) -> bool:
            return False

    taken = []
    monkeypatch.setattr("rnn.command.main.os.dup2", lambda *numbers: taken.append(numbers))
    monkeypatch.setattr("sys.stdout", Closed())
    assert main(["sample", str(model)]) == 0
    assert taken


def test_ctrl_c_while_writing_ends_it(command, model, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("rnn.command.sample.islice", interrupt)
    assert command("sample", model)[0] == 130


@pytest.mark.parametrize("start", ["the quick", "\n"])
def test_what_the_model_reads_first_is_shown_first(command, model, start):
    assert command("sample", model, "--start", start, "--length", 5)[1].startswith(start)


def test_a_terminal_is_not_told_to_move_its_cursor(model, tmp_path, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    path = tmp_path / "model.safetensors"
    path.write_bytes(CharModel(Vocabulary("\n\x1b"), "rnn", 2).to_checkpoint())
    shown = []
    for out in (Terminal(), io.StringIO()):
        monkeypatch.setattr("sys.stdout", out)
        assert main(["sample", str(path), "--length", "50"]) == 0
        shown.append(out.getvalue())
    assert set(shown[0]) == set("\n\\x1b")
    assert set(shown[1]) == {"\n", "\x1b"}  # a file gets what was written

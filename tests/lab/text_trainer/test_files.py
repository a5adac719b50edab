"""What leaves the page can be used again: here, on the command line, in PyTorch, as a script."""

import numpy as np
import pytest

from lab.kit import ControlError
from lab.kit.registry import upload
from lab.text_trainer import outputs
from rnn.checkpoints import from_bytes, to_bytes
from rnn.command.main import main
from rnn.export.torch import from_torch
from rnn.text.char_model import CharModel
from tests.lab.small_models import model
from tests.lab.text_trainer.playing import (
    BOOK,
    button,
    figure,
    finished,
    opened,
    output,
    problem,
    read,
    said,
    settled,
    snapshot,
    status,
    trained,
    values,
    weights,
    with_own_text,
)
from tests.rnn.hostile import HOSTILE


def test_a_saved_model_goes_on_exactly_where_it_was():
    straight = finished(opened(reads=6400, cell="gru"))
    lab = trained(opened(reads=6400, cell="gru"), 2000)
    given, data = output(lab, "save")
    assert (given["as"], given["name"]) == ("download", "moby-dick-gru-8.safetensors")
    other = opened(hidden=16)
    upload(other, "model_file", given["name"], data)
    settled(other)
    assert (read(other), values(other)["cell"], values(other)["hidden"]) == (read(lab), "gru", 8)
    assert values(other)["model_file"] == given["name"]
    np.testing.assert_array_equal(weights(finished(other)), weights(straight))


def test_the_command_line_goes_on_with_it(tmp_path, capsys):
    lab = trained(opened(reads=6400), 2000)
    path, book = tmp_path / "model.safetensors", tmp_path / "book.txt"
    path.write_bytes(output(lab, "save")[1])
    book.write_text(BOOK, "utf-8")
    assert main(["train", str(book), "--resume", str(path)]) == 0
    ended = CharModel.restored
    assert main(["sample", str(path), "--length", "20"]) == 0
    assert "Done in" in capsys.readouterr().out
    assert ended
    other = opened()
    upload(other, "model_file", "model.safetensors", path.read_bytes())
    np.testing.assert_array_equal(weights(settled(other)), weights(finished(lab)))
    assert status(other)["State"] == "Finished"


def test_weights_alone_are_a_new_run_that_starts_from_them():
    alone = model(hidden=12)
    lab = opened()
    upload(lab, "model_file", "small.safetensors", alone.to_checkpoint())
    settled(lab)
    np.testing.assert_array_equal(weights(lab), alone.parameters.flat)
    assert (read(lab), values(lab)["hidden"], problem(lab)) == (0, 12, None)
    assert read(trained(lab, 500)) >= 500
    lab.set({"hidden": 8})  # another network is not that of the file
    assert not values(lab)["model_file"]
    assert len(weights(settled(lab))) != len(alone.parameters.flat)


def test_a_model_that_does_not_know_the_text_still_writes():
    lab = trained(opened(), 500)
    upload(lab, "model_file", "abc.safetensors", model("abc\n").to_checkpoint())
    settled(lab)
    assert problem(lab).startswith("The text must hold only characters the model knows; it does")
    assert not button(lab, "train")["enabled"]
    assert figure(lab, "samples")["entries"]
    assert output(lab, "save")[1] == model("abc\n").to_checkpoint()
    assert output(lab, "torch")
    with pytest.raises(ControlError, match="The text must hold only characters"):
        lab.act("train")
    upload(lab, "own_text", "abc.txt", b"abcabcabacabac\n" * 40)
    assert problem(settled(lab)) is None
    assert read(trained(lab, 200)) >= 200


def test_pytorchs_names():
    lab = trained(opened(cell="gru"), 500)
    given, data = output(lab, "torch")
    assert given["name"] == "moby-dick-gru-8.torch.safetensors"
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    checkpoint = from_bytes(data, [*names, "head.weight", "head.bias"])
    here = from_torch(checkpoint.arrays, "gru")
    for name, array in lab._bench.course.run.model.parameters.items():
        np.testing.assert_array_equal(here[name], array)
    upload(lab, "model_file", given["name"], data)  # and back again
    settled(lab)
    assert problem(lab) is None


def test_the_script_has_the_weights_and_how_it_was_trained():
    lab = trained(opened(rate=0.005, schedule="constant", warm_up=0), 500)
    given, data = output(lab, "script")
    assert (given["as"], given["name"]) == ("copy", "moby-dick-lstm-8.py")
    script = {"__name__": "script"}
    exec(compile(data.decode(), "m.py", "exec"), script)  # noqa: S102  (it is our own)
    own = lab._bench.course.run.model.parameters
    np.testing.assert_array_equal(script["WEIGHTS"]["head"]["b_y"], own["head.b_y"])
    assert 'parser.add_argument("--rate", type=float, default=0.005' in data.decode()


def test_a_script_too_long_for_a_clipboard_is_refused(monkeypatch):
    monkeypatch.setattr(outputs, "LONGEST_SCRIPT", 100)
    with pytest.raises(ControlError, match="save the model instead"):
        opened().act("script")


def test_an_output_is_given_once():
    lab = opened()
    lab.act("save")
    assert "output" in snapshot(lab)
    lab.set({})
    assert "output" not in snapshot(lab)


@pytest.mark.parametrize(
    ("filename", "stem"),
    [
        ("book.txt", "book"),
        ("", "what-you-wrote"),
        ("../../etc/passwd", "etc-passwd"),
        ("<img src=x onerror=alert(1)>.txt", "img-src-x-onerror-alert-1"),
        ("книга.txt", "text"),
        ("a" * 200, "a" * 40),
    ],
)
def test_a_files_name_is_plain(filename, stem):
    lab = with_own_text(BOOK, filename)
    assert output(lab, "save")[0]["name"] == f"{stem}-lstm-8.safetensors"


@pytest.fixture(scope="module")
def lab_in_use():
    """One for all that is refused: it stays as it was."""
    return trained(opened(), 500)


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - {"a zip bomb"}))
def test_hostile_files_are_refused_and_the_run_is_as_it_was(name, lab_in_use):
    lab = lab_in_use
    before, shown = weights(lab), snapshot(lab, "losses")
    with pytest.raises(ControlError) as refusal:
        upload(lab, "model_file", "x.safetensors", HOSTILE[name][0]())
    assert str(refusal.value).startswith("model_file: ")
    assert "\n" not in str(refusal.value)
    np.testing.assert_array_equal(weights(lab), before)
    assert snapshot(lab, "losses")["values"] == shown["values"]


def test_weights_beyond_all_bounds_write_nothing_and_say_so():
    wild = model("abc\n", seed=4)
    arrays = {name: np.full_like(array, 3e38) for name, array in wild.parameters.items()}
    data = to_bytes(arrays, wild.description.facts())
    lab = with_own_text("abcabcabac\n" * 40)
    upload(lab, "model_file", "wild.safetensors", data)
    settled(lab)
    assert problem(lab).startswith("the model's scores must be finite")
    assert said(lab).startswith("Loaded wild.safetensors.")

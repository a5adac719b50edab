"""`info`: what is in a file."""

import json
import math

import pytest

from rnn.checkpoints import to_bytes
from rnn.command.files import read_checkpoint, read_model


def test_it_tells_sizes_vocabulary_and_training(command, model):
    code, out, err = command("info", model)
    assert (code, err) == (0, "")
    lines = dict(line.split("  ", 1) for line in out.splitlines() if "  " in line)
    lines = {name: words.strip() for name, words in lines.items()}
    assert lines["cells"] == "lstm, 1 x 12, float32"
    assert lines["parameters"] == "2,332"
    assert lines["vocabulary"] == r"28 characters: \n abcdefghijklmnopqrstuvwxyz"
    assert lines["training"].startswith("30 of 30 steps in 0:0")
    assert "batch 32, length 64, optimiser adam, rate 0.002" in lines["settings"]
    assert lines["held out"].endswith("bits per character")
    assert lines["layer0.W_xh"].startswith("48 x 28")


def test_a_model_alone_has_no_training(command, model, tmp_path):
    bare = tmp_path / "bare.safetensors"
    bare.write_bytes(read_model(str(model)).to_checkpoint())
    code, out, _ = command("info", bare)
    assert code == 0
    assert "training    not in this file" in out


WRONG = [
    "[]",
    "{}",
    "{" * 400,
    '{"a": NaN}',
    '{"settings": {}, "text": "", "held_out_bits": null, "trainer": {}}',
    '{"settings": {}, "text": "", "held_out_bits": null, "trainer": {"trainer": 5}}',
    '{"settings": {}, "text": "", "held_out_bits": "2", "trainer": {}}',
    '{"settings": {}, "text": "", "held_out_bits": NaN, "trainer": {}}',
    '{"settings": {}, "text": "", "held_out_bits": 1e999, "trainer": {}}',
    '{"settings": {}, "text": 5, "held_out_bits": null, "trainer": {}}',
]


@pytest.mark.parametrize("training", WRONG)
@pytest.mark.parametrize("asked", ["info", "resume"])
def test_training_that_makes_no_sense_is_refused(command, book, model, tmp_path, training, asked):
    checkpoint = read_checkpoint(str(model))
    file = tmp_path / "odd.safetensors"
    file.write_bytes(to_bytes(checkpoint.arrays, {**checkpoint.facts, "training": training}))
    code, _, err = command(
        *(["info", file] if asked == "info" else ["train", book, "--resume", file])
    )
    assert code == 2
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("settings", "hidden"), 4096),
        (("settings", "hidden"), "12"),
        (("settings", "rate"), 1e9),
        (("settings", "batch"), 4096),
        (("trainer", "trainer"), {}),
        (("trainer", "trainer", "schedule"), 5),
        (("trainer", "trainer", "steps"), 10**12),
        (("trainer", "data", "position"), -4),
        (("trainer", "data", "position"), "four"),
        (("trainer", "optimiser", "name"), "sgd"),
        (("trainer",), []),
        (("held_out_bits",), math.inf),
        (("trainer", "trainer", "schedule"), {"kind": "\x1b[2J" * 9999}),
    ],
)
def test_a_run_with_one_lie_is_not_resumed(command, book, model, tmp_path, place, value):
    checkpoint = read_checkpoint(str(model))
    training = json.loads(checkpoint.facts["training"])
    at = training
    for name in place[:-1]:
        at = at[name]
    assert at[place[-1]] != value
    at[place[-1]] = value
    file = tmp_path / "odd.safetensors"
    facts = {**checkpoint.facts, "training": json.dumps(training)}
    file.write_bytes(to_bytes(checkpoint.arrays, facts))
    code, out, err = command("train", book, "--resume", file, "--steps", 40)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert len(err) < 2100
    assert "\x1b" not in err


def test_a_run_that_says_it_diverged_goes_on(command, book, model, tmp_path):
    checkpoint = read_checkpoint(str(model))
    training = json.loads(checkpoint.facts["training"])
    training["trainer"]["trainer"]["diverged"] = "at last"
    file = tmp_path / "odd.safetensors"
    facts = {**checkpoint.facts, "training": json.dumps(training)}
    file.write_bytes(to_bytes(checkpoint.arrays, facts))
    code, out, err = command("train", book, "--resume", file, "--steps", 32)
    assert (code, err) == (0, "")
    assert "step 32 of 32" in out


def test_a_run_with_a_misshapen_moment_is_not_resumed(command, book, model, tmp_path):
    checkpoint = read_checkpoint(str(model))
    name = "training.optimiser.mean"
    arrays = {**checkpoint.arrays, name: checkpoint.arrays[name][:-1]}
    file = tmp_path / "odd.safetensors"
    file.write_bytes(to_bytes(arrays, checkpoint.facts))
    code, _, err = command("train", book, "--resume", file, "--steps", 40)
    assert code == 2
    assert err.endswith("training.optimiser.mean must have the shape [2332]; got [2331].\n")

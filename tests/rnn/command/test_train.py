"""`train`: what it says, what it saves, and going on exactly where it stopped."""

import io
import math
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rnn.command import train
from rnn.command.files import read_checkpoint, read_model
from rnn.text.prepared import prepare
from rnn.text.saved_training import training_facts
from rnn.text.streams import split
from rnn.text.training import TextTraining
from rnn.text.training_run import TrainingRun
from tests.rnn.command.conftest import LINES

ROOT = Path(__file__).parents[3]
TINY = ("--hidden", 6, "--batch", 4, "--length", 8, "--dtype", "float64")


def every_bit(path: Path) -> dict[str, bytes]:
    """All arrays and facts of a file but the seconds it took."""
    checkpoint = read_checkpoint(str(path))
    facts = training_facts(checkpoint.facts)
    facts["trainer"]["trainer"].pop("seconds")
    arrays = {name: array.tobytes() for name, array in checkpoint.arrays.items()}
    return {**arrays, "facts": repr((facts, {**checkpoint.facts, "training": ""})).encode()}


def test_it_learns_judges_and_saves(command, book, tmp_path):
    path = tmp_path / "model.safetensors"
    code, out, err = command(
        "train", book, "--hidden", 24, "--epochs", 30, "--batch", 8, "--length", 16,
        "--rate", 0.01, "--output", path,
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == (
        "lstm 1 x 24: 5,788 parameters, 28 characters in the vocabulary; 2,176 characters to learn "
        "from, 252 held out; 510 steps of 8 x 16"
    )
    told = re.search(r"Held-out text: ([\d.]+) bits per character, perplexity (\d+\.\d+)", out)
    assert told
    bits, perplexity = map(float, told.groups())
    assert bits < 1.5 < math.log2(28)
    assert perplexity == pytest.approx(2**bits, rel=0.01)
    text = book.read_text("utf-8")
    held_out = text[len(text) - len(text) // 10 :]
    assert read_model(str(path)).bits_per_character(held_out) == pytest.approx(bits, abs=5e-4)
    assert re.search(r"step 510 of 510: loss [\d.]+ bits, held out [\d.]+ bits, [\d,]+ char", out)


OPTIONS = [
    ("--kind", "rnn", "--optimiser", "adagrad", "--rate", 0.1, "--clip", "value"),
    ("--kind", "gru", "--layers", 2, "--dropout", 0.3, "--schedule", "cosine", "--warm-up", 3),
    ("--optimiser", "rmsprop", "--schedule", "exponential", "--decay-steps", 5, "--clip", "none"),
]


@pytest.mark.parametrize("options", OPTIONS)
def test_stopped_and_resumed_is_the_same_to_the_last_bit(
    command, book, tmp_path, options, monkeypatch
):
    whole, halves = tmp_path / "whole.safetensors", tmp_path / "halves.safetensors"
    assert command("train", book, *TINY, *options, "--steps", 40, "--output", whole)[0] == 0

    def stop_at_17(self, progress, line=train.Speed.line):
        if progress.step == 17:
            signal.raise_signal(signal.SIGINT)
        return line(self, progress)

    with monkeypatch.context() as patch:
        patch.setattr(train.Speed, "line", stop_at_17)
        patch.setattr("rnn.command.progress.LOG_SECONDS", 0.0)
        code, out, err = command("train", book, *TINY, *options, "--steps", 40, "--output", halves)
    assert (code, err) == (130, "")
    assert f"Stopped after 17 of 40 steps and saved in {halves}. To go on: " in out
    assert every_bit(halves) != every_bit(whole)
    code, out, _ = command("train", book, "--resume", halves)
    assert code == 0
    assert "step 18 of 40" in out
    assert every_bit(halves) == every_bit(whole)


def test_a_finished_run_can_be_made_longer(command, book, tmp_path):
    long, short = tmp_path / "long.safetensors", tmp_path / "short.safetensors"
    assert command("train", book, *TINY, "--steps", 30, "--output", long)[0] == 0
    assert command("train", book, *TINY, "--steps", 20, "--output", short)[0] == 0
    code, _, err = command("train", book, "--resume", short)
    assert code == 2
    assert "is finished after 20 steps: say with --steps or --epochs how many" in err
    code, _, err = command("train", book, "--resume", short, "--steps", 20)
    assert (code, err) == (2, "Steps must be more than the 20 already done; got 20.\n")
    assert command("train", book, "--resume", short, "--steps", 30)[0] == 0
    assert every_bit(short) == every_bit(long)


def test_ctrl_c_in_another_process_saves_once_and_says_where(book, tmp_path):
    path = tmp_path / "model.safetensors"
    options = [*map(str, TINY), "--steps", "1000000", "--output", str(path)]
    process = subprocess.Popen(
        [sys.executable, "-m", "rnn", "train", str(book), *options],
        env={**os.environ, "PYTHONPATH": str(ROOT / "pysrc")},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout
        process.stdout.readline()
        assert process.stdout.readline().startswith("step 1 of 1,000,000")
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=300)
    finally:
        process.kill()
    assert (process.returncode, err) == (130, "")
    assert out.count("saved in") == 1
    assert out.splitlines()[-1].endswith(f"To go on: train TEXT --resume {path}")
    assert training_facts(read_checkpoint(str(path)).facts)["trainer"]["trainer"]["step"] >= 1
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_the_text_can_come_from_the_standard_input(command, tmp_path, monkeypatch):
    class Input:
        buffer = io.BytesIO(b"\xef\xbb\xbf" + (LINES * 10).encode())

    monkeypatch.setattr("sys.stdin", Input)
    path = tmp_path / "model.safetensors"
    assert command("train", "-", *TINY, "--steps", 3, "--output", path)[0] == 0
    assert "\ufeff" not in read_model(str(path)).vocabulary.characters


def test_a_short_text_gets_a_smaller_batch_unless_one_was_asked_for(command, tmp_path):
    text, path = tmp_path / "short.txt", tmp_path / "model.safetensors"
    text.write_text("abcdefghij" * 20, "utf-8")
    code, out, _ = command("train", text, "--hidden", 4, "--steps", 2, "--output", path)
    assert code == 0
    assert "2 steps of 2 x 64" in out
    code, _, err = command("train", text, "--batch", 32, "--output", path, "--overwrite")
    assert code == 2
    assert err == (
        "Length must be at most 5 for this text, whose first 90 % are 180 characters in a batch of "
        "32; got 64.\n"
    )


def test_divergence_is_told_and_the_last_good_weights_are_kept(
    command, book, tmp_path, monkeypatch
):
    path = tmp_path / "model.safetensors"
    calls = []

    def runs_away(self, gradients, right=TextTraining.loss_and_gradients):
        loss = right(self, gradients)
        calls.append(loss)
        if len(calls) == 5:
            gradients.flat[0] = np.nan
        return loss

    monkeypatch.setattr(TextTraining, "loss_and_gradients", runs_away)
    code, _, err = command("train", book, *TINY, "--steps", 9, "--output", path)
    assert code == 2
    assert err == (
        f"Training diverged at step 5: the norm of the gradient was nan where it must be finite "
        f"and at most 1e+12; the weights of the last good step are kept, and a learning rate below "
        f"0.002 or a tighter clip may help: train TEXT --resume {path} --rate 0.0002.\n"
    )
    assert np.isfinite(read_model(str(path)).parameters.flat).all()
    monkeypatch.undo()
    assert command("train", book, "--resume", path, "--rate", 0.0002)[0] == 0
    told = training_facts(read_checkpoint(str(path)).facts)
    assert told["trainer"]["trainer"]["schedule"] == {"kind": "constant", "base": 0.0002}


def test_a_run_goes_on_with_another_rate_and_clip_and_remembers_them(command, book, tmp_path):
    path = tmp_path / "model.safetensors"
    options = ("--schedule", "cosine", "--warm-up", 2)
    assert command("train", book, *TINY, *options, "--steps", 4, "--output", path)[0] == 0
    changed = ("--rate", 0.25, "--clip", "value", "--clip-limit", 0.5)
    assert command("train", book, "--resume", path, "--steps", 6, *changed)[0] == 0
    for steps in (6, 8):
        told = training_facts(read_checkpoint(str(path)).facts)
        assert told["trainer"]["trainer"]["clip"] == {"rule": "value", "limit": 0.5}
        assert told["trainer"]["trainer"]["schedule"] == {"kind": "constant", "base": 0.25}
        assert told["trainer"]["trainer"]["step"] == steps
        assert (told["settings"]["rate"], told["settings"]["schedule"]) == (0.25, "constant")
        assert command("train", book, "--resume", path, "--steps", 8)[0] == (0 if steps < 8 else 2)
    refused = command("train", book, "--resume", path, "--steps", 9, "--rate", -1)
    assert refused[2] == "Learning rate must be above 0 and at most 10; got -1.0.\n"


def test_judging_in_streams_is_nearly_judging_in_one_go(book):
    text = LINES * 400
    run = TrainingRun(prepare(text), train.Settings(hidden=8, batch=4, length=8), 1)
    assert run.judge() == pytest.approx(run.judge_exactly(), abs=0.02)
    assert run.held_out_bits == run.model.bits_per_character(split(text)[1])


def test_whoever_stops_reading_does_not_stop_the_training(book, tmp_path):
    path = tmp_path / "model.safetensors"
    options = [*map(str, TINY), "--steps", "40", "--output", str(path)]
    process = subprocess.Popen(
        [sys.executable, "-m", "rnn", "train", str(book), *options],
        env={**os.environ, "PYTHONPATH": str(ROOT / "pysrc")},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    process.stdout.close()  # before the first line
    with process.stderr:
        assert process.stderr.read() == ""
    assert process.wait(timeout=300) == 0
    assert training_facts(read_checkpoint(str(path)).facts)["trainer"]["trainer"]["step"] == 40


def interrupted_while_judging(monkeypatch):
    def judge(self):
        signal.raise_signal(signal.SIGINT)
        pytest.fail("it went on")

    monkeypatch.setattr(TrainingRun, "judge", judge)
    monkeypatch.setattr(TrainingRun, "judge_exactly", judge)


def test_ctrl_c_in_the_last_judgement_finds_the_run_saved(command, book, tmp_path, monkeypatch):
    path = tmp_path / "model.safetensors"
    interrupted_while_judging(monkeypatch)
    code, out, err = command("train", book, *TINY, "--steps", 5, "--output", path)
    assert (code, err) == (130, "")
    assert f"Stopped before the last judgement; all 5 steps are in {path}." in out
    assert training_facts(read_checkpoint(str(path)).facts)["trainer"]["trainer"]["step"] == 5


def test_ctrl_c_in_a_judgement_on_the_way_ends_at_once(command, book, tmp_path, monkeypatch):
    path = tmp_path / "model.safetensors"
    interrupted_while_judging(monkeypatch)
    code, out, _ = command("train", book, *TINY, "--steps", 500, "--output", path)
    assert code == 130
    assert f"Stopped after 200 of 500 steps and saved in {path}." in out


def test_a_loss_beyond_all_bounds_is_no_figure(command, book, tmp_path, monkeypatch):
    path = tmp_path / "model.safetensors"
    for bits, words in (
        (3000.0, "3000.000 bits per character, perplexity inf."),
        (40.0, "40.000 bits per character, perplexity 1.1e+12."),
        (math.inf, "The loss on the held-out text is not finite."),
        (math.nan, "The loss on the held-out text is not finite."),
    ):
        monkeypatch.setattr(
            "rnn.text.char_model.CharModel.bits_per_character", lambda self, text, bits=bits: bits
        )
        asked = ("train", book, *TINY, "--steps", 2, "--output", path, "--overwrite")
        code, out, err = command(*asked)
        assert (code, err) == (0, "")
        assert words in out
        kept = training_facts(read_checkpoint(str(path)).facts)["held_out_bits"]
        assert kept == (bits if math.isfinite(bits) else None)


def test_unused_settings_cannot_keep_a_run_from_being_saved(command, book, tmp_path):
    path = tmp_path / "model.safetensors"
    for option, words in (
        (("--decay", "nan"), "Decay must be a number above 0 and at most 1; got nan."),
        (("--decay", "2"), "Decay must be above 0 and at most 1; got 2.0."),
        (("--decay-steps", "0"), "Decay-steps must be a whole number from 1"),
    ):
        code, out, err = command("train", book, *TINY, *option, "--output", path)
        assert (code, out) == (2, "")
        assert err.startswith(words)


def test_a_closed_standard_input_is_one_sentence(command, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    code, _, err = command("train", "-")
    assert code == 2
    assert err == "The text was to come from the standard input, which is closed.\n"

"""What a run takes is said before it starts; too much is refused with what to change."""

import gc

import numpy as np
import pytest

from lab.kit import ControlError
from lab.text_trainer.estimate import duration, estimate, megabytes, seconds_per_character
from rnn.text.held_out import HeldOut
from rnn.text.prepared import prepare
from rnn.text.settings import Settings
from rnn.text.training_run import TrainingRun
from rnn.text.vocabulary import Vocabulary
from tests.lab.text_trainer.playing import (
    BOOK,
    button,
    opened,
    problem,
    snapshot,
    status,
    trained,
)

LETTERS = Vocabulary("".join(map(chr, range(32, 112))))


def arrays_of(thing, seen=None):
    """Every array that something owns, views left out."""
    seen = {} if seen is None else seen
    if id(thing) in seen or isinstance(thing, type(gc) | type | str | int | float | None):
        return seen
    seen[id(thing)] = thing if isinstance(thing, np.ndarray) and thing.base is None else None
    if isinstance(thing, np.ndarray):
        if thing.base is not None:
            arrays_of(thing.base, seen)
    elif isinstance(thing, dict):
        for value in thing.values():
            arrays_of(value, seen)
    elif isinstance(thing, list | tuple | set):
        for value in thing:
            arrays_of(value, seen)
    elif hasattr(thing, "__dict__"):
        arrays_of(vars(thing), seen)
    return seen


@pytest.mark.parametrize(
    "settings",
    [
        Settings("lstm", 128, 1, batch=8, length=32),
        Settings("gru", 96, 2, batch=16, length=64),
        Settings("rnn", 64, 1, batch=4, length=16),
        Settings("lstm", 32, 3, batch=32, length=100, dropout=0.1),
        Settings("lstm", 300, 1, batch=2, length=8),
    ],
    ids=lambda s: f"{s.kind}-{s.layers}x{s.hidden}-{s.batch}x{s.length}",
)
def test_the_memory_is_near_what_is_used(settings):
    text = (LETTERS.characters * 200)[:12_000]  # its numbers take twice as much here
    run = TrainingRun(prepare(text), settings, 2)
    list(run.trainer.run())
    HeldOut(run.text.held_out, 2000).bits(run.model)
    used = sum(array.nbytes for array in arrays_of(run).values() if array is not None)
    guess = estimate(settings, LETTERS, len(text), 1000)
    assert guess.weights == run.model.parameters.flat.size
    assert 0.7 * used < guess.bytes < 1.6 * used


def test_more_work_takes_longer():
    def seconds(symbols=80, **changes):
        return seconds_per_character(Settings(**{"batch": 8, "length": 32, **changes}), symbols)

    plain = seconds()
    for more in ({"hidden": 256}, {"layers": 2}, {"symbols": 1000}, {"batch": 1}):
        assert seconds(**more) > 1.1 * plain
    assert 3.0 < seconds(hidden=1024) / seconds(hidden=512) < 4.5
    assert seconds(kind="rnn") < seconds(kind="gru") < plain


def test_too_much_is_refused_with_what_to_change():
    lab = opened(reads=1_000_000_000, hidden=512)
    told = problem(lab)
    assert told.startswith("This run would take about")
    assert "at most 12 hours are taken on here: let it read fewer characters" in told
    assert not button(lab, "train")["enabled"]
    with pytest.raises(ControlError, match="This run would take about"):
        lab.act("train")
    lab.set({"reads": 100_000})
    assert problem(lab) is None
    assert button(lab, "train")["enabled"]
    lab.set({"hidden": 1024, "layers": 2})
    assert "of memory, and at most 400 MB are taken on here: use fewer units" in problem(lab)
    assert snapshot(lab)["running"] == ""
    lab.set({"hidden": 8, "layers": 1})
    assert problem(lab) is None


def test_more_weights_than_any_model_has_is_one_sentence():
    lab = opened("".join(map(chr, range(0x4E00, 0x4E00 + 20_000))) * 2, hidden=2048, layers=4)
    assert problem(lab).startswith("A model must have at most 50,000,000 parameters")


def test_the_guess_is_corrected_by_what_was_measured(monkeypatch):
    monkeypatch.setattr("lab.text_trainer.course.FEW_SECONDS", 0.05)
    lab = opened(BOOK, reads=50_000_000, hidden=64)
    lab._bench._factor = 50.0
    before = status(lab)["Time left"]
    trained(lab, 20_000)
    assert lab._bench._factor < 20.0
    lab.act("restart")
    assert status(lab)["Time left"] != before


def test_a_long_step_is_announced():
    lab = opened(BOOK * 20, hidden=256, batch=32, window=128)
    lab._bench._factor = 20.0
    lines = [line[0]["text"] for line in snapshot(lab)["readout"]]
    assert lines[1].startswith("One step takes about")


def test_words():
    for seconds, words in (
        (0.2, "1 second"),
        (1, "1 second"),
        (2, "2 seconds"),
        (89, "89 seconds"),
        (90, "2 minutes"),
        (5000, "83 minutes"),
        (6000, "1.7 hours"),
        (40_000, "11 hours"),
        (4e7, "11,111 hours"),
    ):
        assert duration(seconds) == words
    assert megabytes(812_345) == "0.8 MB"
    assert megabytes(12_345_678) == "12 MB"
    assert megabytes(1_234_567_890) == "1,235 MB"

"""What is kept goes on to the last bit; what is no such record is refused and changes nothing."""

import json
from functools import cache

import numpy as np
import pytest

from lab.kit import ControlError, registry
from lab.text_trainer import LAB, keeping
from tests.lab.text_trainer.playing import (
    BOOK,
    SMALL,
    figure,
    finished,
    opened,
    read,
    settled,
    snapshot,
    status,
    trained,
    values,
    weights,
    with_own_text,
)


def reloaded(data, **options):
    """A page that opens its lab anew and hands it what was kept."""
    lab = LAB(options)
    registry.restore(lab, data)
    while name := snapshot(lab)["wants"]:
        lab.give(name, BOOK.encode())
    return settled(lab)


@pytest.mark.parametrize(
    "options",
    [
        {"reads": 6400},
        {"reads": 6400, "cell": "gru", "layers": 2, "dropout": 0.2, "schedule": "exponential"},
        {"reads": 6400, "clip": "value", "clip_limit": 0.1, "warm_up": 50},
    ],
    ids=["plain", "dropout", "clip"],
)
def test_a_reloaded_run_ends_as_one_that_never_stopped(options):
    straight = finished(opened(**options))
    lab = trained(opened(**options), 2000)
    again = reloaded(lab.kept())
    assert (read(again), values(again)) == (read(lab), values(lab))
    assert status(again)["State"] == "Paused"
    np.testing.assert_array_equal(weights(finished(again)), weights(straight))


def test_curves_and_samples_come_back():
    lab = trained(opened(corpus="python"), 2000)
    again = reloaded(lab.kept())
    for name in ("losses", "gradient", "code"):
        for ours, theirs in zip(
            figure(lab, name)["series"], figure(again, name)["series"], strict=True
        ):
            np.testing.assert_array_equal(ours["x"], theirs["x"])
            np.testing.assert_array_equal(ours["y"], theirs["y"])
    assert figure(again, "samples") is not None
    ours, theirs = (figure(each, "samples")["entries"] for each in (lab, again))
    assert ours == theirs


def test_the_readers_own_text_is_kept_too():
    lab = trained(with_own_text("my own words, é\n" * 50, reads=6400), 1000)
    again = reloaded(lab.kept())
    assert values(again)["own_text"] == values(lab)["own_text"]
    assert snapshot(again)["wants"] is None
    np.testing.assert_array_equal(weights(finished(again)), weights(finished(lab)))


def test_a_changed_rate_is_kept():
    lab = trained(opened(reads=6400), 1000)
    lab.set({"rate": 0.001})
    again = reloaded(lab.kept())
    assert values(again)["rate"] == 0.001
    np.testing.assert_array_equal(weights(finished(again)), weights(finished(lab)))


def test_setting_the_same_once_more_after_it_goes_on():
    lab = trained(opened(), 1000)
    again = LAB({})
    registry.restore(again, lab.kept())
    again.set({name: snapshot(again)["values"][name] for name in snapshot(again)["changed"]})
    again.give("moby-dick", BOOK.encode())
    assert read(again) == read(lab)


def test_until_its_text_is_here_the_very_same_is_kept():
    data = trained(opened(), 1000).kept()
    lab = LAB({})
    registry.restore(lab, data)
    assert snapshot(lab)["wants"] == "moby-dick"
    assert lab.kept() == data


def test_another_choice_before_that_begins_afresh():
    lab = LAB({})
    registry.restore(lab, trained(opened(), 1000).kept())
    lab.set({"corpus": "python"})
    lab.give("python", BOOK.encode())
    assert read(settled(lab)) == 0
    assert not values(lab)["model_file"]


def test_the_counter_grows_with_what_is_worth_keeping(monkeypatch):
    lab = opened()
    assert snapshot(lab)["keep"] == 0
    monkeypatch.setattr("lab.text_trainer.session.KEEP_SECONDS", 0.01)
    lab.act("train")
    for _ in range(200):
        lab.advance(2.0)
    grown = snapshot(lab)["keep"]
    assert grown > 2
    lab.act("train")
    assert snapshot(lab)["keep"] == grown + 1
    assert snapshot(with_own_text(BOOK))["keep"] == 1


@cache
def broken():
    """Records that are none."""
    data = trained(opened(), 500).kept()
    header = len(keeping.FIRST) + 4
    size = int.from_bytes(data[header - 4 : header], "little")
    told = json.loads(data[header : header + size])

    def written(**changes):
        text = json.dumps({**told, **changes}).encode()
        return keeping.FIRST + len(text).to_bytes(4, "little") + text + data[header + size :]

    seen = told["seen"]
    return {
        "nothing": b"",
        "another file": b"PK\x03\x04",
        "cut": data[:-1],
        "longer": data + b"x",
        "cut header": data[: header + 10],
        "a deep header": keeping.FIRST + (9000).to_bytes(4, "little") + b"[" * 9000,
        "a value that is not allowed": written(values={**told["values"], "hidden": -1}),
        "a control that is none": written(values={**told["values"], "colour": "red"}),
        "no preset": written(preset="none"),
        "values that are none": written(values=[1, 2]),
        "another network": written(values={**told["values"], "hidden": 9}),
        "a length that lies": written(text=5),
        "samples that are none": written(seen={**seen, "samples": [1]}),
        "curves that are none": written(seen={**seen, "curves": {"train": [[1], [1, 2]]}}),
        "infinite curves": written(
            seen={**seen, "curves": {**seen["curves"], "train": [[1], [float("inf")]]}}
        ),
    }


@pytest.fixture(scope="module")
def lab_in_use():
    """One for all that is refused: it stays as it was."""
    return trained(opened(), 500)


@pytest.mark.parametrize("name", broken())
def test_what_is_no_record_is_refused_and_changes_nothing(name, lab_in_use):
    lab = lab_in_use
    before, chosen = weights(lab), values(lab)
    if name == "another network":  # of its two tales the file's is true
        assert values(reloaded(broken()[name]))["hidden"] == 8
        return
    with pytest.raises(ControlError) as refusal:
        registry.restore(lab, broken()[name])
    assert "\n" not in str(refusal.value)
    np.testing.assert_array_equal(weights(lab), before)
    assert values(lab) == chosen


def test_a_fresh_lab_keeps_its_settings():
    again = reloaded(opened(hidden=9).kept())
    assert (values(again)["hidden"], read(again)) == (9, 0)
    assert LAB(SMALL).kept()

"""A network's file: what was written is read, and anything else is refused in a sentence."""

import json
import struct

import numpy as np
import pytest

from lab.gates import LAB
from lab.gates.model import FILES, from_checkpoint, network, to_checkpoint
from lab.kit.controls import ControlError
from publish import models
from rnn import checkpoints
from rnn.checkpoints import CheckpointError


def drawn(kind="lstm", hidden=3):
    model = network(kind, hidden)
    model.initialise(np.random.default_rng(1))
    return model


@pytest.mark.parametrize("kind", FILES)
def test_a_file_comes_back_bit_for_bit(kind):
    model = drawn(kind)
    again = from_checkpoint(to_checkpoint(model))
    assert (again.kind, again.hidden) == (kind, 3)
    np.testing.assert_array_equal(again.parameters.flat, model.parameters.flat)


FACTS = {"task": "recall", "kind": "lstm", "hidden": "3", "letters": "abc"}


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"kind": "rnn"},
        {"kind": "LSTM"},
        {"task": "copy"},
        {"hidden": "0"},
        {"hidden": "17"},
        {"hidden": "3.0"},
        {"hidden": " 3"},
        {"hidden": "٣"},
        {"hidden": "-3"},
        {"hidden": "99999999999"},
        {"letters": "abcd"},
        {"more": "words"},
    ],
)
def test_other_facts_are_refused(facts):
    data = checkpoints.to_bytes(dict(drawn().parameters), {**FACTS, **facts} if facts else {})
    with pytest.raises(CheckpointError, match="the model must be of kind lstm or gru, with up to"):
        from_checkpoint(data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda arrays: arrays.pop("head.b_y"), "the checkpoint lacks the array head.b_y"),
        (lambda arrays: arrays.update({"layer1.W_xh": np.zeros(3)}), "which has no place"),
        (lambda arrays: arrays.update({"head.b_y": np.zeros(5)}), r"must have the shape \[4\]"),
        (
            lambda arrays: arrays.update({"head.b_y": np.zeros(4, np.float32)}),
            "head.b_y must be float64; got float32",
        ),
    ],
)
def test_other_arrays_are_refused(change, message):
    arrays = {name: array.copy() for name, array in drawn().parameters.items()}
    change(arrays)
    with pytest.raises(CheckpointError, match=message):
        from_checkpoint(checkpoints.to_bytes(arrays, FACTS))


def test_what_is_no_checkpoint_is_refused():
    whole = to_checkpoint(drawn())
    header = json.dumps({"__metadata__": FACTS}).encode()
    for data in (
        b"",
        b"PK\3\4 a zip archive",
        whole[:-8],
        whole + bytes(8),
        struct.pack("<Q", len(header)) + header,
        struct.pack("<Q", 2**60) + b"{",
        whole + bytes(200_000),
        models.read("first-names-lstm"),
    ):
        with pytest.raises(CheckpointError):
            from_checkpoint(data)


def test_the_wrong_one_of_the_two_is_refused_and_the_lab_goes_on_wanting():
    lab = LAB({})
    with pytest.raises(ControlError, match="it must hold the network recall-lstm; it holds"):
        lab.give("recall-lstm", models.read("recall-gru"))
    assert lab.snapshot(())["wants"] == "recall-lstm"
    lab.give("recall-lstm", models.read("recall-lstm"))
    assert lab.snapshot(())["wants"] is None

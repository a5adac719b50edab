"""What is kept of a text is what the engine says when it reads the same."""

import math

import numpy as np
import pytest

from lab.kit.text.record import Record, read
from tests.lab.small_models import model

TEXT = "It was a whale, and (as they say) white."
KINDS = [("rnn", 1), ("gru", 1), ("lstm", 1), ("lstm", 2)]


@pytest.mark.parametrize(("kind", "layers"), KINDS)
def test_units_and_scores_at_every_place(kind, layers):
    made = model(kind=kind, layers=layers)
    record, _ = read(made, TEXT)
    state = made.zero_state(1)
    for place, index in enumerate(made.vocabulary.encode(TEXT).tolist(), 1):
        scores, state = made.step(np.array([index]), state)
        units = np.concatenate([each[0][0] for each in state])
        np.testing.assert_allclose(record.units[place - 1], units, atol=1e-6)
        if place < len(TEXT):
            np.testing.assert_allclose(record.scores(place + 1), scores[0], atol=1e-4)
    assert record.text == TEXT
    assert record.character(4) == "w"
    assert record.scores(1) is None


@pytest.mark.parametrize(("kind", "layers"), KINDS)
def test_perplexity_is_the_engines(kind, layers):
    made = model(kind=kind, layers=layers)
    record, _ = read(made, TEXT)
    assert record.perplexity() == pytest.approx(made.perplexity(TEXT), rel=1e-4)


def test_perplexity_grows_with_the_text():
    made = model()
    whole, _ = read(made, TEXT)
    record = Record(made, len(TEXT))
    for end in range(len(TEXT)):
        record.add(int(whole.indices[end]), [whole.units[end]])
        if end % 7 == 0:
            record.nats()
    np.testing.assert_allclose(record.nats(), whole.nats(), atol=1e-4)


def test_one_character_has_no_perplexity():
    record, _ = read(model(), "a")
    assert math.isnan(record.perplexity())
    assert record.nats().size == 0


@pytest.mark.parametrize("text", ["a", "ab", TEXT])
def test_the_state_before_the_last_character(text):
    made = model()
    for _ in range(3):  # nothing left over in memory may decide
        _, before = read(made, text)
        state = made.zero_state(1)
        for index in made.vocabulary.encode(text[:-1]).tolist():
            _, state = made.step(np.array([index]), state)
        for ours, theirs in zip(before[0], state[0], strict=True):
            np.testing.assert_allclose(ours, theirs, atol=1e-6)


def test_what_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="must hold at least 1 character; it is empty"):
        read(model(), "")
    with pytest.raises(ValueError, match="SNOWMAN"):
        read(model(), "a☃")

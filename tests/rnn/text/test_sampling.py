"""What is written: the same from the same seed, as likely as it says, and never by a bad rule."""

import math
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn.text.char_model import CharModel
from rnn.text.sampling import Choice, sample, write
from rnn.text.vocabulary import Vocabulary

KINDS = ("rnn", "lstm", "gru")
VOCABULARY = Vocabulary("\n abcdef")


def model_of(kind="lstm", hidden=6, layers=2, dtype=np.float64):
    model = CharModel(VOCABULARY, kind, hidden, layers, dtype=dtype)
    model.parameters.flat[...] = np.random.default_rng(4).normal(0, 1, model.parameters.flat.shape)
    return model


MODELS = {kind: model_of(kind) for kind in KINDS}


def rng_of(seed):
    return np.random.default_rng(seed)


@settings(max_examples=200)
@given(
    st.sampled_from(KINDS),
    st.integers(0, 2**32),
    st.text("abcdef \n", min_size=1, max_size=5),
    st.floats(0.1, 5.0),
    st.none() | st.integers(1, 9),
    st.none() | st.floats(0.1, 1.0),
)
def test_the_same_seed_gives_the_same_text(kind, seed, seed_text, temperature, top_k, top_p):
    choice = Choice(temperature, top_k, top_p)
    texts = [write(MODELS[kind], rng_of(seed), 20, seed_text, choice) for _ in range(2)]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 20
    longer = write(MODELS[kind], rng_of(seed), 30, seed_text, choice)
    assert longer.startswith(texts[0])


def test_longer_than_what_is_drawn_ahead():
    text = write(MODELS["gru"], rng_of(1), 600)
    assert text == write(MODELS["gru"], rng_of(1), 600)
    assert text[:256] != text[256:512]


@pytest.mark.parametrize("kind", KINDS)
def test_each_record_is_what_the_readable_step_says(kind):
    model = MODELS[kind]
    state = model.zero_state(1)
    for character in "ab":
        scores, state = model.step(VOCABULARY.encode(character), state)
    for drawn in islice(sample(model, rng_of(3), "ab", gates=True), 12):
        grown = np.exp(scores[0])
        np.testing.assert_allclose(drawn.probabilities, grown / grown.sum(), rtol=1e-12)
        assert VOCABULARY.character(drawn.index) == drawn.character
        for hidden, layer, gates in zip(drawn.hidden, state, drawn.gates, strict=True):
            np.testing.assert_allclose(hidden, layer[0][0], rtol=1e-12)
            np.testing.assert_array_equal(gates["hidden_state"], hidden)
            assert all(gate.shape == (6,) for gate in gates.values())
        scores, state = model.step(np.array([drawn.index]), state)


def test_records_are_not_overwritten_and_gates_are_only_made_when_asked_for():
    records = list(islice(sample(MODELS["lstm"], rng_of(3), "ab"), 5))
    assert records[0].gates is None
    assert not np.array_equal(records[0].hidden[0], records[1].hidden[0])
    assert not np.array_equal(records[0].probabilities, records[1].probabilities)
    assert len({id(record.probabilities) for record in records}) == 5


def test_weights_are_those_at_the_start():
    model = model_of("gru")
    writer = sample(model, rng_of(0), "a")
    first = next(writer).character
    expected = write(model, rng_of(0), 10, "a")
    model.parameters.flat[...] = 0.0
    assert first + "".join(next(writer).character for _ in range(9)) == expected


def test_going_on_from_a_state():
    model = MODELS["lstm"]
    state = model.zero_state(1)
    for character in "abc":
        _, state = model.step(VOCABULARY.encode(character), state)
    whole = write(model, rng_of(5), 15, "abcd")
    assert write(model, rng_of(5), 15, "d", state=state) == whole


def test_drawn_as_often_as_it_says():
    model = CharModel(VOCABULARY, "rnn", 1, dtype=np.float64)  # zeros: the bias alone decides
    wanted = np.array([0.0, 0.02, 0.05, 0.1, 0.13, 0.2, 0.25, 0.25])
    with np.errstate(divide="ignore"):
        model.parameters["head.b_y"][...] = np.maximum(np.log(wanted), -1e3)
    drawn = VOCABULARY.encode(write(model, rng_of(0), 20_000, "a"))
    often = np.bincount(drawn, minlength=8) / 20_000
    assert often[0] == 0.0
    np.testing.assert_allclose(often, wanted, atol=4 * math.sqrt(0.25 / 20_000))


@pytest.mark.parametrize("choice", [Choice(greedy=True), Choice(1e-7), Choice(1e-320)])
def test_the_likeliest_and_nothing_from_the_generator(choice):
    rng = rng_of(0)
    before = rng.bit_generator.state
    text = write(MODELS["lstm"], rng, 30, "a", choice)
    assert rng.bit_generator.state == before
    assert text == write(MODELS["lstm"], rng, 30, "a", Choice(1e-5))
    assert max(next(sample(MODELS["lstm"], rng, "a", choice)).probabilities) == 1.0


SCORES = np.log(np.array([0.05, 0.4, 0.1, 0.25, 0.2]))


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), [0.05, 0.4, 0.1, 0.25, 0.2]),
        (Choice(0.5), np.array([0.0025, 0.16, 0.01, 0.0625, 0.04]) / 0.275),
        (Choice(top_k=2), [0, 0.4 / 0.65, 0, 0.25 / 0.65, 0]),
        (Choice(top_k=99), [0.05, 0.4, 0.1, 0.25, 0.2]),
        (Choice(top_p=0.6), [0, 0.4 / 0.65, 0, 0.25 / 0.65, 0]),
        (Choice(top_p=0.65), [0, 0.4 / 0.65, 0, 0.25 / 0.65, 0]),
        (Choice(top_p=0.66), [0, 0.4 / 0.85, 0, 0.25 / 0.85, 0.2 / 0.85]),
        (Choice(top_p=0.01), [0, 1, 0, 0, 0]),
        (Choice(top_p=1.0), [0.05, 0.4, 0.1, 0.25, 0.2]),
        (Choice(top_k=1, top_p=0.9), [0, 1, 0, 0, 0]),
        (Choice(top_k=4, top_p=0.5), [0, 0.4 / 0.65, 0, 0.25 / 0.65, 0]),
    ],
)
def test_distributions_by_hand(choice, expected):
    np.testing.assert_allclose(choice.probabilities(SCORES), expected, rtol=1e-9)


def test_of_equals_the_first_stays():
    assert Choice(top_k=2).probabilities(np.zeros(4)).tolist() == [0.5, 0.5, 0.0, 0.0]


@settings(max_examples=200)
@given(
    st.lists(st.floats(-1e4, 1e4), min_size=2, max_size=30),
    st.floats(1e-300, 100.0),
    st.none() | st.integers(1, 30),
    st.none() | st.floats(1e-9, 1.0),
)
def test_always_a_distribution(scores, temperature, top_k, top_p):
    p = Choice(temperature, top_k, top_p).probabilities(np.array(scores))
    assert (p >= 0.0).all()
    assert p.sum() == pytest.approx(1.0)
    assert scores[p.argmax()] == pytest.approx(max(scores), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        ({"temperature": 0}, "temperature must be above 0 and at most 100; got 0"),
        ({"temperature": -1}, "temperature must be above 0 and at most 100; got -1"),
        ({"temperature": math.nan}, "temperature must be a number above 0 and .*; got nan"),
        ({"temperature": math.inf}, "temperature must be a number above 0 and .*; got inf"),
        ({"temperature": "hot"}, "temperature must be a number above 0 and .*; got 'hot'"),
        ({"top_k": 0}, "top_k must be a whole number from 1 to 1,000,000; got 0"),
        ({"top_p": 0.0}, "top_p must be above 0 and at most 1; got 0"),
        ({"top_p": 1.1}, r"top_p must be above 0 and at most 1; got 1\.1"),
    ],
)
def test_choices_refused(settings_, message):
    with pytest.raises(ValueError, match=message):
        Choice(**settings_)


def test_seed_texts_refused():
    model = MODELS["rnn"]
    with pytest.raises(ValueError, match=r"does not know 'x' LATIN SMALL LETTER X \(U\+0078\)"):
        sample(model, rng_of(0), "abx")  # at once, not with the first character
    with pytest.raises(ValueError, match=r"lone surrogate U\+DC00"):
        sample(model, rng_of(0), "a\udc00")
    for seed_text, unknown in (("", "refuse"), ("xyz", "skip")):
        with pytest.raises(ValueError, match="seed_text must hold at least 1 character"):
            sample(model, rng_of(0), seed_text, unknown=unknown)
    skipped, plain = (
        [drawn.character for drawn in islice(sample(model, rng_of(0), text, unknown="skip"), 9)]
        for text in ("xaybz", "ab")
    )
    assert skipped == plain
    for length in (0, -1):
        with pytest.raises(ValueError, match=f"length must be a whole number .*; got {length}"):
            write(model, rng_of(0), length)


def test_scores_that_are_very_far_apart():
    p = Choice(1e-6).probabilities(np.array([3e38, -3e38, 1.0], np.float32) / 2)
    assert p.tolist() == [1.0, 0.0, 0.0]
    assert Choice().probabilities(np.array([0.0, -np.inf])).tolist() == [1.0, 0.0]


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("choice", [Choice(), Choice(greedy=True), Choice(0.5, 3, 0.9)])
def test_a_model_that_diverged_is_refused(value, choice):
    with pytest.raises(ValueError, match=f"diverged, and the highest is {value}"):
        choice.probabilities(np.array([0.0, value, 1.0]))
    model = model_of()
    model.parameters.flat[...] = np.nan
    with pytest.raises(ValueError, match="scores must be finite"):
        write(model, rng_of(0), 3, "a", choice)

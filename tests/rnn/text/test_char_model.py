"""The model as a whole: what its loss means, what does not change it, and what it refuses."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn.checkpoints import (
    MOST_BYTES,
    MOST_HEADER_BYTES,
    CheckpointError,
    from_bytes,
    to_bytes,
)
from rnn.text.char_model import CharModel
from rnn.text.description import ARRAYS, MOST_PARAMETERS, Description
from rnn.text.vocabulary import Vocabulary
from tests.rnn.hostile_models import refused_cheaply

KINDS = ("rnn", "lstm", "gru")
TEXT = "the quick brown fox jumps over the lazy dog, the dog sleeps on. " * 3
VOCABULARY = Vocabulary.of(TEXT)
SMALL = Description(VOCABULARY, "rnn", 3, 1, 0.0, "float32")


def model_of(kind="lstm", hidden=5, layers=2, dtype=np.float64, vocabulary=VOCABULARY, seed=0):
    model = CharModel(vocabulary, kind, hidden, layers, dtype=dtype)
    model.initialise(np.random.default_rng(seed))
    return model


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_that_knows_nothing(kind):
    model = CharModel(VOCABULARY, kind, 7)
    assert model.bits_per_character(TEXT) == pytest.approx(math.log2(len(VOCABULARY)))
    assert model.perplexity(TEXT) == pytest.approx(len(VOCABULARY))


def test_a_model_that_always_says_e():
    model = CharModel(VOCABULARY, "gru", 3, dtype=np.float64)
    model.parameters["head.b_y"][VOCABULARY.encode("e")] = math.log(3.0)
    total = len(VOCABULARY) + 2  # e counts three times
    surprise = {"e": math.log2(total / 3), " ": math.log2(total)}
    assert model.bits_per_character("xe e") == pytest.approx(
        (2 * surprise["e"] + surprise[" "]) / 3
    )


def test_perplexity_is_two_to_the_bits():
    model = model_of()
    assert model.perplexity(TEXT) == pytest.approx(2.0 ** model.bits_per_character(TEXT))
    model.parameters["head.b_y"][0] = 1e6
    assert model.perplexity("the fox") == math.inf


def test_a_long_text_is_read_in_one_go():
    model, long = model_of(hidden=3, layers=1), TEXT * 5
    assert len(long) > 600
    indices = VOCABULARY.encode(long)
    whole, _ = model.loss(indices[:-1, None], indices[1:, None], model.zero_state(1))
    assert model.nats_per_character(long) == pytest.approx(whole, rel=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layers", [1, 3])
def test_names_and_shapes(kind, layers):
    model = CharModel(VOCABULARY, kind, 6, layers)
    rows, names = {"rnn": 6, "lstm": 24, "gru": 18}[kind], ["W_xh", "W_hh", "b_h"]
    names += ["b_hn"] if kind == "gru" else []
    expected = [f"layer{depth}.{name}" for depth in range(layers) for name in names]
    assert list(model.parameters) == [*expected, "head.W_hy", "head.b_y"]
    assert model.parameters["layer0.W_xh"].shape == (rows, len(VOCABULARY))
    assert model.parameters["head.W_hy"].shape == (len(VOCABULARY), 6)
    assert model.parameters.flat.dtype == np.float32
    assert all(ARRAYS.fullmatch(name) for name in model.parameters)


@pytest.mark.parametrize("kind", KINDS)
def test_one_step_is_the_first_of_many(kind):
    model = model_of(kind)
    scores, state = model.step(np.array([3, 1]), model.zero_state(2))
    again, _ = model.step(np.array([2, 2]), state)
    inputs, targets = np.array([[3, 1], [2, 2]]), np.array([[0, 4], [5, 6]])
    loss, _ = model.loss(inputs, targets, model.zero_state(2))
    p = [np.exp(each) / np.exp(each).sum(axis=1, keepdims=True) for each in (scores, again)]
    chosen = [p[0][0, 0], p[0][1, 4], p[1][0, 5], p[1][1, 6]]
    assert loss == pytest.approx(-np.log(chosen).mean(), rel=1e-12)


INDICES = st.lists(st.integers(0, 5), min_size=2, max_size=25)
SIX = Vocabulary("abcdef")


@settings(max_examples=200)
@given(st.sampled_from(KINDS), INDICES, st.permutations(range(6)), st.integers(1, 2))
def test_relabelling_the_characters_changes_nothing(kind, text, order, layers):
    model = model_of(kind, 4, layers, vocabulary=SIX)
    indices, order = np.array(text)[:, None], np.array(order)  # order[old] is the new index
    other = CharModel(SIX, kind, 4, layers, dtype=np.float64)
    other.parameters.flat[...] = model.parameters.flat
    other.parameters["layer0.W_xh"][:, order] = model.parameters["layer0.W_xh"]
    other.parameters["head.W_hy"][order] = model.parameters["head.W_hy"]
    other.parameters["head.b_y"][order] = model.parameters["head.b_y"]
    one, two = model.parameters.zeros(), model.parameters.zeros()
    state = model.zero_state(1)
    loss, _ = model.loss_and_gradients(indices[:-1], indices[1:], state, one)
    relabelled = order[indices]
    same, _ = other.loss_and_gradients(relabelled[:-1], relabelled[1:], state, two)
    assert same == pytest.approx(loss, rel=1e-12)
    np.testing.assert_allclose(
        two["layer0.W_xh"][:, order], one["layer0.W_xh"], rtol=1e-9, atol=1e-14
    )
    np.testing.assert_allclose(two["layer0.W_hh"], one["layer0.W_hh"], rtol=1e-9, atol=1e-14)


@settings(max_examples=200)
@given(st.sampled_from(KINDS), INDICES, st.data())
def test_splitting_with_carried_state_is_the_whole(kind, text, data):
    model, indices = model_of(kind, 4, vocabulary=SIX), np.array(text)[:, None]
    inputs, targets = indices[:-1], indices[1:]
    whole, end = model.loss(inputs, targets, model.zero_state(1))
    cut = data.draw(st.integers(0, len(inputs)))
    total, state = 0.0, model.zero_state(1)
    for part in (slice(0, cut), slice(cut, None)):
        if len(inputs[part]):
            loss, state = model.loss(inputs[part], targets[part], state)
            total += loss * len(inputs[part])
    assert total / len(inputs) == pytest.approx(whole, rel=1e-12)
    for layer, expected in zip(state, end, strict=True):
        np.testing.assert_allclose(layer, expected, rtol=1e-12, atol=1e-14)


@settings(max_examples=200)
@given(st.sampled_from(KINDS), st.integers(1, 6), st.integers(1, 4), st.integers(0, 99))
def test_a_batch_equals_its_members(kind, time, batch, seed):
    model = model_of(kind, 4, vocabulary=SIX)
    inputs, targets = np.random.default_rng(seed).integers(0, 6, (2, time, batch))
    together, alone = model.parameters.zeros(), model.parameters.zeros()
    loss, _ = model.loss_and_gradients(inputs, targets, model.zero_state(batch), together)
    members = [
        model.loss_and_gradients(
            inputs[:, row : row + 1], targets[:, row : row + 1], model.zero_state(1), alone
        )[0]
        for row in range(batch)
    ]
    assert loss == pytest.approx(np.mean(members), rel=1e-12)
    np.testing.assert_allclose(together.flat * batch, alone.flat, rtol=1e-9, atol=1e-13)


@settings(max_examples=200)
@given(
    st.sampled_from(KINDS),
    st.sampled_from(["float32", "float64"]),
    st.integers(1, 3),
    st.just(0) | st.floats(0.0, 0.99),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9),
)
def test_saved_and_loaded_is_bit_equal(kind, dtype, layers, dropout, text):
    vocabulary = Vocabulary.of(text + "ab")
    model = CharModel(vocabulary, kind, 3, layers, dropout, dtype)
    model.initialise(np.random.default_rng(1))
    data = model.to_checkpoint()
    loaded = CharModel.from_checkpoint(data)
    assert loaded.description == model.description
    assert loaded.parameters.flat.tobytes() == model.parameters.flat.tobytes()
    assert loaded.to_checkpoint() == data


@pytest.mark.parametrize(
    ("fact", "value", "message"),
    [
        ("format", "pickle", "the format of the checkpoint must be .*; got 'pickle'"),
        ("kind", "cnn", "the checkpoint is refused: kind must be one of rnn, lstm, gru; got 'cnn'"),
        ("hidden", "1e9", "the checkpoint's hidden makes no sense; got '1e9'"),
        (
            "hidden",
            "99999",
            "the checkpoint is refused: hidden must be a whole number from 1 to 4,096",
        ),
        ("hidden", "6", "must have the shape"),
        ("layers", "0", "the checkpoint is refused: layers must be a whole number from 1 to 8"),
        ("layers", "3", "the checkpoint lacks the array layer2"),
        ("layers", "\u0663", "the checkpoint's layers makes no sense"),
        ("dropout", "1.5", r"the checkpoint is refused: dropout must be from 0 to 0\.99; got 1\.5"),
        ("dropout", "nan", "the checkpoint's dropout makes no sense; got 'nan'"),
        ("dtype", "float64", "must be float64; got float32"),
        ("dtype", "float16", "the checkpoint is refused: dtype must be one of float32, float64"),
        ("vocabulary", "", "the checkpoint's vocabulary makes no sense"),
        ("vocabulary", "cba", "the checkpoint is refused: a vocabulary must be sorted"),
        ("vocabulary", "abc", "must have the shape"),
    ],
)
def test_facts_that_lie_are_refused(fact, value, message):
    model = CharModel(VOCABULARY, "lstm", 5, 2)
    facts = {**model.description.facts(), fact: value}
    with pytest.raises(CheckpointError, match=message):
        CharModel.from_checkpoint(to_bytes(dict(model.parameters), facts))
    del facts[fact]
    with pytest.raises(CheckpointError, match=fact):
        CharModel.from_checkpoint(to_bytes(dict(model.parameters), facts))


def test_arrays_that_have_no_place_are_refused():
    model = CharModel(VOCABULARY, "lstm", 5)
    arrays = {**model.parameters, "layer1.W_hh": np.zeros(3)}
    with pytest.raises(CheckpointError, match=r"layer1\.W_hh"):
        CharModel.from_checkpoint(to_bytes(arrays, model.description.facts()))
    with pytest.raises(CheckpointError, match="evil"):
        CharModel.from_checkpoint(to_bytes({"evil": np.zeros(3)}, model.description.facts()))
    data = to_bytes(dict(model.parameters), model.description.facts())
    assert CharModel.restored(from_bytes(data, ARRAYS)).kind == "lstm"


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        ({"hidden": 0}, "hidden must be a whole number from 1 to 4,096; got 0"),
        ({"hidden": -1}, "hidden must be a whole number from 1 to 4,096; got -1"),
        ({"hidden": 1_000_000}, "hidden must be a whole number from 1 to 4,096; got 1000000"),
        ({"hidden": 2.5}, "hidden must be a whole number"),
        ({"kind": "transformer"}, "kind must be one of rnn, lstm, gru; got 'transformer'"),
        ({"layers": 0}, "layers must be a whole number from 1 to 8; got 0"),
        ({"dropout": 1.0}, "dropout must be from 0 to 0.99; got 1.0"),
        ({"dropout": math.nan}, "dropout must be a number from 0 to 0.99; got nan"),
        ({"dtype": np.float16}, "dtype must be one of float32, float64; got 'float16'"),
        ({"hidden": 4096}, "at most 50,000,000 parameters; 1 x 4096 units over .* have 67,"),
    ],
)
def test_sizes_refused(settings_, message):
    with pytest.raises(ValueError, match=message):
        CharModel(VOCABULARY, **settings_)


def test_the_largest_model_and_its_training_can_be_read_again():
    # Weights, the last good ones and two moments; beside them the carried state of a large batch.
    largest = 4 * 8 * MOST_PARAMETERS + 464_000_000 + MOST_HEADER_BYTES + 16
    assert largest <= MOST_BYTES


def test_a_misshapen_model_is_refused_by_its_header():
    shapes = {name: np.zeros(shape, np.float32) for name, shape in SMALL.shapes.items()}
    facts = SMALL.facts()
    data = to_bytes({**shapes, "layer0.W_xh": np.zeros((3, 10_000_000), np.float32)}, facts)
    refused_cheaply(lambda: CharModel.from_checkpoint(data), r"shape \[3, \d+\]; got")
    wide = to_bytes({**shapes, "layer0.W_hh": np.zeros((3, 3))}, facts)
    with pytest.raises(CheckpointError, match=r"layer0\.W_hh must be float32; got float64"):
        CharModel.from_checkpoint(wide)


def test_texts_and_shapes_refused():
    model, i = model_of(), np.zeros((3, 2), int)
    for text in ("", "t"):
        with pytest.raises(ValueError, match="at least 2 characters"):
            model.bits_per_character(text)
    with pytest.raises(ValueError, match="does not know '€' EURO SIGN"):
        model.bits_per_character("the €")
    state = model.zero_state(2)
    for inputs, targets, given_state, message in (
        (i[:0], i[:0], state, r"not empty; got \(0, 2\) and \(0, 2\)"),
        (i, i[:2], state, r"got \(3, 2\) and \(2, 2\)"),
        (i - 1, i, state, "inputs must be whole numbers from 0 to"),
        (i, i + 99, state, "targets must be whole numbers from 0 to"),
        (i * 1.0, i, state, "inputs must be whole numbers"),
        (i, i, model.zero_state(3), r"state must be as zero_state\(2\) gives it"),
        (i, i, state[:1], "state must be"),
    ):
        with pytest.raises(ValueError, match=message):
            model.loss(inputs, targets, given_state)


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_a_state_that_was_returned_is_the_callers_own(kind):
    """The next call writes into the model's buffers, not into what it gave away."""
    model = CharModel(Vocabulary.of("abc"), kind, 5, dtype=np.float64)
    model.initialise(np.random.default_rng(0))
    indices = np.array([[0], [1], [2]])
    _, state = model.loss(indices, indices, model.zero_state())
    stepped = model.step(indices[0], model.zero_state())[1]
    kept = [[array.copy() for array in layer] for layer in (*state, *stepped)]
    model.loss(indices[::-1], indices, state)
    model.step(indices[2], stepped)
    for layer, before in zip((*state, *stepped), kept, strict=True):
        for array, wanted in zip(layer, before, strict=True):
            np.testing.assert_array_equal(array, wanted)

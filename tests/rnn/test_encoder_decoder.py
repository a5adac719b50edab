"""The encoder-decoder: every derivative, members of a padded batch, and a task it must learn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn.encoder_decoder import make_encoder_decoder
from rnn.parameters import Parameters
from tests.rnn.network_problems import (
    FIRST,
    LENGTHS,
    MASK,
    TARGET_MASK,
    draw_encoder_decoder,
    encoder_decoder_records,
)
from tests.rnn.sequence_problems import wrong

STOP = 1
ATTENTIONS = ["additive", "dot", "scaled dot"]


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("attention", ATTENTIONS)
def test_every_gradient(kind, attention):
    model = make_encoder_decoder(kind, 4, 5, 2, 2, attention=attention)
    assert wrong(encoder_decoder_records(model, MASK, TARGET_MASK)) == []


@pytest.mark.parametrize(("attention", "bidirectional"), [("additive", True), ("dot", False)])
def test_every_gradient_of_a_deep_encoder_with_dropout(bidirectional, attention):
    model = make_encoder_decoder(
        "gru", 3, 3, 2, 2, attention=attention, layers=2, bidirectional=bidirectional, dropout=0.3
    )
    assert wrong(encoder_decoder_records(model, MASK, TARGET_MASK, dropout_seed=4)) == []


def test_every_gradient_without_masks():
    assert wrong(encoder_decoder_records(make_encoder_decoder("lstm", 4, 5, 2, 2))) == []


def test_names():
    model = make_encoder_decoder("lstm", 7, 5, 3, 2, bidirectional=True)
    shapes = model.shapes
    assert shapes["embedding.W_e"] == (7, 3)
    assert shapes["encoder.layer0.back.W_xh"] == (8, 3)
    assert shapes["bridge.W_hy"] == (4, 4)  # (h, c) from the two directions' h
    assert shapes["decoder.embedding.W_e"] == (5, 3)
    assert shapes["decoder.attention.U_a"] == (2, 4)
    assert shapes["decoder.cell.W_xh"] == (8, 3 + 4)
    assert shapes["decoder.head.W_hy"] == (5, 2 + 4)


def test_initialise_fills_every_matrix():
    model = make_encoder_decoder("gru", 7, 5, 3, 2)
    parameters = Parameters(model.shapes)
    model.initialise(parameters, np.random.default_rng(0))
    assert [name for name, array in parameters.items() if array.ndim == 2 and not array.all()] == []


@pytest.mark.parametrize("attention", ATTENTIONS)
@settings(max_examples=30)
@given(seed=st.integers(0, 1000))
def test_a_padded_batch_equals_its_members(attention, seed):
    model = make_encoder_decoder("lstm", 4, 5, 2, 3, attention=attention, layers=2)
    parameters, source, previous = draw_encoder_decoder(model, seed)
    source[~MASK] = -7  # no symbol: it must never be read
    _, decoded = model.forward(parameters, source, previous, MASK)
    assert not decoded.alignments[:, ~MASK].any()
    for member, length in enumerate(LENGTHS):
        own = slice(member, member + 1)
        _, alone = model.forward(parameters, source[:length, own], previous[:, own])
        np.testing.assert_allclose(decoded.scores[:, own], alone.scores, rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(decoded.alignments[:, :length, own], alone.alignments, rtol=1e-9)


def test_the_padding_of_targets_changes_nothing():
    model = make_encoder_decoder("gru", 4, 5, 2, 3)
    parameters, source, targets = draw_encoder_decoder(model)
    clean, dirty = parameters.zeros(), parameters.zeros()
    model.loss_and_gradients(parameters, source, targets, FIRST, clean, MASK, TARGET_MASK)
    targets[~TARGET_MASK] = -1
    model.loss_and_gradients(parameters, source, targets, FIRST, dirty, MASK, TARGET_MASK)
    np.testing.assert_allclose(dirty.flat, clean.flat, rtol=1e-12, atol=1e-16)


@pytest.mark.parametrize("kind", ["lstm", "gru"])
def test_writing_is_the_teacher_forced_pass_over_what_was_written(kind):
    model = make_encoder_decoder(kind, 4, 5, 2, 3)
    parameters, source, _ = draw_encoder_decoder(model, 3)
    written, alignments = model.write(parameters, source, FIRST, -1, 6, MASK)  # -1: never stops
    assert written.shape == (6, 3)
    assert alignments.shape == (6, 4, 3)
    previous = np.concatenate([np.full((1, 3), FIRST), written[:-1]])
    _, decoded = model.forward(parameters, source, previous, MASK)
    assert np.array_equal(written, decoded.scores.argmax(axis=2))
    np.testing.assert_allclose(alignments, decoded.alignments, rtol=1e-12)
    assert alignments.sum(axis=1) == pytest.approx(1.0)


def test_writing_stops_when_all_have_stopped_and_repeats_the_stop_till_then():
    model = make_encoder_decoder("gru", 4, 5, 2, 3)
    for seed in range(50):
        parameters, source, _ = draw_encoder_decoder(model, seed)
        written, _ = model.write(parameters, source, FIRST, STOP, 12)
        stops = [column.index(STOP) if STOP in column else 12 for column in written.T.tolist()]
        if len(set(stops)) > 1 and max(stops) < 12:
            break
    else:
        pytest.fail("no seed writes sentences of different lengths")
    assert len(written) == max(stops) + 1
    for column, stop in zip(written.T, stops, strict=True):
        assert (column[stop:] == STOP).all()


def test_it_learns_to_write_backwards():
    # 0 begins, 1 ends, 2 .. 5 are letters; the answer is the source reversed
    rng = np.random.default_rng(0)
    model = make_encoder_decoder("gru", 6, 6, 8, 16)
    parameters = Parameters(model.shapes)
    model.initialise(parameters, rng)
    moment, square = np.zeros_like(parameters.flat), np.zeros_like(parameters.flat)
    for step in range(1, 301):  # Adam, written out
        source = rng.integers(2, 6, (4, 16))
        targets = np.concatenate([source[::-1], np.full((1, 16), STOP)])
        gradients = parameters.zeros()
        model.loss_and_gradients(parameters, source, targets, FIRST, gradients)
        moment += 0.1 * (gradients.flat - moment)
        square += 0.001 * (gradients.flat**2 - square)
        rate = 0.02 * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        parameters.flat -= rate * moment / (np.sqrt(square) + 1e-8)
    source = rng.integers(2, 6, (4, 100))
    written, _ = model.write(parameters, source, FIRST, STOP, 10)
    right = (written[:4] == source[::-1]).all(axis=0)
    assert len(written) == 5
    assert right.mean() > 0.95


@pytest.mark.parametrize(
    ("settings", "rule"),
    [
        ({"attention": "none"}, "attention must be one of additive, dot, scaled dot; got 'none'"),
        ({"kind": "cnn"}, "kind must be one of rnn, lstm, gru; got 'cnn'"),
        ({"hidden": 0}, "hidden must be a whole number from 1"),
        ({"features": 0}, "must be a whole number from 1 .*; got 0"),
        ({"target_symbols": 0}, "must be a whole number from 1 .*; got 0"),
        ({"layers": 0}, "layers must be a whole number from 1 to 32; got 0"),
    ],
)
def test_refuses_settings(settings, rule):
    fine = {"kind": "gru", "source_symbols": 4, "target_symbols": 4, "features": 2, "hidden": 3}
    with pytest.raises(ValueError, match=rule):
        make_encoder_decoder(**{**fine, **settings})


def test_refuses_what_cannot_be_read():
    model = make_encoder_decoder("gru", 4, 5, 2, 3)
    parameters, source, previous = draw_encoder_decoder(model)
    with pytest.raises(ValueError, match="indices must be from 0 to 3; got 9"):
        model.forward(parameters, np.full((4, 3), 9), previous)
    with pytest.raises(ValueError, match="indices must be from 0 to 4; got -1"):
        model.forward(parameters, source, previous * 0 - 1)
    with pytest.raises(ValueError, match="got nothing for member 2"):
        model.forward(parameters, source, previous, MASK & (np.arange(3) < 2))
    with pytest.raises(ValueError, match="mask must be booleans of shape"):
        model.forward(parameters, source, previous, MASK.T)
    with pytest.raises(ValueError, match="most must be a whole number from 1 to 100,000; got 0"):
        model.write(parameters, source, FIRST, STOP, 0)

"""The losses: by hand, every derivative, masks, and what holds for any scores."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rnn.gradient_check import check_gradients
from rnn.losses import (
    mean_squared_error,
    nats_to_bits,
    perplexity,
    softmax,
    softmax_cross_entropy,
)
from rnn.parameters import Parameters

SCORES = arrays(np.float64, (3, 5), elements=st.floats(-50.0, 50.0))
MASK = np.array([[True, False], [True, True], [False, False]])


def wrong(records):
    return [record for record in records if not record.error <= 1e-6]


def test_softmax_by_hand():
    assert softmax(np.log([1.0, 2.0, 5.0])) == pytest.approx([1 / 8, 2 / 8, 5 / 8])


@given(SCORES)
def test_softmax_sums_to_one_and_keeps_the_order(scores):
    p = softmax(scores)
    assert (p >= 0.0).all()
    assert p.sum(axis=-1) == pytest.approx(1.0, abs=1e-12)
    assert (np.take_along_axis(p, np.argsort(scores), -1)[:, -1] == p.max(axis=-1)).all()


@given(SCORES, st.floats(-1000.0, 1000.0))
def test_softmax_does_not_feel_a_shift(scores, shift):
    assert softmax(scores + shift) == pytest.approx(softmax(scores), abs=1e-11)


@pytest.mark.parametrize("huge", [1e4, 1e300, -1e300])
def test_softmax_of_huge_scores_is_finite(huge):
    assert softmax(np.array([huge, 0.0])).tolist() == ([1.0, 0.0] if huge > 0 else [0.0, 1.0])


def test_cross_entropy_by_hand():
    # softmax gives 1/8, 2/8, 5/8 at both steps: L = (ln 4 + ln 8) / 2
    scores = np.log([[1.0, 2.0, 5.0], [1.0, 2.0, 5.0]])
    loss, d_scores = softmax_cross_entropy(scores, np.array([1, 0]))
    assert loss == pytest.approx((math.log(4.0) + math.log(8.0)) / 2)
    # p - onehot, over 2 steps
    assert d_scores == pytest.approx(np.array([[1, 2 - 8, 5], [1 - 8, 2, 5]]) / 16)


def test_a_uniform_guess_costs_ln_v():
    loss, _ = softmax_cross_entropy(np.zeros((4, 2, 65)), np.full((4, 2), 7))
    assert loss == pytest.approx(math.log(65.0))
    assert perplexity(loss) == pytest.approx(65.0)


def test_the_logarithm_of_a_probability_that_rounds_to_zero():
    loss, _ = softmax_cross_entropy(np.array([1000.0, 0.0]), np.array(1))
    assert loss == 1000.0  # log(softmax) would be log(0)


@pytest.mark.parametrize("mask", [None, MASK], ids=["whole", "masked"])
def test_cross_entropy_every_gradient(mask):
    rng = np.random.default_rng(0)
    scores = Parameters.holding({"scores": rng.standard_normal((3, 2, 4))})
    targets = rng.integers(0, 4, (3, 2))
    gradients = scores.zeros()
    gradients["scores"][...] = softmax_cross_entropy(scores["scores"], targets, mask)[1]
    records = check_gradients(
        lambda: softmax_cross_entropy(scores["scores"], targets, mask)[0], scores, gradients
    )
    assert wrong(records) == []


@pytest.mark.parametrize("mask", [None, MASK], ids=["whole", "masked"])
def test_mean_squared_error_every_gradient(mask):
    rng = np.random.default_rng(0)
    outputs = Parameters.holding({"outputs": rng.standard_normal((3, 2, 4))})
    targets = rng.standard_normal((3, 2, 4))
    gradients = outputs.zeros()
    gradients["outputs"][...] = mean_squared_error(outputs["outputs"], targets, mask)[1]
    records = check_gradients(
        lambda: mean_squared_error(outputs["outputs"], targets, mask)[0], outputs, gradients
    )
    assert wrong(records) == []


def test_mean_squared_error_by_hand():
    loss, d_outputs = mean_squared_error(np.array([[1.0], [5.0]]), np.array([[3.0], [4.0]]))
    assert loss == (4.0 + 1.0) / 2
    assert d_outputs.tolist() == [[-2.0], [1.0]]


def test_the_mean_is_over_what_the_mask_leaves():
    rng = np.random.default_rng(1)
    scores, targets = rng.standard_normal((3, 2, 4)), rng.integers(0, 4, (3, 2))
    loss, d_scores = softmax_cross_entropy(scores, targets, MASK)
    alone, d_alone = softmax_cross_entropy(scores[MASK], targets[MASK])
    assert loss == pytest.approx(alone, rel=1e-14)
    assert d_scores[MASK] == pytest.approx(d_alone, rel=1e-14)
    outputs = rng.standard_normal((3, 2, 4))
    loss, d_outputs = mean_squared_error(outputs, scores, MASK)
    alone, d_alone = mean_squared_error(outputs[MASK], scores[MASK])
    assert loss == pytest.approx(alone, rel=1e-14)
    assert d_outputs[MASK] == pytest.approx(d_alone, rel=1e-14)


def test_whatever_stands_in_the_padding():
    scores, targets = np.ones((3, 2, 4)), np.zeros((3, 2), dtype=int)
    clean = softmax_cross_entropy(scores, targets, MASK)
    scores[~MASK], targets[~MASK] = np.nan, -1
    dirty = softmax_cross_entropy(scores, targets, MASK)
    assert clean[0] == dirty[0]
    assert np.array_equal(clean[1], dirty[1])
    assert mean_squared_error(scores, np.ones((3, 2, 4)), MASK)[0] == 0.0


def test_divergence_is_reported_and_raises_nothing():
    for bad in (np.nan, np.inf):
        assert math.isnan(softmax_cross_entropy(np.array([[bad, 0.0]]), np.array([0]))[0])
        assert not math.isfinite(mean_squared_error(np.array([[bad]]), np.array([[0.0]]))[0])
    assert mean_squared_error(np.array([[1e200]]), np.array([[-1e200]]))[0] == math.inf


def test_the_arguments_are_left_alone_and_the_dtype_stays():
    scores = np.random.default_rng(0).standard_normal((3, 2, 4)).astype(np.float32)
    targets, before = np.zeros((3, 2), dtype=int), scores.copy()
    _, d_scores = softmax_cross_entropy(scores, targets, MASK)
    _, d_outputs = mean_squared_error(scores, np.zeros((3, 2, 4)), MASK)
    assert np.array_equal(scores, before)
    assert d_scores.dtype == d_outputs.dtype == softmax(scores).dtype == np.float32


@pytest.mark.parametrize("target", [-1, 4])
def test_refuses_a_target_that_is_no_symbol(target):
    with pytest.raises(ValueError, match=f"targets must be from 0 to 3; got {target}"):
        softmax_cross_entropy(np.zeros((2, 4)), np.array([0, target]))


def test_refuses_shapes_that_disagree_and_empty_means():
    scores, nothing = np.zeros((3, 2, 4)), np.zeros((3, 2), dtype=bool)
    targets = np.zeros((3, 2), dtype=int)
    with pytest.raises(ValueError, match=r"targets must have the shape \(3, 2\) .* got \(3,\)"):
        softmax_cross_entropy(scores, targets[:, 0])
    with pytest.raises(ValueError, match=r"mask must have the shape \(3, 2\) .* got \(2, 3\)"):
        softmax_cross_entropy(scores, targets, nothing.T)
    with pytest.raises(ValueError, match="must average at least 1 step; got 0"):
        softmax_cross_entropy(scores, targets, nothing)
    with pytest.raises(ValueError, match="must average at least 1 step; got 0"):
        mean_squared_error(scores[:0], scores[:0])
    with pytest.raises(ValueError, match=r"shape \(3, 2, 4\) of the outputs; got \(3, 2, 1\)"):
        mean_squared_error(scores, scores[:, :, :1])


def test_bits_and_perplexity():
    assert nats_to_bits(math.log(8.0)) == pytest.approx(3.0)
    assert nats_to_bits(1.60) == pytest.approx(2.31, abs=0.005)
    assert perplexity(0.0) == 1.0
    assert perplexity(1e4) == perplexity(math.inf) == math.inf
    assert math.isnan(perplexity(math.nan))

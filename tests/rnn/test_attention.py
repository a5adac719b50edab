"""Attention: by hand, every derivative of both kinds, and what a mask hides."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn.attention import AdditiveAttention, DotAttention, Glance, Memory
from rnn.parameters import Parameters
from tests.rnn.network_problems import (
    BATCH,
    LENGTHS,
    MASK,
    TIME,
    WIDTH,
    attention_records,
    draw_attention,
    look,
)
from tests.rnn.sequence_problems import wrong

KINDS = {
    "additive": AdditiveAttention(queries=3, width=WIDTH, attention=5),
    "dot": DotAttention(WIDTH),
    "scaled": DotAttention(WIDTH, scaled=True),
}


@pytest.mark.parametrize("attention", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("mask", [None, MASK], ids=["whole", "masked"])
def test_every_gradient_over_two_looks(attention, mask):
    assert wrong(attention_records(attention, mask)) == []


def test_dot_product_by_hand():
    # scores 1*ln2 + 0, 0 + 0, so the alignment is 2/3, 1/3 and the context 2/3 h_1 + 1/3 h_2
    source = np.array([[[1.0, 0.0]], [[0.0, 3.0]]])
    query = np.array([[np.log(2.0), 0.0]])
    glance = DotAttention(2).forward({}, query, DotAttention(2).remember({}, source))
    assert glance.alignment[:, 0] == pytest.approx([2 / 3, 1 / 3])
    assert glance.context[0] == pytest.approx([2 / 3, 1.0])


def test_scaling_divides_the_scores_by_the_root_of_the_width():
    everything = draw_attention(KINDS["dot"])
    everything["source"][...] *= np.sqrt(WIDTH)
    _, plain = look(KINDS["dot"], everything, None)
    everything["queries"][...] *= np.sqrt(WIDTH)
    _, scaled = look(KINDS["scaled"], everything, None)
    np.testing.assert_allclose(scaled[0].alignment, plain[0].alignment, rtol=1e-12)


def test_additive_by_hand():
    # u_1 = tanh(0 + artanh(1/2)) = 1/2, u_2 = tanh(0) = 0; scores ln4 * (1/2, 0) = (ln 2, 0)
    attention = AdditiveAttention(1, 1, 1)
    weights = {
        "W_a": np.array([[1.0]]), "U_a": np.array([[2.0]]), "v_a": np.array([np.log(4.0)])
    }  # fmt: skip
    source = np.array([[[(np.arctanh(0.5) + 1.0) / 2.0]], [[0.5]]])
    memory = attention.remember(weights, source)
    glance = attention.forward(weights, np.array([[-1.0]]), memory)
    assert glance.alignment[:, 0] == pytest.approx([2 / 3, 1 / 3])


@pytest.mark.parametrize("attention", KINDS.values(), ids=KINDS)
def test_the_alignment_is_a_distribution_over_what_the_mask_leaves(attention):
    _, glances = look(attention, draw_attention(attention), MASK)
    for glance in glances:
        assert glance.alignment.sum(axis=0) == pytest.approx(1.0)
        assert (glance.alignment[MASK] > 0.0).all()
        assert not glance.alignment[~MASK].any()


@pytest.mark.parametrize("attention", KINDS.values(), ids=KINDS)
@given(seed=st.integers(0, 1000), order=st.permutations(range(TIME)))
def test_the_order_of_the_source_does_not_matter(attention, seed, order):
    everything = draw_attention(attention, seed=seed)
    _, before = look(attention, everything, MASK)
    everything["source"][...] = everything["source"][order]
    _, after = look(attention, everything, MASK[order])
    np.testing.assert_allclose(after[0].context, before[0].context, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(after[0].alignment, before[0].alignment[order], rtol=1e-12)


@pytest.mark.parametrize("attention", KINDS.values(), ids=KINDS)
def test_padding_changes_nothing_whatever_stands_there(attention):
    everything = draw_attention(attention)
    everything["source"][~MASK] = np.nan
    memory, glances = look(attention, everything, MASK)
    for member, length in enumerate(LENGTHS):
        own = slice(member, member + 1)
        alone = attention.remember(everything, everything["source"][:length, own])
        glance = attention.forward(everything, everything["queries"][0][own], alone)
        np.testing.assert_allclose(glances[0].context[own], glance.context, rtol=1e-12)
    gradients, d_memory = everything.zeros(), memory.zeros()
    attention.backward(everything, glances[0], memory, glances[0].context, gradients, d_memory)
    d_source = attention.remember_backward(everything, memory, d_memory, gradients)
    assert np.isfinite(gradients.flat).all()
    assert not d_source[~MASK].any()


@pytest.mark.parametrize("attention", KINDS.values(), ids=KINDS)
def test_the_dtype_stays(attention):
    everything = draw_attention(attention).copy(np.float32)
    memory, (glance, _) = look(attention, everything, MASK)
    gradients, d_memory = everything.zeros(), memory.zeros()
    d_query = attention.backward(everything, glance, memory, glance.context, gradients, d_memory)
    kept = (glance.context, glance.alignment, memory.values, d_query, d_memory.keys)
    assert {array.dtype for array in kept} == {np.dtype(np.float32)}


def test_initialise():
    attention = AdditiveAttention(30, 40, 50)
    weights = Parameters(attention.shapes)
    attention.initialise(weights, np.random.default_rng(0))
    assert np.abs(weights["W_a"]).max() == pytest.approx((6 / 80) ** 0.5, rel=0.01)
    assert np.abs(weights["U_a"]).max() == pytest.approx((6 / 90) ** 0.5, rel=0.01)
    assert 0.0 < np.abs(weights["v_a"]).max() <= (6 / 51) ** 0.5


def test_refusals():
    dot, additive = KINDS["dot"], KINDS["additive"]
    source = np.ones((TIME, BATCH, WIDTH))
    with pytest.raises(ValueError, match="width must be a whole number from 1 to 100,000; got 0"):
        DotAttention(0)
    with pytest.raises(ValueError, match=r"attention must be a whole number .* got -1"):
        AdditiveAttention(1, 1, -1)
    with pytest.raises(ValueError, match=r"source must be \(steps, batch, 2\).*got \(4, 3, 1\)"):
        dot.remember({}, source[:, :, :1])
    with pytest.raises(ValueError, match=r"mask must have the shape \(4, 3\); got \(3, 4\)"):
        dot.remember({}, source, MASK.T)
    hidden = MASK & (np.arange(BATCH) != 1)
    with pytest.raises(ValueError, match="something to look at; got nothing for member 1"):
        dot.remember({}, source, hidden)
    memory = Memory(source, source)
    glance = Glance(source[0], source[:, :, 0], source[0])
    with pytest.raises(ValueError, match="must come from additive attention's forward"):
        additive.backward({}, glance, memory, source[0], {}, memory.zeros())

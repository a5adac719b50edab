"""The initialisers: the spread each promises, and what it keeps of what passes through."""

import numpy as np
import pytest

from rnn.initialisers import (
    INITIALISERS,
    he,
    identity,
    orthogonal,
    per_gate,
    scaled_normal,
    xavier,
)


def rng(seed=0):
    return np.random.default_rng(seed)


def test_scaled_normal():
    draws = scaled_normal(rng(), (300, 400), 0.5)
    assert draws.std() == pytest.approx(0.5, rel=0.01)
    assert abs(draws.mean()) < 0.01
    assert scaled_normal(rng(), (100_000,)).std() == pytest.approx(0.01, rel=0.02)
    assert not scaled_normal(rng(), (3,), 0.0).any()


def test_xavier():
    draws = xavier(rng(), (300, 500))
    limit = np.sqrt(6 / 800)
    assert np.abs(draws).max() == pytest.approx(limit, rel=1e-3)
    assert np.abs(draws).max() <= limit
    assert draws.var() == pytest.approx(2 / 800, rel=0.02)


def test_he_uses_the_numbers_that_enter():
    assert he(rng(), (300, 500)).std() == pytest.approx(np.sqrt(2 / 500), rel=0.01)
    assert he(rng(), (500, 300)).std() == pytest.approx(np.sqrt(2 / 300), rel=0.01)


def test_he_keeps_the_size_of_what_passes_through_relu():
    x = rng(1).standard_normal((200, 400))
    for layer in range(10):
        x = np.maximum(x, 0.0) @ he(rng(layer), (400, 400)).T
    assert x.std() == pytest.approx(1.0, rel=0.3)  # with variance 1/in: 0.5 ** 5 of that


@pytest.mark.parametrize("shape", [(5, 5), (8, 3), (3, 8), (1, 1)])
@pytest.mark.parametrize("seed", range(3))
def test_orthogonal(shape, seed):
    W = orthogonal(rng(seed), shape)
    assert W.shape == shape
    product = W @ W.T if shape[0] <= shape[1] else W.T @ W
    np.testing.assert_allclose(product, np.eye(min(shape)), atol=1e-14)


def test_orthogonal_prefers_no_sign():
    # Q straight from a QR routine has always the same sign in one corner, so its mean is not 0
    draws = np.array([orthogonal(rng(seed), (2, 2)) for seed in range(2000)])
    assert np.abs(draws.mean(axis=0)).max() < 0.06
    assert np.mean(np.linalg.det(draws) > 0.0) == pytest.approx(0.5, abs=0.04)


def test_identity():
    assert identity((2, 3), 0.5).tolist() == [[0.5, 0.0, 0.0], [0.0, 0.5, 0.0]]
    assert identity((2, 2)).tolist() == [[1.0, 0.0], [0.0, 1.0]]


@pytest.mark.parametrize("name", INITIALISERS)
def test_the_table(name):
    draw = INITIALISERS[name]
    first, again = draw(rng(5), (4, 3)), draw(rng(5), (4, 3))
    assert first.shape == (4, 3)
    assert np.array_equal(first, again)
    assert np.array_equal(first, draw(rng(6), (4, 3))) == (name == "identity")


def test_per_gate():
    W = per_gate(orthogonal, rng(), (12, 3), 4)
    assert W.shape == (12, 3)
    for gate in W.reshape(4, 3, 3):
        np.testing.assert_allclose(gate @ gate.T, np.eye(3), atol=1e-14)
    with pytest.raises(ValueError, match="gates must divide the 12 rows; got 5"):
        per_gate(orthogonal, rng(), (12, 3), 5)


@pytest.mark.parametrize("name", ["xavier", "he", "orthogonal", "identity"])
@pytest.mark.parametrize("shape", [(3,), (0, 3), (2, 3, 4)])
def test_refuses_what_is_no_matrix(name, shape):
    with pytest.raises(ValueError, match=r"shape must be \(out, in\), both at least 1; got"):
        INITIALISERS[name](rng(), shape)


@pytest.mark.parametrize("scale", [-1.0, float("nan"), float("inf")])
def test_refuses_a_scale(scale):
    with pytest.raises(ValueError, match=f"scale must be .*got {scale}"):
        scaled_normal(rng(), (2, 2), scale)

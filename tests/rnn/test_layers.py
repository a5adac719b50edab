"""The layers without memory: by hand, every derivative, and what dropout keeps."""

import numpy as np
import pytest

from rnn.gradient_check import check_gradients
from rnn.layers import Dense, Dropout, Embedding, one_hot
from rnn.parameters import Parameters


def rng():
    return np.random.default_rng(3)


def wrong(records):
    return [record for record in records if not record.error <= 1e-6]


def test_dense_by_hand():
    weights = {"W_hy": np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.0]]), "b_y": np.array([0, 1, 2])}
    # rows: 1*5 + 2*7, -7 + 1, 3*5 + 2
    assert Dense(2, 3).forward(weights, np.array([5.0, 7.0])).tolist() == [19.0, -6.0, 17.0]


@pytest.mark.parametrize("leading", [(), (4,), (3, 2)])
def test_dense_every_gradient(leading):
    dense = Dense(3, 2)
    everything = Parameters({**dense.shapes, "x": (*leading, 3)})
    everything.flat[...] = rng().standard_normal(everything.flat.shape)
    weigh = rng().standard_normal((*leading, 2))

    def loss():
        return float((dense.forward(everything, everything["x"]) ** 2 * weigh).sum())

    gradients = everything.zeros()
    d_y = 2.0 * dense.forward(everything, everything["x"]) * weigh
    gradients["x"][...] = dense.backward(everything, everything["x"], d_y, gradients)
    assert wrong(check_gradients(loss, everything, gradients)) == []


def test_gradients_are_added_to():
    dense, embedding = Dense(3, 2), Embedding(4, 3)
    weights = Parameters({**dense.shapes, **embedding.shapes})
    x, d_y = rng().standard_normal((5, 3)), rng().standard_normal((5, 2))
    once, twice = weights.zeros(), weights.zeros()
    for gradients, times in ((once, 1), (twice, 2)):
        for _ in range(times):
            dense.backward(weights, x, d_y, gradients)
            embedding.backward(np.array([0, 1, 1, 3, 0]), x, gradients)
    assert np.array_equal(twice.flat, 2.0 * once.flat)


def test_embedding_is_a_one_hot_product():
    embedding = Embedding(5, 3)
    table = rng().standard_normal((5, 3))
    indices = np.array([[4, 0], [2, 2]])
    assert np.array_equal(embedding.forward({"W_e": table}, indices), one_hot(indices, 5) @ table)


def test_embedding_gradient_adds_the_rows_of_a_symbol_that_comes_twice():
    embedding = Embedding(4, 2)
    indices = np.array([[1, 3], [1, 1]])
    d_vectors = np.array([[[1.0, 2.0], [3.0, 4.0]], [[10.0, 20.0], [100.0, 200.0]]])
    gradients = Parameters(embedding.shapes)
    embedding.backward(indices, d_vectors, gradients)
    assert gradients["W_e"].tolist() == [[0, 0], [111, 222], [0, 0], [3, 4]]


def test_embedding_every_gradient():
    embedding = Embedding(4, 3)
    weights = Parameters(embedding.shapes)
    embedding.initialise(weights, rng())
    indices = np.array([[0, 3, 3], [1, 3, 0]])

    def loss():
        return float((embedding.forward(weights, indices) ** 3).sum())

    gradients = weights.zeros()
    embedding.backward(indices, 3.0 * embedding.forward(weights, indices) ** 2, gradients)
    assert wrong(check_gradients(loss, weights, gradients)) == []


def test_one_hot():
    assert one_hot(np.array([2, 0]), 3).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert one_hot(np.array([[1]]), 2, np.float32).dtype == np.float32


@pytest.mark.parametrize("wrong_index", [-1, 3])
def test_refuses_an_index_that_is_no_symbol(wrong_index):
    indices = np.array([0, wrong_index])
    rule = f"indices must be from 0 to 2; got {wrong_index}"
    with pytest.raises(ValueError, match=rule):
        one_hot(indices, 3)
    with pytest.raises(ValueError, match=rule):
        Embedding(3, 2).forward({"W_e": np.zeros((3, 2))}, indices)


def test_refuses_indices_that_are_not_whole():
    with pytest.raises(ValueError, match="indices must be whole numbers; got float64"):
        one_hot(np.array([0.0, 1.0]), 3)


def test_dropout_keeps_or_silences_and_keeps_the_mean():
    x = np.full((200, 500), 3.0)
    y, factors = Dropout(0.25).forward(x, rng())
    assert set(np.unique(y)) == {0.0, 4.0}  # 3 / (1 - 0.25)
    assert np.mean(y == 0.0) == pytest.approx(0.25, abs=0.01)
    assert np.mean(y) == pytest.approx(3.0, rel=0.01)
    assert np.array_equal(y, x * factors)


def test_dropout_every_gradient():
    dropout = Dropout(0.5)
    everything = Parameters({"x": (6, 3)})
    everything.flat[...] = rng().standard_normal(18)

    def loss():
        return float((dropout.forward(everything["x"], rng())[0] ** 2).sum())

    y, factors = dropout.forward(everything["x"], rng())
    gradients = everything.zeros()
    gradients["x"][...] = dropout.backward(factors, 2.0 * y)
    assert wrong(check_gradients(loss, everything, gradients)) == []


@pytest.mark.parametrize(("rate", "generator"), [(0.5, None), (0.0, np.random.default_rng(0))])
def test_dropout_passes_everything_in_use_or_at_rate_0(rate, generator):
    x = rng().standard_normal((3, 2))
    y, factors = Dropout(rate).forward(x, generator)
    assert np.array_equal(y, x)
    assert np.array_equal(Dropout(rate).backward(factors, x), x)


def test_dropout_is_the_same_in_either_dtype():
    x = np.ones((10, 10))
    wide, narrow = (Dropout(0.5).forward(x.astype(d), rng())[0] for d in (np.float64, np.float32))
    assert narrow.dtype == np.float32
    assert np.array_equal(wide, narrow)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda: Dense(0, 1), "inputs must be a whole number from 1 to 1,000,000; got 0"),
        (lambda: Dense(1, -1), "outputs must be a whole number from 1 to 1,000,000; got -1"),
        (lambda: Embedding(0, 1), "symbols must be a whole number from 1 to 1,000,000; got 0"),
        (lambda: Embedding(1, 0), "features must be a whole number from 1 to 1,000,000; got 0"),
        (lambda: Dropout(-0.1), "dropout must be from 0 to 0.99; got -0.1"),
    ],
)
def test_refusals(make, rule):
    with pytest.raises(ValueError, match=rule):
        make()


def test_initialise():
    dense, embedding = Dense(300, 200), Embedding(300, 200)
    weights = Parameters({**dense.shapes, **embedding.shapes})
    weights.flat[...] = np.nan
    dense.initialise(weights, rng())
    embedding.initialise(weights, rng())
    assert not weights["b_y"].any()
    assert weights["W_hy"].std() == pytest.approx((2 / 500) ** 0.5, rel=0.02)
    assert weights["W_e"].std() == pytest.approx(1.0, rel=0.02)

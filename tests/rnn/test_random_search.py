"""Random search: seeded, uniform in its box, and honest about what a guess costs."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn.activations import ACTIVATIONS
from rnn.one_unit import Weights, forward, mean_squared_error
from rnn.random_search import EVALUATIONS_PER_GUESS, random_search

INPUTS, TARGETS = [1.0, -1.0, 1.0], [-1.0, 1.0, -1.0]
LOW, HIGH = Weights(-3.0, -3.0, -3.0, -2.0, -2.0), Weights(3.0, 3.0, 3.0, 2.0, 2.0)


def guesses(seed, count, low=LOW, high=HIGH):
    rng = np.random.default_rng(seed)
    search = random_search(INPUTS, TARGETS, ACTIVATIONS["tanh"], low, high, rng)
    return list(islice(search, count))


def test_the_same_seed_guesses_the_same():
    assert guesses(7, 200) == guesses(7, 200)
    assert guesses(7, 5) != guesses(8, 5)


def test_drawing_many_at_once_does_not_change_the_stream():
    rng = np.random.default_rng(7)
    one_by_one = [Weights(*rng.uniform(LOW, HIGH).tolist()) for _ in range(130)]
    assert [guess.weights for guess in guesses(7, 130)] == one_by_one


def test_every_loss_is_that_of_its_weights():
    for guess in guesses(3, 20):
        outputs = forward(guess.weights, INPUTS, ACTIVATIONS["tanh"]).outputs
        assert guess.loss == mean_squared_error(outputs, TARGETS)


def test_weights_are_plain_floats():
    assert all(type(weight) is float for weight in guesses(1, 1)[0].weights)


def test_guesses_fill_their_box_evenly():
    drawn = np.array([guess.weights for guess in guesses(1, 4000)])
    spread = np.array(HIGH) - np.array(LOW)
    # A uniform draw's mean lies in the middle, its deviation is range / sqrt(12); 4000 draws
    # leave an error of about range / sqrt(12 * 4000) = 0.005 ranges.
    assert np.abs(drawn.mean(axis=0) / spread).max() < 0.02
    assert drawn.std(axis=0) / spread == pytest.approx(12**-0.5, rel=0.03)


@given(
    seed=st.integers(0, 2**32 - 1),
    bounds=st.lists(st.tuples(st.floats(-9, 9), st.floats(0.1, 9)), min_size=5, max_size=5),
)
def test_no_guess_leaves_its_box(seed, bounds):
    low = Weights(*(start for start, _ in bounds))
    high = Weights(*(start + width for start, width in bounds))
    for guess in guesses(seed, 3, low, high):
        assert all(a <= w < b for a, w, b in zip(low, guess.weights, high, strict=True))


@pytest.mark.parametrize("top", [-3.0, -4.0, float("nan")])
def test_refuses_an_empty_range_by_name(top):
    with pytest.raises(ValueError, match=rf"w_h: low must be below high; got -3.0 and {top}"):
        guesses(1, 1, high=HIGH._replace(w_h=top))


def test_a_guess_costs_one_forward_pass():
    passes = 0

    def counting_length():
        nonlocal passes
        passes += 1
        yield from INPUTS

    class Counted(list):
        def __iter__(self):
            return counting_length()

    search = random_search(
        Counted(INPUTS), TARGETS, ACTIVATIONS["tanh"], LOW, HIGH, np.random.default_rng(1)
    )
    list(islice(search, 12))
    assert passes == 12 * EVALUATIONS_PER_GUESS

"""One step downhill: by hand, clipped, counted, and stopped when the numbers run away."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rnn.activations import ACTIVATIONS
from rnn.descent import (
    DIVERGED_ABOVE,
    EVALUATIONS_PER_EPOCH,
    clip_by_value,
    epoch,
    has_diverged,
)
from rnn.one_unit import Weights
from tests.rnn.problems import draw

# The linear example of test_one_unit: its gradient is (2, -2, 0.75, 2, 0) and its loss 1.5.
WEIGHTS = Weights(w_x=0.5, w_h=-1.0, w_y=2.0, b_h=0.25, b_y=-0.5)
EXAMPLE = (WEIGHTS, [1.0, 2.0, 3.0], [1.0, 2.0, 0.5], ACTIVATIONS["linear"])

ANYTHING = st.floats(allow_nan=False)
GRADIENTS = st.builds(Weights, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING)
LIMITS = st.floats(1e-6, 1e6)


def test_an_epoch_by_hand():
    taken = epoch(*EXAMPLE, learning_rate=0.25, clip_limit=None)
    assert taken.loss == 1.5  # of the weights it started from
    assert taken.gradient == taken.clipped == Weights(2.0, -2.0, 0.75, 2.0, 0.0)
    # 0.5 - 0.25*2    -1 + 0.25*2    2 - 0.25*0.75    0.25 - 0.25*2    -0.5
    assert taken.weights == Weights(0.0, -0.5, 1.8125, -0.25, -0.5)


def test_a_clipped_epoch_by_hand():
    taken = epoch(*EXAMPLE, learning_rate=0.25, clip_limit=1.0)
    assert taken.gradient == Weights(2.0, -2.0, 0.75, 2.0, 0.0)
    assert taken.clipped == Weights(1.0, -1.0, 0.75, 1.0, 0.0)
    # 0.5 - 0.25    -1 + 0.25    2 - 0.25*0.75    0.25 - 0.25    -0.5
    assert taken.weights == Weights(0.25, -0.75, 1.8125, 0.0, -0.5)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("seed", range(5))
def test_a_small_step_goes_downhill(activation, seed):
    weights, inputs, targets, _, f = draw(activation, 6, seed)
    before = epoch(weights, inputs, targets, f, 1e-4, 5.0)
    after = epoch(before.weights, inputs, targets, f, 1e-4, 5.0)
    assert after.loss < before.loss


def test_an_epoch_costs_one_forward_and_one_backward():
    assert EVALUATIONS_PER_EPOCH == 1 + 2


def test_clipping_by_hand():
    steep = Weights(7.0, -7.0, 5.0, -0.5, math.inf)
    assert clip_by_value(steep, 5.0) == Weights(5.0, -5.0, 5.0, -0.5, 5.0)


def test_clipping_is_by_value_not_by_norm():
    # By norm (30, 4) would shrink as a whole and keep its direction; by value only the 30 is cut.
    assert clip_by_value(Weights(30.0, 4.0, 0.0, 0.0, 0.0), 5.0)[:2] == (5.0, 4.0)


def test_clipping_does_not_hide_nan():
    assert math.isnan(clip_by_value(Weights(math.nan, 0.0, 0.0, 0.0, 0.0), 5.0).w_x)


@pytest.mark.parametrize("limit", [0.0, -5.0, math.nan])
def test_clipping_refuses_a_limit_that_is_not_positive(limit):
    with pytest.raises(ValueError, match=f"limit must be positive; got {limit}"):
        clip_by_value(Weights(1.0, 1.0, 1.0, 1.0, 1.0), limit)


@given(gradient=GRADIENTS, limit=LIMITS)
def test_clipping_bounds_keeps_signs_and_is_idempotent(gradient, limit):
    clipped = clip_by_value(gradient, limit)
    assert all(abs(slope) <= limit for slope in clipped)
    assert [math.copysign(1.0, c) for c in clipped] == [math.copysign(1.0, g) for g in gradient]
    assert clip_by_value(clipped, limit) == clipped


@given(gradient=GRADIENTS, limit=LIMITS)
def test_clipping_leaves_what_is_small_alone(gradient, limit):
    for before, after in zip(gradient, clip_by_value(gradient, limit), strict=True):
        assert after == before or abs(before) > limit


@given(gradient=GRADIENTS, limit=LIMITS)
def test_clipping_commutes_with_turning_the_sign(gradient, limit):
    turned = Weights(*(-slope for slope in gradient))
    assert clip_by_value(turned, limit) == tuple(-slope for slope in clip_by_value(gradient, limit))


@given(rate=st.floats(1e-4, 1.0), limit=LIMITS, seed=st.integers(0, 50))
def test_no_weight_moves_further_than_rate_times_limit(rate, limit, seed):
    weights, inputs, targets, _, f = draw("linear", 10, seed)
    taken = epoch(weights, inputs, targets, f, rate, limit)
    assume(all(map(math.isfinite, taken.gradient)))
    for before, after in zip(weights, taken.weights, strict=True):
        assert abs(after - before) <= rate * limit * (1 + 1e-9) + 1e-12


@pytest.mark.parametrize(
    ("loss", "diverged"),
    [
        (0.0, False),
        (DIVERGED_ABOVE, False),
        (1.0000001e12, True),
        (math.inf, True),
        (math.nan, True),
    ],
)
def test_divergence_of_the_loss(loss, diverged):
    assert DIVERGED_ABOVE == 1e12
    assert has_diverged(loss, WEIGHTS) is diverged


@pytest.mark.parametrize("name", Weights._fields)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_divergence_of_any_weight(name, value):
    assert has_diverged(0.5, WEIGHTS._replace(**{name: value}))

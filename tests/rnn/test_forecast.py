"""A forecast never sees the future, and its rivals are what they are called."""

import numpy as np
import pytest

from rnn.forecast import LEARNED, Series, Settings, naive, stretches, walk

VALUES = np.sin(np.arange(200) * 0.5) * 3 + 0.05 * np.arange(200)
QUICK = Settings("rnn", 4, 8, 5)


def forecasts(values, seed=1, settings=QUICK):
    return np.concatenate([piece for piece in walk(values, settings, seed) if piece is not None])


def test_the_stretches_are_the_last_three_tenths():
    assert stretches(200) == [(140, 160), (160, 180), (180, 200)]
    ends = stretches(741)
    assert ends[0][0] == int(LEARNED * 741)
    assert ends[-1][1] == 741


def test_naive_errors_by_hand():
    values = np.array([0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 3.0])
    assert naive(values, 2) == (pytest.approx((1 + 1 + 3) / 3), pytest.approx(2 / 3))


def test_a_series_knows_nothing_from_its_end_on():
    one, other = Series(VALUES, 100, 8), Series(np.append(VALUES[:100], 1e6), 100, 8)
    assert (one.mean, one.spread, one.reach) == (other.mean, other.spread, other.reach)
    drawn = one.batch(np.random.default_rng(1), 50)
    again = other.batch(np.random.default_rng(1), 50)
    np.testing.assert_array_equal(drawn.inputs, again.inputs)
    np.testing.assert_array_equal(drawn.targets, again.targets)


def test_a_forecast_does_not_change_with_what_comes_after_it():
    """The whole walk, with another value 170: forecasts up to 170 are the same."""
    changed = VALUES.copy()
    changed[170] += 50.0
    before, after = forecasts(VALUES), forecasts(changed)
    np.testing.assert_array_equal(before[: 171 - 140], after[: 171 - 140])
    assert before[171 - 140] != after[171 - 140]


def test_inputs_and_targets_by_hand():
    task = Series(VALUES, 100, 4)
    (change, height) = task.before(np.array([50]))[-1, 0]
    assert change == pytest.approx((VALUES[50] - VALUES[49] - task.mean) / task.spread)
    assert height == pytest.approx((VALUES[50] - VALUES[47:51].mean()) / task.reach)


def test_it_learns_a_wave():
    made = forecasts(VALUES, settings=Settings("rnn", 8, 16, 300))
    error = np.abs(made - VALUES[-60:]).mean()
    assert error < 0.3 * naive(VALUES, 13).last_value


def test_a_constant_series_is_forecast_as_it_is():
    np.testing.assert_allclose(forecasts(np.full(100, 7.0)), 7.0)


def test_too_short_a_series_is_refused():
    with pytest.raises(ValueError, match="window of 24 needs 72 values; got 70"):
        next(walk(VALUES[:100], Settings("rnn", 4, 24, 5), 1))

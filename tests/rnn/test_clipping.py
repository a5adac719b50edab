"""Clipping: by hand, by law, and at the ends of what a float can hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rnn.clipping import NO_CLIP, Clip, by_norm, by_value, global_norm

VECTORS = arrays(np.float64, st.integers(1, 8), elements=st.floats(-1e6, 1e6))
LIMITS = st.floats(1e-3, 1e6)


def test_by_value_by_hand():
    gradient = np.array([7.0, -7.0, 5.0, -0.5, np.inf, -np.inf, np.nan])
    by_value(gradient, 5.0)
    np.testing.assert_array_equal(gradient, [5.0, -5.0, 5.0, -0.5, 5.0, -5.0, np.nan])


def test_by_norm_by_hand():
    gradient = np.array([6.0, -8.0])
    assert by_norm(gradient, 5.0) == 10.0
    assert gradient.tolist() == [3.0, -4.0]
    assert by_norm(gradient, 5.0) == 5.0  # on the limit is not above it
    assert gradient.tolist() == [3.0, -4.0]


@given(VECTORS, LIMITS)
def test_by_norm_keeps_the_direction_and_the_limit(gradient, limit):
    before = gradient.copy()
    norm = by_norm(gradient, limit)
    assert norm == pytest.approx(np.linalg.norm(before), rel=1e-12)
    assert np.linalg.norm(gradient) <= limit * (1.0 + 1e-12)
    if norm <= limit:
        np.testing.assert_array_equal(gradient, before)
    else:
        np.testing.assert_allclose(gradient * norm, before * limit, rtol=1e-9, atol=1e-12)


@given(VECTORS, LIMITS)
def test_by_value_is_the_nearest_allowed_point(gradient, limit):
    before = gradient.copy()
    by_value(gradient, limit)
    assert np.abs(gradient).max() <= limit
    inside = np.abs(before) <= limit
    np.testing.assert_array_equal(gradient[inside], before[inside])
    np.testing.assert_array_equal(np.sign(gradient), np.sign(before))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_both_are_in_place_and_keep_the_dtype(dtype):
    for clip in (Clip("value", 1.0), Clip("norm", 1.0)):
        owner = np.full(4, 3.0, dtype)
        clip.apply(owner[1:3])
        assert owner[0] == owner[3] == 3.0
        assert owner[1] == owner[2] < 3.0
        assert owner.dtype == dtype


@pytest.mark.parametrize(
    ("dtype", "value"),
    [
        (np.float32, 3e38),  # its square overflows float32
        (np.float64, 1e300),  # its square overflows float64
        (np.float64, 1e-200),  # its square vanishes
        (np.float32, 1e-38),
    ],
)
def test_the_norm_is_safe_at_both_ends(dtype, value):
    gradient = np.array([3.0, -4.0], dtype) * dtype(value / 5.0)
    assert global_norm(gradient) == pytest.approx(value, rel=1e-6)
    assert by_norm(gradient, 5.0) == pytest.approx(value, rel=1e-6)
    if value > 1.0:
        np.testing.assert_allclose(gradient, [3.0, -4.0], rtol=1e-6)


def test_a_norm_beyond_every_float_is_still_clipped():
    gradient = np.full(16, 1.5e308)
    assert by_norm(gradient, 1.0) == math.inf
    np.testing.assert_allclose(gradient, 0.25, rtol=1e-12)


def test_the_norm_of_a_million_float32_is_summed_in_float64():
    gradient = np.full(1_000_000, 0.1, np.float32)
    assert global_norm(gradient) == pytest.approx(float(np.float32(0.1)) * 1000.0, rel=1e-9)


def test_the_norm_of_nothing_is_0():
    assert global_norm(np.zeros(0)) == global_norm(np.zeros(3)) == 0.0


def test_a_gradient_without_direction_is_left_as_it_is():
    broken = np.array([np.nan, 1.0, 100.0])
    assert math.isnan(by_norm(broken, 1.0))
    np.testing.assert_array_equal(broken, [np.nan, 1.0, 100.0])
    endless = np.array([np.inf, 1.0])
    assert by_norm(endless, 1.0) == math.inf
    assert endless.tolist() == [math.inf, 1.0]


def test_every_rule_reports_the_norm_before():
    for clip, after in ((NO_CLIP, [6.0, 8.0]), (Clip("value", 7.0), [6.0, 7.0])):
        gradient = np.array([6.0, 8.0])
        assert clip.apply(gradient) == 10.0
        assert gradient.tolist() == after
    gradient = np.array([6.0, 8.0])
    assert Clip("norm", 5.0).apply(gradient) == 10.0
    assert gradient.tolist() == [3.0, 4.0]


@pytest.mark.parametrize("limit", [0.0, -1.0, math.nan, math.inf, 1e13, "5", True])
def test_a_limit_out_of_range_is_refused(limit):
    for refuses in (lambda: by_value(np.ones(2), limit), lambda: by_norm(np.ones(2), limit)):
        with pytest.raises(ValueError, match=r"clip limit must be .*above 0 and at most 1e\+12"):
            refuses()
    with pytest.raises(ValueError, match="clip limit must be"):
        Clip("norm", limit)


def test_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match="clip must be one of none, value, norm; got 'global'"):
        Clip("global")

"""A curve of any length: few points, true ones, and the newest always among them."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lab.kit.curve import Curve


def curve_of(count):
    curve = Curve()
    for index in range(count):
        curve.add(3.0 * index, index * index)
    return curve


def test_empty():
    x, y = Curve().columns()
    assert x.shape == y.shape == (0,)


def test_a_short_curve_is_kept_whole():
    x, y = curve_of(100).columns()
    assert x.tolist() == [3.0 * index for index in range(100)]
    assert y.tolist() == [index * index for index in range(100)]


@given(st.integers(1, 5000))
def test_few_points_in_order_from_the_first_to_the_newest(count):
    x, y = curve_of(count).columns()
    points = list(zip((x / 3.0).tolist(), y.tolist(), strict=True))
    assert len(points) <= 257
    assert points == sorted(set(points))
    assert all(value == index * index for index, value in points)
    assert points[0] == (0, 0)
    assert points[-1] == (count - 1, (count - 1) ** 2)


@given(st.integers(300, 5000))
def test_thinning_keeps_the_curve_evenly_covered(count):
    steps = curve_of(count).columns()[0].tolist()
    gaps = [(later - earlier) / 3.0 for earlier, later in pairwise(steps)]
    assert max(gaps) <= 2 * count / 64
    assert len(steps) >= 65


def test_what_jumps_at_every_step_keeps_both_of_its_ends():
    curve = Curve()
    for index in range(4001):
        curve.add(float(index), 9.0 if index % 2 else 1.0)
    x, y = curve.columns()
    assert np.count_nonzero(y == 9.0) >= 60
    assert np.count_nonzero(y == 1.0) >= 60
    assert (np.diff(x) > 0).all()


def test_columns_are_contiguous_and_reading_them_changes_nothing():
    curve = curve_of(1000)
    first = [column.tolist() for column in curve.columns()]
    assert [column.tolist() for column in curve.columns()] == first
    assert all(column.flags["C_CONTIGUOUS"] for column in curve.columns())


def test_equal_losses_in_a_row_are_points_of_their_own():
    curve = Curve()
    for x in (1.0, 2.0, 3.0):
        curve.add(x, 0.5)
    assert curve.columns()[0].tolist() == [1.0, 2.0, 3.0]

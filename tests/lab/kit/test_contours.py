"""Contour lines against surfaces whose lines are known."""

import numpy as np
import pytest

from lab.kit.contours import contour

XS, YS = np.linspace(-1.0, 1.0, 41), np.linspace(-2.0, 2.0, 31)


def test_a_plane_has_one_straight_line():
    (line,) = contour(XS[None, :] + 0.0 * YS[:, None], XS, YS, 0.33)
    assert line[:, 0] == pytest.approx(0.33)
    assert sorted(line[:, 1]) == pytest.approx(YS)


def test_a_slope_is_met_between_the_points():
    (line,) = contour(2.0 * XS[None, :] + YS[:, None], XS, YS, 0.5)
    assert 2.0 * line[:, 0] + line[:, 1] == pytest.approx(0.5)
    assert {tuple(end) for end in (np.abs(line[0]), np.abs(line[-1]))} <= {
        (1.0, 1.5),
        (0.75, 2.0),
    } or np.abs(line[[0, -1]]).max(axis=1) == pytest.approx([1.0, 1.0], abs=1.0)


def test_a_bowl_has_a_closed_line():
    bowl = XS[None, :] ** 2 + YS[:, None] ** 2
    (line,) = contour(bowl, XS, YS, 0.5)
    assert line[0] == pytest.approx(line[-1])
    assert np.hypot(line[:, 0], line[:, 1]) == pytest.approx(0.5**0.5, rel=0.01)


def test_two_hills_and_the_saddle_between_them():
    hills = np.array([[1.0, 0.0], [0.0, 1.0]])
    ends = np.array([0.0, 1.0])
    # with the middle (0.5) above the level the hills are joined, with it below they are apart
    joined = contour(hills, ends, ends, 0.4)
    apart = contour(hills, ends, ends, 0.6)
    assert len(joined) == len(apart) == 2
    for lines, corners in ((joined, ([1, 0], [0, 1])), (apart, ([0, 0], [1, 1]))):
        for line in lines:
            near = [np.abs(line - corner).sum(axis=1).max() for corner in corners]
            assert min(near) == pytest.approx(0.4)


def test_every_point_lies_on_a_side_between_a_higher_and_a_lower_point():
    rng = np.random.default_rng(3)
    heights = rng.normal(size=(9, 12))
    xs, ys = np.arange(12.0), np.arange(9.0)
    crossed = 0
    for line in contour(heights, xs, ys, 0.1):
        for x, y in line:
            assert x == int(x) or y == int(y)
            low, high = (heights[int(np.floor(y)), int(np.floor(x))],
                         heights[int(np.ceil(y)), int(np.ceil(x))])  # fmt: skip
            assert (low > 0.1) != (high > 0.1)
        crossed += len({tuple(point) for point in line.tolist()})
    across = (heights[:, 1:] > 0.1) != (heights[:, :-1] > 0.1)
    up = (heights[1:] > 0.1) != (heights[:-1] > 0.1)
    assert crossed == across.sum() + up.sum()  # each crossing is on exactly one line


def test_no_line_where_nothing_is_crossed():
    assert contour(np.zeros((31, 41)), XS, YS, 1.0) == []


def test_shapes_must_agree():
    with pytest.raises(ValueError, match=r"heights must be \(31, 41\); got \(41, 31\)"):
        contour(np.zeros((41, 31)), XS, YS, 1.0)

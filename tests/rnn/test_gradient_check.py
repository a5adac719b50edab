"""The checker itself: slopes we know, and proof that it can tell a wrong gradient."""

import math

import pytest

from rnn.gradient_check import central_differences, relative_error


def test_slopes_of_a_polynomial():
    # L = a^2 b + 3b at (2, 5): dL/da = 2ab = 20, dL/db = a^2 + 3 = 7
    slopes = central_differences(lambda p: p[0] * p[0] * p[1] + 3 * p[1], [2.0, 5.0])
    assert slopes == pytest.approx([20.0, 7.0], rel=1e-9)


def test_the_error_shrinks_with_the_square_of_epsilon():
    # (sin(eps) - sin(-eps)) / 2 eps = 1 - eps^2/6 + ...
    for epsilon in (1e-1, 1e-2):
        slope = central_differences(lambda p: math.sin(p[0]), [0.0], epsilon)[0]
        assert 1.0 - slope == pytest.approx(epsilon**2 / 6, rel=1e-2)


def test_the_point_is_left_alone():
    point = [1.0, 2.0]
    central_differences(sum, point)
    assert point == [1.0, 2.0]


@pytest.mark.parametrize("epsilon", [0.0, -1e-5, math.nan])
def test_refuses_an_epsilon_that_is_not_positive(epsilon):
    with pytest.raises(ValueError, match=rf"epsilon must be positive; got {epsilon}"):
        central_differences(sum, [1.0], epsilon)


def test_relative_error():
    assert relative_error(2.0, 2.0) == 0.0
    assert relative_error(1.0, 2.0) == 0.5
    assert relative_error(-1.0, 1.0) == 2.0
    assert relative_error(0.0, 0.0) == 0.0
    assert relative_error(0.0, 1e-12) == pytest.approx(1e-4)  # two zeros, but for rounding


def test_a_gradient_wrong_by_one_in_a_hundred_thousand_is_caught():
    numeric = central_differences(lambda p: math.tanh(p[0]), [0.3])[0]
    right = 1.0 - math.tanh(0.3) ** 2
    assert relative_error(right, numeric) <= 1e-6 < relative_error(right * 1.00001, numeric)

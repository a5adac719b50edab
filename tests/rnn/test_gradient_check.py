"""The checker itself: slopes we know, and proof that it can tell a wrong gradient."""

import math

import numpy as np
import pytest

from rnn.gradient_check import central_differences, check_gradients, relative_error
from rnn.parameters import Parameters


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


def quadratic():
    """L = 1/2 sum W^2 + 3 b, so dL/dW = W and dL/db = 3."""
    parameters = Parameters.holding({"W": [[0.5, -1.25], [2.0, 0.75]], "b": [0.1]})
    gradients = Parameters.holding({"W": parameters["W"], "b": [3.0]})

    def loss():
        return float(0.5 * (parameters["W"] ** 2).sum() + 3.0 * parameters["b"].sum())

    return loss, parameters, gradients


def test_a_right_gradient_has_small_errors_everywhere():
    records = check_gradients(*quadratic())
    assert [record.name for record in records] == ["W", "b"]
    assert all(record.error <= 1e-9 for record in records)


def test_the_worst_element_is_named_with_both_numbers():
    loss, parameters, gradients = quadratic()
    gradients["W"][1, 0] = 2.5
    gradients["W"][0, 1] *= 1.0001
    at_w, at_b = check_gradients(loss, parameters, gradients)
    assert (at_w.name, at_w.index, at_w.analytic) == ("W", (1, 0), 2.5)
    assert at_w.numeric == pytest.approx(2.0, rel=1e-9)
    assert at_w.error == pytest.approx(0.2)  # |2.5 - 2| / 2.5
    assert at_b.error <= 1e-9


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_gradient_that_is_no_number_is_the_worst_and_passes_no_comparison(value):
    loss, parameters, gradients = quadratic()
    gradients["W"][0, 0] = 100.0
    gradients["W"][0, 1] = value
    record = check_gradients(loss, parameters, gradients)[0]
    assert record.index == (0, 1)
    assert math.isnan(record.error)


def test_a_loss_that_is_no_number_passes_no_comparison():
    _, parameters, gradients = quadratic()
    records = check_gradients(lambda: math.nan, parameters, gradients)
    assert all(math.isnan(record.error) for record in records)


def test_parameters_are_put_back_to_the_last_bit():
    loss, parameters, gradients = quadratic()
    before = parameters.flat.copy()
    check_gradients(loss, parameters, gradients)
    assert (parameters.flat == before).all()

    def failing():
        raise RuntimeError("no loss")

    with pytest.raises(RuntimeError, match="no loss"):
        check_gradients(failing, parameters, gradients)
    assert (parameters.flat == before).all()


def test_a_tiny_gradient_among_large_ones_is_measured_against_a_thousandth_of_them():
    # dL/da = 1, dL/db = 1e-9: of the second only a few digits survive in the loss
    parameters = Parameters.holding({"a": [1.0], "b": [1.0]})
    gradients = Parameters.holding({"a": [1.0], "b": [0.0]})
    records = check_gradients(
        lambda: float(parameters["a"][0] + 1e-9 * parameters["b"][0]), parameters, gradients
    )
    assert records[1].error == pytest.approx(1e-6, rel=0.1)


def test_refuses_single_precision():
    loss, parameters, gradients = quadratic()
    with pytest.raises(ValueError, match="parameters must be float64 to be checked; got float32"):
        check_gradients(loss, parameters.copy(np.float32), gradients)


def test_refuses_gradients_of_another_shape():
    loss, parameters, _ = quadratic()
    with pytest.raises(ValueError, match=r"names and shapes .*; got \{'W': \(3,\)\}"):
        check_gradients(loss, parameters, Parameters({"W": (3,)}))


def test_check_gradients_refuses_an_epsilon_that_is_not_positive():
    with pytest.raises(ValueError, match=r"epsilon must be positive; got 0"):
        check_gradients(*quadratic(), epsilon=0.0)

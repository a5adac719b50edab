"""The landscape is the one-unit network's loss, place by place, and a step on it goes downhill."""

import math

import numpy as np
import pytest

from rnn.activations import ACTIVATIONS
from rnn.gradient_check import central_differences
from rnn.landscape import Problem, losses, slope_at, step
from rnn.one_unit import Weights, forward, mean_squared_error

REST = Weights(0.0, 0.0, 1.5, 0.1, -0.2)
EAST, NORTH = np.linspace(-2.0, 2.0, 7), np.linspace(-1.5, 1.5, 5)
LAST_ONLY = [None, None, None, 0.7]
PROBLEMS = {
    (name, kind): Problem([1.0, -0.5, 0.25, 2.0], targets, ACTIVATIONS[name])
    for name in ACTIVATIONS
    for kind, targets in (("all", [1.0, 0.0, -1.0, 0.5]), ("last", LAST_ONLY))
}


@pytest.mark.parametrize("problem", PROBLEMS.values(), ids=map(str, PROBLEMS))
def test_every_place_is_a_direct_evaluation(problem):
    found = losses(REST, problem, EAST[None, :], NORTH[:, None])
    assert found.shape == (5, 7)
    for row, w_h in enumerate(NORTH.tolist()):
        for column, w_x in enumerate(EAST.tolist()):
            weights = REST._replace(w_x=w_x, w_h=w_h)
            outputs = forward(weights, problem.inputs, problem.activation).outputs
            direct = mean_squared_error(outputs, problem.targets)
            assert found[row, column] == pytest.approx(direct, rel=1e-12)


@pytest.mark.parametrize("problem", PROBLEMS.values(), ids=map(str, PROBLEMS))
def test_the_slope_is_that_of_the_surface(problem):
    weights = REST._replace(w_x=0.6, w_h=0.7)
    slope = slope_at(weights, problem)

    def height(place):
        return float(losses(REST, problem, np.array(place[0]), np.array(place[1])))

    assert slope.loss == pytest.approx(height([0.6, 0.7]), rel=1e-12)
    expected = central_differences(height, [0.6, 0.7])
    assert [slope.d_w_x, slope.d_w_h] == pytest.approx(expected, rel=1e-6, abs=1e-9)
    assert slope.norm == math.hypot(slope.d_w_x, slope.d_w_h)


def test_a_cliff_by_hand():
    # a 1 carried over 15 steps by a linear unit: y_15 = w_x w_h^14, L = (w_x w_h^14 - 1)^2
    problem = Problem([1.0] + [0.0] * 14, [None] * 14 + [1.0], ACTIVATIONS["linear"])
    rest = Weights(0.0, 0.0, 1.0, 0.0, 0.0)
    found = losses(rest, problem, np.array([1.0, 2.0, 2.0]), np.array([1.0, 1.0, 1.5]))
    assert found == pytest.approx([0.0, 1.0, (2.0 * 1.5**14 - 1.0) ** 2])
    slope = slope_at(rest._replace(w_x=2.0, w_h=1.5), problem)
    error = 2.0 * (2.0 * 1.5**14 - 1.0)
    assert slope.d_w_x == pytest.approx(error * 1.5**14)
    assert slope.d_w_h == pytest.approx(error * 2.0 * 14 * 1.5**13)


def test_a_step_with_and_without_a_limit():
    weights = REST._replace(w_x=1.0, w_h=1.0)
    slope = slope_at(weights, PROBLEMS["linear", "all"])._replace(d_w_x=30.0, d_w_h=-40.0)
    assert slope.norm == 50.0
    assert step(weights, slope, 0.1, None) == weights._replace(w_x=-2.0, w_h=5.0)
    cut = step(weights, slope, 0.1, 5.0)  # a tenth of the length, the same direction
    assert cut == pytest.approx(weights._replace(w_x=0.7, w_h=1.4))
    assert step(weights, slope, 0.1, 50.0) == step(weights, slope, 0.1, None)


def test_what_grows_beyond_all_numbers_raises_nothing():
    problem = Problem([1.0] * 50, [None] * 49 + [1.0], ACTIVATIONS["linear"])
    found = losses(REST, problem, np.array([1e300, -1e300]), np.array([1e300, 1e308]))
    assert not np.isfinite(found).any()


@pytest.mark.parametrize("targets", [[None, None], [1.0]])
def test_targets_must_fit(targets):
    with pytest.raises(ValueError, match="as many targets as inputs"):
        losses(REST, Problem([1.0, 2.0], targets, ACTIVATIONS["tanh"]), EAST, EAST)

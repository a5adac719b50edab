"""Every number of the walk: by hand, and held to the engine that keeps less of it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn.activations import ACTIVATIONS
from rnn.cells.elman import Elman
from rnn.one_unit import Weights, backward, forward, mean_squared_error
from rnn.unroll import backward as unrolled_backward
from rnn.unroll import forward as unrolled_forward
from rnn.walk import Key, walk

NUMBERS = st.floats(-2.0, 2.0)
WEIGHTS = st.builds(Weights, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
STEPS = st.lists(st.tuples(NUMBERS, st.none() | NUMBERS), min_size=1, max_size=7).filter(
    lambda steps: any(target is not None for _, target in steps)
)
HAND = Weights(w_x=0.5, w_h=-1.0, w_y=2.0, b_h=0.25, b_y=-0.5)


def by_hand(**options):
    """The linear example of tests/rnn/test_one_unit.py."""
    return walk(HAND, [1.0, 2.0, 3.0], [1.0, 2.0, 0.5], ACTIVATIONS["linear"], **options)


def column(paper, kind, steps=3):
    return [paper.value(kind, t) for t in range(1, steps + 1)]


def test_forward_by_hand():
    paper = by_hand()
    assert column(paper, "a") == column(paper, "h") == [0.75, 0.5, 1.25]
    assert column(paper, "y") == [1.0, 0.5, 2.0]
    # y - target = 0, -1.5, 1.5; squared and divided by 3
    assert column(paper, "share") == [0.0, 0.75, 0.75]
    assert paper.value("loss") == 1.5


def test_backward_by_hand():
    paper = by_hand()
    assert column(paper, "d_y") == [0.0, -1.0, 1.0]  # 2/3 (y - target)
    assert column(paper, "above") == [0.0, -2.0, 2.0]  # 2 dL/dy
    assert column(paper, "later") == [4.0, -2.0, 0.0]  # -1 times the error signal to the right
    assert column(paper, "d_h") == column(paper, "d_a") == [4.0, -4.0, 2.0]
    assert column(paper, "slope") == [1.0, 1.0, 1.0]
    assert column(paper, "add_w_x") == [4.0, -8.0, 6.0]
    assert column(paper, "add_w_h") == [0.0, -3.0, 1.0]
    assert column(paper, "add_w_y") == [0.0, -0.5, 1.25]
    assert [paper.value(f"d_{name}") for name in Weights._fields] == [2.0, -2.0, 0.75, 2.0, 0.0]


def test_cut_after_every_second_step_by_hand():
    # between steps 2 and 3 nothing flows: d_3 = 2, d_2 = -2, d_1 = 0 - 1 * -2 = 2
    paper = by_hand(truncate=2)
    assert column(paper, "later") == [2.0, 0.0, 0.0]
    assert column(paper, "d_a") == [2.0, -2.0, 2.0]
    assert paper.value("d_w_h") == 1.0 - 2.0 * 0.75 + 0.0
    assert paper.computed[Key("later", 2)].made_of == ()


def test_the_order_is_that_of_the_pencil():
    kinds = [(key.kind, key.step) for key in by_hand().computed]
    assert kinds[:5] == [("a", 1), ("h", 1), ("y", 1), ("share", 1), ("a", 2)]
    assert kinds[12] == ("loss", 0)
    assert kinds[13:24] == [
        *(("d_y", 3), ("add_w_y", 3), ("add_b_y", 3), ("above", 3), ("later", 3)),
        *(("d_h", 3), ("slope", 3), ("d_a", 3)),
        *(("add_w_x", 3), ("add_w_h", 3), ("add_b_h", 3)),
    ]
    assert kinds[-5:] == [(f"d_{name}", 0) for name in Weights._fields]
    assert len(kinds) == 15 * 3 + 6


def test_nothing_is_made_of_what_comes_later():
    paper = by_hand()
    known = set(paper.given)
    for key, number in paper.computed.items():
        assert known.issuperset(number.made_of)
        known.add(key)


@given(weights=WEIGHTS, steps=STEPS, data=st.data())
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_it_is_the_engines_pass(activation, weights, steps, data):
    inputs, targets = [list(each) for each in zip(*steps, strict=True)]
    truncate = data.draw(st.none() | st.integers(1, 8))
    f = ACTIVATIONS[activation]
    paper = walk(weights, inputs, targets, f, truncate)
    trace = forward(weights, inputs, f)
    back = backward(weights, inputs, targets, trace, f, truncate=truncate)
    count = len(inputs)
    assert column(paper, "h", count) == trace.hidden
    assert column(paper, "y", count) == trace.outputs
    assert paper.value("loss") == pytest.approx(mean_squared_error(trace.outputs, targets))
    assert column(paper, "d_a", count) == back.error_signals
    assert Weights(*(paper.value(f"d_{name}") for name in Weights._fields)) == back.gradient


@given(weights=WEIGHTS, steps=STEPS, data=st.data())
def test_it_is_the_unrolled_cells_pass_too(weights, steps, data):
    inputs, targets = [list(each) for each in zip(*steps, strict=True)]
    truncate = data.draw(st.none() | st.integers(1, 8))
    paper = walk(weights, inputs, targets, ACTIVATIONS["tanh"], truncate)
    count = len(inputs)
    cell = Elman(1, 1)
    matrices = {
        "W_xh": np.array([[weights.w_x]]),
        "W_hh": np.array([[weights.w_h]]),
        "b_h": np.array([weights.b_h]),
    }
    run = unrolled_forward(cell, matrices, np.array(inputs).reshape(-1, 1, 1))
    gradients = {name: np.zeros_like(each) for name, each in matrices.items()}
    above = np.array(column(paper, "above", count)).reshape(-1, 1, 1)
    back = unrolled_backward(
        cell, matrices, run, above, gradients, truncate=truncate, keep_states=True
    )
    assert run.outputs.ravel() == pytest.approx(column(paper, "h", count))
    d_h = [float(state[0][0, 0]) for state in back.d_states]
    assert d_h[1:] == pytest.approx(column(paper, "d_h", count), abs=1e-12)
    for name, matrix in (("w_x", "W_xh"), ("w_h", "W_hh"), ("b_h", "b_h")):
        assert paper.value(f"d_{name}") == pytest.approx(gradients[matrix].item(), abs=1e-12)


def test_a_step_without_a_target_asks_for_nothing():
    paper = walk(HAND, [1.0, 2.0], [None, 1.0], ACTIVATIONS["linear"])
    assert Key("share", 1) not in paper.computed
    assert paper.value("d_y", 1) == paper.value("above", 1) == 0.0
    assert paper.value("d_h", 1) == paper.value("later", 1) != 0.0


@pytest.mark.parametrize(
    ("targets", "told"),
    [([1.0], "2 inputs, 1 targets, 1 of"), ([None, None], "2 inputs, 2 targets, 0 of")],
)
def test_targets_must_fit(targets, told):
    with pytest.raises(ValueError, match=told):
        walk(HAND, [1.0, 2.0], targets, ACTIVATIONS["tanh"])


@pytest.mark.parametrize("truncate", [0, -1, 1.5, True])
def test_truncation_is_a_whole_number_from_1(truncate):
    with pytest.raises(ValueError, match="truncate must be a whole number from 1"):
        by_hand(truncate=truncate)


@pytest.mark.parametrize("huge", [1e200, -1e308, math.inf, math.nan])
def test_numbers_beyond_all_bounds_raise_nothing(huge):
    paper = walk(Weights(*[huge] * 5), [1.0, 2.0], [1.0, 1.0], ACTIVATIONS["linear"])
    assert not math.isfinite(paper.value("loss"))

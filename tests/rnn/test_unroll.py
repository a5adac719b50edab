"""The walk itself: by hand, with masks, in pieces, in either precision, and what it refuses."""

import numpy as np
import pytest

from rnn import unroll
from rnn.cells import make_cell
from rnn.parameters import Parameters
from tests.rnn.sequence_problems import CELLS, cell_named, draw_point, initial_state

# The linear example of test_one_unit without its output: h = 0.75, 0.5, 1.25.
CELL = make_cell("rnn", 1, 1, "linear")
WEIGHTS = Parameters.holding({"W_xh": [[0.5]], "W_hh": [[-1.0]], "b_h": [0.25]})
INPUTS = np.array([1.0, 2.0, 3.0]).reshape(3, 1, 1)


def column(*values):
    return np.array(values, float).reshape(-1, 1, 1)


def walk(name, time=5, batch=3, mask=None, dtype=np.float64):
    cell = cell_named(name)
    point = draw_point(cell, time, batch, np.random.default_rng(4)).copy(dtype)
    walked = unroll.forward(cell, point, point["inputs"], initial_state(cell, point), mask)
    return cell, point, walked


def test_a_walk_by_hand():
    walked = unroll.forward(CELL, WEIGHTS, INPUTS)
    assert walked.outputs.ravel().tolist() == [0.75, 0.5, 1.25]
    assert [state[0].item() for state in walked.states] == [0.0, 0.75, 0.5, 1.25]
    assert walked.final_state[0].item() == 1.25


def test_a_walk_back_by_hand():
    # d_outputs = (0, -2, 2): d_3 = 2, d_2 = -2 - d_3 = -4, d_1 = 0 - d_2 = 4, d_0 = -d_1 = -4
    walked = unroll.forward(CELL, WEIGHTS, INPUTS)
    gradients = WEIGHTS.zeros()
    back = unroll.backward(
        CELL, WEIGHTS, walked, column(0, -2, 2), gradients, truncate=None, keep_states=True
    )
    assert [state[0].item() for state in back.d_states] == [-4.0, 4.0, -4.0, 2.0]
    assert back.d_initial_state[0].item() == -4.0
    assert back.d_inputs.ravel().tolist() == [2.0, -2.0, 1.0]
    # W_xh: 4*1 - 4*2 + 2*3 = 2    W_hh: -4*0.75 + 2*0.5 = -2    b_h: 4 - 4 + 2 = 2
    assert gradients.flat.tolist() == [2.0, -2.0, 2.0]


def test_a_cut_by_hand():
    # Cut after step 2: d_3 = 2 stays in its own piece; d_2 = -2, d_1 = 0 + 2, d_0 = -2
    walked = unroll.forward(CELL, WEIGHTS, INPUTS)
    gradients = WEIGHTS.zeros()
    back = unroll.backward(
        CELL, WEIGHTS, walked, column(0, -2, 2), gradients, truncate=2, keep_states=True
    )
    assert [state[0].item() for state in back.d_states] == [-2.0, 2.0, -2.0, 2.0]
    # W_xh: 2*1 - 2*2 + 2*3 = 4    W_hh: -2*0.75 + 2*0.5 = -0.5    b_h: 2 - 2 + 2 = 2
    assert gradients.flat.tolist() == [4.0, -0.5, 2.0]


def test_a_masked_walk_by_hand():
    # Step 2 is left out: h = 0.75, then 0.5*3 - 0.75 + 0.25 = 1
    mask = np.array([[True], [False], [True]])
    walked = unroll.forward(CELL, WEIGHTS, INPUTS, mask=mask)
    assert walked.outputs.ravel().tolist() == [0.75, 0.0, 1.0]
    assert [state[0].item() for state in walked.states] == [0.0, 0.75, 0.75, 1.0]
    gradients = WEIGHTS.zeros()
    back = unroll.backward(CELL, WEIGHTS, walked, column(1, 100, 2), gradients, keep_states=True)
    # d_3 = 2; h_2 is h_1, which step 3 wants -2 of; d_1 = 1 - 2 = -1; d_0 = 1
    assert [state[0].item() for state in back.d_states] == [1.0, -1.0, -2.0, 2.0]
    assert back.d_inputs.ravel().tolist() == [-0.5, 0.0, 1.0]
    assert gradients.flat.tolist() == [-1 * 1 + 2 * 3, 2 * 0.75, -1 + 2]


@pytest.mark.parametrize("name", CELLS)
def test_the_walk_is_the_cell_step_by_step(name):
    cell, point, walked = walk(name)
    state = initial_state(cell, point)
    for t, x in enumerate(point["inputs"]):
        state, _ = cell.forward(point, x, state)
        assert (walked.outputs[t] == state[0]).all()
        assert all((a == b).all() for a, b in zip(walked.states[t + 1], state, strict=True))


@pytest.mark.parametrize("name", CELLS)
def test_the_state_starts_at_zero_unless_told(name):
    cell, point, _ = walk(name)
    told = tuple(np.zeros((3, 3)) for _ in cell.state_names)
    one, other = (unroll.forward(cell, point, point["inputs"], state) for state in (None, told))
    assert (one.outputs == other.outputs).all()


@pytest.mark.parametrize("name", CELLS)
def test_padding_is_never_read(name):
    cell, point, _ = walk(name)
    mask = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [1, 0, 0], [0, 0, 0]], bool)
    results = []
    for padding in (0.0, np.nan, np.inf):
        inputs = np.where(mask[:, :, None], point["inputs"], padding)
        walked = unroll.forward(cell, point, inputs, mask=mask)
        d_outputs = np.where(mask[:, :, None], np.ones(3), padding)
        gradients = point.zeros()
        back = unroll.backward(cell, point, walked, d_outputs, gradients)
        results.append([walked.outputs, gradients.flat, back.d_inputs, *back.d_initial_state])
    for other in results[1:]:
        assert all((a == b).all() for a, b in zip(results[0], other, strict=True))
    assert not results[0][0][~mask].any()
    assert not results[0][2][~mask].any()


@pytest.mark.parametrize("name", CELLS)
def test_a_mask_of_true_alone_changes_nothing(name):
    cell, point, walked = walk(name)
    _, _, masked = walk(name, mask=np.ones((5, 3), bool))
    assert (walked.outputs == masked.outputs).all()
    plain, other = point.zeros(), point.zeros()
    unroll.backward(cell, point, walked, walked.outputs, plain)
    unroll.backward(cell, point, masked, walked.outputs, other)
    assert (plain.flat == other.flat).all()


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("masked", [False, True])
def test_the_dtype_stays(name, dtype, masked):
    cell, point, walked = walk(name, mask=np.eye(5, 3, dtype=bool) if masked else None, dtype=dtype)
    back = unroll.backward(cell, point, walked, walked.outputs, point.zeros(), keep_states=True)
    fresh = unroll.forward(cell, point, point["inputs"]).outputs
    arrays = [walked.outputs, fresh, back.d_inputs, *back.d_initial_state]
    arrays += [part for state in (*walked.states, *back.d_states) for part in state]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}


@pytest.mark.parametrize("name", CELLS)
def test_a_walk_back_changes_neither_what_it_is_given_nor_what_was_kept(name):
    cell, point, walked = walk(name)
    d_outputs, d_final = walked.outputs.copy(), tuple(part + 1.0 for part in walked.final_state)
    outputs, weights = walked.outputs.copy(), point.copy()
    first, second = point.zeros(), point.zeros()
    for gradients in (first, second):
        unroll.backward(cell, point, walked, d_outputs, gradients, d_final)
    assert (first.flat == second.flat).all()
    assert (d_outputs == outputs).all()
    assert all((a == b + 1.0).all() for a, b in zip(d_final, walked.final_state, strict=True))
    assert (point.flat == weights.flat).all()


@pytest.mark.parametrize("name", CELLS)
def test_the_states_gradients_are_kept_on_request_only(name):
    cell, point, walked = walk(name)
    plain = unroll.backward(cell, point, walked, walked.outputs, point.zeros())
    kept = unroll.backward(cell, point, walked, walked.outputs, point.zeros(), keep_states=True)
    assert plain.d_states is None
    assert len(kept.d_states) == 6
    assert all((a == b).all() for a, b in zip(kept.d_states[0], kept.d_initial_state, strict=True))


@pytest.mark.parametrize("shape", [(0, 1, 1), (3, 0, 1), (3, 1, 2), (3, 1), (3,)])
def test_refuses_inputs_of_another_shape(shape):
    with pytest.raises(ValueError, match=r"inputs must be \(time, batch, 1\) .*; got \("):
        unroll.forward(CELL, WEIGHTS, np.zeros(shape))


@pytest.mark.parametrize(
    "state", [(), (np.zeros((2, 1)),), (np.zeros((1, 2)),), (np.zeros((1, 1)), np.zeros((1, 1)))]
)
def test_refuses_a_state_of_another_shape(state):
    with pytest.raises(ValueError, match=r"a state must hold h of shape \(1, 1\); got"):
        unroll.forward(CELL, WEIGHTS, INPUTS, state)
    walked = unroll.forward(CELL, WEIGHTS, INPUTS)
    with pytest.raises(ValueError, match=r"a state must hold h of shape \(1, 1\); got"):
        unroll.backward(CELL, WEIGHTS, walked, INPUTS, WEIGHTS.zeros(), state)


@pytest.mark.parametrize("mask", [np.ones((1, 3), bool), np.ones((3, 1)), np.ones(3, bool)])
def test_refuses_a_mask_that_is_none(mask):
    with pytest.raises(ValueError, match=r"mask must be booleans of shape \(3, 1\); got"):
        unroll.forward(CELL, WEIGHTS, INPUTS, mask=mask)


def test_refuses_gradients_of_other_outputs():
    walked = unroll.forward(CELL, WEIGHTS, INPUTS)
    with pytest.raises(ValueError, match=r"d_outputs must .* \(3, 1, 1\); got \(2, 1, 1\)"):
        unroll.backward(CELL, WEIGHTS, walked, INPUTS[:2], WEIGHTS.zeros())


@pytest.mark.parametrize("truncate", [0, -1, 2.0, True, "2"])
def test_refuses_a_truncation_that_is_no_length(truncate):
    walked = unroll.forward(CELL, WEIGHTS, INPUTS)
    with pytest.raises(ValueError, match=f"truncate must be a whole number .* got {truncate!r}"):
        unroll.backward(CELL, WEIGHTS, walked, INPUTS, WEIGHTS.zeros(), truncate=truncate)

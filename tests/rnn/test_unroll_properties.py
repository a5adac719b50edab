"""What holds for any cell on any sequence: 200 examples of each."""

from typing import NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn import unroll
from rnn.arrays import Array, BoolArray, State
from rnn.cells.cell import Cell
from rnn.parameters import Parameters
from tests.rnn.sequence_problems import CELLS, cell_named, draw_point, initial_state

MANY = settings(max_examples=200, deadline=None)


class Walk(NamedTuple):
    """A cell, its weights and state, and what is asked of every output and of the final state."""

    cell: Cell
    weights: Parameters
    inputs: Array
    state: State
    mask: BoolArray | None
    d_outputs: Array
    d_final: State


class Result(NamedTuple):
    outputs: Array
    final: State
    gradients: Array
    d_inputs: Array
    d_initial: State


@st.composite
def walks(draw, min_time=1):
    cell = cell_named(draw(st.sampled_from(list(CELLS))), *draw(st.tuples(SIZES, SIZES)))
    time, batch = draw(st.integers(min_time, 6)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    point = draw_point(cell, time, batch, rng)
    mask = rng.random((time, batch)) < 0.7 if draw(st.booleans()) else None
    state = initial_state(cell, point)
    d_outputs = rng.normal(size=(time, batch, cell.hidden))
    d_final = tuple(rng.normal(size=part.shape) for part in state)
    return Walk(cell, point, point["inputs"], state, mask, d_outputs, d_final)


SIZES = st.integers(1, 3)


def run(walk: Walk, truncate: int | None = None) -> Result:
    cell, weights, inputs, state, mask, d_outputs, d_final = walk
    gradients = weights.zeros()
    walked = unroll.forward(cell, weights, inputs, state, mask)
    back = unroll.backward(cell, weights, walked, d_outputs, gradients, d_final, truncate)
    final, d_initial = walked.final_state, back.d_initial_state
    return Result(walked.outputs, final, gradients.flat, back.d_inputs, d_initial)


def of_members(walk: Walk, members) -> Walk:
    """The same walk with only these members of the batch, in this order."""
    return walk._replace(
        inputs=walk.inputs[:, members],
        state=tuple(part[members] for part in walk.state),
        mask=None if walk.mask is None else walk.mask[:, members],
        d_outputs=walk.d_outputs[:, members],
        d_final=tuple(part[members] for part in walk.d_final),
    )


def same(one: Result, other: Result) -> bool:
    pairs = zip(flattened(one), flattened(other), strict=True)
    return all(np.allclose(a, b, rtol=1e-12, atol=1e-12) for a, b in pairs)


def flattened(result: Result) -> list[Array]:
    outputs, final, gradients, d_inputs, d_initial = result
    return [outputs, *final, gradients, d_inputs, *d_initial]


@MANY
@given(walk=walks(min_time=2), data=st.data())
def test_in_two_pieces_with_the_state_carried_it_is_the_whole(walk, data):
    at = data.draw(st.integers(1, len(walk.inputs) - 1))
    masks = (None, None) if walk.mask is None else (walk.mask[:at], walk.mask[at:])
    head = walk._replace(inputs=walk.inputs[:at], mask=masks[0], d_outputs=walk.d_outputs[:at])
    carried = unroll.forward(walk.cell, walk.weights, head.inputs, head.state, head.mask)
    tail = walk._replace(
        inputs=walk.inputs[at:],
        mask=masks[1],
        d_outputs=walk.d_outputs[at:],
        state=carried.final_state,
    )
    second = run(tail)
    first = run(head._replace(d_final=second.d_initial))  # and its gradient is carried back
    joined = Result(
        np.concatenate((first.outputs, second.outputs)),
        second.final,
        first.gradients + second.gradients,
        np.concatenate((first.d_inputs, second.d_inputs)),
        first.d_initial,
    )
    assert same(joined, run(walk))


@MANY
@given(walk=walks())
def test_a_batch_is_its_members(walk):
    alone = [run(of_members(walk, [member])) for member in range(walk.inputs.shape[1])]
    joined = Result(
        np.concatenate([each.outputs for each in alone], axis=1),
        tuple(map(np.concatenate, zip(*(each.final for each in alone), strict=True))),
        np.sum([each.gradients for each in alone], axis=0),
        np.concatenate([each.d_inputs for each in alone], axis=1),
        tuple(map(np.concatenate, zip(*(each.d_initial for each in alone), strict=True))),
    )
    assert same(joined, run(walk))


@MANY
@given(walk=walks(), data=st.data())
def test_permuting_the_batch_permutes_the_results(walk, data):
    order = data.draw(st.permutations(range(walk.inputs.shape[1])))
    before, after = run(walk), run(of_members(walk, order))
    permuted = Result(
        before.outputs[:, order],
        tuple(part[order] for part in before.final),
        before.gradients,
        before.d_inputs[:, order],
        tuple(part[order] for part in before.d_initial),
    )
    assert same(permuted, after)


@MANY
@given(walk=walks(), padding=st.lists(st.integers(0, 6), min_size=1, max_size=3))
def test_padding_under_a_mask_changes_nothing(walk, padding):
    time, batch, _ = walk.inputs.shape
    places = [min(place, time) for place in padding]  # before these steps, or after the last
    real = np.ones((time, batch), bool) if walk.mask is None else walk.mask
    padded = walk._replace(
        inputs=np.insert(walk.inputs, places, 7.0, axis=0),
        mask=np.insert(real, places, False, axis=0),
        d_outputs=np.insert(walk.d_outputs, places, 9.0, axis=0),
    )
    kept = np.insert(np.ones(time, bool), places, False)
    after = run(padded)
    assert not after.outputs[~kept].any()
    assert not after.d_inputs[~kept].any()
    shortened = after._replace(outputs=after.outputs[kept], d_inputs=after.d_inputs[kept])
    assert same(shortened, run(walk))


@MANY
@given(walk=walks(), longer=st.integers(0, 3))
def test_a_truncation_at_least_as_long_as_the_sequence_is_none(walk, longer):
    cut, full = run(walk, len(walk.inputs) + longer), run(walk)
    assert all((a == b).all() for a, b in zip(flattened(cut), flattened(full), strict=True))


@MANY
@given(walk=walks(), truncate=st.integers(1, 6))
def test_truncation_is_training_on_pieces_with_the_state_carried(walk, truncate):
    starts = range(0, len(walk.inputs), truncate)
    state, gradients = walk.state, np.zeros_like(walk.weights.flat)
    for start in starts:
        part = slice(start, start + truncate)
        nothing = tuple(np.zeros_like(d) for d in walk.d_final)
        piece = walk._replace(
            inputs=walk.inputs[part],
            mask=None if walk.mask is None else walk.mask[part],
            d_outputs=walk.d_outputs[part],
            state=state,
            d_final=walk.d_final if start == starts[-1] else nothing,
        )
        result = run(piece)
        gradients += result.gradients
        state = result.final
    assert np.allclose(gradients, run(walk, truncate).gradients, rtol=1e-12, atol=1e-12)


@MANY
@given(walk=walks())
def test_twice_the_question_is_twice_the_gradient(walk):
    doubled = walk._replace(
        d_outputs=2.0 * walk.d_outputs, d_final=tuple(2.0 * part for part in walk.d_final)
    )
    once, twice = run(walk), run(doubled)
    pairs = zip(flattened(once)[-3:], flattened(twice)[-3:], strict=True)
    assert all(np.allclose(2.0 * a, b, rtol=1e-12, atol=1e-12) for a, b in pairs)

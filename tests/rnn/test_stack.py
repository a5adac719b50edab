"""Stacks: every derivative in every arrangement, and what layers, directions and dropout mean."""

import numpy as np
import pytest

from rnn import unroll
from rnn.cells import make_cell
from rnn.parameters import Parameters
from rnn.stack import Stack, make_stack
from tests.rnn.network_problems import BATCH, MASK, RAGGED, TIME, draw_stack, stack_records
from tests.rnn.sequence_problems import wrong

ARRANGEMENTS = [(False, "concat"), (True, "concat"), (True, "sum")]


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize(("bidirectional", "merge"), ARRANGEMENTS)
@pytest.mark.parametrize("mask", [None, RAGGED], ids=["whole", "ragged"])
def test_every_gradient(kind, bidirectional, merge, mask):
    stack = make_stack(kind, 2, 2, 2, bidirectional=bidirectional, merge=merge)
    assert wrong(stack_records(stack, mask=mask)) == []


@pytest.mark.parametrize("layers", [1, 3])
def test_every_gradient_at_any_depth(layers):
    assert wrong(stack_records(make_stack("rnn", 3, 2, layers, bidirectional=True))) == []


def test_every_gradient_of_unlike_layers():
    cells = (make_cell("gru", 2, 2), make_cell("lstm", 4, 1), make_cell("rnn", 2, 3))
    assert wrong(stack_records(Stack(cells, bidirectional=True), mask=MASK)) == []


@pytest.mark.parametrize("bidirectional", [False, True])
def test_every_gradient_under_dropout(bidirectional):
    stack = make_stack("gru", 2, 2, 3, bidirectional=bidirectional, dropout=0.4)
    assert wrong(stack_records(stack, mask=MASK, dropout_seed=5)) == []


def test_truncation_at_least_as_long_as_the_sequence_cuts_nothing():
    stack = make_stack("lstm", 2, 2, 2, bidirectional=True)
    assert wrong(stack_records(stack, mask=MASK, truncate=TIME)) == []


def test_truncation_reaches_every_layer():
    stack = make_stack("rnn", 2, 2, 2)
    parameters, inputs = draw_stack(stack)
    run = stack.forward(parameters, inputs)
    last = np.zeros_like(run.outputs)
    last[-1] = 1.0
    back = stack.backward(parameters, run, last, parameters.zeros(), truncate=1)
    assert not back.d_inputs[:-1].any()
    assert back.d_inputs[-1].all()
    assert not any(part.any() for state in back.d_initial_states for part in state)


def test_a_stack_of_one_is_its_cell():
    stack = make_stack("gru", 2, 3)
    parameters, inputs = draw_stack(stack)
    alone = unroll.forward(stack.cells[0], parameters.part("layer0."), inputs, mask=MASK)
    run = stack.forward(parameters, inputs, mask=MASK)
    assert np.array_equal(run.outputs, alone.outputs)
    assert np.array_equal(run.final_states[0][0], alone.final_state[0])


def test_the_second_layer_reads_the_first():
    stack = make_stack("rnn", 2, 3, 2)
    parameters, inputs = draw_stack(stack)
    first = unroll.forward(stack.cells[0], parameters.part("layer0."), inputs)
    second = unroll.forward(stack.cells[1], parameters.part("layer1."), first.outputs)
    assert np.array_equal(stack.forward(parameters, inputs).outputs, second.outputs)


def test_names_and_shapes():
    stack = make_stack("rnn", 5, 3, 2, bidirectional=True)
    assert (stack.inputs, stack.outputs) == (5, 6)
    assert stack.shapes == {
        "layer0.W_xh": (3, 5), "layer0.W_hh": (3, 3), "layer0.b_h": (3,),
        "layer0.back.W_xh": (3, 5), "layer0.back.W_hh": (3, 3), "layer0.back.b_h": (3,),
        "layer1.W_xh": (3, 6), "layer1.W_hh": (3, 3), "layer1.b_h": (3,),
        "layer1.back.W_xh": (3, 6), "layer1.back.W_hh": (3, 3), "layer1.back.b_h": (3,),
    }  # fmt: skip
    assert make_stack("rnn", 5, 3, 2, bidirectional=True, merge="sum").outputs == 3


def test_each_direction_draws_its_own_weights():
    stack = make_stack("lstm", 2, 3, bidirectional=True)
    parameters = Parameters(stack.shapes)
    stack.initialise(parameters, np.random.default_rng(0))
    assert not np.array_equal(parameters["layer0.W_hh"], parameters["layer0.back.W_hh"])
    assert parameters["layer0.back.b_h"][3:6] == pytest.approx(1.0)  # the forget gates' bias


def test_the_way_back_is_the_way_there_of_the_turned_sequence():
    stack = make_stack("gru", 2, 3, bidirectional=True)
    parameters, inputs = draw_stack(stack)
    for name in stack.cells[0].shapes:
        parameters[f"layer0.back.{name}"][...] = parameters[f"layer0.{name}"]
    outputs = stack.forward(parameters, inputs).outputs
    turned = stack.forward(parameters, inputs[::-1]).outputs
    assert np.array_equal(outputs[:, :, 3:], turned[::-1, :, :3])
    summed = make_stack("gru", 2, 3, bidirectional=True, merge="sum")
    assert np.array_equal(
        summed.forward(parameters, inputs).outputs, outputs[:, :, :3] + outputs[:, :, 3:]
    )


def test_states_carry_a_sequence_on():
    stack = make_stack("lstm", 2, 3, 2)
    parameters, inputs = draw_stack(stack)
    head = stack.forward(parameters, inputs[:2])
    tail = stack.forward(parameters, inputs[2:], head.final_states)
    whole = stack.forward(parameters, inputs).outputs
    assert np.array_equal(np.concatenate([head.outputs, tail.outputs]), whole)


def test_dropout_is_between_layers_only():
    one = make_stack("rnn", 2, 8, 1, dropout=0.5)
    parameters, inputs = draw_stack(one)
    used = one.forward(parameters, inputs).outputs
    trained = one.forward(parameters, inputs, rng=np.random.default_rng(0)).outputs
    assert np.array_equal(used, trained)
    two = make_stack("rnn", 2, 8, 2, dropout=0.5)
    parameters, inputs = draw_stack(two)
    run = two.forward(parameters, inputs, rng=np.random.default_rng(0))
    assert len(run.factors) == 1
    assert set(np.unique(run.factors[0])) == {0.0, 2.0}
    assert run.outputs.all()  # what the last layer puts out is left alone
    again = two.forward(parameters, inputs, rng=np.random.default_rng(0))
    assert np.array_equal(run.outputs, again.outputs)
    assert not np.array_equal(run.outputs, two.forward(parameters, inputs).outputs)


@pytest.mark.parametrize(("bidirectional", "merge"), ARRANGEMENTS)
def test_the_dtype_stays(bidirectional, merge):
    stack = make_stack("lstm", 2, 3, 2, bidirectional=bidirectional, merge=merge, dropout=0.5)
    parameters, inputs = draw_stack(stack, dtype=np.float32)
    run = stack.forward(parameters, inputs, mask=MASK, rng=np.random.default_rng(0))
    assert run.outputs.dtype == np.float32
    back = stack.backward(parameters, run, run.outputs, parameters.zeros())
    assert back.d_inputs.dtype == np.float32


def test_states_of_each_step_on_request():
    stack = make_stack("gru", 2, 3, 2, bidirectional=True)
    parameters, inputs = draw_stack(stack)
    run = stack.forward(parameters, inputs)
    back = stack.backward(parameters, run, run.outputs, parameters.zeros(), keep_states=True)
    assert [len(walk.d_states) for walk in back.walks] == [TIME + 1] * 4


@pytest.mark.parametrize(
    ("settings", "rule"),
    [
        ({"layers": 0}, "layers must be a whole number from 1 to 32; got 0"),
        ({"layers": 1_000_000}, "layers must be a whole number from 1 to 32; got 1000000"),
        ({"merge": "mean"}, "merge must be one of concat, sum; got 'mean'"),
        ({"dropout": 1.0}, "dropout must be from 0 to 0.99; got 1.0"),
        ({"dropout": float("nan")}, "dropout must be a number from 0 to 0.99; got nan"),
        ({"hidden": 0}, "hidden must be a whole number from 1"),
    ],
)
def test_refusals(settings, rule):
    with pytest.raises(ValueError, match=rule):
        make_stack(**{"kind": "rnn", "inputs": 2, "hidden": 3, **settings})


def test_refuses_cells_that_do_not_fit():
    with pytest.raises(ValueError, match="a stack must have at least 1 layer; got 0"):
        Stack(())
    cells = (make_cell("rnn", 2, 3), make_cell("rnn", 3, 3))
    assert Stack(cells).outputs == 3
    with pytest.raises(ValueError, match="layer 1 must read the 6 outputs of layer 0; it reads 3"):
        Stack(cells, bidirectional=True)


def test_refuses_what_does_not_fit_the_stack():
    stack = make_stack("rnn", 2, 3, bidirectional=True)
    parameters, inputs = draw_stack(stack)
    states = stack.zero_states(BATCH)
    with pytest.raises(ValueError, match="states must be one per walk, 2; got 1"):
        stack.forward(parameters, inputs, states[:1])
    run = stack.forward(parameters, inputs)
    with pytest.raises(ValueError, match=r"outputs' shape \(4, 3, 6\); got \(4, 3, 3\)"):
        stack.backward(parameters, run, run.outputs[:, :, :3], parameters.zeros())
    with pytest.raises(ValueError, match="d_final_states must be one per walk, 2; got 3"):
        stack.backward(parameters, run, run.outputs, parameters.zeros(), [*states, states[0]])

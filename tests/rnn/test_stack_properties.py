"""What holds for any stack, whatever it reads."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn.cells import KINDS
from rnn.parameters import Parameters
from rnn.stack import make_stack

LENGTHS = st.lists(st.integers(1, 6), min_size=1, max_size=4)


@st.composite
def problems(draw):
    stack = make_stack(
        draw(st.sampled_from(KINDS)),
        2,
        3,
        draw(st.integers(1, 2)),
        bidirectional=draw(st.booleans()),
        merge=draw(st.sampled_from(["concat", "sum"])),
    )
    lengths = draw(LENGTHS)
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    parameters = Parameters(stack.shapes)
    parameters.flat[...] = rng.uniform(-1.0, 1.0, parameters.flat.shape)
    inputs = rng.standard_normal((max(lengths), len(lengths), 2))
    mask = np.arange(max(lengths))[:, None] < np.array(lengths)
    inputs[~mask] = np.nan  # whatever stands in the padding must not matter
    return stack, parameters, inputs, mask, lengths, draw(st.integers(1, 7))


@settings(max_examples=200)
@given(problems())
def test_a_masked_batch_equals_its_members(problem):
    stack, parameters, inputs, mask, lengths, truncate = problem
    run = stack.forward(parameters, inputs, mask=mask)
    together, apart = parameters.zeros(), parameters.zeros()
    back = stack.backward(parameters, run, run.outputs, together, truncate=truncate)
    assert not run.outputs[~mask].any()
    assert not back.d_inputs[~mask].any()
    for member, length in enumerate(lengths):
        own = slice(member, member + 1)
        alone = stack.forward(parameters, inputs[:length, own])
        np.testing.assert_allclose(run.outputs[:length, own], alone.outputs, rtol=1e-12, atol=1e-14)
        for batch, single in zip(run.final_states, alone.final_states, strict=True):
            for a, b in zip(batch, single, strict=True):
                np.testing.assert_allclose(a[own], b, rtol=1e-12, atol=1e-14)
        result = stack.backward(parameters, alone, alone.outputs, apart, truncate=truncate)
        np.testing.assert_allclose(
            back.d_inputs[:length, own], result.d_inputs, rtol=1e-9, atol=1e-12
        )
    np.testing.assert_allclose(together.flat, apart.flat, rtol=1e-9, atol=1e-11)


@settings(max_examples=200)
@given(problems(), st.randoms(use_true_random=False))
def test_permuting_a_batch_permutes_what_comes_out(problem, random):
    stack, parameters, inputs, mask, lengths, _ = problem
    order = list(range(len(lengths)))
    random.shuffle(order)
    run = stack.forward(parameters, inputs, mask=mask)
    permuted = stack.forward(parameters, inputs[:, order], mask=mask[:, order])
    np.testing.assert_allclose(permuted.outputs, run.outputs[:, order], rtol=1e-12, atol=1e-14)

"""One formula, one place: the fast path and the readable one give the same numbers.

Where the fast path has code of its own, losses, every gradient and the states agree to 1e-12 of the
largest number in each array, in float64.
"""

import numpy as np
import pytest

from rnn import unroll
from rnn.cells import make_cell
from rnn.fast import kernels
from rnn.fast.network import LAYERS, Network, Stepper
from rnn.layers import Dense, one_hot
from rnn.losses import softmax_cross_entropy
from rnn.parameters import Parameters
from rnn.stack import make_stack

KINDS = ("rnn", "lstm", "gru")
SHAPES = [(1, 1), (7, 3), (25, 1), (5, 40)]  # (time, batch); from 400 numbers a tanh is an exp
SYMBOLS, HIDDEN = 9, 11


@pytest.fixture(params=[kernels.DOT, kernels.EINSUM], ids=lambda kernel: kernel.name)
def _kernel(request):
    before = kernels.choose(request.param)
    yield
    kernels.choose(before)


def close(one, other):
    return np.abs(one - other).max() <= 1e-12 * max(np.abs(other).max(), 1e-300)


def assert_close(one, other):
    assert one.shape == other.shape
    assert close(one, other), f"{one} is not {other}"


def assert_states_close(one, other):
    for layer, expected in zip(one, other, strict=True):
        for array, wanted in zip(layer, expected, strict=True):
            assert_close(array, wanted)


class Case:
    """A stack with a head, both ways, with the same random parameters, indices and states."""

    def __init__(self, kind, layers, time, batch, dropout=0.0, seed=0):
        rng = np.random.default_rng([seed, layers, time, batch])
        self.stack = make_stack(kind, SYMBOLS, HIDDEN, layers, dropout=dropout)
        self.dense = Dense(HIDDEN, SYMBOLS)
        head = {f"head.{name}": shape for name, shape in self.dense.shapes.items()}
        self.parameters = Parameters({**self.stack.shapes, **head})
        self.parameters.flat[...] = rng.normal(0.0, 0.5, self.parameters.flat.shape)
        self.inputs = rng.integers(0, SYMBOLS, (time, batch))
        self.targets = rng.integers(0, SYMBOLS, (time, batch))
        self.states = tuple(
            tuple(rng.normal(0.0, 0.5, array.shape) for array in state)
            for state in self.stack.zero_states(batch)
        )
        self.layers = layers
        self.network = Network(kind, SYMBOLS, HIDDEN, layers, dropout, np.float64)

    def parts(self, of):
        return [of.part(f"layer{depth}.") for depth in range(self.layers)], of.part("head.")

    def readable(self, rng=None):
        gradients, head = self.parameters.zeros(), self.parameters.part("head.")
        inputs = one_hot(self.inputs, SYMBOLS)
        run = self.stack.forward(self.parameters, inputs, list(self.states), rng=rng)
        scores = self.dense.forward(head, run.outputs)
        loss, d_scores = softmax_cross_entropy(scores, self.targets)
        d_h = self.dense.backward(head, run.outputs, d_scores, gradients.part("head."))
        back = self.stack.backward(self.parameters, run, d_h, gradients)
        d_first = [walk.d_initial_state for walk in back.walks]
        return loss, gradients, run.final_states, d_first

    def fast(self, rng=None):
        gradients = self.parameters.zeros()
        into, head_into = self.parts(gradients)
        loss, after, d_first = self.network.loss_and_gradients(
            *self.parts(self.parameters),
            self.inputs,
            self.targets,
            self.states,
            into,
            head_into,
            rng,
        )
        return loss, gradients, after, d_first

    def assert_same(self, rng_seed=None):
        draw = (lambda: None) if rng_seed is None else lambda: np.random.default_rng(rng_seed)
        loss, gradients, after, d_first = self.fast(draw())
        wanted, wanted_gradients, wanted_after, wanted_first = self.readable(draw())
        assert loss == pytest.approx(wanted, rel=1e-12)
        for name in gradients:
            assert_close(gradients[name], wanted_gradients[name])
        assert_states_close(after, wanted_after)
        assert_states_close(d_first, wanted_first)


@pytest.mark.usefixtures("_kernel")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize(("time", "batch"), SHAPES)
def test_loss_gradients_and_states(kind, layers, time, batch):
    Case(kind, layers, time, batch).assert_same()


@pytest.mark.parametrize("kind", KINDS)
def test_dropout_drawn_from_the_same_generator(kind):
    Case(kind, 3, 6, 4, dropout=0.4).assert_same(rng_seed=5)


@pytest.mark.parametrize("kind", KINDS)
def test_buffers_remember_nothing_from_the_time_before(kind):
    case = Case(kind, 2, 7, 3)
    first = case.fast()
    other = Case(kind, 2, 4, 5)
    other.network = case.network
    other.assert_same()  # another length and batch in between
    case.assert_same()
    again = case.fast()
    assert again[0] == first[0]
    np.testing.assert_array_equal(again[1].flat, first[1].flat)


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_are_added_to_what_is_there(kind):
    case = Case(kind, 2, 5, 2)
    once = case.fast()[1].flat
    gradients = case.parameters.zeros()
    gradients.flat[...] = 1.0
    into, head_into = case.parts(gradients)
    case.network.loss_and_gradients(
        *case.parts(case.parameters), case.inputs, case.targets, case.states, into, head_into
    )
    assert_close(gradients.flat, once + 1.0)


@pytest.mark.parametrize("indexed", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_a_layer_by_itself_with_a_gradient_for_its_last_state(kind, indexed):
    rng = np.random.default_rng(3)
    cell = make_cell(kind, SYMBOLS, HIDDEN)
    weights = Parameters(cell.shapes)
    weights.flat[...] = rng.normal(0.0, 0.5, weights.flat.shape)
    indices = rng.integers(0, SYMBOLS, (6, 3))
    inputs = one_hot(indices, SYMBOLS) if indexed else rng.normal(size=(6, 3, SYMBOLS))
    state = tuple(rng.normal(size=(3, HIDDEN)) for _ in cell.state_names)
    d_state = tuple(rng.normal(size=(3, HIDDEN)) for _ in cell.state_names)
    d_outputs = rng.normal(size=(6, 3, HIDDEN))

    wanted = weights.zeros()
    walked = unroll.forward(cell, weights, inputs, state)
    back = unroll.backward(cell, weights, walked, d_outputs, wanted, d_state)

    gradients = weights.zeros()
    layer = LAYERS[kind](SYMBOLS, HIDDEN, np.float64, indexed=indexed)
    outputs, last = layer.forward(weights, indices if indexed else inputs, state)
    assert_close(outputs, walked.outputs)
    assert_states_close([last], [walked.final_state])
    readout = cell.readout(walked.caches[-1])
    assert list(layer.readout()) == list(readout)
    for name, array in layer.readout().items():
        assert_close(array, readout[name])
    d_inputs, d_first = layer.backward(weights, d_outputs, gradients, d_state)
    for name in gradients:
        assert_close(gradients[name], wanted[name])
    assert_states_close([d_first], [back.d_initial_state])
    if indexed:
        assert d_inputs is None
    else:
        assert_close(d_inputs, back.d_inputs)


@pytest.mark.usefixtures("_kernel")
@pytest.mark.parametrize("kind", KINDS)
def test_step_by_step_gives_the_scores_of_the_whole(kind):
    case = Case(kind, 2, 8, 3)
    inputs = one_hot(case.inputs, SYMBOLS)
    run = case.stack.forward(case.parameters, inputs, list(case.states))
    wanted = case.dense.forward(case.parameters.part("head."), run.outputs)
    stepper = Stepper(case.network, *case.parts(case.parameters), case.states)
    for row, scores in zip(case.inputs, wanted, strict=True):
        assert_close(stepper.step(row), scores)
    assert_states_close(stepper.states, run.final_states)


@pytest.mark.parametrize("kind", KINDS)
def test_float32_stays_float32_and_near(kind):
    case = Case(kind, 2, 20, 4)
    wanted = case.fast()
    case.network = Network(kind, SYMBOLS, HIDDEN, 2, 0.0, np.float32)
    case.parameters = case.parameters.copy(np.float32)
    case.states = tuple(tuple(a.astype(np.float32) for a in state) for state in case.states)
    loss, gradients, after, _ = case.fast()
    assert after[0][0].dtype == gradients.flat.dtype == np.float32
    assert loss == pytest.approx(wanted[0], rel=1e-5)
    scale = np.abs(wanted[1].flat).max()
    assert np.abs(gradients.flat - wanted[1].flat).max() <= 1e-5 * scale


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("huge", [1e6, -1e6, 1e300, 1.7e308, np.inf, np.nan])
def test_huge_weights_raise_nothing_and_reach_the_loss(kind, huge):
    case = Case(kind, 2, 4, 2)
    case.parameters.flat[...] = huge
    loss, _, after, _ = case.fast()
    assert np.isfinite(loss) == (abs(huge) < 1e308)
    assert after[0][0].shape == (2, HIDDEN)
    scores = Stepper(case.network, *case.parts(case.parameters), case.states).step(case.inputs[0])
    assert np.isfinite(scores).all() == (abs(huge) < 1e308)

"""How far a step reaches: by hand, against central differences, and where norms can mislead."""

import numpy as np
import pytest

from rnn import unroll
from rnn.cells import make_cell
from rnn.flow import gradient_norms, spectral_norm, state_flow
from tests.rnn.sequence_problems import CELLS, cell_named, draw_point, initial_state

MASK = np.array([[1, 0], [1, 1], [0, 1], [1, 0]], bool)


def walk(name, mask=None, seed=0):
    cell = cell_named(name)
    point = draw_point(cell, 4, 2, np.random.default_rng(seed))
    walked = unroll.forward(cell, point, point["inputs"], initial_state(cell, point), mask)
    return cell, point, walked


def scalar_flow(weight, steps, activation="linear", start=0.0):
    cell = make_cell("rnn", 1, 1, activation)
    weights = {"W_xh": np.zeros((1, 1)), "W_hh": np.full((1, 1), weight), "b_h": np.zeros(1)}
    walked = unroll.forward(cell, weights, np.zeros((steps, 1, 1)), (np.full((1, 1), start),))
    return state_flow(cell, weights, walked)


@pytest.mark.parametrize(
    ("weight", "steps", "norm"),
    [
        (0.9, 10, 0.349),
        (0.9, 20, 0.122),
        (0.9, 50, 0.00515),
        (1.1, 10, 2.59),
        (1.1, 20, 6.73),
        (1.1, 50, 117.4),
    ],
)
def test_one_linear_unit_forgets_or_explodes_as_its_weight_to_the_power(weight, steps, norm):
    flow = scalar_flow(weight, steps)
    assert flow.products["h"][0, 0] == pytest.approx(norm, rel=5e-3)  # three digits
    assert flow.products["h"][:, 0] == pytest.approx(weight ** np.arange(steps, -1.0, -1.0))
    assert flow.factors["h"][:, 0] == pytest.approx([weight] * steps)


def test_one_sigmoid_unit_keeps_at_most_a_quarter_per_step():
    flow = scalar_flow(1.0, 20, "sigmoid")
    assert flow.factors["h"].max() <= 0.25
    assert 0.0 < flow.products["h"][0, 0] <= 0.25**20


def test_a_negative_weight_has_a_positive_size():
    assert scalar_flow(-0.5, 3).products["h"][:, 0] == pytest.approx([0.125, 0.25, 0.5, 1.0])


def test_a_product_can_explode_though_the_weights_eigenvalues_are_zero():
    # The spectral radius of W is 0, yet at the fixed point h = (0, 1/2) the factor is
    # [[8, 8], [-6, -6]], with eigenvalues 2 and 0: its tenth power is 2^9 times itself.
    cell = make_cell("rnn", 1, 2)
    weights = {
        "W_xh": np.zeros((2, 1)),
        "W_hh": np.array([[8.0, 8.0], [-8.0, -8.0]]),
        "b_h": np.array([-4.0, 4.0 + np.arctanh(0.5)]),
    }
    fixed = (np.array([[0.0, 0.5]]),)
    walked = unroll.forward(cell, weights, np.zeros((1, 1, 1)), fixed)
    one = cell.jacobian(weights, walked.caches[0])[0]
    assert one == pytest.approx(np.array([[8.0, 8.0], [-6.0, -6.0]]))
    assert np.abs(np.linalg.eigvals(weights["W_hh"])).max() == pytest.approx(0.0, abs=1e-6)
    ten = unroll.Unrolled(np.zeros((10, 1, 2)), [fixed] * 11, walked.caches * 10, None)
    products = state_flow(cell, weights, ten).products["h"][:, 0]
    assert products[9] == pytest.approx(14.142, rel=1e-4)
    assert products[0] == pytest.approx(7241.0, rel=1e-4)


@pytest.mark.parametrize("mask", [None, MASK], ids=["unmasked", "masked"])
@pytest.mark.parametrize("name", CELLS)
def test_the_product_is_the_derivative_of_the_last_state(name, mask):
    cell, point, walked = walk(name, mask)
    flow = state_flow(cell, point, walked)
    blocks = {"state": slice(None), "h": slice(0, 3), "c": slice(3, 6)}
    for t in range(5):
        numeric = last_state_by_state(cell, point, walked, t, mask)
        for part, norms in flow.products.items():
            size = np.linalg.norm(numeric[:, blocks[part], blocks[part]], 2, axis=(1, 2))
            assert norms[t] == pytest.approx(size, rel=1e-6)


def last_state_by_state(cell, point, walked, t, mask):
    """ds_T/ds_t of each batch member by central differences."""

    def end(state):
        if t == len(walked.caches):
            return np.concatenate(state, axis=1)
        rest = None if mask is None else mask[t:]
        parts = unroll.forward(cell, point, point["inputs"][t:], state, rest).final_state
        return np.concatenate(parts, axis=1)

    columns = []
    for part in range(len(cell.state_names)):
        for unit in range(cell.hidden):
            up, down = ([array.copy() for array in walked.states[t]] for _ in range(2))
            up[part][:, unit] += 1e-5
            down[part][:, unit] -= 1e-5
            columns.append((end(tuple(up)) - end(tuple(down))) / 2e-5)
    return np.stack(columns, axis=2)


def test_a_step_left_out_has_the_factor_one():
    cell, point, walked = walk("lstm", MASK)
    factors = state_flow(cell, point, walked).factors
    for norms in factors.values():
        assert (norms[~MASK] == 1.0).all()
        assert (norms[MASK] != 1.0).all()


def test_the_cell_of_an_lstm_is_kept_by_its_forget_gate_alone():
    cell, point, walked = walk("lstm")
    flow = state_flow(cell, point, walked)
    gates = np.stack([cell.readout(cache)["forget_gate"] for cache in walked.caches])
    assert flow.factors["c"] == pytest.approx(gates.max(axis=2))
    assert set(flow.products) == {"state", "h", "c"}


@pytest.mark.parametrize("name", CELLS)
def test_the_last_state_depends_on_itself_with_one(name):
    cell, point, walked = walk(name)
    for norms in state_flow(cell, point, walked).products.values():
        assert norms.shape == (5, 2)
        assert (norms[-1] == 1.0).all()


def test_an_explosion_beyond_the_largest_number_is_infinite_not_an_error():
    assert scalar_flow(1e200, 3).products["h"][:, 0].tolist() == [np.inf, np.inf, 1e200, 1.0]


def test_spectral_norm_by_hand():
    # [[3, 0], [4, 5]]: the squared singular values are 45 and 5
    matrices = np.array([[[3.0, 0.0], [4.0, 5.0]], [[0.0, 2.0], [0.0, 0.0]], [[np.inf, 0], [0, 0]]])
    assert spectral_norm(matrices) == pytest.approx([45**0.5, 2.0, np.inf])


@pytest.mark.parametrize("size", [1e-300, 1e-160, 1.0, 1e160, 1e300])
@pytest.mark.parametrize("shape", [(1, 1), (5, 5), (20, 3), (3, 20)])
def test_spectral_norm_is_the_largest_singular_value_at_every_size(shape, size):
    matrices = size * np.random.default_rng(0).normal(size=(4, *shape))
    largest = np.linalg.svd(matrices / size, compute_uv=False)[:, 0] * size
    assert spectral_norm(matrices) == pytest.approx(largest, rel=1e-13)
    assert spectral_norm(np.zeros(shape)) == 0.0


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("mask", [None, MASK], ids=["unmasked", "masked"])
def test_gradient_norms_are_those_of_the_loss_by_each_state(name, mask):
    cell, point, walked = walk(name, mask)
    d_outputs = np.random.default_rng(1).normal(size=walked.outputs.shape)
    back = unroll.backward(cell, point, walked, d_outputs, point.zeros(), keep_states=True)
    norms = gradient_norms(cell, back)
    assert list(norms) == list(cell.state_names)
    for k, part in enumerate(cell.state_names):
        assert norms[part].shape == (5, 2)
        for t in range(5):
            numeric = loss_by_state(cell, point, walked, d_outputs, t, k, mask)
            assert norms[part][t] == pytest.approx(np.linalg.norm(numeric, axis=1), rel=1e-6)


def loss_by_state(cell, point, walked, d_outputs, t, part, mask):
    """dL/dstate_t by central differences: through later outputs, and h_t through its own."""

    def later(state):
        if t == len(walked.caches):
            return np.zeros(2)
        rest = None if mask is None else mask[t:]
        outputs = unroll.forward(cell, point, point["inputs"][t:], state, rest).outputs
        return (d_outputs[t:] * outputs).sum(axis=(0, 2))

    columns = []
    for unit in range(cell.hidden):
        up, down = ([array.copy() for array in walked.states[t]] for _ in range(2))
        up[part][:, unit] += 1e-5
        down[part][:, unit] -= 1e-5
        columns.append((later(tuple(up)) - later(tuple(down))) / 2e-5)
    own = np.stack(columns, axis=1)
    if part == 0 and t > 0:
        own += d_outputs[t - 1] if mask is None else d_outputs[t - 1] * mask[t - 1, :, None]
    return own


def test_gradient_norms_must_have_been_asked_for():
    cell, point, walked = walk("gru")
    back = unroll.backward(cell, point, walked, walked.outputs, point.zeros())
    with pytest.raises(ValueError, match="keep_states=True; got keep_states=False"):
        gradient_norms(cell, back)


def test_single_precision_is_measured_in_double():
    cell = make_cell("rnn", 1, 1, "linear")
    weights = {"W_xh": np.zeros((1, 1)), "W_hh": np.full((1, 1), 0.25), "b_h": np.zeros(1)}
    weights = {name: array.astype(np.float32) for name, array in weights.items()}
    walked = unroll.forward(cell, weights, np.zeros((100, 1, 1), np.float32))
    norm = state_flow(cell, weights, walked).products["h"][0, 0]
    assert norm == 0.25**100  # 6e-61, which is 0 in float32

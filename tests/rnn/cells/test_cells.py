"""What holds for every cell: one interface, exact Jacobians, sizes refused, dtype kept."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from rnn.cells import KINDS, make_cell
from rnn.cells.elman import Elman
from rnn.cells.gru import GRU
from rnn.cells.lstm import LSTM
from rnn.cells.start import MOST_HIDDEN, MOST_INPUTS
from rnn.parameters import Parameters
from tests.rnn.sequence_problems import CELLS, cell_named, draw_point, initial_state


def one_step(name, seed, dtype=np.float64):
    cell = cell_named(name)
    point = draw_point(cell, 1, 4, np.random.default_rng(seed)).copy(dtype)
    state, cache = cell.forward(point, point["inputs"][0], initial_state(cell, point))
    return cell, point, state, cache


def test_a_cell_is_made_by_name():
    assert make_cell("rnn", 2, 3, "relu") == Elman(2, 3, "relu")
    assert make_cell("lstm", 2, 3, forget_bias=0.5) == LSTM(2, 3, 0.5)
    assert make_cell("gru", 2, 3) == GRU(2, 3)
    assert [make_cell(kind, 1, 1).kind for kind in KINDS] == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hidden", [0, -1, 1_000_000, 2.0, "8", True, None, float("nan")])
def test_refuses_a_number_of_units_that_is_none(kind, hidden):
    rule = f"hidden must be a whole number from 1 to 4,096; got {hidden!r}"
    with pytest.raises(ValueError, match=rule):
        make_cell(kind, 2, hidden)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("inputs", [0, -1, 1_000_000])
def test_refuses_a_number_of_inputs_that_is_none(kind, inputs):
    rule = f"inputs must be a whole number from 1 to 100,000; got {inputs}"
    with pytest.raises(ValueError, match=rule):
        make_cell(kind, inputs, 2)


def test_the_ends_of_the_ranges_are_allowed():
    cell = make_cell("rnn", MOST_INPUTS, MOST_HIDDEN)
    assert cell.shapes["W_xh"] == (4_096, 100_000)


def test_refuses_an_unknown_kind():
    with pytest.raises(ValueError, match="kind must be one of rnn, lstm, gru; got 'elman'"):
        make_cell("elman", 2, 3)


@pytest.mark.parametrize("kind", ["lstm", "gru"])
def test_refuses_another_activation_than_a_gated_cell_has(kind):
    rule = f"activation of a cell of kind {kind} must be one of tanh; got 'relu'"
    with pytest.raises(ValueError, match=rule):
        make_cell(kind, 2, 3, "relu")


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_never_changes(name):
    with pytest.raises(FrozenInstanceError):
        cell_named(name).hidden = 5


@pytest.mark.parametrize(
    ("kind", "gates"), [("rnn", 1), ("lstm", 4), ("gru", 3)], ids=["rnn", "lstm", "gru"]
)
def test_shapes(kind, gates):
    expected = {"W_xh": (gates * 5, 2), "W_hh": (gates * 5, 5), "b_h": (gates * 5,)}
    if kind == "gru":
        expected["b_hn"] = (5,)
    assert make_cell(kind, 2, 5).shapes == expected


@pytest.mark.parametrize("kind", KINDS)
def test_weights_start_small_even_and_seeded(kind):
    cell = make_cell(kind, 30, 64)
    drawn = [Parameters(cell.shapes) for _ in range(3)]
    for weights, seed in zip(drawn, (1, 1, 2), strict=True):
        cell.initialise(weights, np.random.default_rng(seed))
    assert (drawn[0].flat == drawn[1].flat).all()
    assert (drawn[0].flat != drawn[2].flat).any()
    for name in ("W_xh", "W_hh"):
        matrix = drawn[0][name]
        assert np.abs(matrix).max() <= 1 / 8  # 1/sqrt(64)
        assert matrix.std() == pytest.approx(1 / 8 / 3**0.5, rel=0.05)  # of a uniform draw
        assert abs(matrix.mean()) < 0.005
    biases = [array for name, array in drawn[0].items() if name.startswith("b_")]
    assert set(np.concatenate(biases)) == ({0.0, 1.0} if kind == "lstm" else {0.0})


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("seed", range(3))
def test_the_jacobian_against_central_differences(name, seed):
    cell, point, _, cache = one_step(name, seed)
    before = initial_state(cell, point)

    def after():
        return np.concatenate(cell.forward(point, point["inputs"][0], before)[0], axis=1)

    columns = []
    for part in before:
        for unit in range(cell.hidden):
            kept = part[:, unit].copy()
            part[:, unit] = kept + 1e-5
            above = after()
            part[:, unit] = kept - 1e-5
            columns.append((above - after()) / 2e-5)
            part[:, unit] = kept
    numeric = np.stack(columns, axis=2)
    jacobian = cell.jacobian(point, cache)
    size = cell.hidden * len(before)
    assert jacobian.shape == (4, size, size)
    assert jacobian == pytest.approx(numeric, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("name", CELLS)
def test_a_step_back_is_the_jacobian_transposed(name):
    cell, point, state, cache = one_step(name, 0)
    rng = np.random.default_rng(9)
    d_state = tuple(rng.normal(size=part.shape) for part in state)
    _, d_before = cell.backward(point, cache, d_state, point.zeros())
    joined = np.concatenate(d_state, axis=1)[:, None, :]
    by_jacobian = (joined @ cell.jacobian(point, cache))[:, 0, :]
    assert np.concatenate(d_before, axis=1) == pytest.approx(by_jacobian, abs=1e-14)


@pytest.mark.parametrize("name", CELLS)
def test_a_step_changes_neither_what_it_is_given_nor_what_it_kept(name):
    cell, point, state, cache = one_step(name, 0)
    weights, kept = point.copy(), {key: array.copy() for key, array in cache.items()}
    cell.backward(point, cache, state, point.zeros())
    assert (point.flat == weights.flat).all()
    assert all((cache[key] == array).all() for key, array in kept.items())


@pytest.mark.parametrize("name", CELLS)
def test_gradients_are_added_to_what_is_there(name):
    cell, point, state, cache = one_step(name, 0)
    once, twice = point.zeros(), point.zeros()
    cell.backward(point, cache, state, once)
    for _ in range(2):
        cell.backward(point, cache, state, twice)
    assert once.flat.any()
    assert (twice.flat == 2.0 * once.flat).all()


@pytest.mark.parametrize("name", CELLS)
def test_the_first_state_is_what_is_read_out_as_hidden(name):
    cell, _, state, cache = one_step(name, 0)
    read = cell.readout(cache)
    assert (read["hidden_state"] == state[0]).all()
    assert all(array.shape == (4, 3) for array in read.values())
    if "c" in cell.state_names:
        assert (read["cell_state"] == state[1]).all()


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_stays(name, dtype):
    cell, point, state, cache = one_step(name, 0, dtype)
    gradients = point.zeros()
    d_x, d_before = cell.backward(point, cache, state, gradients)
    arrays = [*state, *cache.values(), *cell.readout(cache).values(), d_x, *d_before]
    arrays += [gradients.flat, cell.jacobian(point, cache)]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}


@pytest.mark.parametrize("name", ["rnn-tanh", "rnn-sigmoid", "lstm", "gru"])
@pytest.mark.parametrize("size", [1e3, 1e30, 1e300])
def test_huge_sums_saturate_without_a_warning(name, size):
    cell = cell_named(name)
    point = draw_point(cell, 1, 4, np.random.default_rng(0))
    point["inputs"][...] *= size
    state, cache = cell.forward(point, point["inputs"][0], initial_state(cell, point))
    _, d_before = cell.backward(point, cache, state, point.zeros())
    assert all(np.isfinite(array).all() for array in (*state, *d_before))

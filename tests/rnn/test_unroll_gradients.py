"""Every gradient through time, of every cell: weights, inputs and the initial state."""

import numpy as np
import pytest

from tests.rnn.sequence_problems import CELLS, cell_named, gradient_records, wrong

RAGGED = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [1, 0, 0]], bool)  # lengths 4, 2 and 1
HOLES = np.array([[0, 1, 1], [1, 0, 1], [0, 0, 1], [1, 1, 0]], bool)  # any pattern is allowed
MASKS = {"unmasked": None, "ragged": RAGGED, "holes": HOLES}


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("seed", range(3))
def test_every_weight_every_input_and_the_initial_state(name, mask, seed):
    records = gradient_records(cell_named(name), MASKS[mask], seed)
    assert wrong(records) == []


@pytest.mark.parametrize("name", CELLS)
def test_the_check_looks_at_all_of_them(name):
    cell = cell_named(name)
    names = [record.name for record in gradient_records(cell)]
    assert names == [*cell.shapes, "inputs", *(f"{part}_0" for part in cell.state_names)]


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize(("time", "batch"), [(1, 1), (1, 4), (9, 1)])
def test_a_single_step_a_single_member_and_a_longer_walk(name, time, batch):
    assert wrong(gradient_records(cell_named(name), time=time, batch=batch)) == []


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize(("inputs", "hidden"), [(1, 1), (3, 1), (1, 4)])
def test_other_sizes(name, inputs, hidden):
    assert wrong(gradient_records(cell_named(name, inputs, hidden))) == []


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("truncate", [1, 2, 3, 4, 9])
def test_a_truncated_gradient_is_that_of_pieces_which_take_their_start_for_given(
    name, mask, truncate
):
    assert wrong(gradient_records(cell_named(name), MASKS[mask], truncate=truncate)) == []

"""Numbers that are known without this program, and what the engine says of the same network."""

import numpy as np
import pytest

from lab.gradient_flow.experiment import build, factor_radii, measure
from lab.gradient_flow.presets import PRESETS
from rnn import unroll
from rnn.cells import make_cell
from rnn.flow import state_flow
from tests.lab.gradient_flow.playing import column, figure, opened, status, survival


@pytest.mark.parametrize(
    ("preset", "weight", "told"),
    [
        ("nine-tenths", 0.9, {10: 0.349, 20: 0.122, 50: 0.00515}),
        ("eleven-tenths", 1.1, {10: 2.59, 20: 6.73, 50: 117.4}),
    ],
)
def test_one_unit_multiplies_by_its_weight_at_every_step(preset, weight, told):
    left = survival(opened(preset))
    assert left == pytest.approx(weight ** np.arange(50, -1, -1))
    for back, norm in told.items():
        assert left[50 - back] == pytest.approx(norm, rel=5e-3)
    assert figure(opened(preset), "factors")["series"][0]["values"][:50] == pytest.approx(weight)


def test_a_sigmoid_unit_keeps_at_most_a_quarter_to_the_power_of_twenty():
    lab = opened("sigmoid")
    assert 0.0 < survival(lab)[0] <= 0.25**20
    assert pytest.approx(9.1e-13, rel=1e-2) == 0.25**20
    assert column(lab, "factors", "largest singular value").max() <= 0.25


def test_a_matrix_without_eigenvalues_explodes():
    lab = opened("eigenvalues")
    left = survival(lab)
    assert left[0] == pytest.approx(7241, rel=1e-4)
    assert left[0] == pytest.approx(2**9 * left[9], rel=1e-9)
    assert left[9] == pytest.approx(14.142, rel=1e-4)
    assert status(lab, "Largest singular value") == "16.0"
    assert status(lab, "Largest |eigenvalue|") == "0"
    assert column(lab, "factors", "largest |eigenvalue|") == pytest.approx(2.0)
    assert "7,241" in figure(lab, "survival")["summary"]


def test_rounding_drives_the_counter_example_from_its_resting_point_after_a_while():
    lab = opened("eigenvalues", length=60)
    assert survival(lab)[0] < 1.0  # its factor has the eigenvalue 2: errors double at every step


NOTED = {
    "exploding": lambda lab: survival(lab)[0] == pytest.approx(4090, rel=2e-3),
    "fading": lambda lab: column(lab, "factors", "largest singular value").max() <= 1.0,
    "identity": lambda lab: (survival(lab) == 1.0).all(),
    "residual": lambda lab: survival(lab).min() >= 1.0,
}


@pytest.mark.parametrize("preset", NOTED)
def test_what_a_preset_says_is_true(preset):
    assert NOTED[preset](opened(preset))


def test_the_product_shrinks_faster_than_its_factors_would_tell():
    lab = opened("fading")
    bound = column(lab, "survival", "norms of the factors multiplied")
    assert survival(lab)[0] < 1e-9 * bound[0]


@pytest.mark.parametrize("preset", [preset.name for preset in PRESETS])
def test_the_figures_are_the_engines_numbers(preset):
    lab = opened(preset)
    network = build(lab.snapshot([])["values"])
    cell, weights = network.cell, network.weights
    flow = state_flow(cell, weights, unroll.forward(cell, weights, network.inputs, network.start))
    assert survival(lab) == pytest.approx(flow.products["state"][:, 0])
    steps = len(network.inputs)
    drawn = figure(lab, "factors")["series"][0]["values"]
    assert drawn[:steps] == pytest.approx(flow.factors["state"][:, 0])
    assert np.isnan(drawn[steps])  # no factor leads back into the last state
    if preset == "lstm":
        series = figure(lab, "survival")["series"]
        assert series[1]["values"] == pytest.approx(flow.products["c"][:, 0])


@pytest.mark.parametrize("preset", [preset.name for preset in PRESETS])
def test_a_product_is_never_larger_than_its_factors_multiplied(preset):
    lab = opened(preset)
    bound = column(lab, "survival", "norms of the factors multiplied")
    assert (survival(lab) <= bound * (1 + 1e-9)).all()


def test_the_product_is_what_backpropagation_multiplies():
    # dL/dh_T of length 1 comes back to h_0 no longer than the norm; the worst direction attains it.
    values = opened("fading", length=6).snapshot([])["values"]
    network = build(values)
    cell, weights = network.cell, network.weights
    walked = unroll.forward(cell, weights, network.inputs, network.start)
    lengths = []
    for direction in np.random.default_rng(0).normal(size=(200, 1, cell.hidden)):
        asked = (direction / np.linalg.norm(direction),)
        nothing = np.zeros_like(walked.outputs)
        back = unroll.backward(cell, weights, walked, nothing, weights.zeros(), asked)
        lengths.append(np.linalg.norm(back.d_initial_state[0]))
    norm = measure(network).products["state"][0]
    assert 0.3 * norm < max(lengths) <= norm


@pytest.mark.parametrize("cell", ["rnn", "residual", "lstm", "gru"])
def test_every_gates_weights_have_the_singular_value_asked_for(cell):
    network = build(opened(cell=cell, scale=1.7).snapshot([])["values"])
    gates = len(network.weights["W_hh"]) // network.cell.hidden
    for block in np.split(network.weights["W_hh"], gates):
        assert np.linalg.norm(block, 2) == pytest.approx(1.7)


def test_unscaled_weights_stay_as_they_were_drawn():
    network = build(opened(initialiser="identity", rescale=False, scale=3.0).snapshot([])["values"])
    assert (network.weights["W_hh"] == np.eye(16)).all()
    small = build(opened(rescale=False).snapshot([])["values"]).weights["W_hh"]
    assert small.std() == pytest.approx(0.01, rel=0.1)


def test_a_residual_network_has_the_weights_of_the_plain_one_beside_it():
    values = opened("residual").snapshot([])["values"]
    plain, residual = build(values, "rnn"), build(values)
    assert (plain.weights.flat == residual.weights.flat).all()
    assert (plain.inputs == residual.inputs).all()


def test_the_forget_gates_bias_moves_the_cell_states_way():
    kept = [survival(opened("lstm", forget_bias=bias))[0] for bias in (-1, 0, 1, 2, 3)]
    assert kept == sorted(kept)
    lab = opened("lstm", forget_bias=3)
    gate = column(lab, "slopes", "largest forget gate")
    assert column(lab, "factors", "of the cell state c alone") == pytest.approx(gate)


def test_eigenvalues_are_those_of_each_factor():
    network = build(opened(hidden=1, activation="linear", scale=0.7).snapshot([])["values"])
    assert factor_radii(network) == pytest.approx(0.7)
    assert make_cell("rnn", 1, 1, "linear") == network.cell

"""What the figures show is what the engine computes, and every formula comes out."""

import numpy as np
import pytest

from lab.kit.words import number
from rnn import unroll
from rnn.cells import make_cell
from rnn.sequences import fibonacci, sine, to_unit_range
from tests.lab.unrolled_rnn.playing import figure, numbers_of, opened, status, train, values


def by_hand(lab):
    """Hidden states and outputs from the weights in the tables, by the formula of the page."""
    network = figure(lab, "network")
    table = network["tables"][1]
    columns = dict(zip(table["columns"], table["data"], strict=True))
    w_hh = np.stack([columns[name] for name in columns if name.startswith("W_hh")], 1)
    bend = {"tanh": np.tanh, "relu": lambda a: np.maximum(a, 0), "linear": lambda a: a}
    bend["sigmoid"] = lambda a: 1 / (1 + np.exp(-a))
    h, states = np.zeros(len(w_hh)), []
    for x in network["inputs"]:
        sums = columns["W_xh"] * x + w_hh @ h + columns["b_h"]
        h = bend[values(lab)["activation"]](sums)
        states.append(h)
    hidden = np.array(states)
    return hidden.T, hidden @ columns["W_hy"]


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "linear"])
@pytest.mark.parametrize("hidden", [1, 3, 16])
@pytest.mark.parametrize("sequence", ["sine", "latch"])
def test_the_network_is_the_formula_of_the_page(activation, hidden, sequence):
    lab = train(opened(activation=activation, hidden=hidden, sequence=sequence, length=7), 3)
    network = figure(lab, "network")
    states, outputs = by_hand(lab)
    assert network["hidden"] == pytest.approx(states)
    bias = network["outputs"] - outputs
    assert bias == pytest.approx(np.full_like(bias, bias[0]))  # b_y
    assert figure(lab, "hidden")["values"] == pytest.approx(states)
    assert figure(lab, "prediction")["lines"][1]["values"] == pytest.approx(network["outputs"])


def test_it_is_the_engine_s_cell_that_is_walked():
    lab = opened(hidden=4)
    weights = lab._run.view(0).weights
    network = figure(lab, "network")
    cell = make_cell("rnn", 1, 4)
    walk = unroll.forward(cell, weights, network["inputs"][:, None, None])
    assert network["hidden"] == pytest.approx(walk.outputs[:, 0].T, rel=1e-12)


def test_the_sine_is_normalised_and_its_target_is_the_next_value():
    lab = opened()
    network = figure(lab, "network")
    scale = to_unit_range(sine(20))
    assert network["inputs"] == pytest.approx([scale.normalise(v) for v in sine(20)[:-1]])
    assert network["targets"] == pytest.approx([scale.normalise(v) for v in sine(20)[1:]])
    assert lab.snapshot()["steps"] == 19


def test_the_example_is_shown_as_numbers():
    assert opened(sequence="fibonacci", length=10).snapshot()["hints"] == {
        "sequence": "1, 1, 2, 3, 5, 8, 13, 21, 34, 55"
    }
    hint = opened(sequence="parity", length=5, example=20).snapshot()["hints"]["example"]
    assert hint.startswith("never seen in training: ")
    assert "→" in hint


def test_parity_counts_and_latch_asks_once():
    parity = figure(opened(sequence="parity", length=9), "network")
    ones = np.cumsum(parity["inputs"] > 0) % 2
    assert parity["targets"].tolist() == (2.0 * ones - 1.0).tolist()
    latch = figure(opened(sequence="latch", length=9), "network")
    assert np.isnan(latch["targets"][:-1]).all()
    assert latch["targets"][-1] == latch["inputs"][0]


@pytest.mark.parametrize("hidden", [1, 2, 5, 16])
@pytest.mark.parametrize("step", [1, 2, 8])
def test_every_cell_opens_into_its_formula(hidden, step):
    lab = opened(hidden=hidden, sequence="fibonacci", length=9, step=step)
    network = figure(lab, "network")
    lines = []
    for row in range(hidden + 2):
        lab.set({"unit": row})
        readout = lab.snapshot(())["readout"]
        lines.append(len(readout))
        told = [pair for line in readout for pair in numbers_of(line)]
        shown = {
            0: network["outputs"][step - 1],
            hidden + 1: network["inputs"][step - 1],
        }.get(row)
        if shown is None:
            shown = network["hidden"][row - 1, step - 1]
        assert told[-1][1] == number(float(shown))
    assert len(set(lines)) == 1  # nothing below them moves


def test_a_hidden_unit_s_formula_adds_up():
    lab = opened(hidden=3, step=5, unit=2)
    told = dict(pair for line in lab.snapshot()["readout"] for pair in numbers_of(line))
    value = {name: float(text.replace("−", "-")) for name, text in told.items()}
    total = value["W_xh[2]"] * value["x_5"] + value["b_h[2]"]
    total += sum(value[f"W_hh[2,{j}]"] * value[f"h_4[{j}]"] for j in (1, 2, 3))
    assert total == pytest.approx(value["sum"], abs=2e-3)
    assert np.tanh(total) == pytest.approx(value["h_5[2]"], abs=2e-3)


def test_relative_errors_are_those_of_the_own_units():
    lab = train(opened(preset="early-steps"), 30)
    prediction = figure(lab, "prediction")
    columns = dict(
        zip(prediction["tables"][0]["columns"], prediction["tables"][0]["data"], strict=True)
    )
    target = np.array(fibonacci(10)[1:])
    assert columns["target in own units"] == pytest.approx(target)
    shares = np.abs(columns["prediction in own units"] - target) / target
    assert figure(lab, "errors")["series"][0]["values"] == pytest.approx(shares)
    worst = int(np.argmax(shares))
    assert f"that of step {worst + 1}: " in prediction["summary"]


def test_the_loss_told_is_that_of_the_chart_and_the_baseline_the_variance():
    lab = train(opened(), 12)
    network, losses = figure(lab, "network"), figure(lab, "losses")
    loss = float(np.mean((network["outputs"] - network["targets"]) ** 2))
    assert status(lab)["Loss"] == number(loss)
    assert losses["series"][0]["y"][-1] == pytest.approx(loss)
    assert losses["series"][0]["x"][-1] == 12
    names = {reference["name"]: reference["y"] for reference in losses["references"]}
    assert names["always the mean"] == pytest.approx(np.var(network["targets"]))
    assert names["the best known of one unit"] == 0.012


@pytest.mark.parametrize(("hidden", "count"), [(1, 5), (2, 11), (16, 305)])
def test_the_parameters_are_counted_as_on_the_page(hidden, count):
    assert status(opened(hidden=hidden))["Parameters"] == str(count)


def test_numbers_too_large_to_draw_never_break_a_figure():
    lab = opened(
        sequence="exponential", activation="linear", normalise="off", hidden=16, clip="none"
    )
    lab.set({"learning_rate": 1.0})
    train(lab, 50)
    assert all(figure["summary"] for figure in lab.snapshot()["figures"].values())

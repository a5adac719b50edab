"""Every number of a reading is the engine's cell's; a moved bias is a moved bias and no more."""

import numpy as np
import pytest

from lab.gates.reading import BIASES, PARTS, HeldOut, keeper, moved_bias, read
from rnn.cells import make_cell
from rnn.fast.task_model import TaskModel
from rnn.layers import one_hot
from rnn.losses import softmax
from rnn.parameters import Parameters
from rnn.sequence_model import SequenceModel
from rnn.tasks import make_task
from rnn.unroll import forward
from tests.lab.gates.playing import trained

TEXT = "cabba?abcca?"
KINDS = ("lstm", "gru")


def by_hand(kind, text, weights):
    """The cell's readout step by step, one step at a time, from the public cell alone."""
    cell = make_cell(kind, 4, 4)
    state = tuple(np.zeros((1, 4)) for _ in cell.state_names)
    rows = []
    for symbol in text:
        x = one_hot(np.array(["abc?".index(symbol)]), 4)
        state, cache = cell.forward(weights, x, state)
        rows.append({name: array[0] for name, array in cell.readout(cache).items()})
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("moved", [{}, {"forget": -3.0, "update": -4.0}, {"input": 2, "reset": -2}])
@pytest.mark.parametrize("unit", [None, 1])
def test_every_gate_candidate_and_state_is_the_cells(kind, moved, unit):
    model = trained(kind)
    reading = read(model, TEXT, moved_bias(model, moved, unit))
    weights = {name: array.copy() for name, array in model.parameters.part("layer0.").items()}
    blocks = {"input": 0, "forget": 1, "output": 3} if kind == "lstm" else {"reset": 0, "update": 1}
    for name, by in moved.items():
        if name in blocks:
            rows = range(4 * blocks[name], 4 * blocks[name] + 4)
            for row in rows if unit is None else [rows[unit]]:
                weights["b_h"][row] += by
    expected = by_hand(kind, TEXT, weights)
    assert set(expected) == {part.name for part in PARTS[kind]}
    for name, array in expected.items():
        np.testing.assert_allclose(reading.parts[name], array, rtol=1e-12, atol=1e-15)
    head = model.parameters.part("head.")
    scores = expected["hidden_state"] @ head["W_hy"].T + head["b_y"]
    np.testing.assert_allclose(reading.chances, softmax(scores), rtol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_the_sums_are_made_of_the_parts_that_are_told(kind):
    model = trained(kind)
    reading = read(model, TEXT, moved_bias(model, {"forget": -1.0, "update": -1.0}))
    sums = reading.from_letter + reading.from_memory + reading.bias + reading.offset
    for part in PARTS[kind]:
        if part.block is not None and part.name != "candidate":
            own = 1.0 / (1.0 + np.exp(-sums[:, 4 * part.block : 4 * part.block + 4]))
            np.testing.assert_allclose(reading.parts[part.name], own, rtol=1e-10)


@pytest.mark.parametrize("kind", KINDS)
def test_the_states_follow_from_the_gates(kind):
    parts = (reading := read(trained(kind), TEXT, np.zeros(16 if kind == "lstm" else 12))).parts
    if kind == "lstm":
        c = parts["forget_gate"] * reading.before("cell_state")
        c = c + parts["input_gate"] * parts["candidate"]
        np.testing.assert_allclose(parts["cell_state"], c)
        np.testing.assert_allclose(parts["hidden_state"], parts["output_gate"] * np.tanh(c))
    else:
        z = parts["update_gate"]
        h = (1 - z) * parts["candidate"] + z * reading.before("hidden_state")
        np.testing.assert_allclose(parts["hidden_state"], h)


@pytest.mark.parametrize("kind", KINDS)
def test_reading_moves_nothing_in_the_network(kind):
    model = trained(kind)
    before = model.parameters.flat.copy()
    added = moved_bias(model, {"forget": -3.0, "update": -3.0})
    read(model, TEXT, added)
    HeldOut.of(model).right(model, added)
    keeper(model)
    np.testing.assert_array_equal(model.parameters.flat, before)


@pytest.mark.parametrize("kind", KINDS)
def test_the_share_of_right_answers_is_counted_on_the_engines_answers(kind):
    model = trained(kind)
    held_out = HeldOut.of(model)
    assert held_out.batch.inputs.shape[:2] == (30, 200)
    assert held_out.questions == 400
    added = moved_bias(model, {"forget": -2.0, "update": -5.0})
    slow = SequenceModel(make_task("recall"), kind, 4, np.random.default_rng(0))
    slow.parameters.flat[...] = model.parameters.flat
    slow.parameters["layer0.b_h"][...] += added
    answers = slow.forward(held_out.batch.inputs).outputs.argmax(axis=2)
    asked = held_out.batch.targets < 3
    right = float((answers == held_out.batch.targets)[asked].mean())
    assert held_out.right(model, added) == pytest.approx(right, abs=1e-12)
    assert 0.3 < right < 0.9


@pytest.mark.parametrize("kind", KINDS)
def test_as_trained_both_answer_all_and_with_a_shut_gate_they_guess(kind):
    model = trained(kind)
    held_out = HeldOut.of(model)
    keeps = "forget" if kind == "lstm" else "update"
    shares = [
        held_out.right(model, moved_bias(model, {keeps: by})) for by in (0.0, -3.0, -6.0, -30.0)
    ]
    assert shares[0] == 1.0
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] == pytest.approx(1 / 3, abs=0.06)


@pytest.mark.parametrize("kind", KINDS)
def test_the_keeper_is_the_unit_whose_state_tells_the_letters_apart(kind):
    model = trained(kind)
    best, shares = keeper(model)
    assert best == shares.argmax() == (2 if kind == "lstm" else 3)
    assert shares[best] > 0.8
    assert ((shares >= 0.0) & (shares <= 1.0)).all()


@pytest.mark.parametrize("kind", KINDS)
def test_how_well_a_unit_keeps_is_what_a_regression_on_the_letter_explains(kind):
    model = trained(kind)
    batch = HeldOut.of(model).batch
    walk = forward(model.cell, model.parameters.part("layer0."), batch.inputs)
    rows, states = [], []
    for step, member in np.argwhere(batch.targets < 3):
        rows.append(np.eye(3)[batch.targets[step, member]])
        states.append(walk.states[step][-1][member])  # states[0] is the one before the first step
    letters, kept = np.array(rows), np.array(states)
    fitted = letters @ np.linalg.lstsq(letters, kept, rcond=None)[0]
    explained = 1.0 - ((kept - fitted) ** 2).sum(axis=0) / ((kept - kept.mean(0)) ** 2).sum(axis=0)
    np.testing.assert_allclose(keeper(model)[1], explained, rtol=1e-9)


def test_a_unit_that_never_moves_keeps_nothing():
    model = TaskModel(make_task("recall"), "gru", 4, iter(()))
    assert keeper(model)[1].tolist() == [0.0, 0.0, 0.0, 0.0]


def test_right_answers_to_a_text_are_the_tasks():
    reading = read(trained("gru"), "bac?c?", np.zeros(12))
    assert reading.answers.tolist() == [3, 3, 3, 1, 3, 2]
    assert reading.asked.tolist() == [4, 6]
    np.testing.assert_allclose(reading.right, reading.chances[range(6), reading.answers])


def test_every_bias_control_moves_a_gate_of_its_cell():
    for kind, controls in BIASES.items():
        gates = {part.name for part in PARTS[kind] if part.name.endswith("gate")}
        assert set(controls.values()) == gates


def test_parameters_in_a_reading_are_the_moved_ones():
    model = trained("lstm")
    added = moved_bias(model, {"forget": 1.5})
    reading = read(model, "a?", added)
    assert isinstance(reading.parameters, Parameters)
    np.testing.assert_allclose(
        reading.parameters["layer0.b_h"], model.parameters["layer0.b_h"] + added
    )
    np.testing.assert_allclose(reading.bias + reading.offset, reading.parameters["layer0.b_h"])

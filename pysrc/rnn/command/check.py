"""Hold gradients against central differences: of every cell, or of a trained model.

  python -m rnn check
  python -m rnn check book.safetensors

Of each parameter the worst element is shown, with both numbers. Exit code 1 if any is wrong.
"""

import argparse

import numpy as np

from rnn.activations import ACTIVATIONS
from rnn.arrays import Array, IntArray
from rnn.checks import whole_number
from rnn.command.files import read_model
from rnn.command.tables import table
from rnn.gradient_check import GradientRecord, check_gradients
from rnn.parameters import Parameters
from rnn.stack import Stack, make_stack
from rnn.text.char_model import CharModel

LARGEST_ERROR = 1e-6
"""The largest relative error of a gradient that passes."""
TIME = 5
"""Steps of the sequences on which small networks are checked."""
BATCH = 2
"""Sequences in their batch."""
INPUTS = 2
"""Their inputs."""
HIDDEN = 3
"""Their hidden units."""
MODEL_TIME = 6
"""Steps on which a model's gradients are checked."""
MODEL_BATCH = 2
"""Streams on which they are."""
MODEL_EPSILON = 1e-4
"""The nudge for a model: the loss is a mean and its slopes are small, so rounding counts for
more.
"""
PICKED = 20
"""Elements of each of a model's parameters that are checked: all of them would take for ever."""
HEADS = ("network", "parameter", "worst element", "backward pass", "difference", "error")
"""The heads of the table that is printed."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """A model, if it is not the cells."""
    parser.add_argument("model", nargs="?", help="a model's file; without one, every cell")
    parser.add_argument("--seed", type=int, default=1, help="of everything that is drawn (1)")


def run(chosen: argparse.Namespace) -> int:
    """Print the table; 1 if a gradient is wrong. Raises ValueError on a bad seed or model."""
    rng = np.random.default_rng(whole_number("seed", chosen.seed, 0, 2**63 - 1))
    if chosen.model is None:
        checked = {name: check_stack(stack, rng) for name, stack in _stacks().items()}
    else:
        checked = {"model": check_model(read_model(chosen.model), rng)}
    rows = [_row(name, record) for name, records in checked.items() for record in records]
    print(table([HEADS, *rows]))
    errors = [record.error for records in checked.values() for record in records]
    wrong = sum(not error <= LARGEST_ERROR for error in errors)
    rule = f"an error of at most {LARGEST_ERROR:g}"
    print(f"\n{len(errors) - wrong} of {len(errors)} parameters have {rule}.")
    return 1 if wrong else 0


def _stacks() -> dict[str, Stack]:
    stacks = {
        f"rnn {name}": make_stack("rnn", INPUTS, HIDDEN, activation=name) for name in ACTIVATIONS
    }
    for kind in ("lstm", "gru"):
        stacks[kind] = make_stack(kind, INPUTS, HIDDEN)
        stacks[f"{kind}, 2 layers, both ways"] = make_stack(
            kind, INPUTS, HIDDEN, 2, bidirectional=True
        )
    return stacks


def check_stack(stack: Stack, rng: np.random.Generator) -> list[GradientRecord]:
    """Every element, with the sum of outputs and drawn numbers as the loss."""
    parameters = Parameters(stack.shapes)
    stack.initialise(parameters, rng)
    parameters.flat += rng.uniform(-0.1, 0.1, parameters.flat.shape)  # the biases too
    inputs = rng.uniform(-1.0, 1.0, (TIME, BATCH, INPUTS))
    d_outputs = rng.uniform(-1.0, 1.0, (TIME, BATCH, stack.outputs))
    gradients = parameters.zeros()
    stack.backward(parameters, stack.forward(parameters, inputs), d_outputs, gradients)

    def loss() -> float:
        return float((stack.forward(parameters, inputs).outputs * d_outputs).sum())

    return check_gradients(loss, parameters, gradients)


def check_model(trained: CharModel, rng: np.random.Generator) -> list[GradientRecord]:
    """Some elements of each parameter, in float64, on drawn characters."""
    model = CharModel(
        trained.vocabulary, trained.kind, trained.hidden, trained.layers, dtype=np.float64
    )
    model.parameters.flat[...] = trained.parameters.flat
    shape = (MODEL_TIME, MODEL_BATCH)
    inputs, targets = rng.integers(0, len(model.vocabulary), (2, *shape))
    gradients = model.parameters.zeros()
    state = model.zero_state(MODEL_BATCH)
    model.loss_and_gradients(inputs, targets, state, gradients)
    # A column of zeros is what an unseen character's weights have; the largest say more.
    places = {name: _picked(array, rng) for name, array in gradients.items()}
    some, some_gradients = _some(model.parameters, places), _some(gradients, places)

    def loss() -> float:
        for name, at in places.items():
            model.parameters[name].flat[at] = some[name]
        return model.loss(inputs, targets, state)[0]

    records = check_gradients(loss, some, some_gradients, MODEL_EPSILON)
    return [_in_place(record, places[record.name], model.parameters) for record in records]


def _picked(gradient: Array, rng: np.random.Generator) -> IntArray:
    largest = np.argsort(np.abs(gradient), axis=None)[-PICKED // 2 :]
    drawn = rng.integers(0, gradient.size, PICKED // 2)
    picked: IntArray = np.unique(np.concatenate([largest, drawn]))
    return picked


def _some(arrays: Parameters, places: dict[str, IntArray]) -> Parameters:
    return Parameters.holding({name: arrays[name].flat[at] for name, at in places.items()})


def _in_place(record: GradientRecord, at: IntArray, parameters: Parameters) -> GradientRecord:
    """A record whose index is that of the whole array, not of the picked elements."""
    index = np.unravel_index(int(at[record.index]), parameters[record.name].shape)
    return GradientRecord(
        record.name, tuple(map(int, index)), record.analytic, record.numeric, record.error
    )


def _row(network: str, record: GradientRecord) -> tuple[str, ...]:
    place = ", ".join(map(str, record.index))
    numbers = f"{record.analytic:+.9e}", f"{record.numeric:+.9e}", f"{record.error:.1e}"
    return network, record.name, f"[{place}]", *numbers

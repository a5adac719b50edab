"""Fifty steps forward through a random network, fifty steps back, and nothing learned.

Only W_hh is drawn by the recipe. Each unit gets an input of its own, N(0, 1), and no bias, so that
what the figures show is W_hh and the activation, nothing else. The gradient at the last step is
N(0, 1) for each unit: any other would shrink or grow in the same proportion.
"""

from typing import NamedTuple

import numpy as np

from lab.initialisation.declaration import STEPS
from rnn.activations import ACTIVATIONS
from rnn.arrays import Array
from rnn.cells.elman import Elman
from rnn.initialisers import INITIALISERS, scaled_normal
from rnn.unroll import backward, forward

SEQUENCES = 10  # in a batch: enough values for a smooth histogram


class Recipe(NamedTuple):
    """All that decides the numbers."""

    initialiser: str
    scale: float  # the deviation of a normal one, the gain of any other
    activation: str
    every: bool  # numbers come in at every step
    units: int
    seed: int


class Walk(NamedTuple):
    """What passed: (steps, values) each, a value for each unit of each sequence."""

    hidden: Array  # h_t
    slopes: Array  # f'(a_t), as a share of the steepest slope there is
    gradients: Array  # dL/dh_t


def walk(recipe: Recipe) -> Walk:
    """Draw the matrix and the numbers, go there and back."""
    rng = np.random.default_rng(recipe.seed)
    n = recipe.units
    cell = Elman(n, n, recipe.activation)
    weights = {"W_xh": np.eye(n), "W_hh": _drawn(recipe, rng), "b_h": np.zeros(n)}
    inputs = rng.standard_normal((STEPS, SEQUENCES, n))
    if not recipe.every:
        inputs[1:] = 0.0
    unrolled = forward(cell, weights, inputs)
    d_outputs = np.zeros_like(unrolled.outputs)
    d_outputs[-1] = rng.standard_normal((SEQUENCES, n))
    unused = {name: np.zeros_like(array) for name, array in weights.items()}
    back = backward(cell, weights, unrolled, d_outputs, unused, keep_states=True)
    states = back.d_states or []
    activation = ACTIVATIONS[recipe.activation]
    steepest = {"sigmoid": 0.25}.get(recipe.activation, 1.0)
    slopes = activation.array_slope(unrolled.outputs) / steepest
    gradients = np.stack([state[0] for state in states[1:]])
    return Walk(*(array.reshape(STEPS, -1) for array in (unrolled.outputs, slopes, gradients)))


def _drawn(recipe: Recipe, rng: np.random.Generator) -> Array:
    shape = (recipe.units, recipe.units)
    if recipe.initialiser == "normal":
        return scaled_normal(rng, shape, recipe.scale)
    return recipe.scale * INITIALISERS[recipe.initialiser](rng, shape)


def sizes(values: Array) -> Array:
    """The root mean square of each step, (steps)."""
    found: Array = np.sqrt(np.square(values).mean(axis=1))
    return found


def apart(hidden: Array) -> Array:
    """How far the sequences of a batch are from their mean, root mean square by step, (steps)."""
    by_sequence = hidden.reshape(len(hidden), SEQUENCES, -1)
    found: Array = np.sqrt(by_sequence.var(axis=1).mean(axis=1))
    return found

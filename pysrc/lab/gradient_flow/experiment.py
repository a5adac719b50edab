"""One untrained network on one sequence: what each of its states means for the last one."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import atanh
from typing import Any

import numpy as np

from rnn import unroll
from rnn.activations import ACTIVATIONS
from rnn.arrays import Array, BoolArray, State
from rnn.cells import make_cell
from rnn.cells.cell import Cache, Cell
from rnn.cells.elman import Elman
from rnn.cells.residual import Residual
from rnn.flow import Flow, spectral_norm, state_flow
from rnn.initialisers import INITIALISERS, per_gate, xavier
from rnn.parameters import Parameters

THRESHOLD = 1e-3  # a gradient below this is called lost
GATES = {"rnn": 1, "residual": 1, "lstm": 4, "gru": 3}
COUNTER_EXAMPLE = "eigenvalues-zero"  # the one matrix that is not drawn


@dataclass(frozen=True)
class Network:
    """A cell, its weights, what it reads and the state it starts from."""

    cell: Cell
    weights: Parameters
    inputs: Array  # (time, 1, 1)
    start: State


@dataclass(frozen=True)
class Measured:
    """The network's factors and products, for the one sequence it read. T is its length."""

    kind: str
    factors: Mapping[str, Array]  # by part, (T,): entry t is ||ds_{t+1}/ds_t||
    products: Mapping[str, Array]  # by part, (T + 1,): entry t is ||ds_T/ds_t||
    kept: tuple[Array, Array]  # (T,) each: smallest and largest f', or forget or update gate
    singular: float  # the largest singular value of W_hh, of any gate's
    radius: float  # the largest |eigenvalue| of W_hh, of any gate's

    @property
    def steps(self) -> int:
        """T."""
        return len(self.factors["state"])

    @property
    def bound(self) -> Array:
        """(T + 1,): the factors' norms multiplied; a product's norm is at most that."""
        with np.errstate(over="ignore"):
            back = np.cumprod(self.factors["state"][::-1])
        return np.append(back[::-1], 1.0)

    @property
    def reach(self) -> int:
        """How many steps back, without a break from the end, the norm stays above THRESHOLD."""
        lost = np.flatnonzero(~(self.products["state"] >= THRESHOLD))
        return self.steps - int(lost[-1]) - 1 if lost.size else self.steps


def build(values: Mapping[str, Any], kind: str | None = None) -> Network:
    """The network that the controls describe; with another kind of cell if one is named."""
    if values["initialiser"] == COUNTER_EXAMPLE:
        return counter_example(values["length"])
    cell = _cell(kind or values["cell"], values)
    gates = GATES[cell.kind]
    rng = np.random.default_rng(values["seed"])
    weights = Parameters(cell.shapes)
    draw = INITIALISERS[values["initialiser"]]
    for block in np.split(weights["W_hh"], gates):  # views: what is set here is set there
        block[...] = draw(rng, block.shape)
        if values["rescale"]:
            block *= values["scale"] / spectral_norm(block)
    weights["W_xh"][...] = per_gate(xavier, rng, weights["W_xh"].shape, gates)
    if cell.kind == "lstm":
        weights["b_h"][cell.hidden : 2 * cell.hidden] = values["forget_bias"]
    if cell.kind == "gru":
        weights["b_h"][cell.hidden : 2 * cell.hidden] = values["update_bias"]
    inputs = _inputs(values)
    return Network(cell, weights, inputs, unroll.zero_state(cell, inputs))


def _cell(kind: str, values: Mapping[str, Any]) -> Cell:
    if kind == "residual":
        return Residual(1, values["hidden"], values["activation"], values["alpha"])
    activation = values["activation"] if kind == "rnn" else "tanh"
    return make_cell(kind, 1, values["hidden"], activation)


def _inputs(values: Mapping[str, Any]) -> Array:
    """What is read, (time, 1, 1). Noise has its own seed: another cell reads the same."""
    length: int = values["length"]
    kinds: dict[str, Array] = {
        "none": np.zeros(length),
        "noise": np.random.default_rng([values["seed"], 1]).standard_normal(length),
        "sine": np.sin(0.5 * np.arange(length)),
        "constant": np.ones(length),
    }
    strength: float = values["strength"]
    return (strength * kinds[values["inputs"]])[:, None, None]


def counter_example(length: int) -> Network:
    """Two tanh units at rest in h = (0, 1/2), whose W_hh has no eigenvalue but 0.

    The factor is [[8, 8], [-6, -6]] at every step; its tenth power has the norm 2^9 * 14.142.
    """
    cell = Elman(1, 2, "tanh")
    weights = Parameters.holding(
        {
            "W_xh": [[0.0], [0.0]],
            "W_hh": [[8.0, 8.0], [-8.0, -8.0]],
            "b_h": [-4.0, 4.0 + atanh(0.5)],
        }
    )
    return Network(cell, weights, np.zeros((length, 1, 1)), (np.array([[0.0, 0.5]]),))


def measure(network: Network) -> Measured:
    """Walk over the sequence and take every norm there is."""
    cell, weights = network.cell, network.weights
    with np.errstate(over="ignore", invalid="ignore"):  # a state may grow beyond every number
        walked = unroll.forward(cell, weights, network.inputs, network.start)
        flow: Flow = state_flow(cell, weights, walked)
        kept = np.stack([_kept(cell, cache) for cache in walked.caches])
    blocks = np.stack(np.split(weights["W_hh"], GATES[cell.kind]))
    return Measured(
        kind=cell.kind,
        factors={part: norms[:, 0] for part, norms in flow.factors.items()},
        products={part: norms[:, 0] for part, norms in flow.products.items()},
        kept=(kept.min(axis=1), kept.max(axis=1)),
        singular=float(spectral_norm(blocks).max()),
        radius=float(spectral_radius(blocks).max()),
    )


def _kept(cell: Cell, cache: Cache) -> Array:
    """What a step multiplies each unit's own way back by, (hidden,)."""
    if isinstance(cell, Elman):
        kept = ACTIVATIONS[cell.activation].array_slope(cache["h"])
    elif isinstance(cell, Residual):
        kept = ACTIVATIONS[cell.activation].array_slope(cache["added"])
    else:
        kept = cell.readout(cache)["forget_gate" if cell.kind == "lstm" else "update_gate"]
    first: Array = kept[0]  # of a batch of one
    return first


def factor_radii(network: Network) -> Array:
    """The largest |eigenvalue| of each factor, (T,)."""
    cell, weights = network.cell, network.weights
    with np.errstate(over="ignore", invalid="ignore"):
        caches = unroll.forward(cell, weights, network.inputs, network.start).caches
        return spectral_radius(np.stack([cell.jacobian(weights, cache)[0] for cache in caches]))


def spectral_radius(matrices: Array) -> Array:
    """The largest |eigenvalue| of each of (..., n, n); inf if one is not finite.

    Where all eigenvalues are 0, rounding gives them the size of the root of the rounding error;
    what is below 1e-6 of the matrix is called 0.
    """
    finite: BoolArray = np.asarray(np.isfinite(matrices).all(axis=(-2, -1)))
    bounded = np.where(finite[..., None, None], matrices, 0.0)
    radii = np.abs(np.linalg.eigvals(bounded)).max(axis=-1)
    size = np.abs(bounded).max(axis=(-2, -1))
    return np.where(finite, np.where(radii < 1e-6 * size, 0.0, radii), np.inf)

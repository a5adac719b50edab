"""How far does a step reach? The gradient's size, and the derivative of the end by each state.

A state long past matters to the last one only through a product of one matrix per step:

    ds_T/ds_t = J_T J_{T-1} ... J_{t+1},     J_k = ds_k/ds_{k-1}

(Bengio, Simard & Frasconi 1994; Pascanu, Mikolov & Bengio 2013, equation 5.) When the factors
shrink what they multiply the product vanishes, when they stretch it, it explodes. A matrix's size
is its *spectral norm*, the largest singular value: the most it can stretch any vector. The largest
*eigenvalue* would not do; each factor's may be 0 while the product grows.

For an LSTM the state s is (h, c). Its cell c has the short way dc_t/dc_{t-1} = f_t, so the block
dc_T/dc_t is measured separately too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnn.arrays import Array, BoolArray, Weights
from rnn.cells.cell import Cell
from rnn.unroll import Backward, Unrolled


@dataclass(frozen=True)
class Flow:
    """Spectral norms by part: `state` is the whole, `h` (and `c`) that part by itself."""

    factors: Mapping[str, Array]  # of J_t, each (time, batch); entry t - 1 is the step into state t
    products: Mapping[str, Array]  # of ds_T/ds_t, each (time + 1, batch); entry t for state t


def state_flow(cell: Cell, weights: Weights, unrolled: Unrolled) -> Flow:
    """Measure what every state of the walk still means for the last one, per batch member.

    The step that a mask left out has the factor 1. A product too large for float64 has the norm
    inf. The products are multiplied in float64 whatever the network's dtype; one step costs a
    product and singular values of (S, S) matrices per member, S = hidden, or 2 hidden for an LSTM.
    """
    hidden, parts = cell.hidden, cell.state_names
    size = hidden * len(parts)
    blocks = {"state": slice(0, size)}
    if len(parts) > 1:  # otherwise h is the whole state
        blocks |= {name: slice(k * hidden, (k + 1) * hidden) for k, name in enumerate(parts)}
    time, batch, _ = unrolled.outputs.shape
    factors = {name: np.empty((time, batch)) for name in blocks}
    products = {name: np.ones((time + 1, batch)) for name in blocks}
    product = np.broadcast_to(np.eye(size), (batch, size, size))
    for t in range(time - 1, -1, -1):
        factor = cell.jacobian(weights, unrolled.caches[t]).astype(np.float64)
        if unrolled.mask is not None:
            factor = np.where(unrolled.mask[t, :, None, None], factor, np.eye(size))
        with np.errstate(over="ignore", invalid="ignore"):  # an explosion is a finding here
            product = product @ factor
        for name, block in blocks.items():
            factors[name][t] = spectral_norm(factor[:, block, block])
            products[name][t] = spectral_norm(product[:, block, block])
    if len(parts) == 1:
        factors[parts[0]], products[parts[0]] = factors["state"], products["state"]
    return Flow(factors, products)


def gradient_norms(cell: Cell, back: Backward) -> dict[str, Array]:
    """The Euclidean norms of dL/dh_t (and dL/dc_t), t = 0 .. T, each (time + 1, batch), by name.

    Raises ValueError unless the backward pass was asked to keep the states' gradients.
    """
    if back.d_states is None:
        raise ValueError("backward must be called with keep_states=True; got keep_states=False")
    parts = zip(cell.state_names, zip(*back.d_states, strict=True), strict=True)
    return {name: np.sqrt(np.square(np.stack(part)).sum(axis=2)) for name, part in parts}


def spectral_norm(matrices: Array) -> Array:
    """The largest singular value of each of `matrices` (..., rows, columns); inf if not finite.

    It is the root of the largest eigenvalue of A^T A, which costs a fraction of an SVD. Dividing A
    by its largest entry first keeps the squares within range.
    """
    finite: BoolArray = np.asarray(np.isfinite(matrices).all(axis=(-2, -1)))
    bounded = np.where(finite[..., None, None], matrices, 0.0)
    size = np.abs(bounded).max(axis=(-2, -1))
    shrunk = bounded / np.where(size > 0.0, size, 1.0)[..., None, None]
    squares = np.linalg.eigvalsh(np.swapaxes(shrunk, -2, -1) @ shrunk)[..., -1]
    return np.where(finite, size * np.sqrt(np.maximum(squares, 0.0)), np.inf)

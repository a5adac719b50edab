"""Small random sequences for any cell, drawn from a seed, and the gradient check they all share."""

from types import ModuleType

import numpy as np

from rnn import unroll
from rnn.activations import ACTIVATIONS
from rnn.arrays import BoolArray
from rnn.cells import make_cell
from rnn.cells.cell import Cell
from rnn.cells.residual import Residual
from rnn.gradient_check import GradientRecord, check_gradients
from rnn.parameters import Parameters

# Every cell there is; an Elman or a residual cell is told by its activation.
CELLS = {
    **{f"rnn-{name}": ("rnn", name) for name in ACTIVATIONS},
    "residual-tanh": ("residual", "tanh"),
    "residual-relu": ("residual", "relu"),
    "lstm": ("lstm", "tanh"),
    "gru": ("gru", "tanh"),
}


def cell_named(name: str, inputs: int = 2, hidden: int = 3) -> Cell:
    kind, activation = CELLS[name]
    if kind == "residual":
        return Residual(inputs, hidden, activation, alpha=0.6)
    return make_cell(kind, inputs, hidden, activation)


def draw_point(cell: Cell, time: int, batch: int, rng: np.random.Generator) -> Parameters:
    """Weights, `inputs` and the initial state `h_0` (and `c_0`), none of them special."""
    initial = {f"{name}_0": (batch, cell.hidden) for name in cell.state_names}
    point = Parameters({**cell.shapes, "inputs": (time, batch, cell.inputs), **initial})
    while True:
        point.flat[...] = rng.normal(0.0, 0.7, point.flat.shape)
        if getattr(cell, "activation", "") != "relu" or _clear_of_the_corner(cell, point):
            return point


def _clear_of_the_corner(cell: Cell, point: Parameters) -> bool:
    linear = make_cell("rnn", cell.inputs, cell.hidden, "linear")
    walked = unroll.forward(cell, point, point["inputs"], (point["h_0"],))
    sums = [
        linear.forward(point, cache["x"], (cache["h_before"],))[0][0] for cache in walked.caches
    ]
    return bool(np.abs(sums).min() > 1e-3)


def initial_state(cell: Cell, point: Parameters) -> tuple[np.ndarray, ...]:
    return tuple(point[f"{name}_0"] for name in cell.state_names)


def gradient_records(
    cell: Cell,
    mask: BoolArray | None = None,
    seed: int = 0,
    walker: ModuleType = unroll,
    time: int = 4,
    batch: int = 3,
    truncate: int | None = None,
) -> list[GradientRecord]:
    """Check dL/d(weights, inputs, initial state), the outputs and the final state both in L.

    `walker` is the module that unrolls: `rnn.unroll`, or a copy with a bug in it. With `truncate`
    the loss is that of pieces of so many steps, each after the first starting from a fixed state.
    """
    rng = np.random.default_rng([seed, time])
    point = draw_point(cell, time, batch, rng)
    asked = rng.normal(size=(time, batch, cell.hidden))
    asked_at_the_end = tuple(rng.normal(size=(batch, cell.hidden)) for _ in cell.state_names)

    def walk() -> unroll.Unrolled:
        return walker.forward(cell, point, point["inputs"], initial_state(cell, point), mask)

    walked = walk()
    starts = range(0, time, truncate or time)
    fixed = {t: tuple(part.copy() for part in walked.states[t]) for t in starts if t > 0}

    def loss() -> float:
        total = 0.0
        for start in starts:
            piece = slice(start, start + (truncate or time))
            state = fixed.get(start, initial_state(cell, point))
            seen = None if mask is None else mask[piece]
            walked = unroll.forward(cell, point, point["inputs"][piece], state, seen)
            total += float((asked[piece] * walked.outputs).sum())
        ends = zip(asked_at_the_end, walked.final_state, strict=True)
        return total + float(sum((a * end).sum() for a, end in ends))

    gradients = point.zeros()
    back = walker.backward(cell, point, walked, asked, gradients, asked_at_the_end, truncate)
    gradients["inputs"][...] = back.d_inputs
    for name, d_initial in zip(cell.state_names, back.d_initial_state, strict=True):
        gradients[f"{name}_0"][...] = d_initial
    return check_gradients(loss, point, gradients)


def wrong(records: list[GradientRecord]) -> list[GradientRecord]:
    """Those that fail. NaN fails too."""
    return [record for record in records if not record.error <= 1e-6]

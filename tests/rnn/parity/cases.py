"""The configurations in which this engine must agree with PyTorch, and what they are fed.

Everything is drawn from a seed, so nothing of it is stored. Only `Generator.random` is used, whose
stream NumPy keeps; and every number fits into a float32, so that both precisions compute with the
very same weights and differ by rounding alone.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnn.stack import Stack, make_stack

CELLS = {"tanh": ("rnn", "tanh"), "relu": ("rnn", "relu"), "lstm": ("lstm", "tanh"),
         "gru": ("gru", "tanh")}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One configuration. `seed` chooses what is drawn for it."""

    name: str
    cell: str  # a key of CELLS
    time: int
    batch: int
    inputs: int
    hidden: int
    layers: int
    bidirectional: bool
    masked: bool  # sequences of different lengths
    started: bool  # from a state that is not zero
    seed: int

    @cached_property
    def stack(self) -> Stack:
        kind, activation = CELLS[self.cell]
        return make_stack(
            kind, self.inputs, self.hidden, self.layers,
            bidirectional=self.bidirectional, activation=activation,
        )  # fmt: skip

    @property
    def walks(self) -> int:
        return self.layers * (2 if self.bidirectional else 1)

    @property
    def states(self) -> int:
        """How many arrays a state holds: h, or h and c."""
        return 2 if self.cell == "lstm" else 1


@dataclass(frozen=True)
class Drawn:
    """What a case is fed. The loss is the sum of outputs and final states times these `d_`."""

    parameters: dict[str, np.ndarray]
    inputs: np.ndarray  # (time, batch, inputs)
    lengths: np.ndarray  # (batch,)
    mask: np.ndarray | None  # (time, batch)
    initial: list[np.ndarray] | None  # h, or h and c: (walks, batch, hidden)
    d_outputs: np.ndarray
    d_final: list[np.ndarray]


#   time batch inputs hidden layers  two ways  masked  started
GRID = [
    (1, 1, 1, 1, 1, False, False, False),
    (1, 3, 4, 5, 1, False, False, True),
    (2, 2, 3, 4, 1, True, False, False),
    (5, 3, 4, 6, 1, False, True, False),
    (5, 3, 4, 6, 1, False, True, True),
    (7, 2, 3, 5, 2, False, False, True),
    (7, 4, 3, 5, 2, False, True, True),
    (7, 4, 3, 5, 2, True, False, True),
    (7, 4, 3, 5, 2, True, True, True),
    (10, 1, 8, 16, 3, False, False, False),
    (10, 3, 8, 16, 3, True, True, True),
    (12, 5, 1, 7, 1, True, True, False),
    (20, 2, 16, 32, 1, False, False, True),
    (20, 2, 16, 32, 2, False, True, True),
    (25, 1, 32, 64, 1, False, False, False),
    (30, 4, 5, 3, 3, False, False, True),
    (40, 2, 10, 24, 1, True, True, True),
    (50, 3, 6, 12, 2, True, False, False),
    (50, 2, 65, 128, 1, False, False, True),
    (64, 2, 12, 20, 3, False, True, False),
    (100, 2, 4, 10, 1, False, False, True),
    (100, 3, 5, 8, 3, True, True, True),
    (200, 1, 2, 128, 1, False, False, False),
    (200, 2, 3, 16, 2, True, True, True),
]

CASES = [
    Case(f"{cell}-{row:02}", cell, *sizes, seed=1000 * index + row)
    for index, cell in enumerate(CELLS)
    for row, sizes in enumerate(GRID)
]


def draw(case: Case) -> Drawn:
    rng = np.random.default_rng(case.seed)

    def uniform(reach: float, *shape: int) -> np.ndarray:
        drawn = (2.0 * rng.random(shape) - 1.0) * reach
        return drawn.astype(np.float32).astype(np.float64)

    reach = case.hidden**-0.5
    parameters = {name: uniform(reach, *shape) for name, shape in case.stack.shapes.items()}
    state = (case.walks, case.batch, case.hidden)
    lengths = np.full(case.batch, case.time)
    if case.masked:
        lengths = 1 + (rng.random(case.batch) * case.time).astype(int)
        lengths[0] = case.time
    return Drawn(
        parameters,
        inputs=uniform(1.0, case.time, case.batch, case.inputs),
        lengths=lengths,
        mask=np.arange(case.time)[:, None] < lengths if case.masked else None,
        initial=[uniform(1.0, *state) for _ in range(case.states)] if case.started else None,
        d_outputs=uniform(1.0, case.time, case.batch, case.stack.outputs),
        d_final=[uniform(1.0, *state) for _ in range(case.states)],
    )

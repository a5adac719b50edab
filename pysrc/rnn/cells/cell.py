"""A cell is one step: it reads an input and the state before, and gives the state after.

    state_t, cache_t = forward(weights, x_t, state_{t-1})
    dx_t, dstate_{t-1} = backward(weights, cache_t, dstate_t, gradients)

A cell never loops. Whoever calls it walks forward through time, keeps the caches, and walks back
(`rnn.unroll`). What a step back needs is in its cache and nowhere else.
"""

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from rnn.arrays import Array, State, Weights

Cache = Mapping[str, Array]
"""Everything a step computed, by name: what its backward pass needs."""


class Cell(Protocol):
    """One recurrent cell. `weights` and `gradients` hold the arrays named in `shapes`."""

    @property
    def kind(self) -> str:
        """`rnn`, `residual`, `lstm` or `gru`."""
        ...

    @property
    def inputs(self) -> int:
        """How many numbers x_t holds."""
        ...

    @property
    def hidden(self) -> int:
        """How many units there are."""
        ...

    @property
    def state_names(self) -> tuple[str, ...]:
        """What the state holds: ("h",) or ("h", "c"); the first is what the cell puts out."""
        ...

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each parameter, by name."""
        ...

    def initialise(self, weights: Weights, rng: np.random.Generator) -> None:
        """Draw the weights in place, as is usual for this cell."""
        ...

    def forward(self, weights: Weights, x: Array, state: State) -> tuple[State, Cache]:
        """One step. `x` is (batch, inputs); the states are (batch, hidden)."""
        ...

    def backward(
        self, weights: Weights, cache: Cache, d_state: State, gradients: Weights
    ) -> tuple[Array, State]:
        """One step back: from dL/dstate_t to (dL/dx_t, dL/dstate_{t-1}).

        What this step adds to the gradient of each weight is added to `gradients` in place.
        """
        ...

    def readout(self, cache: Cache) -> dict[str, Array]:
        """Every gate, candidate and state of a step, by name, each (batch, hidden)."""
        ...

    def jacobian(self, weights: Weights, cache: Cache) -> Array:
        """dstate_t/dstate_{t-1} of a step, (batch, S, S); S is hidden, or 2 hidden for (h, c)."""
        ...

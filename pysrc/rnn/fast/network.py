"""Layers on layers with a head: one call from characters to the loss and every gradient.

Dropout stands between layers only, never in the recurrence (Zaremba, Sutskever & Vinyals 2014).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import DTypeLike

from rnn.arrays import Array, IntArray, State, Weights
from rnn.fast.elman import ElmanLayer
from rnn.fast.gru import GRULayer
from rnn.fast.head import Head
from rnn.fast.kernels import chosen
from rnn.fast.layer import Layer, Read
from rnn.fast.lstm import LSTMLayer
from rnn.layers import Dropout

LAYERS: dict[str, type[Layer]] = {"rnn": ElmanLayer, "lstm": LSTMLayer, "gru": GRULayer}
"""The fast layer of each kind."""
States = tuple[State, ...]
"""A state for each layer."""


class Network:
    """A stack of one kind over characters given as indices. It owns buffers, no parameters.

    Parameters are passed in as one mapping per layer, `parts`, and one for the head; so are the
    gradients, as `gradients` and `head_gradients`.
    """

    def __init__(
        self,
        kind: str,
        symbols: int,
        hidden: int,
        layers: int = 1,
        dropout: float = 0.0,
        dtype: DTypeLike = np.float32,
    ) -> None:
        make = LAYERS[kind]
        self.layers = [
            make(hidden if depth else symbols, hidden, dtype, indexed=not depth)
            for depth in range(layers)
        ]
        self.head = Head(hidden, symbols, dtype)
        self.hidden, self.dropout, self.dtype = hidden, Dropout(dropout), np.dtype(dtype)

    def forward(
        self,
        parts: Sequence[Weights],
        inputs: IntArray,
        states: States,
        rng: np.random.Generator | None = None,
    ) -> tuple[Array, States]:
        """The top layer's outputs (time, batch, hidden), until the next call, and the states.

        `inputs` is (time, batch). With `rng` there is dropout between layers, without it none.
        """
        self.silenced: list[Array | None] = []
        after: list[State] = []
        x: Read = inputs
        for depth, (layer, weights, state) in enumerate(
            zip(self.layers, parts, states, strict=True)
        ):
            if depth:
                x, factors = self.dropout.forward(x, rng)
                self.silenced.append(factors)
            x, last = layer.forward(weights, x, state)
            after.append(last)
        return x, tuple(after)

    def loss(
        self,
        parts: Sequence[Weights],
        head: Weights,
        inputs: IntArray,
        targets: IntArray,
        states: States,
    ) -> tuple[float, States]:
        """The mean loss in nats per character, and the states after the last step.

        `inputs` and `targets` are (time, batch).
        """
        outputs, after = self.forward(parts, inputs, states)
        flat = outputs.reshape(-1, self.hidden)
        return self.head.loss(head, flat, targets.ravel()), after

    def loss_and_gradients(
        self,
        parts: Sequence[Weights],
        head: Weights,
        inputs: IntArray,
        targets: IntArray,
        states: States,
        gradients: Sequence[Weights],
        head_gradients: Weights,
        rng: np.random.Generator | None = None,
    ) -> tuple[float, States, States]:
        """As `loss`, and dL/d of the first states; adds to the gradients."""
        outputs, after = self.forward(parts, inputs, states, rng)
        flat, wanted = outputs.reshape(-1, self.hidden), targets.ravel()
        loss = self.head.loss(head, flat, wanted)
        d: Array | None = self.head.backward(head, flat, wanted, head_gradients)
        d_first: list[State] = []
        for depth in reversed(range(len(self.layers))):
            assert d is not None  # noqa: S101 - only layer 0 reads indices, which have no gradient
            d, first = self.layers[depth].backward(
                parts[depth], d.reshape(outputs.shape), gradients[depth]
            )
            d_first.insert(0, first)
            if depth and d is not None:
                d = self.dropout.backward(self.silenced[depth - 1], d)
        return loss, after, tuple(d_first)


class Stepper:
    """One character after the other, for sampling: the weights are prepared once.

    It reads the weights, `parts` per layer and `head`, as they stand when it is made, and starts
    from `states`. Its arrays are overwritten by each step.
    """

    def __init__(
        self, network: Network, parts: Sequence[Weights], head: Weights, states: States
    ) -> None:
        """Start from `states`, whose batch is the batch of all steps."""
        self.layers, self.head = network.layers, head
        batch = len(states[0][0])
        self.scores = np.empty((batch, network.head.symbols), network.dtype)
        for layer, weights, state in zip(self.layers, parts, states, strict=True):
            layer.reserve(1, batch)
            with np.errstate(all="ignore"):
                layer.prepare(weights)
            layer.enter(state)
        self.W_hy, self.b_y = head["W_hy"].copy(), head["b_y"].copy()
        self.nt = chosen().nt
        self.table, self.first = self.layers[0].table, self.layers[0].z[0]

    def step(self, indices: IntArray) -> Array:
        """Read one character per sequence, (batch); give the scores of the next, (batch, V)."""
        with np.errstate(all="ignore"):
            np.take(self.table, indices, axis=0, out=self.first, mode="clip")
            above = self.layers[0].advance()
            for layer in self.layers[1:]:
                layer.read(above)
                above = layer.advance()
            self.nt(above, self.W_hy, self.scores)
            np.add(self.scores, self.b_y, self.scores)
        return self.scores

    @property
    def states(self) -> States:
        """The states after the last step, as copies."""
        return tuple(layer.leave() for layer in self.layers)

    def hidden(self) -> list[Array]:
        """Per layer a copy of h (hidden) after the last step, of the first of the batch."""
        return [layer.h_at[1][0].copy() for layer in self.layers]

    def readout(self) -> list[Mapping[str, Array]]:
        """Every gate, candidate and state of each layer in the last step, (batch, hidden)."""
        return [layer.readout() for layer in self.layers]

"""A network on a task, the fast way: `rnn.sequence_model` with one layer and no time to lose.

The same parameters under the same names, the same loss and the same gradients; only the
arrangement is another. The head reads no step but those that are scored, which may be the last one
alone.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from rnn.arrays import Array
from rnn.cells import make_cell
from rnn.fast.layer import Layer
from rnn.fast.network import LAYERS
from rnn.layers import Dense
from rnn.losses import mean_squared_error, softmax_cross_entropy
from rnn.parameters import Parameters
from rnn.saved import Saved
from rnn.tasks.task import Batch, Task


class Judged(NamedTuple):
    """How a network did on a batch, and what it answered at the scored steps."""

    loss: float
    outputs: Array  # (scored, outputs), in the order of `targets[mask]`


class TaskModel:
    """One layer of `kind` with a dense head on a task; a `Trainable` of `rnn.trainer`.

    `batches` gives the mini-batches, one after the other: whoever compares networks hands each of
    them the same. Parameters are named `layer0.W_xh` ... `head.b_y` and are 0 until `initialise`.
    """

    def __init__(
        self,
        task: Task,
        kind: str,
        hidden: int,
        batches: Iterator[Batch],
        *,
        forget_bias: float = 1.0,
        dtype: DTypeLike = np.float64,
    ) -> None:
        self.task, self.kind, self.hidden, self.batches = task, kind, hidden, batches
        self.cell = make_cell(kind, task.inputs, hidden, forget_bias=forget_bias)
        self.head = Dense(hidden, task.outputs)
        shapes = {f"layer0.{name}": shape for name, shape in self.cell.shapes.items()}
        shapes |= {f"head.{name}": shape for name, shape in self.head.shapes.items()}
        self.parameters = Parameters(shapes, dtype)
        self._cell, self._head = self.parameters.part("layer0."), self.parameters.part("head.")
        # One for training, one for being judged: each keeps its buffers.
        self._training, self._reading = (
            LAYERS[kind](task.inputs, hidden, dtype, indexed=False) for _ in range(2)
        )

    def initialise(self, rng: np.random.Generator) -> None:
        """Draw the parameters as is usual for the cell."""
        self.cell.initialise(self._cell, rng)
        self.head.initialise(self._head, rng)

    def loss_and_gradients(self, gradients: Parameters) -> float:
        """Take the next batch; add dL/dw to `gradients` and return the loss."""
        batch = next(self.batches)
        h = self._walk(self._training, batch)
        scored = h[batch.mask]
        loss, d_outputs = self._loss(self.head.forward(self._head, scored), batch)
        d_h = np.zeros(h.shape, h.dtype)
        d_h[batch.mask] = self.head.backward(self._head, scored, d_outputs, gradients.part("head."))
        self._training.backward(self._cell, d_h, gradients.part("layer0."))
        return loss

    def judge(self, batch: Batch) -> Judged:
        """The loss on a batch that nothing is learned from, and the answers."""
        outputs = self.head.forward(self._head, self._walk(self._reading, batch)[batch.mask])
        return Judged(self._loss(outputs, batch)[0], outputs)

    def state(self) -> Saved:
        """Nothing is carried from one batch to the next, and the batches are not the network's."""
        return Saved({}, {})

    def restore(self, saved: Saved) -> None:
        """Go on from what `state` gave. Raises ValueError if it holds anything."""
        if saved.arrays or saved.facts:
            held = ", ".join([*saved.arrays, *saved.facts])
            raise ValueError(f"a saved task model must hold nothing; got {held}")

    def _walk(self, layer: Layer, batch: Batch) -> Array:
        """All hidden states, (time, batch, hidden), until the next walk of this layer."""
        dtype = self.parameters.flat.dtype
        size = batch.inputs.shape[1]
        state = tuple(np.zeros((size, self.hidden), dtype) for _ in self.cell.state_names)
        h, _ = layer.forward(self._cell, batch.inputs.astype(dtype, copy=False), state)
        return h

    def _loss(self, outputs: Array, batch: Batch) -> tuple[float, Array]:
        wanted = batch.targets[batch.mask]
        if self.task.scored_by == "classes":
            return softmax_cross_entropy(outputs, wanted)
        return mean_squared_error(outputs, wanted.astype(outputs.dtype, copy=False))

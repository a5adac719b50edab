"""A whole network at last: a stack that remembers, a head that answers, a task that asks.

    h = stack(x)          (time, batch, hidden)
    y = W_hy h + b_y      (time, batch, outputs)
    L = loss(y, targets)  over the steps that are scored

This is the readable path: every piece is the one its own chapter explains.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from rnn.arrays import Array
from rnn.layers import Dense
from rnn.losses import mean_squared_error, softmax_cross_entropy
from rnn.parameters import Parameters
from rnn.saved import Saved, generator_facts, restore_generator
from rnn.stack import StackBackward, StackRun, make_stack
from rnn.tasks.task import Batch, Task, check_size


class Answer(NamedTuple):
    """What a forward pass computed."""

    outputs: Array  # (time, batch, outputs): values, or scores of classes
    run: StackRun


class Study(NamedTuple):
    """What a forward and a backward pass over one batch computed."""

    loss: float
    answer: Answer
    d_outputs: Array  # dL/dy, (time, batch, outputs)
    backward: StackBackward


class SequenceModel:
    """A stack of `kind` cells with a dense head on a task; a `Trainable` of `rnn.trainer`.

    `rng` draws the batches, and the dropout if there is any; its state is saved with the model's.
    Parameters are named `layer0.W_xh` ... `head.W_hy`, `head.b_y`; they are 0 until `initialise`.
    Raises ValueError, naming the value and the rule, on a setting that is wrong.
    """

    def __init__(
        self,
        task: Task,
        kind: str,
        hidden: int,
        rng: np.random.Generator,
        *,
        layers: int = 1,
        bidirectional: bool = False,
        batch: int = 32,
        activation: str = "tanh",
        forget_bias: float = 1.0,
        dropout: float = 0.0,
        dtype: DTypeLike = np.float64,
    ) -> None:
        self.task, self.rng = task, rng
        self.batch_size = check_size(batch, task.steps)
        self.stack = make_stack(
            kind,
            task.inputs,
            hidden,
            layers,
            bidirectional=bidirectional,
            dropout=dropout,
            activation=activation,
            forget_bias=forget_bias,
        )
        self.head = Dense(self.stack.outputs, task.outputs)
        head_shapes = {f"head.{name}": shape for name, shape in self.head.shapes.items()}
        self.parameters = Parameters({**self.stack.shapes, **head_shapes}, dtype)
        self._dropout_rng = rng if dropout else None

    def initialise(self, rng: np.random.Generator) -> None:
        """Draw the parameters, each layer as is usual for it."""
        self.stack.initialise(self.parameters, rng)
        self.head.initialise(self.parameters.part("head."), rng)

    def forward(self, inputs: Array, rng: np.random.Generator | None = None) -> Answer:
        """Answer to `inputs` (time, batch, inputs), starting from zero states.

        Without an `rng` nothing is dropped.
        """
        run = self.stack.forward(self.parameters, self._cast(inputs), rng=rng)
        return Answer(self.head.forward(self.parameters.part("head."), run.outputs), run)

    def study(
        self,
        batch: Batch,
        gradients: Parameters,
        rng: np.random.Generator | None = None,
        *,
        truncate: int | None = None,
        keep_states: bool = False,
    ) -> Study:
        """Forward, loss and backward over one batch; dL/dw is added to `gradients`.

        `truncate` and `keep_states` are those of `rnn.unroll.backward`.
        """
        answer = self.forward(batch.inputs, rng)
        loss, d_outputs = self._judge(answer.outputs, batch)
        d_hidden = self.head.backward(
            self.parameters.part("head."), answer.run.outputs, d_outputs, gradients.part("head.")
        )
        backward = self.stack.backward(
            self.parameters,
            answer.run,
            d_hidden,
            gradients,
            truncate=truncate,
            keep_states=keep_states,
        )
        return Study(loss, answer, d_outputs, backward)

    def loss(self, batch: Batch) -> float:
        """The loss on a batch, in nats or squared units, as the task scores it; no dropout."""
        return self._judge(self.forward(batch.inputs).outputs, batch)[0]

    def loss_and_gradients(self, gradients: Parameters) -> float:
        """Draw the next batch and study it."""
        batch = self.task.batch(self.rng, self.batch_size)
        return self.study(batch, gradients, self._dropout_rng).loss

    def state(self) -> Saved:
        """Where the generator stands. Nothing is carried from one batch to the next."""
        return Saved({}, {"generator": generator_facts(self.rng)})

    def restore(self, saved: Saved) -> None:
        """Go on from what `state` gave. Raises ValueError if it is not that."""
        arrays, facts = saved
        if arrays or set(facts) != {"generator"}:
            held = ", ".join([*arrays, *facts]) or "nothing"
            raise ValueError(f"a saved sequence model must hold a generator; got {held}")
        restore_generator(self.rng, facts["generator"])

    def _judge(self, outputs: Array, batch: Batch) -> tuple[float, Array]:
        if self.task.scored_by == "classes":
            return softmax_cross_entropy(outputs, batch.targets, batch.mask)
        return mean_squared_error(outputs, self._cast(batch.targets), batch.mask)

    def _cast(self, array: Array) -> Array:
        return array.astype(self.parameters.flat.dtype, copy=False)

"""A character model learns one thing: which character comes next, given all that came before.

    p(text) = prod_t p(x_t | x_1 .. x_{t-1})          (Sutskever, Martens & Hinton 2011)

Its loss is the mean of -log p: in bits per character it is what a perfect compressor would need,
and perplexity, 2 to the bits, is how many characters it hesitates between.
"""

from functools import cached_property

import numpy as np
from numpy.typing import DTypeLike

from rnn import checkpoints, losses
from rnn.arrays import Array, IntArray
from rnn.fast.network import Network, States, Stepper
from rnn.parameters import Parameters
from rnn.text.description import ARRAYS, Description
from rnn.text.vocabulary import Vocabulary

CHUNK = 256
"""Steps of an evaluation that are computed together."""


class CharModel:
    """A recurrent network over the characters of a vocabulary, with its parameters.

    The parameters are named as those of a stack with a dense head: `layer0.W_xh`, `layer0.W_hh`,
    `layer0.b_h`, for a GRU `layer0.b_hn`, and `head.W_hy`, `head.b_y`. A state is a tuple of one
    (h,) or (h, c) per layer, each (batch, hidden).
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        kind: str = "lstm",
        hidden: int = 128,
        layers: int = 1,
        dropout: float = 0.0,
        dtype: DTypeLike = np.float32,
    ) -> None:
        """Make a model whose parameters are all zero; `initialise` draws them.

        `kind` is rnn (tanh), lstm or gru; `dropout` is the probability of silencing what goes from
        one layer to the next while training. Raises ValueError naming the value and the rule.
        """
        self.dtype = np.dtype(dtype)
        self.description = Description(vocabulary, kind, hidden, layers, dropout, self.dtype.name)
        self.vocabulary, self.kind, self.dropout = vocabulary, kind, self.description.dropout
        self.hidden, self.layers = hidden, layers
        self.parameters = Parameters(self.description.shapes, self.dtype)

    def _network(self) -> Network:
        return Network(
            self.kind, len(self.vocabulary), self.hidden, self.layers, self.dropout, self.dtype
        )

    @cached_property
    def _training(self) -> Network:
        return self._network()

    @cached_property
    def _reading(self) -> Network:
        return self._network()  # its buffers have other sizes

    def _parts(self, parameters: Parameters) -> list[dict[str, Array]]:
        return [parameters.part(f"layer{depth}.") for depth in range(self.layers)]

    def initialise(self, rng: np.random.Generator) -> None:
        """Draw the parameters as each cell and the head do by themselves, from the bottom up."""
        for cell, part in zip(self.description.cells, self._parts(self.parameters), strict=True):
            cell.initialise(part, rng)
        self.description.head.initialise(self.parameters.part("head."), rng)

    def zero_state(self, batch: int = 1) -> States:
        """The state that remembers nothing, for `batch` texts side by side."""
        return tuple(
            tuple(np.zeros((batch, self.hidden), self.dtype) for _ in cell.state_names)
            for cell in self.description.cells
        )

    def loss_and_gradients(
        self,
        inputs: IntArray,
        targets: IntArray,
        state: States,
        gradients: Parameters,
        rng: np.random.Generator | None = None,
    ) -> tuple[float, States]:
        """The mean loss in nats per character and the state after; adds to `gradients`.

        `inputs` and `targets` are indices (time, batch). With an `rng` there is dropout. Nothing
        flows back into `state`. Raises ValueError when a shape or an index does not fit.
        """
        self._check(inputs, targets, state)
        loss, after, _ = self._training.loss_and_gradients(
            self._parts(self.parameters),
            self.parameters.part("head."),
            inputs,
            targets,
            state,
            self._parts(gradients),
            gradients.part("head."),
            rng,
        )
        return loss, after

    def loss(self, inputs: IntArray, targets: IntArray, state: States) -> tuple[float, States]:
        """The mean loss in nats per character of (time, batch), and the state after; no dropout."""
        self._check(inputs, targets, state)
        parts, head = self._parts(self.parameters), self.parameters.part("head.")
        return self._reading.loss(parts, head, inputs, targets, state)

    def _check(self, inputs: IntArray, targets: IntArray, state: States) -> None:
        if inputs.ndim != 2 or not inputs.size or inputs.shape != targets.shape:
            raise ValueError(
                f"inputs and targets must both be (time, batch) and not empty; "
                f"got {inputs.shape} and {targets.shape}"
            )
        last = len(self.vocabulary) - 1
        for name, indices in (("inputs", inputs), ("targets", targets)):
            if indices.dtype.kind not in "iu" or indices.min() < 0 or indices.max() > last:
                raise ValueError(f"{name} must be whole numbers from 0 to {last}")
        shape, parts = (inputs.shape[1], self.hidden), 2 if self.kind == "lstm" else 1
        if [len(each) for each in state] != [parts] * self.layers or any(
            array.shape != shape for each in state for array in each
        ):
            raise ValueError(f"state must be as zero_state({shape[0]}) gives it")

    def stepper(self, state: States) -> Stepper:
        """Read character by character from `state`, with the weights as they are now."""
        parts, head = self._parts(self.parameters), self.parameters.part("head.")
        return Stepper(self._network(), parts, head, state)

    def step(self, index: IntArray, state: States) -> tuple[Array, States]:
        """Read one character per text, (batch): the scores of the next, (batch, V), and the state.

        For many steps make one `stepper`: it prepares the weights once.
        """
        self._check(index[None], index[None], state)
        stepper = self.stepper(state)
        return stepper.step(index), stepper.states

    def nats_per_character(self, text: str) -> float:
        """The mean loss in nats over all characters of `text` but the first, read in one go.

        Raises ValueError for a text of fewer than two characters, or with unknown ones.
        """
        indices = self.vocabulary.encode(text)
        if len(indices) < 2:
            raise ValueError(f"a text must have at least 2 characters to be judged; got {text!r}")
        inputs, targets = indices[:-1, None], indices[1:, None]
        total, state = 0.0, self.zero_state(1)
        for start in range(0, len(inputs), CHUNK):
            chunk = slice(start, start + CHUNK)
            loss, state = self.loss(inputs[chunk], targets[chunk], state)
            total += loss * len(inputs[chunk])
        return total / len(inputs)

    def bits_per_character(self, text: str) -> float:
        """The same loss in bits: nats / ln 2. A model that knows nothing needs log2 V."""
        return losses.nats_to_bits(self.nats_per_character(text))

    def perplexity(self, text: str) -> float:
        """How many equally likely characters would be as hard. A model that knows nothing has V."""
        return losses.perplexity(self.nats_per_character(text))

    def to_checkpoint(self) -> bytes:
        """The model as a file in the safetensors layout."""
        return checkpoints.to_bytes(dict(self.parameters), self.description.facts())

    @classmethod
    def from_checkpoint(cls, data: bytes) -> "CharModel":
        """The model in a file that `to_checkpoint` wrote.

        Raises CheckpointError, a ValueError, naming what is wrong with any other file.
        """
        return cls.restored(
            checkpoints.from_bytes(data, ARRAYS, lambda facts, _: Description.of(facts).layouts)
        )

    @classmethod
    def restored(cls, checkpoint: checkpoints.Checkpoint) -> "CharModel":
        """The model that a checkpoint describes. It must hold its parameters and no other array."""
        of = Description.of(checkpoint.facts)
        checkpoint.expect(of.layouts)  # before there is room for as many
        model = cls(of.vocabulary, of.kind, of.hidden, of.layers, of.dropout, of.dtype)
        for name, array in checkpoint.arrays.items():
            model.parameters[name][...] = array
        return model

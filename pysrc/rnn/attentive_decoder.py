"""A decoder with attention writes one symbol at a time, looking at the source before each.

    c_t      = attention(s_{t-1}, source)
    s_t      = cell([E y_{t-1} ; c_t], s_{t-1})
    scores_t = W_hy [s_t ; c_t] + b_y

(Bahdanau, Cho & Bengio 2015, equations 4 to 6, with a dense head in place of their maxout layer.)
While training, y_{t-1} is the right symbol, whatever the decoder would have written (teacher
forcing, Williams & Zipser 1989); while writing, it is the decoder's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnn.arrays import Array, IntArray, State
from rnn.attention import Attention, Glance, Memory
from rnn.cells.cell import Cache, Cell
from rnn.layers import Dense, Embedding
from rnn.parameters import part

Arrays = Mapping[str, Array]
"""Parameters or gradients, by dotted name."""


@dataclass(frozen=True)
class Step:
    """What one step computed."""

    glance: Glance
    cache: Cache  # the cell's
    state: State  # s_t
    read: Array  # (batch, hidden + width): [s_t ; c_t], what the head reads


@dataclass(frozen=True)
class Decoded:
    """What a teacher-forced pass computed."""

    previous: IntArray  # (time, batch): y_{t-1}
    memory: Memory
    steps: list[Step]
    read: Array  # (time, batch, hidden + width)
    scores: Array  # (time, batch, symbols)

    @property
    def alignments(self) -> Array:
        """How much of each source step was seen at each step, (time, source, batch)."""
        return np.stack([step.glance.alignment for step in self.steps])


@dataclass(frozen=True)
class AttentiveDecoder:
    """An embedding, attention, a cell and a head. `cell` reads features and context, joined.

    Parameters are named by part: `embedding.W_e`, `attention.W_a`, `cell.W_xh`, `head.W_hy`.
    """

    embedding: Embedding
    attention: Attention
    cell: Cell
    head: Dense

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each parameter, by dotted name."""
        return {
            prefix + name: shape
            for prefix, layer in self._parts()
            for name, shape in layer.shapes.items()
        }

    def initialise(self, parameters: Arrays, rng: np.random.Generator) -> None:
        """Let each part draw its weights, in place."""
        for prefix, layer in self._parts():
            layer.initialise(part(parameters, prefix), rng)

    def step(self, parameters: Arrays, vector: Array, state: State, memory: Memory) -> Step:
        """Take one step, told E y_{t-1} as `vector` (batch, features), from s_{t-1}."""
        glance = self.attention.forward(part(parameters, "attention."), state[0], memory)
        x = np.concatenate([vector, glance.context], axis=1)
        state, cache = self.cell.forward(part(parameters, "cell."), x, state)
        return Step(glance, cache, state, np.concatenate([state[0], glance.context], axis=1))

    def step_backward(
        self,
        parameters: Arrays,
        step: Step,
        memory: Memory,
        d_read: Array,
        d_state: State,
        gradients: Arrays,
        d_memory: Memory,
    ) -> tuple[Array, State]:
        """From dL/dread_t and what later steps ask of s_t to (dL/dvector_t, dL/ds_{t-1})."""
        hidden, features = self.cell.hidden, self.embedding.features
        d_state = (d_state[0] + d_read[:, :hidden], *d_state[1:])
        d_x, d_before = self.cell.backward(
            part(parameters, "cell."), step.cache, d_state, part(gradients, "cell.")
        )
        d_query = self.attention.backward(
            part(parameters, "attention."),
            step.glance,
            memory,
            d_x[:, features:] + d_read[:, hidden:],  # the context went into the cell and the head
            part(gradients, "attention."),
            d_memory,
        )
        return d_x[:, :features], (d_before[0] + d_query, *d_before[1:])

    def forward(
        self, parameters: Arrays, previous: IntArray, start: State, memory: Memory
    ) -> Decoded:
        """Write, told at each step what should stand before it: `previous` (time, batch)."""
        state, steps = start, []
        for vector in self.embedding.forward(part(parameters, "embedding."), previous):
            steps.append(self.step(parameters, vector, state, memory))
            state = steps[-1].state
        read = np.stack([step.read for step in steps])
        scores = self.head.forward(part(parameters, "head."), read)
        return Decoded(previous, memory, steps, read, scores)

    def backward(
        self, parameters: Arrays, decoded: Decoded, d_scores: Array, gradients: Arrays
    ) -> tuple[State, Memory]:
        """From dL/dscores to (dL/ds_0, dL/dmemory); adds to `gradients`."""
        d_read = self.head.backward(
            part(parameters, "head."), decoded.read, d_scores, part(gradients, "head.")
        )
        d_memory = decoded.memory.zeros()
        d_state: State = tuple(np.zeros_like(array) for array in decoded.steps[0].state)
        d_vectors: list[Array] = []
        for t in range(len(decoded.steps) - 1, -1, -1):
            d_vector, d_state = self.step_backward(
                parameters,
                decoded.steps[t],
                decoded.memory,
                d_read[t],
                d_state,
                gradients,
                d_memory,
            )
            d_vectors.append(d_vector)
        self.embedding.backward(
            decoded.previous, np.stack(d_vectors[::-1]), part(gradients, "embedding.")
        )
        return d_state, d_memory

    def write(
        self, parameters: Arrays, start: State, memory: Memory, first: int, stop: int, most: int
    ) -> tuple[IntArray, Array]:
        """Write the likeliest symbol at each step, from after `first` until all wrote `stop`.

        Returns the symbols (time, batch), at most `most` steps of them, `stop` repeated where a
        member has written it; and the alignments (time, source, batch).
        """
        batch, state = len(start[0]), start
        symbols: IntArray = np.full(batch, first)
        done = np.zeros(batch, np.bool_)
        written: list[IntArray] = []
        alignments: list[Array] = []
        while len(written) < most and not done.all():
            vector = self.embedding.forward(part(parameters, "embedding."), symbols)
            step = self.step(parameters, vector, state, memory)
            state = step.state
            scores = self.head.forward(part(parameters, "head."), step.read)
            symbols = np.where(done, stop, scores.argmax(axis=1))
            done |= symbols == stop
            written.append(symbols)
            alignments.append(step.glance.alignment)
        return np.stack(written), np.stack(alignments)

    def _parts(self) -> list[tuple[str, Embedding | Attention | Cell | Dense]]:
        return [
            ("embedding.", self.embedding),
            ("attention.", self.attention),
            ("cell.", self.cell),
            ("head.", self.head),
        ]

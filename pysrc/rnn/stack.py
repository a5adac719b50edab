"""Depth stacks networks: what one layer remembers at each step is what the next one reads.

    layer 0 reads the inputs; layer i reads the outputs of layer i - 1, with dropout between them
    a bidirectional layer has a second network that reads from the end:

        concat   y_t = [there_t ; back_t]       twice as wide (Schuster & Paliwal 1997)
        sum      y_t = there_t + back_t         as wide as one

Dropout silences what goes *between* layers, never the recurrence nor the last outputs (Zaremba,
Sutskever & Vinyals 2014). Under a mask the second network reads each sequence from its own end: the
padding comes last in both directions, and a sequence gives the same in any batch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike

from rnn import unroll
from rnn.arrays import Array, BoolArray, State
from rnn.cells import make_cell
from rnn.cells.cell import Cell
from rnn.checks import one_of, whole_number
from rnn.layers import Dropout
from rnn.reading import Reading
from rnn.unroll import Unrolled

Arrays = Mapping[str, Array]
"""Parameters or gradients, by dotted name."""
MOST_LAYERS = 32
"""The most layers of a stack."""


@dataclass(frozen=True)
class StackRun:
    """What a forward pass computed. A walk is one cell's way through time, there or back."""

    outputs: Array  # (time, batch, outputs), 0 where the mask is False
    walks: list[Unrolled]  # layer 0 there, layer 0 back, layer 1 there ...
    factors: list[Array | None]  # what dropout multiplied by, between layer i and i + 1
    readings: list[Reading]  # the orders in which a layer's walks read: there, and back if any

    @property
    def final_states(self) -> list[State]:
        """One per walk, to carry on from; that of a walk back is the state after the first step."""
        return [walk.final_state for walk in self.walks]


@dataclass(frozen=True)
class StackBackward:
    """What a backward pass computed, apart from the gradients of the weights."""

    d_inputs: Array  # (time, batch, inputs)
    walks: list[unroll.Backward]  # in the order of `StackRun.walks`

    @property
    def d_initial_states(self) -> list[State]:
        """dL/d(initial state), one per walk."""
        return [walk.d_initial_state for walk in self.walks]


@dataclass(frozen=True)
class Stack:
    """Layers of cells, the first in `cells` reading the inputs. Stateless, like the cells.

    Its parameters are named `layer0.W_xh`, and `layer0.back.W_xh` for the network that reads
    backwards. Raises ValueError when a cell does not fit on the one below it or a setting is wrong.
    """

    cells: Sequence[Cell]
    bidirectional: bool = False
    merge: str = "concat"
    dropout: float = 0.0

    def __post_init__(self) -> None:
        one_of("merge", self.merge, ("concat", "sum"))
        Dropout(self.dropout)
        if not self.cells:
            raise ValueError("a stack must have at least 1 layer; got 0")
        for index in range(1, len(self.cells)):
            below, inputs = self._width(index - 1), self.cells[index].inputs
            if inputs != below:
                raise ValueError(
                    f"layer {index} must read the {below} outputs of layer {index - 1}; "
                    f"it reads {inputs}"
                )

    @property
    def inputs(self) -> int:
        """How many numbers a step of the input holds."""
        return self.cells[0].inputs

    @property
    def outputs(self) -> int:
        """How many numbers a step of the output holds."""
        return self._width(len(self.cells) - 1)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each parameter, by dotted name."""
        return {
            prefix + name: shape
            for prefix, cell in self._walkers()
            for name, shape in cell.shapes.items()
        }

    def initialise(self, parameters: Arrays, rng: np.random.Generator) -> None:
        """Let each cell draw its weights, in place."""
        for prefix, cell in self._walkers():
            cell.initialise(_named(parameters, prefix, cell), rng)

    def zero_states(self, batch: int, dtype: DTypeLike = np.float64) -> list[State]:
        """States that remember nothing, one per walk."""
        return [
            tuple(np.zeros((batch, cell.hidden), dtype) for _ in cell.state_names)
            for _, cell in self._walkers()
        ]

    def forward(
        self,
        parameters: Arrays,
        inputs: Array,
        states: Sequence[State] | None = None,
        mask: BoolArray | None = None,
        rng: np.random.Generator | None = None,
    ) -> StackRun:
        """Walk every layer over `inputs` (time, batch, inputs), from `states` or from zeros.

        `mask` is (time, batch), True where there is something to read. `rng` draws the dropout;
        without one the network is being used, not trained, and nothing is dropped.
        Raises ValueError when a shape does not fit.
        """
        count = len(self._walkers())
        if states is not None and len(states) != count:
            raise ValueError(f"states must be one per walk, {count}; got {len(states)}")
        readings = [Reading.ahead(mask)]
        if self.bidirectional:
            readings.append(Reading.back(mask))
        walks: list[Unrolled] = []
        factors: list[Array | None] = []
        x = inputs
        # --8<-- [start:forward]
        for layer, cell in enumerate(self.cells):
            if layer > 0:
                x, factor = Dropout(self.dropout).forward(x, rng)
                factors.append(factor)
            ways: list[Array] = []
            for prefix, reading in zip(self._prefixes(layer), readings, strict=True):
                weights = _named(parameters, prefix, cell)
                state = None if states is None else states[len(walks)]
                walk = unroll.forward(cell, weights, reading.put(x), state, reading.mask)
                walks.append(walk)
                ways.append(reading.undo(walk.outputs))
            x = self._merged(ways)
        # --8<-- [end:forward]
        return StackRun(x, walks, factors, readings)

    def backward(
        self,
        parameters: Arrays,
        run: StackRun,
        d_outputs: Array,
        gradients: Arrays,
        d_final_states: Sequence[State] | None = None,
        truncate: int | None = None,
        *,
        keep_states: bool = False,
    ) -> StackBackward:
        """Walk back down: from dL/d(outputs) to the gradients of weights, inputs and states.

        The weights' gradients are added to `gradients` in place. `d_final_states` is what whoever
        uses the final states asks of them, one per walk. `truncate` and `keep_states` are as in
        `unroll.backward`, in the order in which each walk reads. Raises ValueError when a shape
        does not fit.
        """
        if d_outputs.shape != run.outputs.shape:
            raise ValueError(
                f"d_outputs must have the outputs' shape {run.outputs.shape}; got {d_outputs.shape}"
            )
        if d_final_states is not None and len(d_final_states) != len(run.walks):
            raise ValueError(
                f"d_final_states must be one per walk, {len(run.walks)}; got {len(d_final_states)}"
            )
        results: list[unroll.Backward] = []  # from the last walk to the first
        d_y = d_outputs
        for layer in range(len(self.cells) - 1, -1, -1):
            cell = self.cells[layer]
            ways = zip(self._prefixes(layer), run.readings, self._unmerged(d_y), strict=True)
            d_x: Array = np.zeros((), d_outputs.dtype)
            for prefix, reading, d_way in reversed(list(ways)):
                at = len(run.walks) - 1 - len(results)
                result = unroll.backward(
                    cell,
                    _named(parameters, prefix, cell),
                    run.walks[at],
                    reading.put(d_way),
                    _named(gradients, prefix, cell),
                    None if d_final_states is None else d_final_states[at],
                    truncate,
                    keep_states=keep_states,
                )
                results.append(result)
                d_x = d_x + reading.undo(result.d_inputs)
            d_y = Dropout(self.dropout).backward(run.factors[layer - 1], d_x) if layer else d_x
        return StackBackward(d_y, results[::-1])

    def _merged(self, ways: list[Array]) -> Array:
        """One sequence from a layer's one or two."""
        if len(ways) == 1:
            return ways[0]
        there, back = ways
        return there + back if self.merge == "sum" else np.concatenate([there, back], axis=2)

    def _unmerged(self, d_merged: Array) -> list[Array]:
        """The gradient of each of a layer's one or two sequences."""
        if not self.bidirectional:
            return [d_merged]
        if self.merge == "sum":
            return [d_merged, d_merged]
        return np.split(d_merged, 2, axis=2)

    def _width(self, layer: int) -> int:
        doubled = self.bidirectional and self.merge == "concat"
        return self.cells[layer].hidden * (2 if doubled else 1)

    def _prefixes(self, layer: int) -> list[str]:
        """The beginnings of the names of a layer's parameters: there, and back if it does."""
        there = f"layer{layer}."
        return [there, f"{there}back."] if self.bidirectional else [there]

    def _walkers(self) -> list[tuple[str, Cell]]:
        return [
            (prefix, cell)
            for layer, cell in enumerate(self.cells)
            for prefix in self._prefixes(layer)
        ]


def make_stack(
    kind: str,
    inputs: int,
    hidden: int,
    layers: int = 1,
    *,
    bidirectional: bool = False,
    merge: str = "concat",
    dropout: float = 0.0,
    activation: str = "tanh",
    forget_bias: float = 1.0,
) -> Stack:
    """Make a stack of like cells, each layer with `hidden` units per direction.

    Raises ValueError, naming the value and the rule, on a setting that is wrong.
    """
    whole_number("layers", layers, 1, MOST_LAYERS)
    width = hidden * 2 if bidirectional and merge == "concat" else hidden
    cells = tuple(
        make_cell(kind, width if layer else inputs, hidden, activation, forget_bias)
        for layer in range(layers)
    )
    return Stack(cells, bidirectional, merge, dropout)


def _named(arrays: Arrays, prefix: str, cell: Cell) -> dict[str, Array]:
    """One cell's arrays, still views, by the names it knows them by."""
    return {name: arrays[prefix + name] for name in cell.shapes}

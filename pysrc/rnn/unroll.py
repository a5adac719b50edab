"""Unrolled through time, a recurrent network is a deep one whose layers share their weights.

`forward` walks a cell over a sequence and keeps what each step computed; `backward` walks back over
it: backpropagation through time (Werbos 1990). Sequences are (time, batch, features).

**A mask** lets sequences of different lengths share a batch. Where it is False nothing happens: the
state is carried over unchanged, the output is 0, and the input there is never read.

**Carried state.** `Unrolled.final_state` of one stretch is the `state` of the next, so a text can
be read in pieces. Nothing flows back into the earlier piece: that is truncation.

**Truncated** backpropagation (Williams & Peng 1990) cuts the way back every `truncate` steps,
counted from the start of the sequence. That is what training on pieces of that length with carried
state computes; when a piece is at least as long as the sequence nothing is cut.
"""

from dataclasses import dataclass

import numpy as np

from rnn.arrays import Array, BoolArray, State, Weights
from rnn.cells.cell import Cache, Cell
from rnn.checks import whole_number


@dataclass(frozen=True)
class Unrolled:
    """What a forward pass computed."""

    outputs: Array  # (time, batch, hidden): h_t, or 0 where the mask is False
    states: list[State]  # time + 1 of them; states[0] is the one it started from
    caches: list[Cache]  # one per step
    mask: BoolArray | None  # (time, batch)

    @property
    def final_state(self) -> State:
        """The state after the last step, to carry on from."""
        return self.states[-1]


@dataclass(frozen=True)
class Backward:
    """What a backward pass computed, apart from the gradients of the weights."""

    d_inputs: Array  # (time, batch, inputs)
    d_initial_state: State  # dL/dh_0, and dL/dc_0 of an LSTM, each (batch, hidden)
    d_states: list[State] | None  # dL/dh_t (and dL/dc_t) in the order of `states`; if asked for


def zero_state(cell: Cell, like: Array) -> State:
    """The state that remembers nothing, for inputs `like` (time, batch, inputs), in their dtype."""
    shape = (like.shape[1], cell.hidden)
    return tuple(np.zeros(shape, like.dtype) for _ in cell.state_names)


def forward(
    cell: Cell,
    weights: Weights,
    inputs: Array,
    state: State | None = None,
    mask: BoolArray | None = None,
) -> Unrolled:
    """Walk the cell over `inputs` (time, batch, inputs), starting from `state`, or from zeros.

    `mask` is (time, batch), True where there is something to read. Raises ValueError when a shape
    does not fit or the sequence is empty.
    """
    _check_inputs(cell, inputs)
    time, batch, _ = inputs.shape
    if state is None:
        state = zero_state(cell, inputs)
    _check_state(cell, batch, state)
    if mask is not None:
        if mask.shape != (time, batch) or mask.dtype != np.bool_:
            raise ValueError(
                f"mask must be booleans of shape {(time, batch)}; got {mask.dtype} of {mask.shape}"
            )
        inputs = np.where(mask[:, :, None], inputs, 0.0)  # padding may be anything, even NaN
    states: list[State] = [state]
    caches: list[Cache] = []
    outputs = np.zeros((time, batch, cell.hidden), np.result_type(inputs, weights["W_hh"]))
    for t in range(time):
        after, cache = cell.forward(weights, inputs[t], states[t])
        here = None if mask is None else mask[t, :, None]
        outputs[t] = _where(here, after[0])
        if here is not None:
            after = tuple(np.where(here, *pair) for pair in zip(after, states[t], strict=True))
        states.append(after)
        caches.append(cache)
    return Unrolled(outputs, states, caches, mask)


def backward(
    cell: Cell,
    weights: Weights,
    unrolled: Unrolled,
    d_outputs: Array,
    gradients: Weights,
    d_final_state: State | None = None,
    truncate: int | None = None,
    *,
    keep_states: bool = False,
) -> Backward:
    """Walk back: from dL/d(outputs) to the gradients of weights, inputs and initial state.

    `d_outputs` is (time, batch, hidden), `d_final_state` what whoever uses the final state asks of
    it. The weights' gradients are added to `gradients` in place. With `truncate` = k nothing flows
    from step k + 1 back into step k, nor at any later multiple of k. With `keep_states` dL/dstate
    of every step is kept, everything that depends on that state counted. Raises ValueError when a
    shape does not fit or `truncate` is not a whole number from 1.
    """
    time, batch, hidden = unrolled.outputs.shape
    if d_outputs.shape != unrolled.outputs.shape:
        raise ValueError(
            f"d_outputs must have the outputs' shape {unrolled.outputs.shape}; "
            f"got {d_outputs.shape}"
        )
    window = time if truncate is None else whole_number("truncate", truncate, 1, 1_000_000_000)
    d_nothing = tuple(np.zeros((batch, hidden), d_outputs.dtype) for _ in cell.state_names)
    d_state = d_nothing if d_final_state is None else d_final_state
    _check_state(cell, batch, d_state)
    kept: list[State] = []
    d_inputs: list[Array] = []
    for t in range(time - 1, -1, -1):
        here = None if unrolled.mask is None else unrolled.mask[t, :, None]
        d_state = (d_state[0] + _where(here, d_outputs[t]), *d_state[1:])
        kept.append(d_state)
        d_step = tuple(_where(here, d) for d in d_state)
        d_x, d_before = cell.backward(weights, unrolled.caches[t], d_step, gradients)
        d_inputs.append(d_x)
        if here is not None:  # a step that did not happen hands its gradient on as it is
            d_before = tuple(np.where(here, *pair) for pair in zip(d_before, d_state, strict=True))
        cut = t > 0 and t % window == 0
        d_state = d_nothing if cut else d_before
    kept.append(d_state)
    return Backward(np.stack(d_inputs[::-1]), d_state, kept[::-1] if keep_states else None)


def _where(here: BoolArray | None, array: Array) -> Array:
    """The array, with zeros where there is no step."""
    return array if here is None else np.where(here, array, 0.0)


def _check_inputs(cell: Cell, inputs: Array) -> None:
    if inputs.ndim != 3 or inputs.shape[2] != cell.inputs or 0 in inputs.shape:
        raise ValueError(
            f"inputs must be (time, batch, {cell.inputs}) with at least one step and one member; "
            f"got {inputs.shape}"
        )


def _check_state(cell: Cell, batch: int, state: State) -> None:
    shapes = tuple(part.shape for part in state)
    if shapes != ((batch, cell.hidden),) * len(cell.state_names):
        raise ValueError(
            f"a state must hold {', '.join(cell.state_names)} of shape {(batch, cell.hidden)}; "
            f"got {', '.join(map(str, shapes))}"
        )

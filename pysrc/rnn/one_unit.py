"""The smallest recurrent network: one number goes in, one is remembered, one comes out.

    h_t = f(w_x x_t + w_h h_{t-1} + b_h)        the memory (Elman 1990)
    y_t = w_y h_t + b_y                         the prediction
    L   = 1/N sum_t (y_t - target_t)^2          the loss

N is the number of steps that have a target: usually all T, but a target may be None, and then
nothing is asked of the output at that step.

Everything here is a plain Python float. For one unit that is about 45 times faster than 1x1
arrays, and it can be checked with a pencil.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rnn.activations import Activation
from rnn.checks import whole_number


class Weights(NamedTuple):
    """The five numbers the network learns. A gradient has the same five fields."""

    w_x: float  # input to hidden
    w_h: float  # hidden to hidden: the loop
    w_y: float  # hidden to output
    b_h: float  # bias of the hidden unit
    b_y: float  # bias of the output


class Trace(NamedTuple):
    """What a forward pass computed, one entry per step."""

    hidden: list[float]  # h_1 .. h_T
    outputs: list[float]  # y_1 .. y_T


class Backward(NamedTuple):
    """What a backward pass computed."""

    gradient: Weights  # dL/dw for each of the five
    error_signals: list[float]  # dL/da_t, a_t being what goes into f at step t


def forward(
    weights: Weights, inputs: Sequence[float], activation: Activation, h_0: float = 0.0
) -> Trace:
    """Run the network over `inputs` (T numbers), starting from the memory `h_0`."""
    w_x, w_h, w_y, b_h, b_y = weights
    squash = activation.forward
    hidden: list[float] = []
    outputs: list[float] = []
    # --8<-- [start:forward]
    state = h_0
    for x in inputs:
        state = squash(w_x * x + w_h * state + b_h)
        hidden.append(state)
        outputs.append(w_y * state + b_y)
    # --8<-- [end:forward]
    return Trace(hidden, outputs)


def backward(
    weights: Weights,
    inputs: Sequence[float],
    targets: Sequence[float | None],
    trace: Trace,
    activation: Activation,
    h_0: float = 0.0,
    truncate: int | None = None,
) -> Backward:
    """Backpropagate through time: from the last step to the first (Werbos 1990).

    With `e_t = dL/dy_t = 2/N (y_t - target_t)` and `d_t = dL/da_t`, a_t being what goes into f:

        d_t     = (w_y e_t + w_h d_{t+1}) f'(a_t)
        dL/dw_x = sum_t d_t x_t       dL/dw_h = sum_t d_t h_{t-1}      dL/db_h = sum_t d_t
        dL/dw_y = sum_t e_t h_t       dL/db_y = sum_t e_t

    `h_0` is the memory before the first step, as it was on the way forward.
    With `truncate` = k nothing flows from step k + 1 back into step k, nor at any later multiple of
    k (Williams & Peng 1990); `rnn.unroll.backward` cuts at the same places. Raises ValueError when
    it is not a whole number from 1.
    """
    if truncate is not None:
        whole_number("truncate", truncate, 1, 1_000_000_000)
    _, w_h, w_y, _, _ = weights
    hidden, outputs = trace
    slope = activation.slope
    steps = len(outputs)
    share = 2.0 / max(steps - targets.count(None), 1)
    signals = [0.0] * steps
    d_w_x = d_w_h = d_w_y = d_b_h = d_b_y = 0.0
    # --8<-- [start:backward]
    from_later = 0.0  # w_h d_{t+1}: what the later steps ask of this memory
    for t in range(steps - 1, -1, -1):
        target = targets[t]
        error = 0.0 if target is None else share * (outputs[t] - target)
        state = hidden[t]
        signal = (w_y * error + from_later) * slope(state)
        signals[t] = signal
        d_w_y += error * state
        d_b_y += error
        d_w_x += signal * inputs[t]
        d_w_h += signal * (hidden[t - 1] if t else h_0)
        d_b_h += signal
        from_later = w_h * signal
        if truncate and t % truncate == 0:
            from_later = 0.0  # cut: nothing flows further back
    # --8<-- [end:backward]
    return Backward(Weights(d_w_x, d_w_h, d_w_y, d_b_h, d_b_y), signals)


def mean_squared_error(outputs: Sequence[float], targets: Sequence[float | None]) -> float:
    """The mean of the squared differences, in the squared units of the targets.

    A step whose target is None does not count. Raises ValueError when the lengths differ or there
    is nothing to compare.
    """
    if len(outputs) != len(targets) or not targets:
        raise ValueError(
            f"outputs and targets must be equally long and not empty; "
            f"got {len(outputs)} and {len(targets)}"
        )
    total = 0.0
    asked = len(targets) - targets.count(None)
    if asked == 0:
        raise ValueError("at least one step must have a target; all are None")
    for output, target in zip(outputs, targets, strict=True):
        if target is not None:
            difference = output - target
            total += difference * difference  # `** 2` raises OverflowError where this gives inf
    return total / asked

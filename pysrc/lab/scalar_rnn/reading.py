"""What the weights make of the sequence: one pass forward, and one back."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lab.scalar_rnn.state import State
from rnn.descent import clip_by_value
from rnn.one_unit import Trace, Weights, backward, forward, mean_squared_error
from rnn.sequences import Scale


class Reading(NamedTuple):
    """One pass over a sequence as columns of T numbers, and the step the reader looks at."""

    steps: NDArray[np.float64]  # 1 .. T
    inputs: NDArray[np.float64]
    targets: NDArray[np.float64]
    hidden: NDArray[np.float64]
    outputs: NDArray[np.float64]
    loss: float  # the mean squared error of the outputs
    trace: Trace
    weights: Weights
    scale: Scale
    step: int  # counted from 1

    @property
    def before(self) -> float:
        """The memory that the current step starts from."""
        return float(self.hidden[self.step - 2]) if self.step > 1 else 0.0


class Gradients(NamedTuple):
    """The gradient before and after clipping, and what of that of w_h comes from each step."""

    whole: Weights
    clipped: Weights
    shares: NDArray[np.float64]  # (T,)
    limit: float | None  # None where clipping is off


def read(state: State) -> Reading:
    """Pass over the sequence as all is set."""
    problem = state.problem
    trace = forward(state.weights, problem.inputs, problem.activation)
    return Reading(
        steps=np.arange(1.0, len(trace.outputs) + 1),
        inputs=_array(problem.inputs),
        targets=_array(problem.targets),
        hidden=_array(trace.hidden),
        outputs=_array(trace.outputs),
        loss=mean_squared_error(trace.outputs, problem.targets),
        trace=trace,
        weights=state.weights,
        scale=state.scale,
        step=int(state.values["step"]),
    )


def read_back(state: State, reading: Reading) -> Gradients:
    """Pass back over what was read, and clip as is set."""
    problem, limit = state.problem, state.clip_limit
    back = backward(
        reading.weights, problem.inputs, problem.targets, reading.trace, problem.activation
    )
    with np.errstate(all="ignore"):  # numbers too large to draw are the lesson, not a fault
        shares = _array(back.error_signals) * np.concatenate(([0.0], reading.hidden[:-1]))
    clipped = back.gradient if limit is None else clip_by_value(back.gradient, limit)
    return Gradients(back.gradient, clipped, shares, limit)


def _array(values: Sequence[float]) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)

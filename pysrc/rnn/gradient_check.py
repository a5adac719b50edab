"""Never trust a gradient you have not checked: nudge each weight and watch the loss."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rnn.arrays import Array
from rnn.parameters import Parameters


@dataclass(frozen=True)
class GradientRecord:
    """One parameter's worst element: where it is, and its derivative by both methods."""

    name: str
    index: tuple[int, ...]
    analytic: float  # what the backward pass says
    numeric: float  # what the central difference says
    error: float  # relative; NaN if either is


def central_differences(
    loss: Callable[[list[float]], float], point: Sequence[float], epsilon: float = 1e-5
) -> list[float]:
    """Estimate dL/dw for every entry of `point` as (L(w + eps) - L(w - eps)) / (2 eps).

    The error shrinks with epsilon squared until rounding takes over; in float64 about 1e-5 is best.
    """
    _check_epsilon(epsilon)
    # --8<-- [start:nudge]
    slopes = []
    for index, value in enumerate(point):
        nudged = list(point)
        nudged[index] = value + epsilon
        above = loss(nudged)
        nudged[index] = value - epsilon
        below = loss(nudged)
        slopes.append((above - below) / (2.0 * epsilon))
    # --8<-- [end:nudge]
    return slopes


def relative_error(analytic: float, numeric: float, floor: float = 1e-8) -> float:
    """Compare two derivatives, `analytic` and `numeric`: |a - n| / max(|a|, |n|, floor).

    Thanks to `floor` two zeros agree.
    """
    return abs(analytic - numeric) / max(abs(analytic), abs(numeric), floor)


def check_gradients(
    loss: Callable[[], float],
    parameters: Parameters,
    gradients: Parameters,
    epsilon: float = 1e-5,
) -> list[GradientRecord]:
    """Hold every derivative in `gradients` against a central difference, and report the worst.

    `loss` takes nothing and reads `parameters`, which are nudged in place, one number at a time,
    and put back to the last bit; it must give the same answer each time it is asked. There is one
    record for each parameter, in their order. At float64 a right gradient's error is below 1e-6.

    A difference of losses is rounded, so a derivative thousands of times smaller than the others
    has few true digits. Each is therefore measured against at least a thousandth of the largest.

    Raises ValueError when the parameters are not float64, the names or shapes differ, or epsilon
    is not positive.
    """
    _check_epsilon(epsilon)
    flat = parameters.flat
    if flat.dtype != np.float64:
        raise ValueError(f"parameters must be float64 to be checked; got {flat.dtype}")
    if parameters.shapes != gradients.shapes:
        raise ValueError(
            f"gradients must have the parameters' names and shapes {parameters.shapes}; "
            f"got {gradients.shapes}"
        )
    numeric = parameters.zeros()
    for index, value in enumerate(flat.tolist()):
        try:
            flat[index] = value + epsilon
            above = loss()
            flat[index] = value - epsilon
            numeric.flat[index] = (above - loss()) / (2.0 * epsilon)
        finally:
            flat[index] = value
    floor = max(1e-3 * float(np.abs(numeric.flat).max(initial=0.0)), 1e-8)
    return [_worst(name, gradients[name], numeric[name], floor) for name in parameters]


def _worst(name: str, analytic: Array, numeric: Array, floor: float) -> GradientRecord:
    pairs = zip(analytic.ravel().tolist(), numeric.ravel().tolist(), strict=True)
    errors = np.array([relative_error(a, n, floor) for a, n in pairs])
    worst = int(np.argmax(errors))  # the first NaN, if there is one
    index = tuple(int(i) for i in np.unravel_index(worst, analytic.shape))
    return GradientRecord(
        name, index, float(analytic[index]), float(numeric[index]), float(errors[worst])
    )


def _check_epsilon(epsilon: float) -> None:
    if not epsilon > 0.0:
        raise ValueError(f"epsilon must be positive; got {epsilon}")

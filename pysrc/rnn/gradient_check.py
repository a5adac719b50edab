"""Never trust a gradient you have not checked: nudge each weight and watch the loss."""

from collections.abc import Callable, Sequence


def central_differences(
    loss: Callable[[list[float]], float], point: Sequence[float], epsilon: float = 1e-5
) -> list[float]:
    """Estimate dL/dw for every entry of `point` as (L(w + eps) - L(w - eps)) / (2 eps).

    The error shrinks with epsilon squared until rounding takes over; in float64 about 1e-5 is best.
    """
    if not epsilon > 0.0:
        raise ValueError(f"epsilon must be positive; got {epsilon}")
    slopes = []
    for index, value in enumerate(point):
        nudged = list(point)
        nudged[index] = value + epsilon
        above = loss(nudged)
        nudged[index] = value - epsilon
        below = loss(nudged)
        slopes.append((above - below) / (2.0 * epsilon))
    return slopes


def relative_error(analytic: float, numeric: float) -> float:
    """Compare two derivatives: |a - n| / max(|a|, |n|, 1e-8), so that two zeros agree."""
    return abs(analytic - numeric) / max(abs(analytic), abs(numeric), 1e-8)

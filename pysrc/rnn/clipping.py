"""A gradient that explodes is cut down before it is used: each element, or the whole by its length.

    by value    g_i <- min(max(g_i, -limit), limit)          may turn the gradient's direction
    by norm     g   <- g limit / |g|   if |g| > limit        keeps it (Pascanu, Mikolov & Bengio
                                                             2013, section 3.2, algorithm 1)

Sources differ in which they use: min-char-rnn cuts elements to [-5, 5]; Pascanu et al. and *Dive
into Deep Learning* scale by the norm. Both work in place, and neither hides a NaN.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn.arrays import Array
from rnn.checks import one_of, plain, real_number
from rnn.descent import DIVERGED_ABOVE


def check_limit(limit: object) -> float:
    """Return the limit if it is above 0 and at most 1e12; otherwise raise ValueError."""
    return real_number("clip limit", limit, 0.0, DIVERGED_ABOVE, above_low=True)


def by_value(gradient: Array, limit: float) -> None:
    """Cut every element of a vector to [-limit, limit] in place. An infinity becomes the limit.

    Raises ValueError unless the limit is above 0 and at most 1e12.
    """
    limit = check_limit(limit)
    # --8<-- [start:value]
    np.minimum(gradient, limit, out=gradient)
    np.maximum(gradient, -limit, out=gradient)
    # --8<-- [end:value]


def by_norm(gradient: Array, limit: float) -> float:
    """Scale the whole vector in place so that its Euclidean norm is at most `limit`.

    Returns the norm before. A gradient that holds NaN or infinity has no direction to keep: it is
    left as it is, and the norm returned is NaN or infinite.

    Raises ValueError unless the limit is above 0 and at most 1e12.
    """
    limit = check_limit(limit)
    # --8<-- [start:norm]
    norm = global_norm(gradient)
    if norm <= limit:
        return norm
    scale = limit / norm
    if scale > 1e-30:  # not so for infinity and NaN
        gradient *= scale
    # --8<-- [end:norm]
    elif math.isfinite(largest := float(np.abs(gradient).max())):
        # in two strides, since the one factor would be too small for the dtype
        gradient /= largest
        gradient *= limit / global_norm(gradient)
    return norm


def global_norm(gradient: Array) -> float:
    """The Euclidean norm of a vector, summed in float64 whatever the dtype.

    Where a square would overflow or vanish, the elements are divided by the largest first.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        wide = gradient.astype(np.float64, copy=False)
        total = float(np.dot(wide, wide))
    if 1e-280 < total < math.inf:
        return math.sqrt(total)
    largest = float(np.abs(gradient).max(initial=0.0))
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    shrunk = wide / largest
    return largest * math.sqrt(float(np.dot(shrunk, shrunk)))


@dataclass(frozen=True)
class Clip:
    """Which of the two a training run uses, or `none`; `limit` then means nothing.

    Raises ValueError for another rule, or a limit that is not above 0 and at most 1e12.
    """

    rule: str = "none"  # none, value or norm
    limit: float = 1.0

    def __post_init__(self) -> None:
        one_of("clip", self.rule, ("none", "value", "norm"))
        check_limit(self.limit)

    def apply(self, gradient: Array) -> float:
        """Clip a vector in place; return the norm it had."""
        if self.rule == "norm":
            return by_norm(gradient, self.limit)
        norm = global_norm(gradient)
        if self.rule == "value":
            by_value(gradient, self.limit)
        return norm

    def facts(self) -> dict[str, Any]:
        """The rule and its limit, ready for JSON."""
        return {"rule": self.rule, "limit": plain(self.limit)}


NO_CLIP = Clip()
"""Leaves every gradient as it is."""


def clip_from(facts: object) -> Clip:
    """Bring back what `facts()` saved. Raises ValueError if it is not that."""
    if not isinstance(facts, Mapping) or set(facts) != {"rule", "limit"}:
        raise ValueError(f"a saved clip must hold rule and limit; got {facts!r}")
    return Clip(facts["rule"], facts["limit"])

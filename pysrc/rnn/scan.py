"""A recurrence without a bend need not be walked step by step: steps can be joined in any order.

    h_t = f_t h_{t-1} + u_t,    h_0 = 0         unit by unit; f_t and u_t do not depend on h

Two such steps are one of the same kind: first (f_1, u_1), then (f_2, u_2), is the single step

    (f_2 f_1,  f_2 u_1 + u_2).

So neighbours can be joined, then pairs, then fours, all over the sequence at once. After
ceil(log2 T) rounds every place holds all the steps before it (Hillis & Steele 1986; for recurrent
networks Martin & Cundy 2018). A tanh in between forbids it: tanh(a tanh(b h)) is no tanh(c h).
"""

import numpy as np

from rnn.arrays import Array


def by_steps(keep: Array, write: Array) -> Array:
    """All states h_t, one after the other: T steps, each waiting for the one before.

    Args:
        keep: f_t, (time, ...): the share of the old state that stays.
        write: u_t, of the same shape: what is added.

    Returns:
        h_1 .. h_T, of the same shape.

    Raises:
        ValueError: if the shapes differ, or there is no step.
    """
    _check(keep, write)
    h = np.empty_like(write)
    state = np.zeros_like(write[0])
    for t in range(len(write)):
        state = keep[t] * state + write[t]
        h[t] = state
    return h


def by_doubling(keep: Array, write: Array) -> Array:
    """The same states in ceil(log2 T) rounds, each over the whole sequence at once.

    Takes `keep` and `write`, (time, ...), gives and raises what `by_steps` does. It multiplies
    more, about T log2 T times: what it saves is waiting.
    """
    _check(keep, write)
    # --8<-- [start:doubling]
    f, u = keep.copy(), write.copy()
    reach = 1  # how many steps each place has joined
    while reach < len(u):
        u[reach:] += f[reach:] * u[:-reach]
        f[reach:] *= f[:-reach].copy()
        reach *= 2
    # --8<-- [end:doubling]
    return u


def rounds(steps: int) -> int:
    """How many rounds of doubling `steps` steps take: ceil(log2 steps)."""
    return max(steps - 1, 0).bit_length()


def _check(keep: Array, write: Array) -> None:
    if keep.shape != write.shape or write.ndim < 1 or len(write) < 1:
        raise ValueError(
            f"keep and write must have one shape, (time, ...), with at least 1 step; "
            f"got {keep.shape} and {write.shape}"
        )

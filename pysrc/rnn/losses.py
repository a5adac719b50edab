"""A loss says how wrong the network was, in one number; its gradient says which way to move.

For symbols, scores become probabilities by the softmax *first*; the loss is the negative logarithm
of the probability given to the symbol that came. (Taken together, log p = score - log sum exp, no
probability is ever rounded to zero on the way to its logarithm.)

    p = exp(s) / sum exp(s)        L = -1/n sum log p[target]        dL/ds = (p - onehot) / n
    mean squared error             L = 1/n sum (y - target)^2        dL/dy = 2 (y - target) / n

n counts what is averaged: the steps of all sequences that the mask leaves in. Masked steps neither
cost anything nor have a gradient, whatever stands there.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn.arrays import Array, BoolArray, IntArray


def softmax(scores: Array) -> Array:
    """Turn scores (..., V) into probabilities (..., V): none below 0, together 1.

    Subtracting the largest score first changes nothing but keeps exp from overflowing.
    """
    with np.errstate(invalid="ignore", over="ignore"):  # divergence is the trainer's to report
        # --8<-- [start:softmax]
        grown = np.exp(scores - scores.max(axis=-1, keepdims=True))
        probabilities: Array = grown / grown.sum(axis=-1, keepdims=True)
        # --8<-- [end:softmax]
    return probabilities


def softmax_cross_entropy(
    scores: Array, targets: IntArray, mask: BoolArray | None = None
) -> tuple[float, Array]:
    """Return the mean loss in nats per symbol and its gradient with respect to the scores.

    Args:
        scores: (..., V), one per symbol, any numbers.
        targets: (...), whole numbers from 0 to V - 1; anything where the mask is False.
        mask: (...), True where there is a symbol to predict. None means everywhere.

    Returns:
        The loss as a Python float, and dL/dscores: (..., V), of the dtype of `scores`.

    Raises:
        ValueError: if the shapes disagree, a target is no symbol or the mask leaves nothing.

    The gradient is Bridle's (1990): the probability given minus the one wanted.
    """
    symbols = scores.shape[-1]
    if targets.shape != scores.shape[:-1]:
        raise ValueError(
            f"targets must have the shape {scores.shape[:-1]} of the scores; got {targets.shape}"
        )
    count = _count(targets.shape, mask)
    if mask is not None:
        targets = np.where(mask, targets, 0)
    if targets.min() < 0 or targets.max() >= symbols:
        wrong = int(targets[(targets < 0) | (targets >= symbols)][0])
        raise ValueError(f"targets must be from 0 to {symbols - 1}; got {wrong}")
    at = targets[..., None]
    with np.errstate(invalid="ignore", over="ignore"):
        shifted = scores - scores.max(axis=-1, keepdims=True)
        grown = np.exp(shifted)
        total = grown.sum(axis=-1, keepdims=True)
        losses = np.log(total) - np.take_along_axis(shifted, at, axis=-1)
        d_scores: Array = grown / total
    wanted = np.take_along_axis(d_scores, at, axis=-1)
    np.put_along_axis(d_scores, at, wanted - 1.0, axis=-1)
    d_scores /= count
    if mask is None:
        return float(losses.sum(dtype=np.float64)) / count, d_scores
    d_scores[~mask] = 0.0
    return float(losses[mask].sum(dtype=np.float64)) / count, d_scores


def mean_squared_error(
    outputs: Array, targets: NDArray[Any], mask: BoolArray | None = None
) -> tuple[float, Array]:
    """Return the mean of the squared differences and its gradient with respect to the outputs.

    Args:
        outputs: (..., features).
        targets: (..., features), in the same units; anything where the mask is False.
        mask: (...), True for the steps that count. None means all.

    Returns:
        The loss in squared units, averaged over steps and features, and dL/doutputs.

    Raises:
        ValueError: if the shapes disagree or the mask leaves nothing.
    """
    if targets.shape != outputs.shape:
        raise ValueError(
            f"targets must have the shape {outputs.shape} of the outputs; got {targets.shape}"
        )
    count = _count(outputs.shape[:-1], mask) * outputs.shape[-1]
    with np.errstate(invalid="ignore", over="ignore"):
        differences: Array = (outputs - targets).astype(outputs.dtype, copy=False)
        if mask is not None:
            differences[~mask] = 0.0
        loss = float(np.square(differences).sum(dtype=np.float64)) / count
        return loss, differences * (2.0 / count)


def nats_to_bits(nats: float) -> float:
    """Convert a loss from nats to bits: a fair coin's outcome is ln 2 nats, or 1 bit."""
    return nats / math.log(2.0)


def perplexity(nats: float) -> float:
    """How many equally likely symbols would be as hard to predict: e to the loss in nats."""
    return math.inf if nats > 709.0 else math.exp(nats)  # exp(710) is beyond any float


def _count(steps: tuple[int, ...], mask: BoolArray | None) -> int:
    """How many steps are averaged."""
    if mask is not None and mask.shape != steps:
        raise ValueError(f"mask must have the shape {steps} of the steps; got {mask.shape}")
    count = math.prod(steps) if mask is None else int(np.count_nonzero(mask))
    if not count:
        raise ValueError("a loss must average at least 1 step; got 0")
    return count

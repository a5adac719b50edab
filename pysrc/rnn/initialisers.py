"""Where learning starts decides whether it starts at all: too small fades, too large explodes.

A matrix is (out, in), as everywhere: it multiplies vectors of `in` numbers. Drawn from independent
entries of variance v it scales the variance of what passes through it by v * in.

    name          entries                                    keeps
    normal        N(0, scale^2)                              nothing in particular
    xavier        uniform, variance 2 / (in + out)           tanh: forward and backward, halfway
    he            N(0, 2 / in)                               relu, which loses half of the variance
    orthogonal    Q of a random matrix's QR                  every length, exactly
    identity      scale on the diagonal, else 0              the state itself: relu (IRNN)

The gates of an LSTM or a GRU are stacked as rows of one matrix; draw each gate's block by itself
(`per_gate`), for `out` is the units of one gate.
"""

from collections.abc import Callable
from math import sqrt

import numpy as np

from rnn.arrays import Array
from rnn.checks import real_number

Shape = tuple[int, ...]
"""The shape of a matrix: (outputs, inputs)."""
Initialiser = Callable[[np.random.Generator, Shape], Array]
"""Draws a matrix of a shape with a random generator."""


def scaled_normal(rng: np.random.Generator, shape: Shape, scale: float = 0.01) -> Array:
    """Draw from N(0, scale^2), for any shape. 0.01 is min-char-rnn's scale (Karpathy 2015).

    Raises ValueError unless the scale is from 0 to 1,000,000.
    """
    real_number("scale", scale, 0.0, 1e6)
    return scale * rng.standard_normal(shape)


# --8<-- [start:recipes]
def xavier(rng: np.random.Generator, shape: Shape) -> Array:
    """Draw (out, in) uniformly from +-sqrt(6 / (in + out)) (Glorot & Bengio 2010, eq. 16)."""
    outs, ins = _matrix(shape)
    limit = sqrt(6.0 / (ins + outs))
    return rng.uniform(-limit, limit, shape)


def he(rng: np.random.Generator, shape: Shape) -> Array:
    """Draw a matrix (out, in) from N(0, 2 / in) (He et al. 2015, equation 10)."""
    _, ins = _matrix(shape)
    return sqrt(2.0 / ins) * rng.standard_normal(shape)


def orthogonal(rng: np.random.Generator, shape: Shape) -> Array:
    """Draw (out, in) with orthonormal rows, or columns if it is tall (Saxe et al. 2014).

    Q of a Gaussian matrix's QR; giving each column the sign of R's diagonal makes every
    orthogonal matrix equally likely (Mezzadri 2007), whatever signs the QR routine prefers.
    """
    outs, ins = _matrix(shape)
    q, r = np.linalg.qr(rng.standard_normal((max(shape), min(shape))))
    signed: Array = q * np.where(np.diagonal(r) < 0.0, -1.0, 1.0)
    return signed if outs >= ins else signed.T


# --8<-- [end:recipes]


def identity(shape: Shape, scale: float = 1.0) -> Array:
    """Put `scale` on the diagonal of (out, in), 0 elsewhere (Le, Jaitly & Hinton 2015).

    With ReLU, and until it learns otherwise, such a network keeps (scale 1) or slowly forgets
    (scale below 1) what it holds. Raises ValueError unless the scale is a finite number.
    """
    real_number("scale", scale, -1e6, 1e6)
    outs, ins = _matrix(shape)
    return scale * np.eye(outs, ins)


INITIALISERS: dict[str, Initialiser] = {
    "normal": scaled_normal,
    "xavier": xavier,
    "he": he,
    "orthogonal": orthogonal,
    "identity": lambda _rng, shape: identity(shape),
}
"""Every initialiser by its name."""


def per_gate(draw: Initialiser, rng: np.random.Generator, shape: Shape, gates: int) -> Array:
    """Draw `gates` blocks of rows, each as a matrix of its own: (gates * out, in).

    Raises ValueError when the rows cannot be shared out evenly.
    """
    rows, ins = _matrix(shape)
    if gates < 1 or rows % gates:
        raise ValueError(f"gates must divide the {rows} rows; got {gates}")
    return np.concatenate([draw(rng, (rows // gates, ins)) for _ in range(gates)])


def _matrix(shape: Shape) -> tuple[int, int]:
    """How many numbers leave and how many enter, if `shape` is that of a matrix."""
    if len(shape) != 2 or min(shape) < 1:
        raise ValueError(f"shape must be (out, in), both at least 1; got {shape}")
    return shape[0], shape[1]

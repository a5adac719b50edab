"""Training a recurrent network is mostly one thing: multiplying matrices. So there is one product.

    nt(A, B, out):   out[m, n] = sum_k A[m, k] B[n, k]        A is (M, K), B is (N, K)

Both operands are read along their rows. Natively NumPy hands this to BLAS. In the browser NumPy
has no BLAS; there `c_einsum`, whose inner loop runs along contiguous rows, is two to twenty times
as fast as `np.dot`, and a page may supply something faster still.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn.arrays import Array

try:  # np.einsum is this function behind a few microseconds of Python
    from numpy._core.multiarray import c_einsum
except ImportError:  # pragma: no cover - a NumPy that has moved it
    c_einsum = np.einsum

BLOCK = 16
"""Rows transposed together: their cache lines are read once, not once per row."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """One way to compute the product.

    `nt` writes the product to `out`, which is C-contiguous. The rows of its operands may lie
    further apart than they are long; with `needs_rows` each row is contiguous, otherwise an operand
    may be a transposed view. All three arrays have the same dtype, float32 or float64.
    """

    name: str
    nt: Callable[[Array, Array, Array], object]
    needs_rows: bool = True

    def transposed(self, matrix: Array, out: Array) -> Array:
        """The transpose of `matrix` (rows, columns), as `nt` wants it: a view, or in `out`."""
        if not self.needs_rows:
            return matrix.T
        transpose(matrix, out)
        return out


def transpose(matrix: Array, out: Array) -> None:
    """Write `matrix` (rows, columns) to `out` (columns, rows), a few rows at a time."""
    for start in range(0, len(matrix), BLOCK):
        out[:, start : start + BLOCK] = matrix[start : start + BLOCK].T


def _dot(a: Array, b: Array, out: Array) -> None:
    np.dot(a, b.T, out=out)


def _einsum(a: Array, b: Array, out: Array) -> None:
    c_einsum("ik,jk->ij", a, b, out=out)


DOT = Kernel("dot", _dot, needs_rows=False)
"""Products by `np.dot`, the fastest where there is a BLAS."""
EINSUM = Kernel("einsum", _einsum)
"""Products by NumPy's own loops, the fastest in Pyodide, which has no BLAS."""
_chosen = [EINSUM if sys.platform == "emscripten" else DOT]


def chosen() -> Kernel:
    """The kernel in use: `dot` natively, `einsum` in Pyodide, or what `choose` put there."""
    return _chosen[0]


def choose(kernel: Kernel) -> Kernel:
    """Use another kernel from now on, one the page supplies for example; return the one before.

    Raises ValueError when it multiplies an example wrongly. They come in sizes that are no multiple
    of anything, with rows that lie close and rows that lie apart, as the layers have them.
    """
    dtypes: tuple[np.dtype[np.floating[Any]], ...] = (np.dtype(np.float32), np.dtype(np.float64))
    for dtype in dtypes:
        for m, n, k in ((1, 1, 1), (3, 4, 5), (37, 19, 67)):
            for apart in (0, 3):
                a: Array = (np.arange(m * (k + apart)) % 7 - 3).astype(dtype).reshape(m, -1)[:, :k]
                b: Array = (np.arange(n * (k + apart)) % 5 - 2).astype(dtype).reshape(n, -1)[:, :k]
                out = np.full((m, n), np.nan, dtype)
                kernel.nt(a, b, out)
                if not np.array_equal(out, a @ b.T):
                    raise ValueError(
                        f"kernel {kernel.name!r} must compute A @ B.T in {out.dtype}, "
                        f"rows of A and B {apart} numbers apart"
                    )
    before, _chosen[0] = _chosen[0], kernel
    return before

"""What is kept of PyTorch's answers: of each array its size, a projection, and some entries.

The projection, a product with numbers drawn from a seed, notices any one wrong entry among those
that are not kept. NumPy only: this also runs inside the page's Python.
"""

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rnn.checkpoints import from_bytes
from tests.rnn.parity import ours
from tests.rnn.parity.cases import CASES, Case, draw
from tests.rnn.parity.ours import Results

FILE = Path(__file__).with_name("goldens.safetensors")
ENTRIES = 24  # kept of each array

# The largest error allowed, relative to the largest entry of the array.
BOUNDS = {
    (np.float64, "forward"): 1e-12,
    (np.float64, "gradients"): 1e-12,
    (np.float32, "forward"): 2e-6,
    (np.float32, "gradients"): 1e-5,
}


@dataclass(frozen=True)
class Errors:
    """The worst of a case."""

    forward: float
    gradients: float


def kept(name: str, array: np.ndarray) -> np.ndarray:
    """The largest magnitude, a projection of about that size, and ENTRIES entries."""
    rng = np.random.default_rng(zlib.crc32(f"{name} {array.shape}".encode()))
    flat = array.astype(np.float64).ravel()
    at = (rng.random(ENTRIES) * flat.size).astype(int)
    weights = (2.0 * rng.random(flat.size) - 1.0) * flat.size**-0.5
    return np.array([np.abs(flat).max(), weights @ flat, *flat[at]])


def rows(results: Results) -> np.ndarray:
    """All that is kept of a case, (arrays, 2 + ENTRIES)."""
    return np.stack([kept(name, array) for name, array in results.items()])


def errors(results: Results, expected: np.ndarray) -> Errors:
    found = rows(results)
    assert found.shape == expected.shape
    relative = np.abs(found - expected).max(axis=1) / np.maximum(expected[:, 0], 1e-300)
    gradient = np.array([name.startswith("d_") for name in results])
    return Errors(float(relative[~gradient].max()), float(relative[gradient].max()))


def read() -> dict[str, np.ndarray]:
    return from_bytes(FILE.read_bytes(), {case.name for case in CASES}).arrays


def check(case: Case, expected: np.ndarray) -> dict[type, Errors]:
    """Compute a case in both precisions; raise AssertionError if a bound is broken."""
    drawn = draw(case)
    found = {
        dtype: errors(ours.run(case, drawn, dtype), expected) for dtype in (np.float64, np.float32)
    }
    for (dtype, part), bound in BOUNDS.items():
        error = getattr(found[dtype], part)
        if not error <= bound:
            raise AssertionError(f"{case.name} {dtype.__name__} {part}: {error:.1e} > {bound:.0e}")
    return found

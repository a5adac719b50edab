"""PyTorch itself beside this engine, where it is installed: `make test-torch`."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; `make test-torch` does that")

from tests.rnn.parity import goldens, ours, theirs  # noqa: E402  (they need torch)
from tests.rnn.parity.cases import CASES, draw  # noqa: E402

BY_ID = {"ids": lambda case: case.name}


def relative(found: np.ndarray, expected: np.ndarray) -> float:
    """The largest error by the largest entry; zeros, as from a single step, must be zeros."""
    return float(np.abs(found - expected).max()) / max(float(np.abs(expected).max()), 1e-300)


def worst(found: ours.Results, expected: ours.Results, gradients: bool) -> float:
    assert set(found) == set(expected)
    names = [name for name in expected if name.startswith("d_") == gradients]
    return max(relative(found[name], expected[name]) for name in names)


@pytest.mark.parametrize("case", CASES, **BY_ID)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_every_entry_agrees_in_both_precisions(case, dtype):
    drawn = draw(case)
    found, expected = ours.run(case, drawn, dtype), theirs.run(case, drawn, dtype)
    assert all(array.dtype == dtype for array in [*found.values(), *expected.values()])
    for part, gradients in (("forward", False), ("gradients", True)):
        assert worst(found, expected, gradients) <= goldens.BOUNDS[dtype, part]


@pytest.mark.parametrize("case", CASES[::7], **BY_ID)
def test_the_goldens_are_what_pytorch_answers_today(case):
    errors = goldens.errors(theirs.run(case, draw(case), np.float64), goldens.read()[case.name])
    assert max(errors.forward, errors.gradients) <= 1e-13

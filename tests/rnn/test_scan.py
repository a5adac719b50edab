"""Steps joined in pairs give the states that steps taken in turn give."""

import numpy as np
import pytest

from rnn.scan import by_doubling, by_steps, rounds


@pytest.mark.parametrize("steps", [1, 2, 3, 7, 8, 9, 100, 1000])
def test_both_orders_agree(steps):
    rng = np.random.default_rng(steps)
    keep, write = rng.uniform(-1.0, 1.0, (steps, 4)), rng.standard_normal((steps, 4))
    before = keep.copy(), write.copy()
    assert by_doubling(keep, write) == pytest.approx(by_steps(keep, write), rel=1e-9, abs=1e-12)
    assert (keep == before[0]).all()  # what was handed over is left alone
    assert (write == before[1]).all()


def test_a_state_that_keeps_everything_is_a_running_sum():
    write = np.arange(1.0, 11.0)
    assert by_doubling(np.ones(10), write) == pytest.approx(np.cumsum(write))


def test_a_factor_of_minus_one_keeps_parity():
    bits = np.random.default_rng(3).integers(0, 2, 50)
    keep = 1.0 - 2.0 * bits
    write = np.zeros(50)
    write[0], keep[0] = keep[0], 0.0  # start from 1, turned over by the first bit
    assert ((1.0 - by_doubling(keep, write)) / 2.0 == np.cumsum(bits) % 2).all()


def test_the_number_of_rounds_is_the_logarithm():
    assert [rounds(steps) for steps in (1, 2, 3, 4, 5, 1000, 1024, 100_000)] == [
        0, 1, 2, 2, 3, 10, 10, 17,
    ]  # fmt: skip


def test_shapes_that_differ_are_refused():
    with pytest.raises(ValueError, match=r"one shape.*\(3,\) and \(4,\)"):
        by_steps(np.ones(3), np.ones(4))
    with pytest.raises(ValueError, match="at least 1 step"):
        by_doubling(np.ones(0), np.ones(0))

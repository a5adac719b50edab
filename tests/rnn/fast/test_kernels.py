"""The one product there is, whoever computes it."""

import sys

import numpy as np
import pytest

from rnn.fast import kernels


@pytest.fixture(autouse=True)
def _the_kernel_before():
    before = kernels.chosen()
    yield
    kernels.choose(before)


@pytest.mark.parametrize("kernel", [kernels.DOT, kernels.EINSUM], ids=lambda kernel: kernel.name)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("m", "n", "k"), [(1, 1, 1), (1, 40, 17), (33, 5, 64), (18, 50, 3)])
def test_a_product_by_hand(kernel, dtype, m, n, k):
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(m, k)).astype(dtype), rng.normal(size=(n, k)).astype(dtype)
    out = np.full((m, n), np.nan, dtype)
    kernel.nt(a, b, out)
    wanted = np.array([[sum(x * y for x, y in zip(p, q, strict=True)) for q in b] for p in a])
    np.testing.assert_allclose(out, wanted, rtol=1e-4 if dtype == np.float32 else 1e-12, atol=1e-5)


@pytest.mark.parametrize("kernel", [kernels.DOT, kernels.EINSUM], ids=lambda kernel: kernel.name)
def test_rows_may_lie_apart(kernel):
    a, b = np.arange(40.0).reshape(4, 10)[:, 2:7], np.arange(60.0).reshape(3, 20)[:, 5:10]
    out = np.empty((4, 3))
    kernel.nt(a, b, out)
    np.testing.assert_array_equal(out, a @ b.T)


@pytest.mark.parametrize("kernel", [kernels.DOT, kernels.EINSUM], ids=lambda kernel: kernel.name)
@pytest.mark.parametrize("rows", [1, 15, 16, 17, 100])
def test_transposed(kernel, rows):
    matrix = np.arange(rows * 7.0).reshape(rows, 7)
    turned = kernel.transposed(matrix, np.full((7, rows), np.nan))
    np.testing.assert_array_equal(turned, matrix.T)
    assert not kernel.needs_rows or turned.flags.c_contiguous


def test_natively_it_is_dot():
    assert sys.platform != "emscripten"
    assert kernels.chosen() is kernels.DOT


def test_a_page_supplies_its_own():
    calls = []

    def product(a, b, out):
        calls.append(a.shape)
        out[...] = a @ b.T

    mine = kernels.Kernel("mine", product)
    assert kernels.choose(mine) is kernels.DOT
    assert kernels.chosen() is mine
    assert calls  # it was tried


def test_a_wrong_one_is_refused_and_not_used():
    def product(a, b, out):
        out[...] = a @ b.T + 1.0

    with pytest.raises(ValueError, match=r"kernel 'wrong' must compute A @ B\.T in float32"):
        kernels.choose(kernels.Kernel("wrong", product))
    assert kernels.chosen() is kernels.DOT


def test_one_that_overlooks_how_far_rows_lie_apart_is_refused():
    """The form of a kernel given a pointer and sizes only: right until rows lie apart."""

    def product(a, b, out):
        packed = [
            np.lib.stride_tricks.as_strided(x, x.shape, (x.shape[1] * x.itemsize, x.itemsize))
            for x in (a, b)
        ]
        out[...] = packed[0] @ packed[1].T

    with pytest.raises(ValueError, match="rows of A and B 3 numbers apart"):
        kernels.choose(kernels.Kernel("packed", product))
    assert kernels.chosen() is kernels.DOT

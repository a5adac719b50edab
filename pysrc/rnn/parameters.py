"""A network's parameters are one long vector; each matrix is a window into it.

An optimiser, a clip and a checkpoint see the vector `flat` and need not know what is in it. A layer
sees its own matrices by name, `W_hh` and `b_h`, and the two are always the same numbers.
"""

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from rnn.arrays import Array

Shapes = Mapping[str, tuple[int, ...]]
"""The shape of each parameter, by name."""


class Parameters(Mapping[str, Array]):
    """Named arrays that are views of `flat`. A gradient has the same names and shapes.

    Names in a larger network have dotted prefixes: `layer0.W_xh`, `head.b_y`.
    """

    def __init__(self, shapes: Shapes, dtype: DTypeLike = np.float64) -> None:
        """Start as zeros of the given shapes, in their order."""
        self.shapes: dict[str, tuple[int, ...]] = dict(shapes)
        sizes = [prod(shape) for shape in self.shapes.values()]
        self.flat: Array = np.zeros(sum(sizes), dtype)
        ends = np.cumsum(sizes).tolist()
        self._views = {
            name: self.flat[end - size : end].reshape(shape)
            for (name, shape), size, end in zip(self.shapes.items(), sizes, ends, strict=True)
        }

    @classmethod
    def holding(cls, arrays: Mapping[str, Any], dtype: DTypeLike = np.float64) -> "Parameters":
        """Copy named arrays into one vector."""
        parameters = cls({name: np.shape(array) for name, array in arrays.items()}, dtype)
        for name, array in arrays.items():
            parameters[name][...] = array
        return parameters

    def __getitem__(self, name: str) -> Array:
        return self._views[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._views)

    def __len__(self) -> int:
        return len(self._views)

    def part(self, prefix: str) -> dict[str, Array]:
        """The arrays whose names begin with `prefix`, without it: views of the same shapes."""
        return part(self, prefix)

    def zeros(self) -> "Parameters":
        """Zeros of the same names, shapes and dtype: a place to gather gradients."""
        return Parameters(self.shapes, self.flat.dtype)

    def copy(self, dtype: DTypeLike | None = None) -> "Parameters":
        """The same numbers in a vector of their own, in another dtype if one is named."""
        other = Parameters(self.shapes, self.flat.dtype if dtype is None else dtype)
        other.flat[...] = self.flat
        return other


def part(arrays: Mapping[str, Array], prefix: str) -> dict[str, Array]:
    """The arrays, of any shape, whose names begin with `prefix`, named without it; no copies."""
    return {
        name.removeprefix(prefix): array
        for name, array in arrays.items()
        if name.startswith(prefix)
    }

"""An activation bends the line: without it, steps through time would only multiply and add.

Each activation stands beside its derivative. The derivative is written in terms of the *output*
`h = f(a)`, because that is what a forward pass has already computed:

    name      f(a)              f'(a) in terms of h      range of h
    tanh      tanh(a)           1 - h^2                  (-1, 1)
    relu      max(0, a)         1 if h > 0 else 0        [0, inf)
    sigmoid   1 / (1 + e^-a)    h (1 - h)                (0, 1)
    linear    a                 1                        (-inf, inf)

At a = 0 ReLU has no derivative; 0 is used, as is usual (Goodfellow, Bengio & Courville, *Deep
Learning*, 2016, section 6.3).

One unit uses plain floats, a layer uses arrays. Where one expression serves both it is written
once; where it does not, the array's stands below the number's.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from rnn.arrays import Array

FloatOrArray = TypeVar("FloatOrArray", float, Array)
"""A number, or an array: what an activation takes, it gives back."""


@dataclass(frozen=True, slots=True)
class Activation:
    """One function, and its slope at the output it gave: of one number, and of each in an array."""

    name: str
    forward: Callable[[float], float]
    slope: Callable[[float], float]
    array_forward: Callable[[Array], Array]  # same shape and dtype
    array_slope: Callable[[Array], Array]


def _tanh_slope(output: FloatOrArray) -> FloatOrArray:
    return 1.0 - output * output


def _relu(value: float) -> float:
    return 0.0 if value <= 0.0 else value  # noqa: FURB136 - max(0, NaN) is 0 and hides the NaN


def _array_relu(values: Array) -> Array:
    return np.maximum(values, 0.0)


def _relu_slope(output: float) -> float:
    return 1.0 if output > 0.0 else 0.0


def _array_relu_slope(outputs: Array) -> Array:
    return (outputs > 0.0).astype(outputs.dtype)


def _sigmoid(value: float) -> float:
    if value >= 0.0:
        return 1.0 / (1.0 + math.exp(-value))
    grown = math.exp(value)  # for a negative value exp(-value) would overflow
    return grown / (1.0 + grown)


def array_sigmoid(values: Array) -> Array:
    """1 / (1 + e^-a) of each of `values`, like them in shape. No overflow: e is raised to -|a|."""
    shrunk = np.exp(-np.abs(values))
    return np.where(values >= 0.0, 1.0, shrunk) / (1.0 + shrunk)


def _sigmoid_slope(output: FloatOrArray) -> FloatOrArray:
    return output * (1.0 - output)


def _linear(value: FloatOrArray) -> FloatOrArray:
    return value


def _linear_slope(_output: float) -> float:
    return 1.0


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation("tanh", math.tanh, _tanh_slope, np.tanh, _tanh_slope),
        Activation("relu", _relu, _relu_slope, _array_relu, _array_relu_slope),
        Activation("sigmoid", _sigmoid, _sigmoid_slope, array_sigmoid, _sigmoid_slope),
        Activation("linear", _linear, _linear_slope, _linear, np.ones_like),
    )
}
"""Every activation by its name: `tanh`, `sigmoid`, `relu`, `linear`."""

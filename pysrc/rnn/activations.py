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
"""

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Activation:
    """One function of one number, and its slope at the output it gave."""

    name: str
    forward: Callable[[float], float]
    slope: Callable[[float], float]


def _tanh_slope(output: float) -> float:
    return 1.0 - output * output


def _relu(value: float) -> float:
    return 0.0 if value <= 0.0 else value  # noqa: FURB136 - max(0, NaN) is 0 and hides the NaN


def _relu_slope(output: float) -> float:
    return 1.0 if output > 0.0 else 0.0


def _sigmoid(value: float) -> float:
    if value >= 0.0:
        return 1.0 / (1.0 + math.exp(-value))
    grown = math.exp(value)  # for a negative value exp(-value) would overflow
    return grown / (1.0 + grown)


def _sigmoid_slope(output: float) -> float:
    return output * (1.0 - output)


def _linear(value: float) -> float:
    return value


def _linear_slope(_output: float) -> float:
    return 1.0


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation("tanh", math.tanh, _tanh_slope),
        Activation("relu", _relu, _relu_slope),
        Activation("sigmoid", _sigmoid, _sigmoid_slope),
        Activation("linear", _linear, _linear_slope),
    )
}

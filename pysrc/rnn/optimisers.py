"""A gradient says which way is down; an optimiser decides how far to go.

g is the gradient, r the learning rate; squares, roots and quotients are taken element by element:

    name      what it remembers                            the step
    sgd       nothing                                      w <- w - r g
    momentum  v <- mu v + g                                w <- w - r v
    adagrad   s <- s + g^2                                 w <- w - r g / (sqrt(s) + e)
    rmsprop   s <- rho s + (1 - rho) g^2                   w <- w - r g / (sqrt(s) + e)
    adam      m <- b1 m + (1 - b1) g                       w <- w - r m' / (sqrt(s') + e)
              s <- b2 s + (1 - b2) g^2                     m' = m / (1 - b1^t), s' = s / (1 - b2^t)

Every step works in place on the one flat vector of `rnn.parameters`, with one scratch vector that
is kept: nothing is allocated after the first step.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import ClassVar

import numpy as np

from rnn.arrays import Array
from rnn.checks import one_of, real_number
from rnn.strict_json import brief


def _below_one(name: str, value: float) -> float:
    number = real_number(name, value, 0.0, 1.0)
    if number == 1.0:  # nothing would ever be forgotten, and Adam's correction would divide by 0
        raise ValueError(f"{name} must be from 0 to below 1; got {value!r}")
    return number


def _epsilon(value: float) -> float:
    # float32 would round anything smaller to 0, and 0 / 0 is not a number
    return real_number("epsilon", value, 1e-30, 1.0)


class Optimiser(ABC):
    """What all five share: the moments they remember, saved and restored bit for bit."""

    name: ClassVar[str]
    moment_names: ClassVar[tuple[str, ...]] = ()  # one vector each, as long as the parameters

    def __init__(self) -> None:
        self._moments: dict[str, Array] = {}
        self._scratch: Array = np.empty(0)

    def settings(self) -> dict[str, float]:
        """The settings it was made with: `make_optimiser(name, **settings)` makes its twin."""
        return {}

    def step(self, flat: Array, gradient: Array, rate: float) -> None:
        """Move `flat` in place, against `gradient`, with the learning rate `rate`.

        Both are vectors of one shape and dtype. Raises ValueError when they, or the moments of
        earlier steps, do not fit each other, or when the rate is not from 0 to 10.
        """
        if flat.shape != gradient.shape or flat.dtype != gradient.dtype:
            raise ValueError(
                f"gradient must be {flat.dtype} of shape {flat.shape} like the parameters; "
                f"got {gradient.dtype} of shape {gradient.shape}"
            )
        if not 0.0 <= rate <= 10.0:  # a schedule may end at 0
            raise ValueError(f"learning rate must be from 0 to 10; got {rate!r}")
        self._make_room(flat)
        self._update(flat, gradient, rate)

    @abstractmethod
    def _update(self, flat: Array, gradient: Array, rate: float) -> None:
        """The formula of this optimiser, in place."""

    def _make_room(self, flat: Array) -> None:
        if not self._moments:
            self._moments = {name: np.zeros_like(flat) for name in self.moment_names}
        if self._scratch.shape == flat.shape and self._scratch.dtype == flat.dtype:
            return
        for name in self.moment_names:
            moment = self._moments[name]
            if moment.shape != flat.shape or moment.dtype != flat.dtype:
                raise ValueError(
                    f"{name} must be {flat.dtype} of shape {flat.shape} like the parameters; "
                    f"got {moment.dtype} of shape {moment.shape}"
                )
        self._scratch = np.empty_like(flat)

    def moments(self) -> dict[str, Array]:
        """Copies of what it remembers, by name: vectors like the parameters; none before a step."""
        return {name: moment.copy() for name, moment in self._moments.items()}

    def restore(self, moments: Mapping[str, Array]) -> None:
        """Go on from what `moments()` gave, of the same shapes; an empty mapping forgets it all.

        Raises ValueError when the names are not this optimiser's, or a value is not finite.
        """
        names = tuple(self.moment_layouts(0, ""))
        if moments and set(moments) != set(names):
            raise ValueError(
                f"moments of {self.name} must be {', '.join(names) or 'empty'}; "
                f"got {brief(', '.join(moments))}"
            )
        for name, moment in moments.items():
            if not np.isfinite(moment).all():
                raise ValueError(f"{name} must be finite; it holds NaN or infinity")
        self._moments = {name: np.array(moments[name]) for name in self.moment_names if moments}
        self._scratch = np.empty(0)  # so that the next step checks the shapes again

    def moment_layouts(self, count: int, dtype: str) -> dict[str, tuple[tuple[int, ...], str]]:
        """Shape and dtype of what `moments()` gives after a step, for `count` parameters."""
        return dict.fromkeys(self.moment_names, ((count,), dtype))


class SGD(Optimiser):
    """Stochastic gradient descent (Robbins & Monro 1951)."""

    name = "sgd"

    def _update(self, flat: Array, gradient: Array, rate: float) -> None:
        np.multiply(gradient, rate, out=self._scratch)
        flat -= self._scratch


class Momentum(Optimiser):
    """A heavy ball (Polyak 1964): the velocity gathers what successive gradients agree on.

    The learning rate multiplies the velocity, as in PyTorch. Where it multiplies the gradient
    instead (Sutskever, Martens, Dahl & Hinton 2013, equation 1) a change of rate acts more slowly.
    `momentum`, mu above, is from 0 to below 1; else ValueError.
    """

    name = "momentum"
    moment_names = ("velocity",)

    def __init__(self, momentum: float = 0.9) -> None:
        super().__init__()
        self.momentum = _below_one("momentum", momentum)

    def settings(self) -> dict[str, float]:
        """The settings it was made with."""
        return {"momentum": self.momentum}

    def _update(self, flat: Array, gradient: Array, rate: float) -> None:
        velocity = self._moments["velocity"]
        velocity *= self.momentum
        velocity += gradient
        np.multiply(velocity, rate, out=self._scratch)
        flat -= self._scratch


class Adagrad(Optimiser):
    """Each weight slows down by all the gradient it has seen (Duchi, Hazan & Singer 2011, fig. 1).

    min-char-rnn adds its epsilon under the root; here, as in the paper, it stands outside.
    `epsilon`, e above, is from 1e-30 to 1; else ValueError.
    """

    name = "adagrad"
    moment_names = ("squares",)

    def __init__(self, epsilon: float = 1e-8) -> None:
        super().__init__()
        self.epsilon = _epsilon(epsilon)

    def settings(self) -> dict[str, float]:
        """The settings it was made with."""
        return {"epsilon": self.epsilon}

    def _update(self, flat: Array, gradient: Array, rate: float) -> None:
        squares, scratch = self._moments["squares"], self._scratch
        np.multiply(gradient, gradient, out=scratch)
        squares += scratch
        np.sqrt(squares, out=scratch)
        scratch += self.epsilon
        np.divide(gradient, scratch, out=scratch)
        scratch *= rate
        flat -= scratch


class RMSprop(Optimiser):
    """Adagrad that forgets: a running mean of the squares (Tieleman & Hinton 2012, lecture 6.5).

    `decay`, rho above, is from 0 to below 1, `epsilon`, e, from 1e-30 to 1; else ValueError.
    """

    name = "rmsprop"
    moment_names = ("squares",)

    def __init__(self, decay: float = 0.9, epsilon: float = 1e-8) -> None:
        super().__init__()
        self.decay = _below_one("decay", decay)
        self.epsilon = _epsilon(epsilon)

    def settings(self) -> dict[str, float]:
        """The settings it was made with."""
        return {"decay": self.decay, "epsilon": self.epsilon}

    def _update(self, flat: Array, gradient: Array, rate: float) -> None:
        squares, scratch = self._moments["squares"], self._scratch
        squares *= self.decay
        np.multiply(gradient, gradient, out=scratch)
        scratch *= 1.0 - self.decay
        squares += scratch
        np.sqrt(squares, out=scratch)
        scratch += self.epsilon
        np.divide(gradient, scratch, out=scratch)
        scratch *= rate
        flat -= scratch


class Adam(Optimiser):
    """Momentum and RMSprop together, both corrected for starting at 0 (Kingma & Ba 2015, alg. 1).

    The corrections are folded into two numbers, as at the end of the paper's section 2, but with
    epsilon scaled along, so that the result is algorithm 1's own. `beta1` and `beta2`, b1 and b2
    above, are from 0 to below 1, `epsilon`, e, from 1e-30 to 1; else ValueError.
    """

    name = "adam"
    moment_names = ("mean", "squares")

    def __init__(self, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8) -> None:
        super().__init__()
        self.beta1 = _below_one("beta1", beta1)
        self.beta2 = _below_one("beta2", beta2)
        self.epsilon = _epsilon(epsilon)
        self._steps = 0

    def settings(self) -> dict[str, float]:
        """The settings it was made with."""
        return {"beta1": self.beta1, "beta2": self.beta2, "epsilon": self.epsilon}

    def _update(self, flat: Array, gradient: Array, rate: float) -> None:
        mean, squares, scratch = self._moments["mean"], self._moments["squares"], self._scratch
        self._steps += 1
        root = math.sqrt(1.0 - self.beta2**self._steps)
        mean *= self.beta1
        np.multiply(gradient, 1.0 - self.beta1, out=scratch)
        mean += scratch
        squares *= self.beta2
        np.multiply(gradient, gradient, out=scratch)
        scratch *= 1.0 - self.beta2
        squares += scratch
        np.sqrt(squares, out=scratch)
        scratch += self.epsilon * root
        np.divide(mean, scratch, out=scratch)
        scratch *= rate * root / (1.0 - self.beta1**self._steps)
        flat -= scratch

    def moments(self) -> dict[str, Array]:
        """Also `steps`, the count t of the corrections: shape (1), a float64, exact to 2^53."""
        if not self._moments:
            return {}
        return {**super().moments(), "steps": np.array([float(self._steps)])}

    def restore(self, moments: Mapping[str, Array]) -> None:
        """Go on from what `moments()` gave, the count of steps included, of the same shapes.

        Raises ValueError as `Optimiser.restore` does, and for a count that is none.
        """
        steps = 0
        if "steps" in moments:  # looked at first: what is refused changes nothing
            count = np.asarray(moments["steps"], np.float64)
            if count.shape != (1,) or not 1.0 <= count[0] <= 2.0**53 or count[0] % 1.0:
                raise ValueError(
                    f"steps must be one whole number from 1; got {brief(count.tolist())}"
                )
            steps = int(count[0])
        super().restore(moments)
        self._steps = steps

    def moment_layouts(self, count: int, dtype: str) -> dict[str, tuple[tuple[int, ...], str]]:
        """Shape and dtype of what `moments()` gives after a step, the count of steps included."""
        return {**super().moment_layouts(count, dtype), "steps": ((1,), "float64")}


OPTIMISERS: dict[str, Callable[..., Optimiser]] = {
    kind.name: kind for kind in (SGD, Momentum, Adagrad, RMSprop, Adam)
}
"""Every optimiser by its name."""
_DEFAULTS = {name: tuple(make().settings()) for name, make in OPTIMISERS.items()}


def make_optimiser(name: str, **settings: float) -> Optimiser:
    """Make `sgd`, `momentum`, `adagrad`, `rmsprop` or `adam`, fresh, with its own settings.

    Raises ValueError for another name, an unknown setting, or a setting out of its range.
    """
    one_of("optimiser", name, tuple(OPTIMISERS))
    for setting in settings:
        if setting not in _DEFAULTS[name]:
            known = ", ".join(_DEFAULTS[name]) or "none"
            raise ValueError(f"settings of {name} are {known}; got {setting!r}")
    return OPTIMISERS[name](**settings)

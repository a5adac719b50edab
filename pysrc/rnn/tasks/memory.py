"""Four tests of memory: keep one bit, count ones, add two numbers, repeat a list.

Each can be made as long as you like, and each has an exact score for whoever forgets.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn.checks import real_number, whole_number
from rnn.layers import one_hot
from rnn.tasks.task import MOST_STEPS, Batch, check_size, last_step_only


@dataclass(frozen=True)
class Latch:
    """Keep one sign while noise goes by (in the manner of Bengio, Simard & Frasconi 1994).

    The first value is +1 or -1, the others are noise N(0, `noise`^2); the target at the last step
    is the first value. Raises ValueError unless there are at least 2 steps and the noise is from 0
    to 10.
    """

    steps: int = 20
    noise: float = 0.2

    name: ClassVar[str] = "latch"
    asks: ClassVar[str] = "Was the first value +1 or -1? Answer after the last."
    inputs: ClassVar[int] = 1
    outputs: ClassVar[int] = 1
    scored_by: ClassVar[str] = "squares"
    baseline: ClassVar[float] = 1.0
    baseline_is: ClassVar[str] = "always 0: the variance of a fair sign"

    def __post_init__(self) -> None:
        whole_number("length of latch", self.steps, 2, MOST_STEPS)
        real_number("noise", self.noise, 0.0, 10.0)

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Draw `size` sequences: the first value is the target at the last step.

        Raises ValueError as `Task.batch` does.
        """
        check_size(size, self.steps)
        inputs = self.noise * rng.standard_normal((self.steps, size, 1))
        inputs[0] = rng.choice((-1.0, 1.0), (size, 1))
        targets = np.zeros((self.steps, size, 1))
        targets[-1] = inputs[0]
        return Batch(inputs, targets, last_step_only(self.steps, size))


@dataclass(frozen=True)
class Parity:
    """Is the number of ones so far odd? One forgotten bit makes every later answer a guess.

    Every step is scored, unless `every_step` is False: then only the last, which is much harder to
    learn by gradient descent (Bengio, Simard & Frasconi 1994) than to guess (Hochreiter &
    Schmidhuber 1996). Raises ValueError unless there are at least 2 steps.
    """

    steps: int = 20
    every_step: bool = True

    name: ClassVar[str] = "parity"
    asks: ClassVar[str] = "Is the number of ones so far even (0) or odd (1)?"
    inputs: ClassVar[int] = 1
    outputs: ClassVar[int] = 2
    scored_by: ClassVar[str] = "classes"
    baseline: ClassVar[float] = math.log(2.0)
    baseline_is: ClassVar[str] = "always even chances: ln 2, the entropy of a fair bit"

    def __post_init__(self) -> None:
        whole_number("length of parity", self.steps, 2, MOST_STEPS)

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Draw `size` sequences of fair bits, and how many ones there were modulo 2.

        Raises ValueError as `Task.batch` does.
        """
        check_size(size, self.steps)
        bits = rng.integers(0, 2, (self.steps, size))
        mask = last_step_only(self.steps, size)
        if self.every_step:
            mask[...] = True
        return Batch(bits[:, :, None].astype(np.float64), bits.cumsum(axis=0) % 2, mask)


@dataclass(frozen=True)
class Adding:
    """Add the two marked numbers (Hochreiter & Schmidhuber 1997, section 5.4).

    In today's form (Le, Jaitly & Hinton 2015, section 4.1; Arjovsky, Shah & Bengio 2016): values
    uniform in [0, 1], one marker in each half, and the plain sum as the target of the last step.
    Raises ValueError unless there are at least 2 steps.
    """

    steps: int = 100

    name: ClassVar[str] = "adding"
    asks: ClassVar[str] = "What is the sum of the two marked numbers? Answer after the last."
    inputs: ClassVar[int] = 2
    outputs: ClassVar[int] = 1
    scored_by: ClassVar[str] = "squares"
    baseline: ClassVar[float] = 1.0 / 6.0
    baseline_is: ClassVar[str] = (
        "always 1: the variance of a sum of two numbers uniform in [0, 1] (Arjovsky et al. 2016)"
    )

    def __post_init__(self) -> None:
        whole_number("length of adding", self.steps, 2, MOST_STEPS)

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Draw `size` sequences of (value, marker) and the sum of the two marked values.

        Raises ValueError as `Task.batch` does.
        """
        check_size(size, self.steps)
        inputs = np.zeros((self.steps, size, 2))
        inputs[:, :, 0] = rng.random((self.steps, size))
        half, members = self.steps // 2, np.arange(size)
        inputs[rng.integers(0, half, size), members, 1] = 1.0
        inputs[rng.integers(half, self.steps, size), members, 1] = 1.0
        targets = np.zeros((self.steps, size, 1))
        targets[-1, :, 0] = (inputs[:, :, 0] * inputs[:, :, 1]).sum(axis=0)
        return Batch(inputs, targets, last_step_only(self.steps, size))


@dataclass(frozen=True)
class Copy:
    """Repeat ten symbols after a long wait (Arjovsky, Shah & Bengio 2016, section 5.1).

    Ten symbols out of eight, `wait` - 1 blanks, the signal to speak, ten more blanks: `wait` + 20
    steps. The target is blank until the signal has been read, then the ten symbols in order.
    Raises ValueError unless the wait is a whole number from 1.
    """

    wait: int = 100

    name: ClassVar[str] = "copy"
    asks: ClassVar[str] = "Which ten symbols came first? Repeat them after the signal."
    inputs: ClassVar[int] = 10  # eight symbols, the blank, the signal
    outputs: ClassVar[int] = 9  # eight symbols, the blank
    scored_by: ClassVar[str] = "classes"
    baseline_is: ClassVar[str] = (
        "blank until the signal, then even chances for eight symbols: "
        "10 ln 8 / (wait + 20) (Arjovsky et al. 2016)"
    )

    def __post_init__(self) -> None:
        whole_number("wait of copy", self.wait, 1, MOST_STEPS - 20)

    @property
    def steps(self) -> int:
        """Ten symbols, the wait, ten answers."""
        return self.wait + 20

    @property
    def baseline(self) -> float:
        """Ten of the `wait` + 20 steps cost ln 8, the others nothing."""
        return 10.0 * math.log(8.0) / self.steps

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Draw `size` lists of ten symbols. The blank is symbol 8, the signal 9.

        Raises ValueError as `Task.batch` does.
        """
        check_size(size, self.steps)
        symbols = rng.integers(0, 8, (10, size))
        read = np.full((self.steps, size), 8)
        read[:10] = symbols
        read[-11] = 9
        targets = np.full((self.steps, size), 8)
        targets[-10:] = symbols
        return Batch(one_hot(read, 10), targets, np.ones((self.steps, size), np.bool_))

"""Two networks, one task: the same batches, about as many parameters, one step each in turn."""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from lab.kit.curve import Curve
from rnn.arrays import Array
from rnn.clipping import Clip
from rnn.losses import softmax
from rnn.optimisers import make_optimiser
from rnn.schedules import Constant
from rnn.sequence_model import SequenceModel
from rnn.tasks.task import Task
from rnn.trainer import Trainer

BATCH, TESTED = 32, 400  # sequences
_TEST_SEED = 99
_JUDGED_EVERY = 25  # steps
MOST_HIDDEN = 256


class Shape(NamedTuple):
    """A rival before it is made."""

    name: str  # as on the screen
    style: str  # of its curve
    layers: int = 1
    bidirectional: bool = False


class Result(NamedTuple):
    """How a network does on sequences that nothing was learned from."""

    loss: float  # nats
    right: float  # the share of steps whose likeliest answer is right


def model_of(task: Task, shape: Shape, hidden: int, seed: int) -> SequenceModel:
    """A network of tanh units with its weights drawn; rivals of one seed read the same batches."""
    model = SequenceModel(
        task,
        "rnn",
        hidden,
        np.random.default_rng([seed, 0]),
        layers=shape.layers,
        bidirectional=shape.bidirectional,
        batch=BATCH,
        dtype=np.float32,
    )
    model.initialise(np.random.default_rng([seed, 1]))
    return model


def hidden_within(task: Task, shape: Shape, parameters: int) -> int:
    """How many units a layer (and direction) may have, for at most so many parameters."""
    rng = np.random.default_rng(0)
    hidden = 1
    while hidden < MOST_HIDDEN:
        larger = SequenceModel(
            task,
            "rnn",
            hidden + 1,
            rng,
            layers=shape.layers,
            bidirectional=shape.bidirectional,
        )
        if larger.parameters.flat.size > parameters:
            break
        hidden += 1
    return hidden


class Rival:
    """A network with its trainer, its curve and how well it does."""

    def __init__(self, task: Task, shape: Shape, hidden: int, seed: int, rate: float) -> None:
        self.shape, self.hidden = shape, hidden
        self.model = model_of(task, shape, hidden, seed)
        self.trainer = Trainer(
            self.model,
            make_optimiser("adam"),
            Constant(rate),
            steps=10**6,
            clip=Clip("norm", 1.0),
            smoothing=0.9,
        )
        self.losses = Curve()

    @property
    def parameters(self) -> int:
        """How many numbers it learns."""
        return int(self.model.parameters.flat.size)

    def learn(self) -> None:
        """Take one step."""
        for progress in self.trainer.run():
            if not progress.diverged:
                self.losses.add(float(progress.step), progress.smoothed_loss)
            break

    def chances(self, inputs: Array) -> Array:
        """What it thinks of each answer at each step, (time, batch, classes)."""
        outputs = self.model.forward(inputs).outputs.astype(np.float64)
        return softmax(outputs)


class Race:
    """Rivals on a task, in slices. The first is the plain one; the others have no more numbers."""

    def __init__(
        self,
        task: Task,
        shapes: Sequence[Shape],
        hidden: int,
        seed: int,
        rate: float,
        steps: int,
    ) -> None:
        self.task, self.steps = task, steps
        plain = Rival(task, shapes[0], hidden, seed, rate)
        self.rivals = [plain]
        for shape in shapes[1:]:
            units = hidden_within(task, shape, plain.parameters)
            self.rivals.append(Rival(task, shape, units, seed, rate))
        self._test = task.batch(np.random.default_rng(_TEST_SEED), TESTED)
        self.results = [self._judged(rival) for rival in self.rivals]
        self._judged_at = 0

    @property
    def step(self) -> int:
        """How many steps all of them have taken."""
        return min(rival.trainer.step for rival in self.rivals)

    @property
    def diverged(self) -> str:
        """What ran away, if anything did."""
        return next((r.trainer.diverged for r in self.rivals if r.trainer.diverged), "")

    @property
    def finished(self) -> bool:
        """True at the end of the race."""
        return self.step >= self.steps

    def advance(self, until: float, clock: Callable[[], float] = time.perf_counter) -> None:
        """Let each take a step in turn, until a time; at least one each."""
        while not self.finished and not self.diverged:
            for rival in self.rivals:
                rival.learn()
            if self.step - self._judged_at >= _JUDGED_EVERY or self.finished:
                self.judge()
                return
            if clock() >= until:
                return

    def judge(self) -> None:
        """Ask all of them about sequences that nothing is learned from."""
        if self._judged_at != self.step:
            self._judged_at = self.step
            self.results = [self._judged(rival) for rival in self.rivals]

    def set_rate(self, rate: float) -> None:
        """Learn at another rate from now on."""
        for rival in self.rivals:
            rival.trainer.schedule = Constant(rate)

    def _judged(self, rival: Rival) -> Result:
        outputs = rival.model.forward(self._test.inputs).outputs
        right = (outputs.argmax(axis=2) == self._test.targets)[self._test.mask]
        return Result(rival.model.loss(self._test), float(right.mean()))

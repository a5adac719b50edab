"""The race: three networks take the same step on the same mini-batch, then the next."""

import itertools
import math
import time
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from lab.kit.curve import Curve
from lab.memory_race import problems
from lab.memory_race.sizes import parameters, units
from lab.memory_race.verdict import Standing
from rnn.arrays import Array
from rnn.clipping import Clip
from rnn.fast.task_model import TaskModel
from rnn.flow import state_flow
from rnn.optimisers import make_optimiser
from rnn.schedules import Constant
from rnn.tasks.task import Batch, Task
from rnn.trainer import Trainer
from rnn.unroll import forward

LABELS = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}
HELD_OUT = 200  # sequences
TESTS = 50  # in a budget
MEASURES = 10  # of the gradient's reach, in a budget: they are slow
REACHES = 1e-3  # as long as this much of a gradient is left, it is said to reach


class Start(NamedTuple):
    """What decides a race, once and for all."""

    task: Task
    wanted: int  # parameters
    learning_rate: float
    batch: int
    clip: float
    forget_bias: float
    seed: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Start":
        """From the values of the controls."""
        task = problems.PROBLEMS[values["task"]].make(values["length"])
        return cls(task, *(values[name] for name in SETTINGS))


SETTINGS = ("parameters", "learning_rate", "batch", "clip", "forget_bias", "seed")


class Reach(NamedTuple):
    """How much of a change of the state after step t arrives in the last state."""

    at: int  # the step of the training
    norms: Array  # of ds_T/ds_t, (T): entry t - 1 for the state after step t

    @property
    def steps(self) -> int:
        """How many steps back more than a thousandth is left, without a gap."""
        small = np.flatnonzero(self.norms[::-1] <= REACHES)
        return int(small[0]) - 1 if small.size else len(self.norms) - 1


class Entrant:
    """One network and its training."""

    def __init__(self, kind: str, start: Start, batches: Iterator[Batch]) -> None:
        task = start.task
        self.kind, self.name = kind, LABELS[kind]
        self.hidden = units(kind, task.inputs, task.outputs, start.wanted)
        self.parameters = parameters(kind, task.inputs, self.hidden, task.outputs)
        self.model = TaskModel(task, kind, self.hidden, batches, forget_bias=start.forget_bias)
        self.model.initialise(np.random.default_rng([start.seed, 1]))
        self.trainer = Trainer(
            self.model,
            make_optimiser("adam"),
            Constant(start.learning_rate),
            clip=Clip("norm", start.clip),
            steps=10**9,  # the race counts
        )
        self.curve = Curve()
        self.right: float | None = None
        self.losses: Array = np.zeros(0)
        self.answers: Array = np.zeros(0)  # to one sequence, (time)
        self.reach: Reach | None = None

    @property
    def diverged(self) -> str:
        """What ran away; empty while all is well."""
        return self.trainer.diverged

    def step(self) -> None:
        """One step of training, unless it has diverged."""
        next(self.trainer.run(), None)

    def test(self, held_out: Batch, step: int) -> None:
        """Judge it on sequences it does not learn from, and let it answer the first of them."""
        task = self.model.task
        with np.errstate(all="ignore"):
            outputs = self.model.judge(held_out).outputs
            self.losses = problems.losses(task, held_out, outputs)
        self.right = problems.share_right(task, held_out, outputs)
        self.curve.add(float(step), float(self.losses.mean()))
        self.answers = self._answer(held_out)

    def _answer(self, held_out: Batch) -> Array:
        """To the first sequence, at every step: values, or what the right class was given."""
        task = self.model.task
        every = np.ones((task.steps, 1), np.bool_)
        first = Batch(held_out.inputs[:, :1], held_out.targets[:, :1], every)
        outputs = self.model.judge(first).outputs
        if task.scored_by == "squares":
            return np.asarray(outputs[:, 0], np.float64)
        return problems.chances(first, outputs)

    def measure(self, held_out: Batch, step: int) -> None:
        """How far back a gradient reaches, on the first held-out sequence."""
        weights = self.model.parameters.part("layer0.")
        walk = forward(self.model.cell, weights, held_out.inputs[:, :1])
        norms = state_flow(self.model.cell, weights, walk).products["state"][1:, 0]
        self.reach = Reach(step, norms)

    def standing(self) -> Standing:
        """How it does, for the verdict."""
        return Standing(self.name, self.losses, bool(self.diverged))


class Race:
    """Three entrants, the same batches, one step each in turn."""

    def __init__(self, start: Start) -> None:
        self.start, self.task = start, start.task
        draw = np.random.default_rng([start.seed, 0])
        batches = (start.task.batch(draw, start.batch) for _ in itertools.count())
        streams = itertools.tee(batches, len(LABELS))  # each batch is drawn once, for all
        self.entrants = [
            Entrant(kind, start, stream) for kind, stream in zip(LABELS, streams, strict=True)
        ]
        self.held_out = start.task.batch(np.random.default_rng([start.seed, 2]), HELD_OUT)
        self.guess = problems.guesses(start.task, self.held_out)
        self.steps = 0
        self._tested = self._measured = -1

    def run(self, budget: int, seconds: float) -> None:
        """Take steps until the time is up or the budget spent, at least one."""
        until = time.perf_counter() + seconds
        while self.steps < budget and self.anyone:
            for entrant in self.entrants:
                entrant.step()
            self.steps += 1
            if self.steps % max(1, budget // TESTS) == 0 or self.steps == budget:
                self.test()
            if time.perf_counter() >= until:
                break
        if not self.anyone:
            self.test()

    @property
    def anyone(self) -> bool:
        """Whether one of them is still running."""
        return not all(entrant.diverged for entrant in self.entrants)

    def test(self) -> None:
        """Judge all of them where they stand now, once."""
        if self._tested != self.steps:
            self._tested = self.steps
            for entrant in self.entrants:
                entrant.test(self.held_out, self.steps)

    def measure(self, budget: int, *, now: bool) -> None:
        """Measure the reach: where they stand `now`, else only after a tenth of the budget."""
        due = self._measured < 0 or self.steps - self._measured >= math.ceil(budget / MEASURES)
        if self._measured != self.steps and (now or due):
            self._measured = self.steps
            for entrant in self.entrants:
                entrant.measure(self.held_out, self.steps)

    def standings(self) -> list[Standing]:
        """How they do, for the verdict."""
        return [entrant.standing() for entrant in self.entrants]

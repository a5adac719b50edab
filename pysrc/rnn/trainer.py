"""Training is one small loop: gradients, a clip, a step; the rest is being able to stop.

    loss, g <- the next mini-batch
    g       <- clip(g)
    w       <- optimiser(w, g, rate at this step)

The loop here can be watched (every step is a plain `Progress`), sliced (`advance`), paused, saved
and resumed with the same result to the last bit. When the numbers run away it puts the last good
weights back, stops and says so.
"""

import math
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

import numpy as np

from rnn.arrays import Array
from rnn.checks import real_number, whole_number
from rnn.clipping import NO_CLIP, Clip
from rnn.descent import DIVERGED_ABOVE
from rnn.optimisers import Optimiser
from rnn.parameters import Parameters
from rnn.saved import Saved, joined
from rnn.schedules import Constant, Schedule
from rnn.trainer_state import TrainerState, check_loss, checked_moments, saved_optimiser

_RULE = f"finite and at most {DIVERGED_ABOVE:g}"


class Trainable(Protocol):
    """A model with its data: it knows its parameters and how well they do on the next batch."""

    @property
    def parameters(self) -> Parameters:
        """What is trained; the trainer changes it in place."""
        ...

    def loss_and_gradients(self, gradients: Parameters) -> float:
        """Take the next mini-batch, add dL/dw to `gradients`, given as zeros; return the mean L."""
        ...

    def state(self) -> Saved:
        """Where the data stand, what is carried over, where the generators are. No parameters."""
        ...

    def restore(self, saved: Saved) -> None:
        """Go on from what `state` gave."""
        ...


class Progress(NamedTuple):
    """What one step did."""

    step: int  # counted from 1
    loss: float  # of the weights it started from: nats or squared units
    smoothed_loss: float  # a running mean of it
    gradient_norm: float  # before clipping
    learning_rate: float
    seconds: float  # spent training so far, over all sessions
    diverged: str = ""  # what ran away, the rule, and what was kept; empty while all is well


class Trainer:
    """Trains `trainable` for `steps` steps. Raises ValueError on a setting out of its range.

    `schedule`, `clip` and `steps` may be changed while it runs; they are saved with its state.

    `smoothed_loss` is `smoothing * before + (1 - smoothing) * loss`, as in min-char-rnn; it starts
    at `smoothed_from`, or at the first loss.
    """

    def __init__(
        self,
        trainable: Trainable,
        optimiser: Optimiser,
        schedule: Schedule,
        *,
        steps: int,
        clip: Clip = NO_CLIP,
        smoothing: float = 0.999,
        smoothed_from: float | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.trainable = trainable
        self.optimiser = optimiser
        self.schedule = schedule
        self.clip = clip
        self.steps = whole_number("steps", steps, 1, 10**9)
        self.smoothing = real_number("smoothing", smoothing, 0.0, 1.0)
        self.clock = clock
        self.step = 0  # how many steps are done
        self.seconds = 0.0
        self.paused = False
        self.diverged = ""
        self._smoothed = (
            None if smoothed_from is None else check_loss("smoothed_from", smoothed_from)
        )
        self._lasted = 0.0  # seconds, the step before
        self._gradients = trainable.parameters.zeros()
        self._good = trainable.parameters.flat.copy()  # the last weights whose loss was finite

    @property
    def finished(self) -> bool:
        """True when all steps are done."""
        return self.step >= self.steps

    @property
    def running(self) -> bool:
        """True while there is a step to take: not finished, not paused, not diverged."""
        return not (self.finished or self.paused or self.diverged)

    @property
    def learning_rate(self) -> float:
        """The rate of the next step."""
        return self.schedule(self.step)

    def change_learning_rate(self, rate: float) -> None:
        """From the next step on use this rate, whatever the schedule was.

        Raises ValueError unless it is above 0 and at most 10. For another schedule, set `schedule`.
        """
        self.schedule = Constant(rate)

    def pause(self) -> None:
        """Let `run` and `advance` end after the step they are in."""
        self.paused = True

    def resume(self) -> None:
        """Let the next `run` or `advance` go on."""
        self.paused = False

    def run(self) -> Iterator[Progress]:
        """Take step after step, and tell about each, until finished, paused or diverged."""
        while self.running:
            yield self._take_step()

    def advance(self, budget_seconds: float) -> list[Progress]:
        """Take as many steps as fit into `budget_seconds`, at least one if there is one to take.

        A step fits if the last one, taken again, would end in time. Raises ValueError unless the
        budget is from 0 to 3600 seconds.
        """
        budget = real_number("budget_seconds", budget_seconds, 0.0, 3600.0)
        end = self.clock() + budget
        taken: list[Progress] = []
        for progress in self.run():
            taken.append(progress)
            if self.clock() + self._lasted > end:
                break
        return taken

    def _take_step(self) -> Progress:
        started = self.clock()
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            progress = self._learn()
        self._lasted = self.clock() - started
        self.seconds += self._lasted
        return progress._replace(seconds=self.seconds)

    def _learn(self) -> Progress:
        flat, gradient = self.trainable.parameters.flat, self._gradients.flat
        rate = self.learning_rate
        gradient.fill(0.0)
        loss = float(self.trainable.loss_and_gradients(self._gradients))
        if not _is_good(loss):
            return self._stop("loss", loss, loss, math.nan, rate)
        np.copyto(self._good, flat)
        norm = self.clip.apply(gradient)
        if not self._is_usable(norm):
            return self._stop("norm of the gradient", norm, loss, norm, rate)
        self.optimiser.step(flat, gradient, rate)
        total = float(flat.sum())
        if not math.isfinite(total):  # one NaN or infinity among the terms is enough
            return self._stop("sum of the weights", total, loss, norm, rate)
        self.step += 1
        if self._smoothed is None:
            self._smoothed = loss
        self._smoothed = self.smoothing * self._smoothed + (1.0 - self.smoothing) * loss
        return Progress(self.step, loss, self._smoothed, norm, rate, self.seconds)

    def _is_usable(self, norm: float) -> bool:
        """Whether what the clip left is safe to step with, given the norm before it."""
        if self.clip.rule == "value":
            return not math.isnan(norm)  # everything else was cut to the limit
        if self.clip.rule == "norm" and norm == math.inf:
            return bool(np.isfinite(self._gradients.flat).all())
        return _is_good(norm) or (self.clip.rule == "norm" and norm > 0.0)

    def _stop(self, what: str, value: float, loss: float, norm: float, rate: float) -> Progress:
        """Stop here, with the last good weights, and nothing left of what led away from them."""
        self.trainable.parameters.flat[...] = self._good
        self.optimiser.restore({})
        arrays, facts = self.trainable.state()
        calm = {name: _calmed(array) for name, array in arrays.items()}
        self.trainable.restore(Saved(calm, facts))
        self.diverged = (
            f"Training diverged at step {self.step + 1}: the {what} was {value:g} where it must be "
            f"{_RULE}; the weights of the last good step are kept, and a learning rate below "
            f"{rate:g} or a tighter clip may help."
        )
        smoothed = loss if self._smoothed is None else self._smoothed
        return Progress(self.step + 1, loss, smoothed, norm, rate, self.seconds, self.diverged)

    def roll_back(self) -> None:
        """After a divergence, let training go on from the last good weights, best more carefully.

        They are back in place already. The optimiser has forgotten its moments, which led there;
        carried states that ran away are 0; the data go on where they stand.
        """
        self.diverged = ""

    def state(self) -> Saved:
        """Everything that decides what comes next, the parameters too, for any checkpoint.

        The schedule and the clip, which may have been changed on the way, are included.
        """
        own = TrainerState(
            self.trainable.parameters.flat,
            self._good,
            self.step,
            self.steps,
            self.seconds,
            self._smoothed,
            self.schedule,
            self.clip,
            self.diverged,
        )
        moments, data = saved_optimiser(self.optimiser), self.trainable.state()
        return joined({"trainer": own.saved(), "optimiser": moments, "data": data})

    def restore(self, saved: Saved) -> None:
        """Go on from what `state` gave: the next steps are the same to the last bit.

        Raises ValueError when it is not the state of such a trainer; then nothing has changed.
        """
        flat = self.trainable.parameters.flat
        own = TrainerState.of(saved.part("trainer"), flat)
        moments = checked_moments(saved.part("optimiser"), self.optimiser, flat)
        before = self.optimiser.moments(), self.trainable.state()
        try:
            self.optimiser.restore(moments)
            self.trainable.restore(saved.part("data"))
        except Exception:
            self.optimiser.restore(before[0])
            self.trainable.restore(before[1])
            raise
        flat[...], self._good[...] = own.parameters, own.good
        self.step, self.steps, self.seconds = own.step, own.steps, own.seconds
        self.schedule, self.clip = own.schedule, own.clip
        self._smoothed, self.diverged = own.smoothed_loss, own.diverged


def _calmed(array: Array) -> Array:
    """The array itself, or zeros if a number in it ran away."""
    calm = array.size == 0 or _is_good(float(np.abs(array).max()))
    return array if calm else np.zeros_like(array)


def _is_good(value: float) -> bool:
    """Whether a number is finite and at most 1e12 in size."""
    return -DIVERGED_ABOVE <= value <= DIVERGED_ABOVE

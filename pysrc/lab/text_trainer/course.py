"""A training run on its course: it learns, is judged, writes a sample, and all of it is noted.

One thing at a time, in pieces that fit into a slice. What is not learning may take a small share of
the time only, so that the network learns nearly as fast as if nobody looked.
"""

import math
import time
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from lab.kit.curve import Curve
from lab.text_trainer import samples
from lab.text_trainer.samples import Sample, Samples
from rnn.losses import nats_to_bits
from rnn.text.code_quality import CodeQuality, code_quality
from rnn.text.held_out import HeldOut
from rnn.text.training_run import TrainingRun
from rnn.trainer import Progress

PIECE_STEPS = 32  # of the held-out streams between two pauses
SPEED_OVER = 8.0  # seconds
_END: Any = object()
EARLY = 0.4
SMOOTHING = 0.97
FEW_SECONDS = 1.0  # of training, before which its speed says nothing


@dataclass(frozen=True)
class Pace:
    """How often something is done: `seconds` apart at least, taking a `share` of the time.

    At first, while a network learns fastest, the distance is a share of what it has trained.
    """

    seconds: float
    share: float


JUDGE = Pace(2.0, 0.1)
SAMPLE = Pace(5.0, 0.03)
MEASURE_CODE = Pace(20.0, 0.06)


@dataclass(frozen=True)
class Writing:
    """How samples are written."""

    start: str
    temperature: float
    code: bool


class Course:
    """A run, what judges it, and what was seen of it so far."""

    def __init__(
        self, run: TrainingRun, held_out: HeldOut, writing: Writing, context: str = ""
    ) -> None:
        """`context` is read before each sample: without any, a network has no idea where it is."""
        self.run, self.held_out, self.writing, self.context = run, held_out, writing, context
        self.train, self.judged, self.norms = Curve(), Curve(), Curve()
        self.parsed, self.brackets, self.indentation = Curve(), Curve(), Curve()
        self.samples = Samples()
        self.bits: float | None = None  # as last judged
        self.quality: CodeQuality | None = None
        self.last: Progress | None = None
        self.trouble = ""  # why nothing could be written, where weights are beyond all bounds
        self._side: Generator[None, None, None] | None = None
        self._asked = {"judge", "sample"}  # what is to be done whatever the time
        self._done = {"judge": -math.inf, "sample": -math.inf, "code": 0.0}  # seconds of training
        self._took = dict.fromkeys(self._done, 0.0)
        self._recent: deque[tuple[float, int]] = deque()
        self._sum = self._weight = 0.0  # of the losses lately, the newest counting most

    @property
    def characters(self) -> int:
        """How many characters were read, counting again what was read again."""
        return self.run.trainer.step * self.run.characters_per_step

    @property
    def to_read(self) -> int:
        """How many will have been read at the end."""
        return self.run.trainer.steps * self.run.characters_per_step

    @property
    def training(self) -> bool:
        """True while there is something to learn."""
        return self.run.trainer.running

    @property
    def busy(self) -> bool:
        """True while something else than learning is under way, or waits to be done."""
        return self._side is not None or bool(self._asked)

    @property
    def speed(self) -> float:
        """Characters a second lately, with all that was done beside; 0 while unknown."""
        if len(self._recent) < 2:
            return 0.0
        (began, before), (now, after) = self._recent[0], self._recent[-1]
        return (after - before) / (now - began) if now > began else 0.0

    def own_speed(self) -> float | None:
        """Seconds of learning alone for a character; None if there was too little of it."""
        trainer = self.run.trainer
        return trainer.seconds / self.characters if trainer.seconds > FEW_SECONDS else None

    def ask(self, what: str) -> None:
        """Have "judge", "sample" or "code" done next."""
        self._asked.add(what)

    def forget(self) -> None:
        """Nothing is asked: what was seen is there already."""
        self._asked.clear()

    def rest(self) -> None:
        """Training stands still: its speed is measured anew afterwards."""
        self._recent.clear()

    def look(self, until: float) -> bool:
        """Go on judging, sampling and measuring until some time; False if nothing is left of it."""
        while time.perf_counter() < until:
            if self._side is None:
                if not self._asked:
                    return False
                self._side = self._begin(self._next())
            try:
                next(self._side)
            except StopIteration:
                self._side = None
        return self.busy

    def advance(self, until: float) -> None:
        """Learn for a slice, unless something else is due."""
        self._plan()
        if self.busy:
            self.look(until)
        elif self.training:
            trainer = self.run.trainer
            for progress in trainer.advance(max(until - time.perf_counter(), 0.0)):
                self._note(progress)
            if trainer.finished or trainer.diverged:  # what came of it
                self._asked |= {"judge", "sample"} | ({"code"} if self.writing.code else set())
        self._clock()

    def _plan(self) -> None:
        if self.busy or not self.training:
            return
        seconds = self.run.trainer.seconds
        for what, pace in (("judge", JUDGE), ("sample", SAMPLE), ("code", MEASURE_CODE)):
            apart = max(pace.seconds, min(self._took[what] / pace.share, EARLY * seconds))
            if what == "code" and not self.writing.code:
                continue
            if seconds - max(self._done[what], 0.0) >= apart:
                self._asked.add(what)

    def _next(self) -> str:
        """Judged first: a sample is listed with the loss of that moment."""
        return next(what for what in ("judge", "sample", "code") if what in self._asked)

    def _begin(self, what: str) -> Generator[None, None, None]:
        self._asked.discard(what)
        self._done[what] = self.run.trainer.seconds
        work = {"judge": self._judge, "sample": self._sample, "code": self._measure}[what]()
        return self._timed(what, work)

    def _timed(self, what: str, work: Generator[None, None, None]) -> Generator[None, None, None]:
        took, going = 0.0, True
        while going:
            began = time.perf_counter()
            going = next(work, _END) is not _END
            took += time.perf_counter() - began
            yield
        self._took[what] = took

    def _judge(self) -> Generator[None, None, None]:
        bits = yield from self.held_out.in_pieces(self.run.model, PIECE_STEPS)
        self.bits = bits if math.isfinite(bits) else None
        self.run.remember(bits)
        if self.bits is not None:
            self.judged.add(self.characters, bits)

    def _sample(self) -> Generator[None, None, None]:
        model, how, at = self.run.model, self.writing, self.characters
        start = samples.start_of(model, how.start, how.code)
        rng = np.random.default_rng([self.run.settings.seed, 2, self.run.trainer.step])
        try:
            text, given = yield from samples.write(
                model, rng, self.context, start, how.temperature, how.code
            )
        except ValueError as error:
            self.trouble = str(error)
            return
        self.trouble = ""
        parses = samples.accepted(text) if how.code else None
        self.samples.add(Sample(at, self.bits, text, given, parses))

    def _measure(self) -> Generator[None, None, None]:
        model, at = self.run.model, self.characters
        if model.vocabulary.unknown(samples.CODE_START):
            return
        rng = np.random.default_rng([self.run.settings.seed, 3, self.run.trainer.step])
        try:
            self.quality = yield from code_quality(model, rng)
        except ValueError as error:
            self.trouble = str(error)
            return
        self.parsed.add(at, self.quality.parsed.share)
        self.brackets.add(at, self.quality.brackets)
        self.indentation.add(at, self.quality.indentation)

    def _note(self, progress: Progress) -> None:
        self.last = progress
        if progress.diverged:
            return
        self._sum = SMOOTHING * self._sum + progress.loss
        self._weight = SMOOTHING * self._weight + 1.0
        at = progress.step * self.run.characters_per_step
        self.train.add(at, nats_to_bits(self._sum / self._weight))
        self.norms.add(at, progress.gradient_norm)

    def _clock(self) -> None:
        now = time.perf_counter()
        self._recent.append((now, self.characters))
        while now - self._recent[0][0] > SPEED_OVER and len(self._recent) > 2:
            self._recent.popleft()

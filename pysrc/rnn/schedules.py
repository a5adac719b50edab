"""A learning rate need not stay what it was: large steps find the valley, small ones its floor.

A schedule answers one question: what is the rate at step k, counted from 0?

    constant      base
    exponential   base * decay^(k / steps)                        smooth, for ever
    step          base * factor^floor(k / every)                  the same in stairs
    cosine        low + (base - low) (1 + cos(pi k / steps)) / 2  Loshchilov & Hutter 2017, eq. 5,
                                                                  without restarts; `low` after it
    warm-up       rises in equal strides for `steps` steps, then hands over to another schedule

A schedule is plain numbers: `facts()` saves it, `schedule_from` brings it back.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Protocol

from rnn.checks import one_of, plain, real_number, whole_number

LARGEST_RATE = 10.0
"""The largest learning rate that is accepted."""
_MOST_STEPS = 10**9


def check_rate(rate: object, name: str = "learning rate") -> float:
    """Return the rate if it is above 0 and at most 10; otherwise raise ValueError."""
    return real_number(name, rate, 0.0, LARGEST_RATE, above_low=True)


class Schedule(Protocol):
    """The learning rate as a function of the step, from 0 to 10."""

    @property
    def kind(self) -> str:
        """The name `make_schedule` knows it by."""
        ...

    def __call__(self, step: int) -> float:
        """The rate at `step`, counted from 0."""
        ...

    def facts(self) -> dict[str, Any]:
        """The kind and its numbers, ready for JSON."""
        ...


class _Numbers:
    """A schedule that is nothing but its numbers."""

    kind: ClassVar[str]

    def facts(self) -> dict[str, Any]:
        """The kind and its numbers, ready for JSON."""
        return {"kind": self.kind, **{name: plain(value) for name, value in vars(self).items()}}


@dataclass(frozen=True)
class Constant(_Numbers):
    """The same rate at every step. Raises ValueError unless it is above 0 and at most 10."""

    base: float
    kind: ClassVar[str] = "constant"

    def __post_init__(self) -> None:
        check_rate(self.base)

    def __call__(self, step: int) -> float:  # noqa: ARG002, D102
        return self.base


@dataclass(frozen=True)
class Exponential(_Numbers):
    """`base * decay^(k / steps)`: every `steps` steps the rate is multiplied by `decay`.

    Raises ValueError unless `base` is above 0 and at most 10, `decay` above 0 and at most 1, and
    `steps` a whole number from 1.
    """

    base: float
    decay: float = 0.5
    steps: int = 1000
    kind: ClassVar[str] = "exponential"

    def __post_init__(self) -> None:
        check_rate(self.base)
        real_number("decay", self.decay, 0.0, 1.0, above_low=True)
        whole_number("steps", self.steps, 1, _MOST_STEPS)

    def __call__(self, step: int) -> float:  # noqa: D102
        # --8<-- [start:exponential]
        return float(self.base * self.decay ** (step / self.steps))
        # --8<-- [end:exponential]


@dataclass(frozen=True)
class Stairs(_Numbers):
    """`base * factor^floor(k / every)`: constant for `every` steps, then a stair down.

    Raises ValueError unless `base` is above 0 and at most 10, `factor` above 0 and at most 1, and
    `every` a whole number from 1.
    """

    base: float
    factor: float = 0.1
    every: int = 1000
    kind: ClassVar[str] = "step"

    def __post_init__(self) -> None:
        check_rate(self.base)
        real_number("factor", self.factor, 0.0, 1.0, above_low=True)
        whole_number("every", self.every, 1, _MOST_STEPS)

    def __call__(self, step: int) -> float:  # noqa: D102
        # --8<-- [start:stairs]
        return float(self.base * self.factor ** (step // self.every))
        # --8<-- [end:stairs]


@dataclass(frozen=True)
class Cosine(_Numbers):
    """Half a cosine from `base` at step 0 down to `low` at step `steps`, and `low` from there.

    Raises ValueError unless `base` is above 0 and at most 10, `low` from 0 to `base`, and `steps` a
    whole number from 1.
    """

    base: float
    steps: int = 1000
    low: float = 0.0
    kind: ClassVar[str] = "cosine"

    def __post_init__(self) -> None:
        check_rate(self.base)
        whole_number("steps", self.steps, 1, _MOST_STEPS)
        real_number("low", self.low, 0.0, self.base)

    def __call__(self, step: int) -> float:  # noqa: D102
        # --8<-- [start:cosine]
        turn = math.cos(math.pi * min(step, self.steps) / self.steps)
        return self.low + (self.base - self.low) * (1.0 + turn) / 2.0
        # --8<-- [end:cosine]


@dataclass(frozen=True)
class WarmUp:
    """Rise to the first rate of `then` in equal strides, reach it at step `steps`, then follow it.

    Linear warm-up as in Goyal et al. 2017, section 2.2. `then` starts counting when it takes over.
    Raises ValueError unless `steps` is a whole number from 1.
    """

    then: Schedule
    steps: int = 100
    kind: ClassVar[str] = "warm-up"

    def __post_init__(self) -> None:
        whole_number("steps", self.steps, 1, _MOST_STEPS)

    def __call__(self, step: int) -> float:  # noqa: D102
        if step < self.steps:
            return self.then(0) * (step + 1) / (self.steps + 1)
        return self.then(step - self.steps)

    def facts(self) -> dict[str, Any]:
        """The warm-up's steps, and the facts of what comes after it."""
        return {"kind": self.kind, "steps": plain(self.steps), "then": self.then.facts()}


_KINDS = (Constant, Exponential, Stairs, Cosine)
SCHEDULES: dict[str, Callable[..., Schedule]] = {made.kind: made for made in _KINDS}
"""Every schedule by its name."""
_SETTINGS = {
    made.kind: tuple(field.name for field in fields(made) if field.name != "base")
    for made in _KINDS
}


def make_schedule(kind: str, base: float, warm_up: int = 0, **settings: float) -> Schedule:
    """Make `constant`, `exponential`, `step` or `cosine`, after `warm_up` steps of rising if any.

    Raises ValueError for another kind, an unknown setting, or a number out of its range.
    """
    known = _SETTINGS[one_of("schedule", kind, tuple(SCHEDULES))]
    for setting in settings:
        if setting not in known:
            raise ValueError(
                f"settings of {kind} are {', '.join(known) or 'none'}; got {setting!r}"
            )
    schedule = SCHEDULES[kind](base, **settings)
    return WarmUp(schedule, warm_up) if warm_up else schedule


def schedule_from(facts: object) -> Schedule:
    """Bring back what `facts()` saved. Raises ValueError as `make_schedule` does."""
    if not isinstance(facts, Mapping):
        raise ValueError(  # noqa: TRY004 - what a file says is a value, whatever its type
            f"a saved schedule must be a mapping; got {facts!r}"
        )
    settings = {str(name): value for name, value in facts.items() if name != "kind"}
    if facts.get("kind") != WarmUp.kind:
        if "base" not in settings:
            raise ValueError(f"a saved schedule must have a base; got {dict(facts)!r}")
        return make_schedule(str(facts.get("kind")), settings.pop("base"), **settings)
    then = settings.get("then")
    if set(settings) != {"then", "steps"} or not isinstance(then, Mapping):
        raise ValueError(f"a saved warm-up must have steps and then; got {dict(facts)!r}")
    if then.get("kind") == WarmUp.kind:  # hostile files could nest until the stack overflows
        raise ValueError("a saved warm-up must not hand over to another warm-up")
    return WarmUp(schedule_from(then), settings["steps"])

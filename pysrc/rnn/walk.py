"""Backpropagation through time with a pencil: every number of one pass, in the order it comes.

Forward, for t = 1 .. T, and then the loss (N steps have a target):

    a      a_t = w_x x_t + w_h h_{t-1} + b_h        h      h_t = f(a_t)
    y      y_t = w_y h_t + b_y                      share  l_t = (y_t - target_t)^2 / N
    loss   L = l_1 + ... + l_T

Backward, for t = T .. 1. Each number is the derivative of L by the one that it is named for:

    d_y      dL/dy_t = 2/N (y_t - target_t)
    above    w_y dL/dy_t              what the output at t asks of h_t
    later    w_h dL/da_{t+1}          what the steps after t ask of h_t; 0 at the end and at a cut
    d_h      dL/dh_t = above + later
    slope    f'(a_t)
    d_a      dL/da_t = dL/dh_t f'(a_t)                            the error signal

and what step t adds to each of the five gradients:

    add_w_y = dL/dy_t h_t     add_b_y = dL/dy_t
    add_w_x = dL/da_t x_t     add_w_h = dL/da_t h_{t-1}     add_b_h = dL/da_t

At last the sums, d_w_x = dL/dw_x and so on (Werbos 1990). `rnn.one_unit` computes the same and
keeps less of it; tests hold the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rnn.activations import Activation
from rnn.checks import whole_number
from rnn.one_unit import Weights


class Key(NamedTuple):
    """Which number: its kind, as above, and its step from 1; 0 for what belongs to no step."""

    kind: str
    step: int = 0


class Number(NamedTuple):
    """A number, and those it was computed from, as they stand in its formula."""

    value: float
    made_of: tuple[Key, ...]


@dataclass(frozen=True)
class Walk:
    """The sheet of paper: what was given, and what was computed, in order."""

    given: dict[Key, float] = field(default_factory=dict)  # weights, h_0, x_t and target_t
    computed: dict[Key, Number] = field(default_factory=dict)

    def value(self, kind: str, step: int = 0) -> float:
        """Look up a number, given or computed. Raises KeyError if it is not on the paper."""
        key = Key(kind, step)
        return self.given[key] if key in self.given else self.computed[key].value

    def write(self, kind: str, step: int, value: float, *made_of: Key) -> float:
        """Write the number `value` down, and hand it on."""
        self.computed[Key(kind, step)] = Number(value, made_of)
        return value


def walk(
    weights: Weights,
    inputs: Sequence[float],
    targets: Sequence[float | None],
    activation: Activation,
    truncate: int | None = None,
) -> Walk:
    """Go forward over `inputs` (T numbers) and back again, and keep every number.

    `truncate` cuts as in `rnn.one_unit.backward`. Raises ValueError when the lengths differ, when
    no step has a target, or when `truncate` is not a whole number from 1.
    """
    steps = len(inputs)
    asked = len(targets) - targets.count(None)
    if len(targets) != steps or asked == 0:
        raise ValueError(
            f"there must be as many targets as inputs, and one that is not None; got {steps} "
            f"inputs, {len(targets)} targets, {asked} of them not None"
        )
    window = steps if truncate is None else whole_number("truncate", truncate, 1, 1_000_000_000)
    paper = Walk(_given(weights, inputs, targets))
    for t in range(1, steps + 1):
        _forward_step(paper, t, asked, activation)
    shares = [key for key in paper.computed if key.kind == "share"]
    _add_up(paper, "loss", shares)
    for t in range(steps, 0, -1):
        _backward_step(paper, t, asked, activation, cut=t == steps or t % window == 0)
    for name in Weights._fields:
        _add_up(paper, f"d_{name}", [Key(f"add_{name}", t) for t in range(steps, 0, -1)])
    return paper


def _given(
    weights: Weights, inputs: Sequence[float], targets: Sequence[float | None]
) -> dict[Key, float]:
    given = {Key(name): weight for name, weight in weights._asdict().items()}
    given[Key("h", 0)] = 0.0
    for t, (x, target) in enumerate(zip(inputs, targets, strict=True), 1):
        given[Key("x", t)] = x
        if target is not None:
            given[Key("target", t)] = target
    return given


def _forward_step(paper: Walk, t: int, asked: int, activation: Activation) -> None:
    value, write = paper.value, paper.write
    x, h_before = value("x", t), value("h", t - 1)
    a = write(
        *("a", t, value("w_x") * x + value("w_h") * h_before + value("b_h")),
        *(Key("w_x"), Key("x", t), Key("w_h"), Key("h", t - 1), Key("b_h")),
    )
    h = write("h", t, activation.forward(a), Key("a", t))
    y = write(
        *("y", t, value("w_y") * h + value("b_y")),
        *(Key("w_y"), Key("h", t), Key("b_y")),
    )
    if Key("target", t) in paper.given:
        difference = y - value("target", t)
        write("share", t, difference * difference / asked, Key("y", t), Key("target", t))


def _backward_step(paper: Walk, t: int, asked: int, activation: Activation, *, cut: bool) -> None:
    value, write = paper.value, paper.write
    h = value("h", t)
    if Key("target", t) in paper.given:
        error = 2.0 / asked * (value("y", t) - value("target", t))
        d_y = write("d_y", t, error, Key("y", t), Key("target", t))
    else:
        d_y = write("d_y", t, 0.0)
    write("add_w_y", t, d_y * h, Key("d_y", t), Key("h", t))
    write("add_b_y", t, d_y, Key("d_y", t))
    above = write("above", t, value("w_y") * d_y, Key("w_y"), Key("d_y", t))
    if cut:
        later = write("later", t, 0.0)
    else:
        later = write(
            *("later", t, value("w_h") * value("d_a", t + 1)),
            *(Key("w_h"), Key("d_a", t + 1)),
        )
    d_h = write("d_h", t, above + later, Key("above", t), Key("later", t))
    slope = write("slope", t, activation.slope(h), Key("h", t))
    d_a = write("d_a", t, d_h * slope, Key("d_h", t), Key("slope", t))
    write("add_w_x", t, d_a * value("x", t), Key("d_a", t), Key("x", t))
    write("add_w_h", t, d_a * value("h", t - 1), Key("d_a", t), Key("h", t - 1))
    write("add_b_h", t, d_a, Key("d_a", t))


def _add_up(paper: Walk, kind: str, parts: Sequence[Key]) -> None:
    total = 0.0
    for part in parts:
        total += paper.value(*part)
    paper.write(kind, 0, total, *parts)

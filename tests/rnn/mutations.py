"""Bugs on purpose: one line of a module is changed, and the gradient check has to notice.

`MUTATIONS` is the table of bugs, `CHECKS` says for each module how it is gradient-checked. To add a
bug, add a row; to add a module, add its check: a function from the (possibly mutated) module to the
records of the same gradient check that its own tests use.
"""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import numpy as np

from rnn.gradient_check import GradientRecord
from tests.rnn.sequence_problems import cell_named, gradient_records

MASK = np.array([[1, 1, 0], [1, 0, 1], [1, 1, 1], [0, 1, 1]], bool)

ELMAN, LSTM, GRU = "rnn.cells.elman", "rnn.cells.lstm", "rnn.cells.gru"
UNROLL = "rnn.unroll"

Check = Callable[[ModuleType], list[GradientRecord]]


class Mutation(NamedTuple):
    """One bug: in `module`, the text `old`, which stands there exactly once, becomes `new`."""

    bug: str
    module: str
    old: str
    new: str


def source_of(module: str) -> str:
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).read_text(encoding="utf-8")


def load(module: str, source: str) -> ModuleType:
    """A module of that name made from `source`; the real one is neither read nor replaced."""
    copy = ModuleType(module)
    exec(compile(source, f"<mutated {module}>", "exec"), copy.__dict__)  # noqa: S102
    return copy


def mutated(mutation: Mutation) -> ModuleType:
    """The module with the bug in it. Fails when the text is not there exactly once."""
    source = source_of(mutation.module)
    found = source.count(mutation.old)
    assert found == 1, f"{mutation.module} holds {mutation.old!r} {found} times"
    return load(mutation.module, source.replace(mutation.old, mutation.new))


def check_walker(unroll: ModuleType) -> list[GradientRecord]:
    """An LSTM, which has two states to carry: full, masked, and cut into pieces of two steps."""
    cell = cell_named("lstm")
    return [
        record
        for mask in (None, MASK)
        for truncate in (None, 2)
        for record in gradient_records(cell, mask, walker=unroll, truncate=truncate)
    ]


CHECKS: dict[str, Check] = {
    ELMAN: lambda module: gradient_records(module.Elman(2, 3)),
    LSTM: lambda module: gradient_records(module.LSTM(2, 3)),
    GRU: lambda module: gradient_records(module.GRU(2, 3)),
    UNROLL: check_walker,
}

MUTATIONS = [
    Mutation(
        "the slope 1 - h^2 is missing",
        ELMAN,
        'd_sums = d_h * ACTIVATIONS[self.activation].array_slope(cache["h"])',
        "d_sums = d_h",
    ),
    Mutation(
        "W_hh is transposed",
        ELMAN,
        '(d_sums @ weights["W_hh"],)',
        '(d_sums @ weights["W_hh"].T,)',
    ),
    Mutation(
        "the hidden state comes one step late",
        ELMAN,
        'd_sums.T @ cache["h_before"]',
        'd_sums.T @ cache["h"]',
    ),
    Mutation(
        "the bias is not summed over the batch",
        ELMAN,
        "d_sums.sum(axis=0)",
        "d_sums[0]",
    ),
    Mutation(
        "a gradient is set where it should be added",
        ELMAN,
        'gradients["W_xh"][...] += ',
        'gradients["W_xh"][...] = ',
    ),
    Mutation(
        "the cell's gradient is not carried",
        LSTM,
        'd_sums @ weights["W_hh"], d_c * f)',
        'd_sums @ weights["W_hh"], 0.0 * d_c)',
    ),
    Mutation(
        "the cell's gradient forgets what comes from later",
        LSTM,
        "d_c = d_c + d_h * o",
        "d_c = d_h * o",
    ),
    Mutation(
        "the forget gate uses c_t for c_{t-1}",
        LSTM,
        'd_f = d_c * cache["c_before"]',
        'd_f = d_c * cache["c"]',
    ),
    Mutation(
        "the wrong gate: the input gate's gradient takes i for g",
        LSTM,
        "d_i = d_c * g *",
        "d_i = d_c * i *",
    ),
    Mutation(
        "the wrong slope: the candidate is taken for a sigmoid",
        LSTM,
        "d_g = d_c * i * _TANH",
        "d_g = d_c * i * _SIGMOID",
    ),
    Mutation(
        "the output gate shows c, not tanh(c)",
        LSTM,
        "d_o = d_h * shown *",
        'd_o = d_h * cache["c"] *',
    ),
    Mutation(
        "two gates change places",
        LSTM,
        "(d_i, d_f, d_g, d_o)",
        "(d_f, d_i, d_g, d_o)",
    ),
    Mutation(
        "the reset gate comes before the product",
        GRU,
        'd_h * z + d_from_h @ weights["W_hh"]',
        'd_h * z + d_from_h[:, :-3] @ weights["W_hh"][:-3] + r * (d_n @ weights["W_hh"][-3:])',
    ),
    Mutation(
        "the reset gate is left out of the candidate",
        GRU,
        "d_recalled = d_n * r",
        "d_recalled = d_n",
    ),
    Mutation(
        "the update gate's sign is wrong",
        GRU,
        "(h_before - n) * _SIGMOID.array_slope(z)\n        d_r",
        "(n - h_before) * _SIGMOID.array_slope(z)\n        d_r",
    ),
    Mutation(
        "the blended old state is dropped",
        GRU,
        '(d_h * z + d_from_h @ weights["W_hh"],)',
        '(d_from_h @ weights["W_hh"],)',
    ),
    Mutation(
        "the second bias gets the first one's gradient",
        GRU,
        "d_recalled.sum(axis=0)",
        "d_n.sum(axis=0)",
    ),
    Mutation(
        "the carry is dropped",
        UNROLL,
        "d_state = d_nothing if cut else d_before",
        "d_state = d_nothing",
    ),
    Mutation(
        "nothing is ever cut",
        UNROLL,
        "d_state = d_nothing if cut else d_before",
        "d_state = d_before",
    ),
    Mutation(
        "the cut is one step late",
        UNROLL,
        "t % window == 0",
        "t % window == 1",
    ),
    Mutation(
        "the outputs' gradient is one step late",
        UNROLL,
        "_where(here, d_outputs[t])",
        "_where(here, d_outputs[t - 1])",
    ),
    Mutation(
        "the outputs' mask is forgotten",
        UNROLL,
        "d_state[0] + _where(here, d_outputs[t])",
        "d_state[0] + d_outputs[t]",
    ),
    Mutation(
        "the step's mask is forgotten",
        UNROLL,
        "_where(here, d) for d in d_state",
        "d for d in d_state",
    ),
    Mutation(
        "a step left out does not hand its gradient on",
        UNROLL,
        "zip(d_before, d_state, strict=True)",
        "zip(d_before, d_nothing, strict=True)",
    ),
    Mutation(
        "what the final state owes is forgotten",
        UNROLL,
        "d_nothing if d_final_state is None else d_final_state",
        "d_nothing",
    ),
    Mutation(
        "the inputs' gradients come back in the order of the walk back",
        UNROLL,
        "np.stack(d_inputs[::-1])",
        "np.stack(d_inputs)",
    ),
]

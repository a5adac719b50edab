"""Bugs on purpose: one line of a module is changed, and the gradient check has to notice.

`MUTATIONS` is the table of bugs, `CHECKS` says for each module how it is gradient-checked. To add a
bug, add a row; to add a module, add its check: a function from the (possibly mutated) module to the
records of the same gradient check that its own tests use.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import numpy as np

from rnn.encoder_decoder import make_encoder_decoder
from rnn.gradient_check import GradientRecord
from tests.rnn.network_problems import (
    RAGGED,
    TARGET_MASK,
    attention_records,
    encoder_decoder_records,
    stack_records,
)
from tests.rnn.sequence_problems import cell_named, gradient_records

MASK = np.array([[1, 1, 0], [1, 0, 1], [1, 1, 1], [0, 1, 1]], bool)

ELMAN, LSTM, GRU = "rnn.cells.elman", "rnn.cells.lstm", "rnn.cells.gru"
RESIDUAL = "rnn.cells.residual"
UNROLL = "rnn.unroll"
STACK, ATTENTION = "rnn.stack", "rnn.attention"
DECODER, ENCODER = "rnn.attentive_decoder", "rnn.encoder_decoder"

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


def check_stack(stack: ModuleType) -> list[GradientRecord]:
    """Two layers both ways with dropout between, joined and summed, under a mask with holes."""
    return [
        record
        for merge in ("concat", "sum")
        for record in stack_records(
            stack.make_stack("rnn", 2, 2, 2, bidirectional=True, merge=merge, dropout=0.3),
            RAGGED,
            dropout_seed=1,
        )
    ]


def check_attention(attention: ModuleType) -> list[GradientRecord]:
    """Both kinds, each looking twice at a masked source."""
    kinds = (attention.AdditiveAttention(3, 2, 4), attention.DotAttention(2, scaled=True))
    return [record for kind in kinds for record in attention_records(kind, RAGGED)]


def check_decoder(decoder: ModuleType) -> list[GradientRecord]:
    """The decoder of an LSTM encoder-decoder, which has two states to carry."""
    model = make_encoder_decoder("lstm", 3, 3, 1, 2)
    right = model.decoder
    changed = decoder.AttentiveDecoder(right.embedding, right.attention, right.cell, right.head)
    return encoder_decoder_records(replace(model, decoder=changed), RAGGED, TARGET_MASK)


def check_encoder_decoder(encoder_decoder: ModuleType) -> list[GradientRecord]:
    model = encoder_decoder.make_encoder_decoder("lstm", 3, 3, 1, 2)
    return encoder_decoder_records(model, RAGGED, TARGET_MASK)


CHECKS: dict[str, Check] = {
    ELMAN: lambda module: gradient_records(module.Elman(2, 3)),
    RESIDUAL: lambda module: gradient_records(module.Residual(2, 3, alpha=0.6)),
    LSTM: lambda module: gradient_records(module.LSTM(2, 3)),
    GRU: lambda module: gradient_records(module.GRU(2, 3)),
    UNROLL: check_walker,
    STACK: check_stack,
    ATTENTION: check_attention,
    DECODER: check_decoder,
    ENCODER: check_encoder_decoder,
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
        "the way around the layer is missing",
        RESIDUAL,
        '(d_h + d_sums @ weights["W_hh"],)',
        '(d_sums @ weights["W_hh"],)',
    ),
    Mutation(
        "alpha is missing going back",
        RESIDUAL,
        "self.alpha * d_h * ",
        "d_h * ",
    ),
    Mutation(
        "the slope is taken at the state, not at what was added",
        RESIDUAL,
        'd_sums = self.alpha * d_h * ACTIVATIONS[self.activation].array_slope(cache["added"])',
        'd_sums = self.alpha * d_h * ACTIVATIONS[self.activation].array_slope(cache["h"])',
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
    Mutation(
        "the gradient of the way back is not turned",
        STACK,
        "reading.put(d_way)",
        "d_way",
    ),
    Mutation(
        "the way back's inputs keep the wrong order",
        STACK,
        "d_x + reading.undo(result.d_inputs)",
        "d_x + result.d_inputs",
    ),
    Mutation(
        "only one direction reaches the layer below",
        STACK,
        "d_x = d_x + reading.undo",
        "d_x = reading.undo",
    ),
    Mutation(
        "dropout lets everything through on the way back",
        STACK,
        "Dropout(self.dropout).backward(run.factors[layer - 1], d_x) if layer else d_x",
        "d_x",
    ),
    Mutation(
        "each walk gets another's final state",
        STACK,
        "else d_final_states[at]",
        "else d_final_states[0]",
    ),
    Mutation(
        "the directions change places",
        STACK,
        "return np.split(d_merged, 2, axis=2)",
        "return np.split(d_merged, 2, axis=2)[::-1]",
    ),
    Mutation(
        "the softmax's sum is forgotten",
        ATTENTION,
        "alignment * (d_alignment - (alignment * d_alignment).sum(axis=0))",
        "alignment * d_alignment",
    ),
    Mutation(
        "what was seen is not thanked",
        ATTENTION,
        "d_memory.values[...] += alignment[:, :, None] * d_context",
        "pass",
    ),
    Mutation(
        "the slope 1 - u^2 is missing",
        ATTENTION,
        'weights["v_a"] * (1.0 - hidden * hidden)',
        'weights["v_a"]',
    ),
    Mutation(
        "only the last look reaches the keys",
        ATTENTION,
        "d_memory.keys[...] += d_sums",
        "d_memory.keys[...] = d_sums",
    ),
    Mutation(
        "the keys' gradient is dropped",
        ATTENTION,
        'd_memory.values + d_memory.keys @ weights["U_a"]',
        "d_memory.values",
    ),
    Mutation(
        "the scale is forgotten on the way back",
        ATTENTION,
        "d_products = self._scale() * _look",
        "d_products = _look",
    ),
    Mutation(
        "the query's gradient is dropped",
        DECODER,
        "(d_before[0] + d_query, *d_before[1:])",
        "d_before",
    ),
    Mutation(
        "the head's share of the context is dropped",
        DECODER,
        "d_x[:, features:] + d_read[:, hidden:]",
        "d_x[:, features:]",
    ),
    Mutation(
        "the decoder's carry is dropped",
        DECODER,
        "(d_state[0] + d_read[:, :hidden], *d_state[1:])",
        "(d_read[:, :hidden], *d_state[1:])",
    ),
    Mutation(
        "the bridge's slope is missing",
        ENCODER,
        "d_start * (1.0 - encoded.start * encoded.start)",
        "d_start",
    ),
    Mutation(
        "what the bridge asks of the encoder is dropped",
        ENCODER,
        "state[0][...] = d_h",
        "pass",
    ),
]

"""Attention lets a decoder look back at every step of the source, and choose where.

For a query s (the decoder's state) and a source h_1 .. h_S (the encoder's outputs):

    e_j = score(s, h_j)         how well they match
    a   = softmax(e)            the alignment: how much of each step, together 1
    c   = sum_j a_j h_j         the context: what was seen

    additive   e_j = v_a^T tanh(W_a s + U_a h_j)     (Bahdanau, Cho & Bengio 2015, section A.1.2)
    dot        e_j = s^T h_j                         (Luong, Pham & Manning 2015, equation 8)
               e_j = s^T h_j / sqrt(n)               scaled (Vaswani et al. 2017, equation 1)

Going back, with da_j = dL/dc^T h_j:

    dL/de_j = a_j (da_j - sum_k a_k da_k)        dL/dh_j += a_j dL/dc

Where the source's mask is False, e_j is taken as minus infinity: a_j is 0 and nothing flows. What a
score needs of the source alone, its keys (U_a h_j; or h_j itself), is computed once per sequence,
and its gradient is gathered over all queries before it is led back.
"""

# Both kinds of attention are called alike, so the one without parameters takes some it ignores.
# ruff: noqa: ARG002

from dataclasses import dataclass
from math import sqrt

import numpy as np

from rnn.arrays import Array, BoolArray, Weights
from rnn.checks import whole_number
from rnn.initialisers import xavier
from rnn.losses import softmax

MOST = 100_000
"""The largest size of anything attention is asked to hold."""


@dataclass(frozen=True)
class Memory:
    """A source to attend to; also its gradient, gathered while walking back over the queries."""

    values: Array  # (source, batch, width): h_j
    keys: Array  # (source, batch, attention): what the scores need of h_j
    mask: BoolArray | None = None  # (source, batch)

    def zeros(self) -> "Memory":
        """A place to gather dL/dvalues and dL/dkeys."""
        return Memory(np.zeros_like(self.values), np.zeros_like(self.keys))


@dataclass(frozen=True)
class Glance:
    """One look at the source."""

    context: Array  # (batch, width)
    alignment: Array  # (source, batch): each member's column sums to 1
    query: Array  # (batch, queries)
    hidden: Array | None = None  # (source, batch, attention): additive attention's tanh


@dataclass(frozen=True)
class AdditiveAttention:
    """A small network judges each pair; queries and source may be of any two sizes.

    Its parameters: `W_a` (attention, queries), `U_a` (attention, width), `v_a` (attention). Raises
    ValueError when a size is not a whole number from 1.
    """

    queries: int
    width: int
    attention: int

    def __post_init__(self) -> None:
        for name in ("queries", "width", "attention"):
            whole_number(name, getattr(self, name), 1, MOST)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each parameter, by name."""
        return {
            "W_a": (self.attention, self.queries),
            "U_a": (self.attention, self.width),
            "v_a": (self.attention,),
        }

    def initialise(self, weights: Weights, rng: np.random.Generator) -> None:
        """Draw the matrices as Glorot & Bengio (2010), `v_a` as a matrix of one row, in place."""
        for name in ("W_a", "U_a"):
            weights[name][...] = xavier(rng, weights[name].shape)
        weights["v_a"][...] = xavier(rng, (1, self.attention))[0]

    def remember(self, weights: Weights, source: Array, mask: BoolArray | None = None) -> Memory:
        """Prepare a source (source, batch, width) to be looked at: the keys are U_a h_j.

        Raises ValueError when a shape does not fit or the mask leaves a member nothing.
        """
        source = _checked(source, mask, self.width)
        return Memory(source, source @ weights["U_a"].T, mask)

    def remember_backward(
        self, weights: Weights, memory: Memory, d_memory: Memory, gradients: Weights
    ) -> Array:
        """From what all glances gathered in `d_memory` to dL/dsource; adds to `gradients`.

        dL/dU_a += sum_j dL/dkey_j h_j^T,   dL/dh_j = dL/dvalue_j + U_a^T dL/dkey_j
        """
        d_keys = d_memory.keys.reshape(-1, self.attention)
        gradients["U_a"][...] += d_keys.T @ memory.values.reshape(-1, self.width)
        d_source: Array = d_memory.values + d_memory.keys @ weights["U_a"]
        return d_source

    def forward(self, weights: Weights, query: Array, memory: Memory) -> Glance:
        """Score by v_a^T tanh(W_a s + U_a h_j), with a query s (batch, queries), and look."""
        # --8<-- [start:score]
        hidden = np.tanh(query @ weights["W_a"].T + memory.keys)
        context, alignment = _look(hidden @ weights["v_a"], memory)
        # --8<-- [end:score]
        return Glance(context, alignment, query, hidden)

    def backward(
        self,
        weights: Weights,
        glance: Glance,
        memory: Memory,
        d_context: Array,
        gradients: Weights,
        d_memory: Memory,
    ) -> Array:
        """From dL/dcontext to dL/dquery; adds to `gradients` and to `d_memory`.

        Raises ValueError when the glance is not one of `forward`. With
        u_j = tanh(...) and g_j = dL/de_j v_a (1 - u_j^2):

        dL/dv_a += sum_j dL/de_j u_j,   dL/dW_a += sum_j g_j s^T,   dL/dkey_j += g_j,
        dL/ds = W_a^T sum_j g_j
        """
        hidden = glance.hidden
        if hidden is None:
            raise ValueError("a glance must come from additive attention's forward; got another's")
        d_scores = _look_backward(glance, memory, d_context, d_memory)
        d_sums = d_scores[:, :, None] * weights["v_a"] * (1.0 - hidden * hidden)
        d_memory.keys[...] += d_sums
        d_query_sums = d_sums.sum(axis=0)
        gradients["v_a"][...] += np.tensordot(d_scores, hidden, axes=2)
        gradients["W_a"][...] += d_query_sums.T @ glance.query
        d_query: Array = d_query_sums @ weights["W_a"]
        return d_query


@dataclass(frozen=True)
class DotAttention:
    """A product judges each pair; queries and source must be of one size, else ValueError."""

    width: int
    scaled: bool = False

    def __post_init__(self) -> None:
        whole_number("width", self.width, 1, MOST)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """None: there is nothing to learn here."""
        return {}

    def initialise(self, weights: Weights, rng: np.random.Generator) -> None:
        """Draw nothing."""

    def remember(self, weights: Weights, source: Array, mask: BoolArray | None = None) -> Memory:
        """Prepare a source (source, batch, width) to be looked at: it is its own keys.

        Raises ValueError when a shape does not fit or the mask leaves a member nothing.
        """
        source = _checked(source, mask, self.width)
        return Memory(source, source, mask)

    def remember_backward(
        self, weights: Weights, memory: Memory, d_memory: Memory, gradients: Weights
    ) -> Array:
        """dL/dh_j = dL/dvalue_j + dL/dkey_j."""
        return d_memory.values + d_memory.keys

    def forward(self, weights: Weights, query: Array, memory: Memory) -> Glance:
        """Score by s^T h_j, over sqrt(n) if scaled, with a query s (batch, width), and look."""
        scores = self._scale() * (memory.keys * query).sum(axis=2)
        context, alignment = _look(scores, memory)
        return Glance(context, alignment, query)

    def backward(
        self,
        weights: Weights,
        glance: Glance,
        memory: Memory,
        d_context: Array,
        gradients: Weights,
        d_memory: Memory,
    ) -> Array:
        """From dL/dcontext to dL/dquery; adds to `d_memory`.

        dL/ds = sum_j dL/de_j h_j,   dL/dkey_j += dL/de_j s,   both over sqrt(n) if scaled
        """
        d_products = self._scale() * _look_backward(glance, memory, d_context, d_memory)
        d_memory.keys[...] += d_products[:, :, None] * glance.query
        d_query: Array = (d_products[:, :, None] * memory.keys).sum(axis=0)
        return d_query

    def _scale(self) -> float:
        return 1.0 / sqrt(self.width) if self.scaled else 1.0


Attention = AdditiveAttention | DotAttention
"""Either kind of attention, additive or by products."""


def _look(scores: Array, memory: Memory) -> tuple[Array, Array]:
    """From scores (source, batch) to the context (batch, width) and the alignment."""
    if memory.mask is not None:
        scores = np.where(memory.mask, scores, -np.inf)
    # --8<-- [start:look]
    alignment = softmax(scores.T).T
    context: Array = (alignment[:, :, None] * memory.values).sum(axis=0)
    # --8<-- [end:look]
    return context, alignment


def _look_backward(glance: Glance, memory: Memory, d_context: Array, d_memory: Memory) -> Array:
    """From dL/dcontext to dL/dscores, adding to dL/dvalues."""
    alignment = glance.alignment
    d_memory.values[...] += alignment[:, :, None] * d_context
    d_alignment = (memory.values * d_context).sum(axis=2)
    d_scores: Array = alignment * (d_alignment - (alignment * d_alignment).sum(axis=0))
    return d_scores


def _checked(source: Array, mask: BoolArray | None, width: int) -> Array:
    """The source, with zeros where there is none: padding may be anything, even NaN."""
    if source.ndim != 3 or source.shape[2] != width or 0 in source.shape:
        raise ValueError(
            f"source must be (steps, batch, {width}) with at least one step and one member; "
            f"got {source.shape}"
        )
    if mask is None:
        return source
    if mask.shape != source.shape[:2]:
        raise ValueError(f"mask must have the shape {source.shape[:2]}; got {mask.shape}")
    if not mask.any(axis=0).all():
        raise ValueError(
            f"mask must leave each member something to look at; "
            f"got nothing for member {int(np.argmin(mask.any(axis=0)))}"
        )
    return np.where(mask[:, :, None], source, 0.0)

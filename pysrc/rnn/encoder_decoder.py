"""An encoder reads one sequence, a decoder writes another; neither need be as long as the other.

    H   = encoder(E x)                      every step of the source, read once
    s_0 = tanh(W_hy h_last + b_y)           the bridge: from what the encoder ended on
    decoder(y, s_0, H)                      `attentive_decoder`

(Sutskever, Vinyals & Le 2014; with attention, Bahdanau, Cho & Bengio 2015, whose section A.2.2 has
the bridge.) h_last joins the last layer's final h of each direction; an LSTM's h and c are bridged
side by side.
"""

from dataclasses import dataclass

import numpy as np

from rnn.arrays import Array, BoolArray, IntArray, State
from rnn.attention import AdditiveAttention, Attention, DotAttention, Memory
from rnn.attentive_decoder import Arrays, AttentiveDecoder, Decoded
from rnn.cells import make_cell
from rnn.checks import one_of, whole_number
from rnn.layers import Dense, Embedding
from rnn.losses import softmax_cross_entropy
from rnn.parameters import part
from rnn.stack import Stack, StackRun, make_stack


@dataclass(frozen=True)
class Encoded:
    """A source that has been read."""

    source: IntArray  # (source, batch)
    run: StackRun
    last: Array  # (batch, the encoder's hidden, of each direction)
    start: Array  # (batch, the decoder's hidden, for each part of its state): s_0
    memory: Memory


@dataclass(frozen=True)
class EncoderDecoder:
    """The parts, all stateless; `make_encoder_decoder` makes them fit.

    Parameters are named by part: `embedding.W_e` (the source's), `encoder.layer0.W_xh`,
    `bridge.W_hy`, `decoder.cell.W_xh`.
    """

    embedding: Embedding
    encoder: Stack
    bridge: Dense
    decoder: AttentiveDecoder

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each parameter, by dotted name."""
        return {
            prefix + name: shape
            for prefix, layer in self._parts()
            for name, shape in layer.shapes.items()
        }

    def initialise(self, parameters: Arrays, rng: np.random.Generator) -> None:
        """Let each part draw its weights, in place."""
        for prefix, layer in self._parts():
            layer.initialise(part(parameters, prefix), rng)

    def encode(
        self,
        parameters: Arrays,
        source: IntArray,
        mask: BoolArray | None = None,
        rng: np.random.Generator | None = None,
    ) -> Encoded:
        """Read `source` (source, batch); the mask (source, batch) tells what is there.

        `rng` draws the encoder's dropout; without one nothing is dropped. Raises ValueError when a
        shape does not fit, an index is no symbol, or a member has nothing to read.
        """
        if mask is not None and mask.shape == source.shape:
            source = np.where(mask, source, 0)  # padding may be anything
        vectors = self.embedding.forward(part(parameters, "embedding."), source)
        run = self.encoder.forward(part(parameters, "encoder."), vectors, mask=mask, rng=rng)
        attention = part(parameters, "decoder.attention.")
        memory = self.decoder.attention.remember(attention, run.outputs, mask)
        last = np.concatenate([state[0] for state in self._last(run.final_states)], axis=1)
        start = np.tanh(self.bridge.forward(part(parameters, "bridge."), last))
        return Encoded(source, run, last, start, memory)

    def encode_backward(
        self,
        parameters: Arrays,
        encoded: Encoded,
        d_start: Array,
        d_memory: Memory,
        gradients: Arrays,
    ) -> None:
        """From dL/ds_0 and what all glances gathered to `gradients`: the end of the way back."""
        d_last = self.bridge.backward(
            part(parameters, "bridge."),
            encoded.last,
            d_start * (1.0 - encoded.start * encoded.start),
            part(gradients, "bridge."),
        )
        d_outputs = self.decoder.attention.remember_backward(
            part(parameters, "decoder.attention."),
            encoded.memory,
            d_memory,
            part(gradients, "decoder.attention."),
        )
        d_finals = self.encoder.zero_states(len(d_start), d_start.dtype)
        lasts = self._last(d_finals)
        for state, d_h in zip(lasts, np.split(d_last, len(lasts), axis=1), strict=True):
            state[0][...] = d_h
        back = self.encoder.backward(
            part(parameters, "encoder."),
            encoded.run,
            d_outputs,
            part(gradients, "encoder."),
            d_finals,
        )
        self.embedding.backward(encoded.source, back.d_inputs, part(gradients, "embedding."))

    def forward(
        self,
        parameters: Arrays,
        source: IntArray,
        previous: IntArray,
        mask: BoolArray | None = None,
        rng: np.random.Generator | None = None,
    ) -> tuple[Encoded, Decoded]:
        """Read `source` (source, batch), then write, told at each step what should stand before.

        `previous` (time, batch) is the target shifted by one: the first symbol is one that stands
        for the beginning, the target's last is left out. Where the target is padded any symbols
        will do: the loss is masked. `mask`, `rng` and what is raised are as in `encode`.
        """
        encoded = self.encode(parameters, source, mask, rng)
        decoder = part(parameters, "decoder.")
        start = self._states(encoded.start)
        return encoded, self.decoder.forward(decoder, previous, start, encoded.memory)

    def backward(
        self,
        parameters: Arrays,
        encoded: Encoded,
        decoded: Decoded,
        d_scores: Array,
        gradients: Arrays,
    ) -> None:
        """From dL/dscores (time, batch, target symbols) to every weight; adds to `gradients`."""
        d_state, d_memory = self.decoder.backward(
            part(parameters, "decoder."), decoded, d_scores, part(gradients, "decoder.")
        )
        d_start = np.concatenate(d_state, axis=1)
        self.encode_backward(parameters, encoded, d_start, d_memory, gradients)

    def loss_and_gradients(
        self,
        parameters: Arrays,
        source: IntArray,
        targets: IntArray,
        first: int,
        gradients: Arrays,
        mask: BoolArray | None = None,
        target_mask: BoolArray | None = None,
        rng: np.random.Generator | None = None,
    ) -> float:
        """Return the mean loss in nats per target symbol; add its gradient to `gradients`.

        `targets` is (time, batch), padded where `target_mask` is False; `first` is the symbol that
        stands for the beginning. `mask` is the source's.
        """
        told = targets if target_mask is None else np.where(target_mask, targets, first)
        previous = np.concatenate([np.full_like(told[:1], first), told[:-1]])
        encoded, decoded = self.forward(parameters, source, previous, mask, rng)
        loss, d_scores = softmax_cross_entropy(decoded.scores, targets, target_mask)
        self.backward(parameters, encoded, decoded, d_scores, gradients)
        return loss

    def write(
        self,
        parameters: Arrays,
        source: IntArray,
        first: int,
        stop: int,
        most: int,
        mask: BoolArray | None = None,
    ) -> tuple[IntArray, Array]:
        """Read `source`, then write, `first` being read first: the likeliest symbol at each step.

        Returns the symbols (time, batch), until every member has written `stop` or there are
        `most`, and the alignments (time, source, batch). Raises ValueError as `encode` does, or
        when `most` is not a whole number from 1.
        """
        whole_number("most", most, 1, 100_000)
        encoded = self.encode(parameters, source, mask)
        start = self._states(encoded.start)
        decoder = part(parameters, "decoder.")
        return self.decoder.write(decoder, start, encoded.memory, first, stop, most)

    def _states(self, start: Array) -> State:
        """s_0 as the decoder's cell wants it."""
        return tuple(np.split(start, len(self.decoder.cell.state_names), axis=1))

    def _last(self, states: list[State]) -> list[State]:
        """The last layer's states, one per direction."""
        return states[-2:] if self.encoder.bidirectional else states[-1:]

    def _parts(self) -> list[tuple[str, Embedding | Stack | Dense | AttentiveDecoder]]:
        return [
            ("embedding.", self.embedding),
            ("encoder.", self.encoder),
            ("bridge.", self.bridge),
            ("decoder.", self.decoder),
        ]


def make_encoder_decoder(
    kind: str,
    source_symbols: int,
    target_symbols: int,
    features: int,
    hidden: int,
    *,
    attention: str = "additive",
    layers: int = 1,
    bidirectional: bool = True,
    dropout: float = 0.0,
) -> EncoderDecoder:
    """Make an encoder (any depth) and a decoder (one cell) of like cells.

    The `source_symbols` and `target_symbols` different symbols of either side become vectors of
    `features` numbers; every cell has `hidden` units. `attention` is
    `additive`, `dot` or `scaled dot`. A product needs a source as wide as the decoder's state, so
    with either a bidirectional encoder sums its directions; with `additive` it joins them. Raises
    ValueError, naming the value and the rule, on a setting that is wrong.
    """
    one_of("attention", attention, ("additive", "dot", "scaled dot"))
    merge = "concat" if attention == "additive" else "sum"
    encoder = make_stack(
        kind, features, hidden, layers, bidirectional=bidirectional, merge=merge, dropout=dropout
    )
    width = encoder.outputs
    attend: Attention = (
        AdditiveAttention(hidden, width, hidden)
        if attention == "additive"
        else DotAttention(width, scaled=attention == "scaled dot")
    )
    cell = make_cell(kind, features + width, hidden)
    last = hidden * (2 if bidirectional else 1)
    return EncoderDecoder(
        Embedding(source_symbols, features),
        encoder,
        Dense(last, hidden * len(cell.state_names)),
        AttentiveDecoder(
            Embedding(target_symbols, features),
            attend,
            cell,
            Dense(hidden + width, target_symbols),
        ),
    )

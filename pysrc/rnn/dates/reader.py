"""A network reads a date as people write it and writes it as YYYY-MM-DD (ISO 8601).

A bidirectional GRU reads the characters, another writes, with additive attention between them
(Bahdanau, Cho & Bengio 2015). It is told no rule about dates: only pairs.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from rnn import checkpoints
from rnn.arrays import Array, IntArray, State
from rnn.checkpoints import Checkpoint, CheckpointError, Layout
from rnn.checks import whole_number
from rnn.dates import drawing
from rnn.dates.drawing import SOURCE, START, STOP, TARGET, Dates
from rnn.encoder_decoder import make_encoder_decoder
from rnn.losses import softmax
from rnn.parameters import Parameters, part
from rnn.saved import Saved, generator_facts, restore_generator

FORMAT = "unrolled date reader 1"
"""What a file of such a reader calls itself."""
MOST_BYTES = 4_000_000
"""The largest file of a reader, in bytes."""
MOST_WRITTEN = 16
"""Characters after which a reader that never stops is stopped."""


class Written(NamedTuple):
    """What a reader wrote, character by character, the stop included."""

    symbols: IntArray  # (time,)
    alignments: Array  # (time, source)
    probabilities: Array  # (time, symbols): of every symbol at every step

    @property
    def text(self) -> str:
        """The date it wrote, without the stop."""
        return drawing.written(self.symbols[:, None])[0]


class DateReader:
    """An encoder-decoder for dates with its parameters; a `Trainable` of `rnn.trainer`.

    Both cells have `hidden` units and characters become `features` numbers. `rng` draws the
    batches. Raises ValueError, naming the value and the rule, on a setting that is wrong.
    """

    def __init__(
        self,
        hidden: int,
        features: int,
        rng: np.random.Generator,
        *,
        batch: int = 64,
        dtype: DTypeLike = np.float32,
    ) -> None:
        self.hidden, self.features, self.rng = hidden, features, rng
        self.batch_size = whole_number("batch size", batch, 1, 10_000)
        self.network = make_encoder_decoder(
            "gru", len(SOURCE), len(TARGET) + 2, features, hidden, attention="additive"
        )
        self.parameters = Parameters(self.network.shapes, dtype)

    def initialise(self, rng: np.random.Generator) -> None:
        """Draw the parameters."""
        self.network.initialise(self.parameters, rng)

    def loss_and_gradients(self, gradients: Parameters) -> float:
        """Draw the next batch of dates and learn from it: mean nats per written character."""
        return self.study(drawing.draw(self.rng, self.batch_size), gradients)

    def study(self, dates: Dates, gradients: Parameters) -> float:
        """The loss on some dates; its gradient is added to `gradients`."""
        return self.network.loss_and_gradients(
            self.parameters, dates.source, dates.targets, START, gradients, dates.mask
        )

    def answers(self, texts: list[str]) -> list[str]:
        """What it writes for each text. Raises ValueError for characters it does not know."""
        source, mask = drawing.encode(texts)
        symbols, _ = self.network.write(self.parameters, source, START, STOP, MOST_WRITTEN, mask)
        return drawing.written(symbols)

    def right(self, dates: Dates) -> int:
        """For how many of some dates it writes exactly the right one."""
        wanted = [day.isoformat() for day in dates.days]
        given = self.answers([spelling.text for spelling in dates.spellings])
        return sum(map(str.__eq__, given, wanted))

    def write(self, text: str) -> Written:
        """Write one date, the likeliest symbol at each step, and tell how it came about.

        Raises ValueError for an empty text or characters it does not know.
        """
        source, _ = drawing.encode([text])
        network, parameters = self.network, self.parameters
        encoded = network.encode(parameters, source)
        decoder = part(parameters, "decoder.")
        head, embedding = part(decoder, "head."), part(decoder, "embedding.")
        state: State = (encoded.start,)
        symbol = START
        symbols: list[int] = []
        alignments: list[Array] = []
        chances: list[Array] = []
        while len(symbols) < MOST_WRITTEN and symbol != STOP:
            vector = network.decoder.embedding.forward(embedding, np.array([symbol]))
            step = network.decoder.step(decoder, vector, state, encoded.memory)
            scores = network.decoder.head.forward(head, step.read)[0]
            state, symbol = step.state, int(scores.argmax())
            symbols.append(symbol)
            alignments.append(step.glance.alignment[:, 0])
            chances.append(softmax(scores.astype(np.float64)))
        return Written(np.array(symbols), np.stack(alignments), np.stack(chances))

    def state(self) -> Saved:
        """Where the generator of batches stands."""
        return Saved({}, {"generator": generator_facts(self.rng)})

    def restore(self, saved: Saved) -> None:
        """Go on from what `state` gave. Raises ValueError if it is not that."""
        arrays, facts = saved
        if arrays or set(facts) != {"generator"}:
            held = ", ".join([*arrays, *facts]) or "nothing"
            raise ValueError(f"a saved date reader must hold a generator; got {held}")
        restore_generator(self.rng, facts["generator"])

    def to_checkpoint(self) -> bytes:
        """The reader as a file in the safetensors layout, in float32."""
        facts = {
            "format": FORMAT,
            "hidden": str(self.hidden),
            "features": str(self.features),
            "source": SOURCE,
        }
        arrays = {name: array.astype(np.float32) for name, array in self.parameters.items()}
        return checkpoints.to_bytes(arrays, facts)

    @classmethod
    def from_checkpoint(cls, data: bytes) -> "DateReader":
        """The reader in a file. Raises CheckpointError naming what is wrong with any other."""
        size: dict[str, int] = {}

        def expected(facts: Any, _: Any) -> dict[str, Layout]:
            size.update(_sizes(facts))
            empty = make_encoder_decoder(
                "gru", len(SOURCE), len(TARGET) + 2, size["features"], size["hidden"]
            )
            return {name: Layout(shape, "float32") for name, shape in empty.shapes.items()}

        names = make_encoder_decoder("gru", 1, 1, 1, 1).shapes
        checkpoint: Checkpoint = checkpoints.from_bytes(data, set(names), expected, MOST_BYTES)
        reader = cls(size["hidden"], size["features"], np.random.default_rng(0))
        for name, array in checkpoint.arrays.items():
            reader.parameters[name][...] = array
        return reader


def _sizes(facts: Any) -> dict[str, int]:
    if facts.get("format") != FORMAT or facts.get("source") != SOURCE:
        raise CheckpointError(
            f"the file is not a reader of dates; its format is {facts.get('format')!r}"
        )
    sizes = {}
    for name in ("hidden", "features"):
        words = facts.get(name, "")
        if not words.isdecimal() or not 1 <= int(words) <= 1000:
            raise CheckpointError(f"{name} must be a whole number from 1 to 1000; got {words!r}")
        sizes[name] = int(words)
    return sizes

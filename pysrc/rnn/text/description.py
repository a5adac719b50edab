"""What a character model is, apart from its numbers, fits into a handful of words.

They travel in the facts of a checkpoint, where every value is text.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from rnn.cells import KINDS, make_cell
from rnn.cells.cell import Cell
from rnn.checkpoints import CheckpointError, Layout
from rnn.checks import one_of, real_number, whole_number
from rnn.layers import Dense
from rnn.text.vocabulary import Vocabulary

FORMAT = "unrolled character model 1"
"""What a file of a character model calls itself."""
MOST_LAYERS = 8
"""The most layers of a character model."""
MOST_PARAMETERS = 50_000_000
"""The most parameters of a character model."""
ARRAYS = re.compile(rf"layer[0-{MOST_LAYERS - 1}]\.(W_xh|W_hh|b_h|b_hn)|head\.(W_hy|b_y)")
"""The names of all arrays that a character model's file may hold."""


def check_model(kind: str, hidden: int, layers: int, dropout: float, dtype: str) -> None:
    """Raise ValueError, naming the value and the rule, for what cannot be a model's."""
    one_of("kind", kind, KINDS)
    whole_number("hidden", hidden, 1, 4096)
    whole_number("layers", layers, 1, MOST_LAYERS)
    real_number("dropout", dropout, 0.0, 0.99)
    one_of("dtype", dtype, ("float32", "float64"))


@dataclass(frozen=True)
class Description:
    """Kind, sizes and vocabulary of a model. Raises ValueError naming the value and the rule."""

    vocabulary: Vocabulary
    kind: str
    hidden: int
    layers: int
    dropout: float
    dtype: str

    def __post_init__(self) -> None:
        check_model(self.kind, self.hidden, self.layers, self.dropout, self.dtype)
        for name, plain in (("hidden", int), ("layers", int), ("dropout", float)):
            object.__setattr__(self, name, plain(getattr(self, name)))  # no NumPy scalars
        count = sum(math.prod(shape) for shape in self.shapes.values())
        if count > MOST_PARAMETERS:
            raise ValueError(
                f"a model must have at most {MOST_PARAMETERS:,} parameters; {self.layers} x "
                f"{self.hidden} units over {len(self.vocabulary):,} characters have {count:,}"
            )

    @property
    def cells(self) -> list[Cell]:
        """The cell of each layer, from the one that reads the characters upwards."""
        widths = [len(self.vocabulary), *[self.hidden] * (self.layers - 1)]
        return [make_cell(self.kind, width, self.hidden) for width in widths]

    @property
    def head(self) -> Dense:
        """What turns the top layer's hidden state into a score for each character."""
        return Dense(self.hidden, len(self.vocabulary))

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of every parameter, by its dotted name."""
        parts = {f"layer{depth}": cell.shapes for depth, cell in enumerate(self.cells)}
        parts["head"] = self.head.shapes
        return {
            f"{part}.{name}": shape
            for part, shapes in parts.items()
            for name, shape in shapes.items()
        }

    @property
    def layouts(self) -> dict[str, Layout]:
        """What a checkpoint of such a model holds."""
        return {name: Layout(shape, self.dtype) for name, shape in self.shapes.items()}

    def facts(self) -> dict[str, str]:
        """In words, for a checkpoint."""
        return {
            "format": FORMAT,
            "kind": self.kind,
            "hidden": str(self.hidden),
            "layers": str(self.layers),
            "dropout": repr(self.dropout),
            "dtype": self.dtype,
            "vocabulary": self.vocabulary.characters,
        }

    @classmethod
    def of(cls, facts: Mapping[str, str]) -> "Description":
        """Read what `facts` wrote; other facts beside them are left alone.

        Raises CheckpointError, a ValueError, when one is missing or makes no sense.
        """
        if facts.get("format") != FORMAT:
            raise CheckpointError(
                f"the format of the checkpoint must be {FORMAT!r}; "
                f"got {facts.get('format', 'none')[:60]!r}"
            )
        for name, rule in (
            ("kind", r"[a-z]{1,9}"),
            ("hidden", r"\d{1,5}"),
            ("layers", r"\d{1,2}"),
            ("dropout", r"\d(\.\d{1,20})?(e-\d{1,3})?"),
            ("dtype", r"float\d\d"),
            ("vocabulary", r"(?s:.+)"),
        ):
            if not re.fullmatch(rule, facts.get(name, ""), re.ASCII):
                got = repr(facts[name][:60]) if name in facts else "none"
                raise CheckpointError(f"the checkpoint's {name} makes no sense; got {got}")
        try:
            return cls(
                Vocabulary(facts["vocabulary"]),
                facts["kind"],
                int(facts["hidden"]),
                int(facts["layers"]),
                float(facts["dropout"]),
                facts["dtype"],
            )
        except ValueError as error:
            raise CheckpointError(f"the checkpoint is refused: {error}") from error

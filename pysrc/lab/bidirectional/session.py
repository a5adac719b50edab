"""The laboratory of two directions: a text and its tags, as two networks see them."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lab.bidirectional.declaration import DECLARATION
from lab.kit.contest import Contest
from lab.kit.controls import ControlError
from lab.kit.rivals import Shape
from lab.kit.text.figures import percent, table
from lab.kit.words import number
from rnn.arrays import Array, IntArray
from rnn.layers import one_hot
from rnn.tasks.enclosed import SYMBOLS, Enclosed, tags

STEPS = 600
ONE_WAY = Shape("one way", "rival")
BOTH_WAYS = Shape("both ways", "model", bidirectional=True)
_WORDS = ("not within", "within")


class Bidirectional(Contest):
    """One reader's session."""

    declaration = DECLARATION
    steps = STEPS

    def task(self) -> Enclosed:
        """Texts of 30 symbols, a quarter of them brackets."""
        return Enclosed()

    def shapes(self) -> Sequence[Shape]:
        """One direction, then two."""
        return ONE_WAY, BOTH_WAYS

    def check(self, text: str) -> None:
        """A text needs two characters."""
        if len(text) < 2 or not text.isprintable():
            raise ControlError(
                f"text must have at least two characters, all of them printable; got {text!r}"
            )

    def another_text(self, number: int) -> str:
        """As the texts that are learned from, with a letter for every letter."""
        batch = self.task().batch(np.random.default_rng([5, number]), 1)
        return "".join(SYMBOLS[index] for index in batch.inputs[:, 0].argmax(axis=1)).replace(
            ".", "x"
        )

    def references(self) -> list[dict[str, Any]]:
        """Who sees one symbol alone, and the best reader from the left."""
        task = self.task()
        return [
            {"name": f"symbol alone {number(task.baseline)}", "y": task.baseline},
            {"name": f"best from the left {number(task.one_way)}", "y": task.one_way},
        ]

    @property
    def _indices(self) -> IntArray:
        symbols = [SYMBOLS.find(character, 1) for character in self._settings["text"]]
        return np.maximum(np.array(symbols, np.int64), 0)[:, None]

    def _chances(self) -> list[Array]:
        """For each rival the probability of a yes at every character."""
        inputs = one_hot(self._indices, len(SYMBOLS))
        return [rival.chances(inputs)[:, 0, 1] for rival in self.race.rivals]

    def figures(self) -> dict[str, Callable[[], dict[str, Any]]]:
        """The tags."""
        return {"tags": self._tags}

    def _tags(self) -> dict[str, Any]:
        text, right = self._settings["text"], tags(self._indices)[:, 0].astype(np.float64)
        chances = self._chances()
        rows = ["right answer", *(rival.shape.name for rival in self.race.rivals)]
        values = np.round(np.stack([2.0 * row - 1.0 for row in (right, *chances)]), 3)
        hits = [int(((chance > 0.5) == (right > 0.5)).sum()) for chance in chances]
        told = " and ".join(
            f"{rival.shape.name} {count}"
            for rival, count in zip(self.race.rivals, hits, strict=True)
        )
        return {
            "values": values,
            "rows": rows,
            "ends": ["− outside", "within +"],
            "columns": list(text),
            "start": 1,
            "row_notes": ["", *(f"{count} of {len(text)}" for count in hits)],
            "summary": f"Of {len(text)} characters these are tagged rightly: {told}.",
            "tables": [
                table(
                    {
                        "within (1) or not (0)": right,
                        **{
                            f"probability, {rival.shape.name}": np.round(chance, 3)
                            for rival, chance in zip(self.race.rivals, chances, strict=True)
                        },
                    },
                    [f"{at} {character}" for at, character in enumerate(text, 1)],
                )
            ],
        }

    def readout(self) -> list[list[dict[str, Any]]]:
        """What both think at the place that is looked at."""
        at = self.step - 1
        right = int(tags(self._indices)[at, 0])
        told = "; ".join(
            f"{rival.shape.name}: {percent(float(chance[at]))}"
            for rival, chance in zip(self.race.rivals, self._chances(), strict=True)
        )
        here = self._settings["text"][at]
        shown = "the space" if here == " " else f"“{here}”"
        return [
            [
                {
                    "text": f"Character {self.step}, {shown}, is {_WORDS[right]} brackets. "
                    f"Probability that it is within, {told}."
                }
            ]
        ]

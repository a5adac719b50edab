"""The laboratory of depth: a text and its counts, as a wide and a deep network see them."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lab.depth.declaration import DECLARATION
from lab.kit.contest import Contest
from lab.kit.controls import ControlError
from lab.kit.rivals import Shape
from lab.kit.text.figures import percent, table
from lab.kit.words import number
from rnn.arrays import Array, IntArray
from rnn.layers import one_hot
from rnn.tasks.triples import LETTERS, Triples, triples

STEPS = 2000
ONE_LAYER = Shape("one layer", "rival")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


def deep(layers: int) -> Shape:
    """The deep network."""
    return Shape(f"{_NUMBERS[layers]} layers", "model", layers=layers)


class Depth(Contest):
    """One reader's session."""

    declaration = DECLARATION
    steps = STEPS

    def task(self) -> Triples:
        """Texts of 16 letters."""
        return Triples()

    def shapes(self) -> Sequence[Shape]:
        """One layer, then several."""
        return ONE_LAYER, deep(self._settings["layers"])

    def check(self, text: str) -> None:
        """A text has the three letters only."""
        foreign = [character for character in text if character not in LETTERS]
        if len(text) < 3 or foreign:
            raise ControlError(
                f"text must be at least three of the letters a, b and c; got {text!r}"
            )

    def another_text(self, number: int) -> str:
        """As the texts that are learned from."""
        batch = self.task().batch(np.random.default_rng([5, number]), 1)
        return "".join(LETTERS[index] for index in batch.inputs[:, 0].argmax(axis=1))

    def references(self) -> list[dict[str, Any]]:
        """Who has not read the letters."""
        task = self.task()
        return [{"name": f"without reading {number(task.baseline)}", "y": task.baseline}]

    @property
    def _indices(self) -> IntArray:
        return np.array([LETTERS.index(letter) for letter in self._settings["text"]])[:, None]

    def _counts(self) -> IntArray:
        counts: IntArray = triples(self._indices)[:, 0].cumsum() % self.task().modulo
        return counts

    def _chances(self) -> list[Array]:
        """For each rival the probabilities of the counts after every letter, (letters, counts)."""
        inputs = one_hot(self._indices, len(LETTERS))
        return [rival.chances(inputs)[:, 0] for rival in self.race.rivals]

    def figures(self) -> dict[str, Callable[[], dict[str, Any]]]:
        """The counts."""
        return {"counts": self._table}

    def _table(self) -> dict[str, Any]:
        text, counts, chances = self._settings["text"], self._counts(), self._chances()
        places = np.arange(len(text))
        found = triples(self._indices)[:, 0].astype(np.float64)
        sure = [chance[places, counts] for chance in chances]
        hits = [int((chance.argmax(axis=1) == counts).sum()) for chance in chances]
        rivals = self.race.rivals
        values = np.round(np.stack([found, *(2.0 * row - 1.0 for row in sure)]), 3)
        told = " and ".join(
            f"{rival.shape.name} {count}" for rival, count in zip(rivals, hits, strict=True)
        )
        return {
            "values": values,
            "ends": ["− wrong", "right +"],
            "rows": ["a triple", *(rival.shape.name for rival in rivals)],
            "columns": list(text),
            "start": 1,
            "row_notes": [f"{int(found.sum())}", *(f"{count} of {len(text)}" for count in hits)],
            "summary": f"After {len(text)} letters the count is right this often: {told}.",
            "tables": [
                table(
                    {
                        "count": counts.astype(np.float64),
                        **{
                            f"probability of it, {rival.shape.name}": np.round(row, 3)
                            for rival, row in zip(rivals, sure, strict=True)
                        },
                    },
                    [f"{at} {letter}" for at, letter in enumerate(text, 1)],
                )
            ],
        }

    def readout(self) -> list[list[dict[str, Any]]]:
        """What both think at the place that is looked at."""
        at, chances = self.step - 1, self._chances()
        seen = int(triples(self._indices)[: self.step].sum())
        told = "; ".join(
            f"{rival.shape.name} says {int(chance[at].argmax())} "
            f"({percent(float(chance[at].max()))})"
            for rival, chance in zip(self.race.rivals, chances, strict=True)
        )
        return [
            [
                {
                    "text": f"After {self.step} letters there were {seen} triples, modulo 3 that "
                    f"is {seen % 3}. Likeliest count: {told}."
                }
            ]
        ]

"""Writing is drawing, reading what was drawn, and drawing again; nothing of it is lost here.

The text follows from the model, the seed text, how characters are chosen, and the number the
generator starts from: the same four, the same text.
"""

import numpy as np

from lab.kit.text.labels import Shown
from lab.kit.text.record import Record, read
from rnn.arrays import Array
from rnn.text.char_model import CharModel
from rnn.text.sampling import Choice, sample

MOST = 2000  # characters written after a seed text


class Start:
    """A seed text, read once. Any number of writers go on from there, in the same state."""

    def __init__(self, model: CharModel, text: str) -> None:
        """Raises ValueError if the model does not know a character of `text`, or there is none."""
        self.model, self.text = model, text
        self.record, self.state = read(model, text)


class Writer:
    """Writes after a seed text. It is one character ahead, so that all units are known at the end.

    `record` holds the seed text and what was written, `seed_length` says where one ends.
    """

    def __init__(self, start: Start, choice: Choice, seed: int) -> None:
        """Raises ValueError if the model's scores are not finite."""
        model, self.choice, self.seed = start.model, choice, seed
        self.seed_length = start.record.count
        self.record = Record(model, self.seed_length + MOST)
        self.chances: Array = np.full(self.seed_length + MOST, np.nan, np.float32)
        self._characters = [start.text]
        self._shown = Shown()
        self._draws = sample(
            model, np.random.default_rng(seed), start.text[-1], choice, start.state
        )
        self._ahead = next(self._draws)
        self._take_over(start.record)

    def _take_over(self, read: Record) -> None:
        count, record = read.count, self.record
        record.indices[:count], record.units[:count] = read.indices, read.units
        record.count = count
        self.chances[1:count] = np.exp(-record.nats())

    @property
    def count(self) -> int:
        """How many characters were written."""
        return self.record.count - self.seed_length

    def write(self) -> None:
        """Write one character."""
        drawn = self._ahead
        self._ahead = next(self._draws)  # before anything is noted: it may raise
        self.chances[self.record.count] = drawn.probabilities[drawn.index]
        self._characters.append(drawn.character)
        self.record.add(drawn.index, self._ahead.hidden)

    @property
    def text(self) -> str:
        """The seed text and what was written."""
        if len(self._characters) > 1:
            self._characters = ["".join(self._characters)]
        return self._characters[0]

    def places(self) -> list[str]:
        """What stands at each place of the text on the screen."""
        return self._shown.of(self.text)

    def distribution(self, place: int) -> Array | None:
        """What the character at a place was drawn from, (V).

        In the seed text, where nothing is drawn, it is what the model itself expected; at the first
        place None.
        """
        scores = self.record.scores(place)
        if scores is None:
            return None
        own = place <= self.seed_length
        return (Choice() if own else self.choice).probabilities(scores)

    def uniform(self, place: int) -> float | None:
        """The random number in [0, 1) that chose the character at a place, if one did."""
        number = place - self.seed_length
        if number < 1 or self.choice.certain:
            return None
        return float(np.random.default_rng(self.seed).random(number)[-1])

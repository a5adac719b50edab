"""What a network was like at every character of a text, so that a reader can go back to any place.

Only the hidden units are kept. The scores of the next character, and from them every distribution,
follow from the units of the layer on top:

    scores = h W_hy^T + b_y
"""

import math

import numpy as np

from rnn import losses
from rnn.arrays import Array, IntArray
from rnn.fast.kernels import chosen
from rnn.fast.network import States
from rnn.text.char_model import CharModel


class Record:
    """A text as indices, and all units after each of its characters. Places count from 1."""

    def __init__(self, model: CharModel, room: int) -> None:
        """Make room for a text of at most `room` characters."""
        self.model, self.count = model, 0
        self.indices: IntArray = np.zeros(room, np.intp)
        self.units: Array = np.zeros((room, model.layers * model.hidden), model.dtype)
        self._nats = np.zeros(room)  # of each character but the first, given those before
        self._judged = 1

    @property
    def text(self) -> str:
        """The characters so far."""
        return self.model.vocabulary.decode(self.indices[: self.count].tolist())

    def character(self, place: int) -> str:
        """The character at a place."""
        return self.model.vocabulary.characters[self.indices[place - 1]]

    def add(self, index: int, hidden: list[Array]) -> None:
        """Note a character, and the units of each layer after it was read."""
        self.indices[self.count] = index
        if len(hidden) == 1:
            self.units[self.count] = hidden[0]
        else:
            np.concatenate(hidden, out=self.units[self.count])
        self.count += 1

    def _scores(self, units: Array) -> Array:
        """For units after some characters, (characters, units): (characters, V)."""
        head = self.model.parameters.part("head.")
        top = np.ascontiguousarray(units[:, -self.model.hidden :])
        scores = np.empty((len(top), len(head["b_y"])), self.model.dtype)
        with np.errstate(all="ignore"):
            chosen().nt(top, head["W_hy"], scores)
            scores += head["b_y"]
        return scores

    def scores(self, place: int) -> Array | None:
        """The scores, (V), for the character at a place; None at the first: nothing was read."""
        return self._scores(self.units[place - 2 : place - 1])[0] if place > 1 else None

    def nats(self) -> Array:
        """-log p of the characters from the second on, (count - 1), as the model itself sees it.

        That is at temperature 1 and with no character excluded, however the text was drawn.
        """
        first, last = self._judged, self.count
        if first < last:
            scores = self._scores(self.units[first - 1 : last - 1])
            rows = np.arange(last - first)
            highest = scores.max(axis=1)
            with np.errstate(all="ignore"):
                sums = np.log(np.exp(scores - highest[:, None]).sum(axis=1)) + highest
            self._nats[first:last] = sums - scores[rows, self.indices[first:last]]
            self._judged = last
        return self._nats[1 : max(self.count, 1)]

    def perplexity(self) -> float:
        """Among how many characters the model hesitates in this text; NaN for fewer than two."""
        nats = self.nats()
        return losses.perplexity(float(nats.mean())) if len(nats) else math.nan


def read(model: CharModel, text: str, room: int | None = None) -> tuple[Record, States]:
    """Read a text from the state that remembers nothing.

    The second is the state before its last character: from there writing goes on. Raises ValueError
    for unknown characters, and for a text without any.
    """
    indices = model.vocabulary.encode(text).tolist()
    if not indices:
        raise ValueError("a text to read must hold at least 1 character; it is empty")
    record = Record(model, room or len(indices))
    before = model.zero_state(1)
    stepper = model.stepper(before)
    now = np.empty(1, np.intp)
    for index in indices:
        if 0 < record.count == len(indices) - 1:  # before its first step a stepper has no states
            before = stepper.states
        now[0] = index
        stepper.step(now)
        record.add(index, stepper.hidden())
    return record, before

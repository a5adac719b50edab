"""What a trainer needs to know of a text model: the next loss, its gradients, and where it stands.

This is the `Trainable` of `rnn.trainer` for a character model: each call reads the next window of
the streams, from the state that the window before left behind.
"""

from itertools import chain

import numpy as np

from rnn.arrays import Array
from rnn.fast.network import States
from rnn.parameters import Parameters
from rnn.saved import Saved, generator_facts, restore_generator
from rnn.text.char_model import CharModel
from rnn.text.description import Description
from rnn.text.streams import Streams


def carried_shapes(description: Description, batch: int) -> dict[str, tuple[int, int]]:
    """The name and shape of each array that is carried from window to window, when saved."""
    return {
        f"state.layer{depth}.{name}": (batch, description.hidden)
        for depth, cell in enumerate(description.cells)
        for name in cell.state_names
    }


class TextTraining:
    """A model on its way through a text, read as parallel streams.

    `rng` is what dropout is drawn from; a model without dropout needs none. One with dropout and no
    `rng` raises ValueError.
    """

    def __init__(
        self, model: CharModel, streams: Streams, rng: np.random.Generator | None = None
    ) -> None:
        """Raises ValueError when the model has dropout and there is no `rng` to draw it from."""
        if model.dropout and rng is None:
            raise ValueError(f"rng must be given for a dropout of {model.dropout}; got None")
        self.model, self.streams, self.rng = model, streams, rng
        self.carried: States = model.zero_state(streams.batch)

    @property
    def parameters(self) -> Parameters:
        """The model's."""
        return self.model.parameters

    @property
    def characters_per_step(self) -> int:
        """How many characters one call reads."""
        return self.streams.batch * self.streams.steps

    def loss_and_gradients(self, gradients: Parameters) -> float:
        """Read the next window: the mean loss in nats per character; adds to `gradients`."""
        window = self.streams.next()
        if window.fresh:
            self.carried = self.model.zero_state(self.streams.batch)
        loss, self.carried = self.model.loss_and_gradients(
            window.inputs, window.targets, self.carried, gradients, self.rng
        )
        return loss

    def state(self) -> Saved:
        """Where the streams stand, the carried state, and the state of the generator."""
        arrays = {name: array.copy() for name, array in self._named(self.carried).items()}
        generator = {} if self.rng is None else {"generator": generator_facts(self.rng)}
        return Saved(arrays, {"position": self.streams.position, **generator})

    def restore(self, saved: Saved) -> None:
        """Go on exactly where `state` was taken.

        Raises ValueError when it was taken from a model of other sizes, or another batch.
        """
        arrays, facts = saved
        fresh = self.model.zero_state(self.streams.batch)
        places = self._named(fresh)
        if set(arrays) != set(places):
            raise ValueError(
                f"the saved state must hold {', '.join(places)}; got {', '.join(arrays) or 'none'}"
            )
        for name, place in places.items():
            if arrays[name].shape != place.shape:
                raise ValueError(
                    f"{name} must have the shape {place.shape}; got {arrays[name].shape}"
                )
            place[...] = arrays[name]
        if (self.rng is None) != ("generator" not in facts):
            raise ValueError("the saved state and this training must both have dropout, or neither")
        if self.rng is not None:
            restore_generator(self.rng, facts["generator"])
        self.streams.position = facts.get("position", -1)
        self.carried = fresh

    def _named(self, states: States) -> dict[str, Array]:
        names = carried_shapes(self.model.description, self.streams.batch)
        return dict(zip(names, chain.from_iterable(states), strict=True))

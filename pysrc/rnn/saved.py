"""What a training run needs to go on: arrays as they are, and facts that JSON can hold.

Every number comes back bit for bit: arrays are copied, and JSON keeps a float64 and an integer of
any size exactly. Nothing is pickled.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from rnn.arrays import Array


class Saved(NamedTuple):
    """A state at one moment. Nothing in it changes when what it came from goes on."""

    arrays: dict[str, Array]
    facts: dict[str, Any]  # ready for `json.dumps(..., allow_nan=False)`

    def part(self, name: str) -> "Saved":
        """What `joined` put under `name`. Raises ValueError when there is nothing."""
        prefix = f"{name}."
        arrays = {
            key.removeprefix(prefix): array
            for key, array in self.arrays.items()
            if key.startswith(prefix)
        }
        facts = self.facts.get(name, {})
        if not isinstance(facts, dict):
            raise ValueError(  # noqa: TRY004 - what a file says is a value, whatever its type
                f"saved facts of {name} must be a mapping; got {facts!r}"
            )
        return Saved(arrays, facts)


def joined(parts: Mapping[str, Saved]) -> Saved:
    """Put several states into one: arrays as `name.array`, facts as a mapping under `name`."""
    arrays = {
        f"{name}.{key}": array for name, part in parts.items() for key, array in part.arrays.items()
    }
    return Saved(arrays, {name: part.facts for name, part in parts.items()})


def generator_facts(rng: np.random.Generator) -> dict[str, Any]:
    """Where a generator stands, as plain numbers.

    Raises ValueError for a generator whose state is an array, such as MT19937; the one that
    `numpy.random.default_rng` makes is plain.
    """
    facts: dict[str, Any] = dict(rng.bit_generator.state)
    state = facts.get("state")
    if not isinstance(state, dict) or not all(isinstance(value, int) for value in state.values()):
        raise ValueError(
            f"a random generator must be made by numpy.random.default_rng to be saved; "
            f"got {facts.get('bit_generator')}"
        )
    return {**facts, "state": dict(state)}


def restore_generator(rng: np.random.Generator, facts: Mapping[str, Any]) -> None:
    """Put a generator where `generator_facts` found one, so that it draws the same again.

    Raises ValueError when the facts are not those of a generator of this kind.
    """
    try:
        rng.bit_generator.state = dict(facts)
    except (ValueError, TypeError, KeyError, OverflowError) as problem:
        kind = type(rng.bit_generator).__name__
        raise ValueError(
            f"a saved random generator must hold the state of a {kind}; got {dict(facts)!r}"
        ) from problem

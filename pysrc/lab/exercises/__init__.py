"""An exercise asks for one function and says in words what is wrong with it.

One file holds all of an exercise: its story, the starter, the checks, hints and a solution. `kit`
holds what they are made with: `kit.exercise` states the contract, `one_hot` is the shortest model.
"""

import importlib

from lab.exercises.kit.exercise import Exercise

BOOK = (  # in the order in which the book asks them
    "step-function",
    "forward-pass",
    "bptt",
    "clip-by-value",
    "clip-by-norm",
    "lstm-step",
    "gru-step",
    "one-hot",
    "perplexity",
    "softmax-temperature",
    "sampling",
    "he-initialisation",
    "mini-batch",
    "learning-rate-schedule",
)


class UnknownExercise(ValueError):
    """No exercise has this name. The message lists those that exist."""


def exercise(name: str) -> Exercise:
    """Find an exercise: `one-hot` is `EXERCISE` in `lab.exercises.one_hot`."""
    if name not in BOOK:
        raise UnknownExercise(f"there is no exercise {name!r}; exercises: {', '.join(BOOK)}")
    module = importlib.import_module(f"lab.exercises.{name.replace('-', '_')}")
    found: Exercise = module.EXERCISE
    return found

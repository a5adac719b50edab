"""Problems to learn, each with the score of a predictor that remembers nothing (`task`)."""

from collections.abc import Callable

from rnn.checks import one_of
from rnn.tasks.brackets import Brackets
from rnn.tasks.enclosed import Enclosed
from rnn.tasks.memory import Adding, Copy, Latch, Parity
from rnn.tasks.recall import Recall
from rnn.tasks.signals import NoisySine, NumberSequence
from rnn.tasks.task import Batch, Task
from rnn.tasks.triples import Triples

__all__ = ["TASKS", "Batch", "Task", "make_task"]

_KINDS = (
    NumberSequence,
    Latch,
    Parity,
    Adding,
    Copy,
    Brackets,
    Enclosed,
    Triples,
    Recall,
    NoisySine,
)
TASKS: dict[str, Callable[..., Task]] = {kind.name: kind for kind in _KINDS}
"""Every task by its name."""
_SETTINGS = {kind.name: tuple(vars(kind())) for kind in _KINDS}


def make_task(name: str, **settings: float | str) -> Task:
    """Make a task by its name in `TASKS`, as `numbers`, `copy` or `brackets`.

    Raises ValueError for another name, an unknown setting, or a setting out of its range.
    """
    one_of("task", name, tuple(TASKS))
    for setting in settings:
        if setting not in _SETTINGS[name]:
            raise ValueError(
                f"settings of {name} are {', '.join(_SETTINGS[name])}; got {setting!r}"
            )
    return TASKS[name](**settings)

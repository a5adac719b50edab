"""A small network that learned `recall`, as a file and back: its numbers, and three facts."""

from collections.abc import Iterator, Mapping

from rnn import checkpoints
from rnn.checkpoints import Checkpoint, CheckpointError, Layout
from rnn.fast.task_model import TaskModel
from rnn.strict_json import brief
from rnn.tasks.recall import Recall
from rnn.tasks.task import Batch

FILES = {"lstm": "recall-lstm", "gru": "recall-gru"}  # by kind of cell
LETTERS = "abc"
MOST_BYTES = 100_000
MOST_HIDDEN = 16
_NAMES = ("W_xh", "W_hh", "b_h", "b_hn")
_ARRAYS = (*(f"layer0.{name}" for name in _NAMES), "head.W_hy", "head.b_y")


def network(kind: str, hidden: int, batches: Iterator[Batch] | None = None) -> TaskModel:
    """A network for `recall`, its parameters 0. Without `batches` it cannot be trained."""
    return TaskModel(Recall(letters=len(LETTERS)), kind, hidden, batches or iter(()))


def to_checkpoint(model: TaskModel) -> bytes:
    """The network as a file in the safetensors layout."""
    facts = {
        "task": Recall.name,
        "kind": model.kind,
        "hidden": str(model.hidden),
        "letters": LETTERS,
    }
    return checkpoints.to_bytes(dict(model.parameters), facts)


def from_checkpoint(data: bytes) -> TaskModel:
    """The network in a file that `to_checkpoint` wrote.

    Raises:
        CheckpointError: naming what is wrong with any other file.
    """
    read: Checkpoint = checkpoints.from_bytes(
        data, _ARRAYS, lambda facts, _: _layouts(_described(facts)), MOST_BYTES
    )
    model = _described(read.facts)
    for name, array in read.arrays.items():
        model.parameters[name][...] = array
    return model


def _described(facts: Mapping[str, str]) -> TaskModel:
    kind, hidden = facts.get("kind", ""), facts.get("hidden", "")
    sizes = {str(size): size for size in range(1, MOST_HIDDEN + 1)}
    wanted = {"task": Recall.name, "kind": kind, "hidden": hidden, "letters": LETTERS}
    if facts != wanted or kind not in FILES or hidden not in sizes:
        raise CheckpointError(
            f"the model must be of kind {' or '.join(FILES)}, with up to {MOST_HIDDEN} units, and "
            f"have learned {Recall.name} with the letters {LETTERS}; "
            f"the file says {brief(dict(facts))}"
        )
    return network(kind, sizes[hidden])


def _layouts(model: TaskModel) -> dict[str, Layout]:
    return {name: Layout(array.shape, "float64") for name, array in model.parameters.items()}

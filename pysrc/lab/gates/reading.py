"""One text read by a network whose gates' biases the reader has moved, and every number of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rnn.arrays import Array, BoolArray, IntArray
from rnn.fast.task_model import TaskModel
from rnn.layers import one_hot
from rnn.losses import softmax
from rnn.parameters import Parameters
from rnn.tasks.recall import Recall
from rnn.tasks.task import Batch
from rnn.unroll import forward

TESTED, TEST_STEPS, TEST_QUESTIONS = 200, 30, 2


@dataclass(frozen=True)
class Part:
    """A gate, the candidate or a state: what a row of the first figure shows."""

    name: str  # as the cell's readout has it
    symbol: str
    words: str
    block: int | None = None  # which rows of W_xh make it; None for a state


# In the order in which a step computes them.
PARTS = {
    "lstm": (
        Part("forget_gate", "f", "forget gate", 1),
        Part("input_gate", "i", "input gate", 0),
        Part("candidate", "g", "candidate", 2),
        Part("cell_state", "c", "cell state"),
        Part("output_gate", "o", "output gate", 3),
        Part("hidden_state", "h", "hidden state"),
    ),
    "gru": (
        Part("reset_gate", "r", "reset gate", 0),
        Part("candidate", "n", "candidate", 2),
        Part("update_gate", "z", "update gate", 1),
        Part("hidden_state", "h", "hidden state"),
    ),
}
# The controls that move a bias, and the gate each moves.
BIASES = {
    "lstm": {"forget": "forget_gate", "input": "input_gate", "output": "output_gate"},
    "gru": {"update": "update_gate", "reset": "reset_gate"},
}


class Reading(NamedTuple):
    """T symbols read, from nothing. Arrays are (T, units) where nothing else is said."""

    kind: str
    text: str
    parts: Mapping[str, Array]
    from_letter: Array  # W_xh x_t, (T, rows): rows as in W_xh
    from_memory: Array  # W_hh h_{t-1}, (T, rows)
    bias: Array  # as trained, (rows)
    offset: Array  # what the reader added to it, (rows)
    inner_bias: Array  # a GRU's b_hn, (units); of an LSTM nothing
    chances: Array  # (T, letters + 1): of each letter, and of silence
    answers: IntArray  # what is right at each step; the last number is silence
    parameters: Parameters

    @property
    def units(self) -> int:
        """How many units the network has."""
        return int(self.parts["hidden_state"].shape[1])

    @property
    def right(self) -> Array:
        """The probability of the right answer at each step, (T)."""
        return self.chances[np.arange(len(self.text)), self.answers]

    @property
    def asked(self) -> IntArray:
        """The steps, from 1, at which there is a letter to be named."""
        return np.flatnonzero(self.answers < self.chances.shape[1] - 1) + 1

    def before(self, name: str) -> Array:
        """A state one step earlier, (T, units)."""
        state = self.parts[name]
        return np.vstack([np.zeros((1, state.shape[1])), state[:-1]])


def task_of(model: TaskModel) -> Recall:
    """The task that a network learned."""
    assert isinstance(model.task, Recall)  # noqa: S101 - `lab.gates.model` makes no other
    return model.task


def moved_bias(model: TaskModel, moved: Mapping[str, float], unit: int | None = None) -> Array:
    """What to add to b_h, (rows): each gate's number for all units, or for one (from 0)."""
    added = np.zeros(model.parameters["layer0.b_h"].shape)
    blocks = {part.name: part.block for part in PARTS[model.kind]}
    for control, gate in BIASES[model.kind].items():
        block = blocks[gate]
        assert block is not None  # noqa: S101 - a gate has rows
        first = block * model.hidden
        rows = slice(first, first + model.hidden) if unit is None else first + unit
        added[rows] = moved.get(control, 0.0)
    return added


def moved_parameters(model: TaskModel, added: Array) -> Parameters:
    """A copy of the network's numbers with `added` on b_h; the network stays as it is."""
    parameters = model.parameters.copy()
    parameters["layer0.b_h"][...] += added
    return parameters


def read(model: TaskModel, text: str, added: Array) -> Reading:
    """Let the network read a text of its symbols, at least one."""
    task, cell = task_of(model), model.cell
    parameters = moved_parameters(model, added)
    weights, head = parameters.part("layer0."), parameters.part("head.")
    symbols = np.array([[task.symbols.index(symbol)] for symbol in text])
    inputs = one_hot(symbols, task.inputs)
    walk = forward(cell, weights, inputs)
    steps = [cell.readout(cache) for cache in walk.caches]
    hidden = walk.outputs[:, 0]
    before = np.vstack([np.zeros((1, cell.hidden)), hidden[:-1]])
    return Reading(
        kind=model.kind,
        text=text,
        parts={name: np.stack([step[name][0] for step in steps]) for name in steps[0]},
        from_letter=inputs[:, 0] @ weights["W_xh"].T,
        from_memory=before @ weights["W_hh"].T,
        bias=model.parameters["layer0.b_h"].copy(),
        offset=added,
        inner_bias=weights.get("b_hn", np.zeros(0)),
        chances=softmax(model.head.forward(head, hidden)),
        answers=task.answers(symbols)[:, 0],
        parameters=parameters,
    )


class HeldOut(NamedTuple):
    """Sequences that training never saw."""

    batch: Batch
    asked: BoolArray  # (scored)

    @classmethod
    def of(cls, model: TaskModel) -> "HeldOut":
        """Always the same ones, drawn from a seed that no training used."""
        task = Recall(TEST_STEPS, task_of(model).letters, TEST_QUESTIONS)
        batch = task.batch(np.random.default_rng([2026, 5]), TESTED)
        return cls(batch, batch.targets[batch.mask] < task.letters)

    @property
    def questions(self) -> int:
        """How many there are."""
        return int(self.asked.sum())

    def right(self, model: TaskModel, added: Array) -> float:
        """The share of the questions that the network answers rightly with `added` on b_h."""
        bias = model.parameters["layer0.b_h"]
        trained = bias.copy()
        bias += added
        answers = model.judge(self.batch).outputs.argmax(axis=1)
        bias[...] = trained
        return float((answers == self.batch.targets[self.batch.mask])[self.asked].mean())


def keeper(model: TaskModel) -> tuple[int, Array]:
    """The unit (from 0) that keeps the letter best, and how well each does, (units), 0 to 1.

    How well: the share of the variance of its state, just before a question, that the letter to be
    named explains (Fisher's correlation ratio); 0 for one that never varies. The state is an LSTM's
    c, a GRU's h.
    """
    held_out, task = HeldOut.of(model), task_of(model)
    weights = model.parameters.part("layer0.")
    walk = forward(model.cell, weights, held_out.batch.inputs)
    kept = np.stack([state[-1] for state in walk.states[:-1]])  # (T, batch, units): before a step
    asked = held_out.batch.targets < task.letters
    states, letters = kept[asked], held_out.batch.targets[asked]
    within = np.zeros(model.hidden)
    for letter in range(task.letters):
        own = states[letters == letter]
        within += np.square(own - own.mean(axis=0)).sum(axis=0)
    whole = np.square(states - states.mean(axis=0)).sum(axis=0)
    shares = 1.0 - np.divide(within, whole, out=np.ones_like(whole), where=whole > 0.0)
    return int(shares.argmax()), shares

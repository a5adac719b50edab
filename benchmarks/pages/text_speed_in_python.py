"""Inside Python, the page's or the machine's: the engine, and column vectors as in min-char-rnn.

Every contender starts from the same weights, reads the same windows and takes the same Adam steps,
so that their losses can be compared before their speeds are.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from rnn.optimisers import make_optimiser
from rnn.text.char_model import CharModel
from rnn.text.sampling import write
from rnn.text.streams import Streams
from rnn.text.training import TextTraining
from rnn.text.vocabulary import Vocabulary

TASKS = {"rnn": ("rnn", 100, 25, 1), "lstm": ("lstm", 128, 50, 32), "gru": ("gru", 128, 50, 32)}
VOCABULARY = Vocabulary("".join(map(chr, range(40, 105))))
SYMBOLS, RATE = len(VOCABULARY), 0.002
INDICES = np.random.default_rng(0).integers(0, SYMBOLS, 20_001)


def model_of(task: str) -> CharModel:
    """The model of a task, drawn anew: always the same."""
    kind, hidden, _, _ = TASKS[task]
    model = CharModel(VOCABULARY, kind, hidden)
    model.initialise(np.random.default_rng(1))
    return model


def engine(task: str) -> Callable[[int], float]:
    """Our engine. Give what takes n iterations and returns the last one's loss."""
    model, (_, _, steps, batch) = model_of(task), TASKS[task]
    training = TextTraining(model, Streams(INDICES, batch, steps))
    gradients, optimiser = model.parameters.zeros(), make_optimiser("adam")

    def train(iterations: int) -> float:
        loss = 0.0
        for _ in range(iterations):
            gradients.flat.fill(0.0)
            loss = training.loss_and_gradients(gradients)
            optimiser.step(model.parameters.flat, gradients.flat, RATE)
        return loss

    return train


def sampler() -> Callable[[int], str]:
    """Our engine writing."""
    model, rng = model_of("lstm"), np.random.default_rng(2)
    return lambda length: write(model, rng, length, "A")


class Columns:
    """A network as min-char-rnn has it: states are columns, one step at a time, one-hot inputs."""

    def __init__(self, task: str) -> None:
        self.kind, self.hidden, steps, self.batch = TASKS[task]
        self.weights = {name: a.copy() for name, a in model_of(task).parameters.items()}
        for name in self.weights:
            if self.weights[name].ndim == 1:
                self.weights[name] = self.weights[name][:, None]
        self.moments = {
            name: (np.zeros_like(a), np.zeros_like(a)) for name, a in self.weights.items()
        }
        self.streams, self.iteration = Streams(INDICES, self.batch, steps), 0
        self.forget()

    def forget(self) -> None:
        """Start from zeros."""
        self.state = [np.zeros((self.hidden, self.batch), np.float32) for _ in range(2)]

    def forward(self, x: Any, h: Any, c: Any) -> tuple[Any, ...]:
        """One step: the state after, and what the way back needs."""
        w, H = self.weights, self.hidden
        from_x = np.dot(w["layer0.W_xh"], x) + w["layer0.b_h"]
        from_h = np.dot(w["layer0.W_hh"], h)
        if self.kind == "rnn":
            new = np.tanh(from_x + from_h)
            return new, c, (x, h, new)
        if self.kind == "lstm":
            sums = from_x + from_h
            i, f, o = (1 / (1 + np.exp(-sums[at * H : (at + 1) * H])) for at in (0, 1, 3))
            g = np.tanh(sums[2 * H : 3 * H])
            cell = f * c + i * g
            shown = np.tanh(cell)
            return o * shown, cell, (x, h, c, i, f, g, o, shown)
        r, z = (1 / (1 + np.exp(-(from_x + from_h)[at * H : (at + 1) * H])) for at in (0, 1))
        recalled = from_h[2 * H :] + w["layer0.b_hn"]
        n = np.tanh(from_x[2 * H :] + r * recalled)
        return (1 - z) * n + z * h, c, (x, h, r, z, recalled, n)

    def backward(
        self, cache: tuple[Any, ...], dh: Any, dc: Any, d: dict[str, Any]
    ) -> tuple[Any, Any]:
        """One step back."""
        w = self.weights
        if self.kind == "rnn":
            x, h, new = cache
            from_x = from_h = dh * (1 - new * new)
            into_h, into_c = 0, dc
        elif self.kind == "lstm":
            x, h, c, i, f, g, o, shown = cache
            dc = dc + dh * o * (1 - shown * shown)
            parts = (dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g * g))
            from_x = from_h = np.concatenate([*parts, dh * shown * o * (1 - o)])
            into_h, into_c = 0, dc * f
        else:
            x, h, r, z, recalled, n = cache
            dn = dh * (1 - z) * (1 - n * n)
            dr, dz = dn * recalled * r * (1 - r), dh * (h - n) * z * (1 - z)
            from_x, from_h = np.concatenate([dr, dz, dn]), np.concatenate([dr, dz, dn * r])
            d["layer0.b_hn"] += (dn * r).sum(axis=1, keepdims=True)
            into_h, into_c = dh * z, dc
        d["layer0.W_xh"] += np.dot(from_x, x.T)
        d["layer0.W_hh"] += np.dot(from_h, h.T)
        d["layer0.b_h"] += from_x.sum(axis=1, keepdims=True)
        return into_h + np.dot(w["layer0.W_hh"].T, from_h), into_c

    def train(self, iterations: int) -> float:
        """Take so many iterations and return the last one's loss."""
        loss = 0.0
        for _ in range(iterations):
            loss = self.step()
        return loss

    def step(self) -> float:
        """One iteration."""
        w, window = self.weights, self.streams.next()
        if window.fresh:
            self.forget()
        (h, c), caches, loss, columns = self.state, [], 0.0, np.arange(self.batch)
        for inputs, targets in zip(window.inputs, window.targets, strict=True):
            x = np.zeros((SYMBOLS, self.batch), np.float32)
            x[inputs, columns] = 1
            h, c, cache = self.forward(x, h, c)
            y = np.dot(w["head.W_hy"], h) + w["head.b_y"]
            p = np.exp(y - y.max(axis=0))
            p /= p.sum(axis=0)
            loss -= float(np.log(p[targets, columns]).sum())
            caches.append((cache, h, p))
        self.state, count = [h, c], window.inputs.size
        d = {name: np.zeros_like(a) for name, a in w.items()}
        dh = dc = np.zeros_like(h)
        for (cache, h, p), targets in zip(caches[::-1], window.targets[::-1], strict=True):
            p[targets, columns] -= 1
            p /= count
            d["head.W_hy"] += np.dot(p, h.T)
            d["head.b_y"] += p.sum(axis=1, keepdims=True)
            dh, dc = self.backward(cache, dh + np.dot(w["head.W_hy"].T, p), dc, d)
        self.iteration += 1
        k, j = 1 - 0.9**self.iteration, 1 - 0.999**self.iteration
        for name, (m, v) in self.moments.items():
            m += 0.1 * (d[name] - m)
            v += 0.001 * (d[name] * d[name] - v)
            w[name] -= RATE * (m / k) / (np.sqrt(v / j) + 1e-8)
        return loss / count


def torch_trainer(task: str) -> Callable[[int], float]:
    """PyTorch on one thread. Raises ImportError where it is not installed."""
    import torch

    torch.set_num_threads(1)
    kind, hidden, steps, batch = TASKS[task]
    cell = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](SYMBOLS, hidden)
    head = torch.nn.Linear(hidden, SYMBOLS)
    optimiser = torch.optim.Adam([*cell.parameters(), *head.parameters()], RATE)
    streams, state = Streams(INDICES, batch, steps), None

    def train(iterations: int) -> float:
        nonlocal state
        loss = torch.zeros(())
        for _ in range(iterations):
            window = streams.next()
            x = torch.nn.functional.one_hot(torch.from_numpy(window.inputs), SYMBOLS).float()
            out, state = cell(x, None if window.fresh else state)
            state = tuple(s.detach() for s in state) if kind == "lstm" else state.detach()
            targets = torch.from_numpy(np.ascontiguousarray(window.targets)).ravel()
            loss = torch.nn.functional.cross_entropy(head(out).flatten(0, 1), targets)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        return float(loss)

    return train

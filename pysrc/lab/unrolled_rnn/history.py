"""The weights along a training run, kept so that a reader can go back to any time of it."""

from bisect import bisect_left

from rnn.arrays import Array

MOST = 160


class History:
    """Weights by epoch. When there are too many, every second one is let go."""

    def __init__(self, weights: Array) -> None:
        """Start with the weights of epoch 0."""
        self._epochs = [0]
        self._kept = [weights.copy()]
        self._every = 1

    def add(self, epoch: int, weights: Array) -> None:
        """Keep a copy, if it is its turn."""
        if epoch % self._every:
            return
        self._epochs.append(epoch)
        self._kept.append(weights.copy())
        if len(self._epochs) > MOST:
            self._every *= 2
            turns = [at for at, epoch in enumerate(self._epochs) if epoch % self._every == 0]
            self._epochs = [self._epochs[at] for at in turns]
            self._kept = [self._kept[at] for at in turns]

    @property
    def epochs(self) -> list[int]:
        """The epochs that are kept, in order."""
        return list(self._epochs)

    def nearest(self, epoch: int) -> tuple[int, Array]:
        """The epoch that is kept nearest to `epoch`, and its weights."""
        at = bisect_left(self._epochs, epoch)
        around = range(max(at - 1, 0), min(at + 1, len(self._epochs)))
        best = min(around, key=lambda i: abs(self._epochs[i] - epoch))
        return self._epochs[best], self._kept[best]

    def after(self, epoch: int) -> int | None:
        """The first epoch that is kept after `epoch`, if there is one."""
        return next((kept for kept in self._epochs if kept > epoch), None)

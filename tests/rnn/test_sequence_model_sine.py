"""What one unit cannot do and two can: a sine rises and falls through one and the same value.

A single unit that answers from its last value alone must give both the same answer; with a second
one the network can know which way it goes. The losses are of values normalised to [-1, 1].
"""

import numpy as np
import pytest

from rnn.clipping import Clip
from rnn.optimisers import make_optimiser
from rnn.schedules import Constant
from rnn.sequence_model import SequenceModel
from rnn.tasks import make_task
from rnn.trainer import Trainer

TASK = make_task("numbers", sequence="sine", length=20)  # sin(0.5 t), every next value


def lowest_loss(hidden: int, seed: int, steps: int, wide: float = 1.0) -> float:
    """The lowest loss on the way of a run that starts from weights `wide` times as large."""
    model = SequenceModel(TASK, "rnn", hidden, np.random.default_rng(0), batch=1)
    model.initialise(np.random.default_rng(seed))
    model.parameters.flat *= wide
    adam = make_optimiser("adam")
    trainer = Trainer(model, adam, Constant(0.05), steps=steps, clip=Clip("norm", 1.0))
    return min(progress.loss for progress in trainer.run())


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_two_units_follow_the_sine(seed):
    assert lowest_loss(2, seed, 400) < 1e-3


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
@pytest.mark.parametrize("wide", [1.0, 4.0])
def test_one_unit_does_not_even_with_twice_the_time(seed, wide):
    assert 5e-3 < lowest_loss(1, seed, 800, wide) < 0.1 * TASK.baseline

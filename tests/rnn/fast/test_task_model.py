"""The fast network on a task is the readable one, to the last digits."""

import itertools

import numpy as np
import pytest

from rnn.cells import KINDS
from rnn.clipping import Clip
from rnn.fast.task_model import TaskModel
from rnn.optimisers import make_optimiser
from rnn.saved import Saved
from rnn.schedules import Constant
from rnn.sequence_model import SequenceModel
from rnn.tasks import make_task
from rnn.trainer import Trainer

TASKS = {
    "latch": make_task("latch", steps=6),
    "adding": make_task("adding", steps=7),
    "parity": make_task("parity", steps=6),
    "copy": make_task("copy", wait=2),
    "brackets": make_task("brackets", length=8, kinds=2),
    "recall": make_task("recall", steps=9, questions=2),
}


def batches(task, size=4, seed=3):
    rng = np.random.default_rng(seed)
    while True:
        yield task.batch(rng, size)


def made(task, kind, **settings):
    model = TaskModel(task, kind, 5, batches(task), **settings)
    model.initialise(np.random.default_rng(1))
    model.parameters.flat += np.random.default_rng(2).normal(0.0, 0.3, model.parameters.flat.size)
    return model


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_loss_and_gradients_are_those_of_the_readable_model(task, kind):
    fast = made(task, kind)
    slow = SequenceModel(task, kind, 5, np.random.default_rng(3), batch=4)
    assert list(slow.parameters) == list(fast.parameters)
    slow.parameters.flat[...] = fast.parameters.flat
    for _ in range(2):  # the second batch meets buffers that were used
        of_fast, of_slow = fast.parameters.zeros(), slow.parameters.zeros()
        assert fast.loss_and_gradients(of_fast) == pytest.approx(
            slow.loss_and_gradients(of_slow), rel=1e-12
        )
        np.testing.assert_allclose(of_fast.flat, of_slow.flat, rtol=1e-9, atol=1e-13)
    test = task.batch(np.random.default_rng(9), 6)
    judged = fast.judge(test)
    assert judged.loss == pytest.approx(slow.loss(test), rel=1e-12)
    answers = slow.forward(test.inputs).outputs[test.mask]
    np.testing.assert_allclose(judged.outputs, answers, rtol=1e-10, atol=1e-13)


def test_both_start_from_the_same_draw():
    fast = TaskModel(TASKS["adding"], "lstm", 5, batches(TASKS["adding"]), forget_bias=2.0)
    slow = SequenceModel(TASKS["adding"], "lstm", 5, np.random.default_rng(0), forget_bias=2.0)
    for model in (fast, slow):
        model.initialise(np.random.default_rng(1))
    np.testing.assert_array_equal(fast.parameters.flat, slow.parameters.flat)
    assert (fast.parameters["layer0.b_h"][5:10] == 2.0).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_trains_in_the_dtype_asked_for(dtype):
    model = made(TASKS["copy"], "gru", dtype=dtype)
    trainer = Trainer(model, make_optimiser("adam"), Constant(0.01), steps=40, clip=Clip("norm"))
    losses = [progress.loss for progress in trainer.run()]
    assert np.mean(losses[-10:]) < np.mean(losses[:10])
    assert model.parameters.flat.dtype == model.judge(next(model.batches)).outputs.dtype == dtype


def test_networks_that_share_batches_see_the_same():
    seen = []
    streams = itertools.tee(batches(TASKS["adding"]), 3)
    for kind, stream in zip(KINDS, streams, strict=True):
        model = made(TASKS["adding"], kind)
        model.batches = stream
        model.loss_and_gradients(model.parameters.zeros())
        seen.append(next(model.batches).inputs)
    assert seen[0] is seen[1] is seen[2]


def test_nothing_is_saved_but_the_parameters():
    model = made(TASKS["latch"], "rnn")
    assert model.state() == Saved({}, {})
    model.restore(model.state())
    with pytest.raises(ValueError, match="must hold nothing; got generator"):
        model.restore(Saved({}, {"generator": {}}))

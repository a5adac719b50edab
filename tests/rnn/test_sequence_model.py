"""A model on a task: right gradients, exact resumption, and answers that need a memory."""

import itertools
import json

import numpy as np
import pytest

from rnn.clipping import Clip
from rnn.gradient_check import central_differences, relative_error
from rnn.optimisers import make_optimiser
from rnn.saved import Saved
from rnn.schedules import Constant
from rnn.sequence_model import SequenceModel
from rnn.tasks import make_task
from rnn.trainer import Trainer


def model(task, kind="lstm", hidden=3, *, seed=0, **settings):
    made = SequenceModel(task, kind, hidden, np.random.default_rng(seed), **settings)
    made.initialise(np.random.default_rng(seed + 1))
    return made


@pytest.mark.parametrize("task", ["adding", "parity"])  # one of each loss
@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_every_gradient_against_central_differences(task, kind):
    drawn = model(make_task(task, steps=5), kind, layers=2, batch=3)
    drawn.parameters.flat += np.random.default_rng(5).normal(0.0, 0.1, drawn.parameters.flat.size)
    batch = drawn.task.batch(np.random.default_rng(7), 3)
    gradients = drawn.parameters.zeros()
    drawn.study(batch, gradients)

    def loss(point):
        drawn.parameters.flat[...] = point
        return drawn.loss(batch)

    numeric = central_differences(loss, drawn.parameters.flat.tolist())
    scale = np.abs(gradients.flat).max()
    for analytic, estimate in zip(gradients.flat.tolist(), numeric, strict=True):
        # a slope far below the others drowns in their rounding: hold it to a share of the largest
        assert relative_error(analytic, estimate) <= 1e-6 or abs(analytic - estimate) < 1e-8 * scale


def test_gradients_are_added():
    drawn = model(make_task("adding", steps=4))
    batch = drawn.task.batch(drawn.rng, 2)
    once, twice = drawn.parameters.zeros(), drawn.parameters.zeros()
    drawn.study(batch, once)
    drawn.study(batch, twice)
    drawn.study(batch, twice)
    np.testing.assert_allclose(twice.flat, 2.0 * once.flat, rtol=1e-12)


def test_only_scored_steps_count():
    drawn = model(make_task("latch", steps=6))
    batch = drawn.task.batch(drawn.rng, 4)
    gradients, same = drawn.parameters.zeros(), drawn.parameters.zeros()
    study = drawn.study(batch, gradients)
    changed = batch._replace(targets=np.where(batch.mask[:, :, None], batch.targets, 99.0))
    assert drawn.study(changed, same).loss == study.loss == drawn.loss(batch)
    np.testing.assert_array_equal(gradients.flat, same.flat)
    last = study.answer.outputs[-1] - batch.targets[-1]
    assert study.loss == pytest.approx(np.square(last).mean(), rel=1e-12)


def test_the_error_at_every_step_is_kept_on_request():
    drawn = model(make_task("latch", steps=6))
    batch = drawn.task.batch(drawn.rng, 4)
    study = drawn.study(batch, drawn.parameters.zeros(), keep_states=True)
    (walk,) = study.backward.walks
    assert len(walk.d_states) == 7
    cut = drawn.study(batch, drawn.parameters.zeros(), truncate=2, keep_states=True)
    assert np.abs(walk.d_states[0][0]).max() > 0.0
    assert np.abs(cut.backward.walks[0].d_states[0][0]).max() == 0.0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_everything_has_the_models_dtype(dtype):
    drawn = model(make_task("sines", steps=5), dtype=dtype)
    study = drawn.study(drawn.task.batch(drawn.rng, 2), drawn.parameters.zeros())
    assert study.answer.outputs.dtype == study.d_outputs.dtype == dtype


def test_names_are_those_of_every_model():
    drawn = model(make_task("copy", wait=1), layers=2)
    assert list(drawn.parameters) == [
        *(f"layer{layer}.{name}" for layer in (0, 1) for name in ("W_xh", "W_hh", "b_h")),
        "head.W_hy",
        "head.b_y",
    ]


@pytest.mark.parametrize("dropout", [0.0, 0.5])
def test_an_interrupted_run_is_the_uninterrupted_one_to_the_last_bit(dropout):
    def trainer(seed):
        drawn = model(make_task("parity", steps=5), layers=2, seed=seed, batch=4, dropout=dropout)
        return Trainer(
            drawn, make_optimiser("adam"), Constant(0.01), steps=12, clip=Clip("norm", 1.0)
        )

    whole, first, second = trainer(0), trainer(0), trainer(9)
    expected = [progress.loss for progress in whole.run()]
    losses = [progress.loss for progress in itertools.islice(first.run(), 5)]
    saved = first.state()
    second.restore(Saved(saved.arrays, json.loads(json.dumps(saved.facts))))
    losses += [progress.loss for progress in second.run()]
    assert losses == expected
    np.testing.assert_array_equal(whole.trainable.parameters.flat, second.trainable.parameters.flat)


def test_dropout_is_for_training_only():
    drawn = model(make_task("parity", steps=5), layers=2, dropout=0.5)
    batch = drawn.task.batch(np.random.default_rng(1), 4)
    assert drawn.loss(batch) == drawn.loss(batch)
    studies = [drawn.study(batch, drawn.parameters.zeros(), drawn.rng).loss for _ in range(2)]
    assert studies[0] != studies[1]


def trained(task, kind, hidden, rate, steps, **settings):
    drawn = model(task, kind, hidden, **settings)
    run = Trainer(
        drawn, make_optimiser("adam"), Constant(rate), steps=steps, clip=Clip("norm", 1.0)
    )
    last = list(run.run())[-1]
    assert not last.diverged
    return drawn.loss(task.batch(np.random.default_rng(1234), 500))


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_a_latch_is_learnt(kind):
    task = make_task("latch", steps=8)
    assert trained(task, kind, 4, 0.03, 150) < 0.1 * task.baseline


@pytest.mark.parametrize("kind", ["lstm", "gru"])
def test_parity_is_learnt(kind):
    task = make_task("parity", steps=6)
    assert trained(task, kind, 8, 0.03, 500) < 0.1 * task.baseline


@pytest.mark.parametrize("kinds", [1, 2])
def test_brackets_are_predicted_better_than_by_a_table(kinds):
    task = make_task("brackets", length=10, kinds=kinds)
    loss = trained(task, "lstm", 16, 0.02, 300)
    assert task.floor - 0.05 < loss < task.floor + 0.7 * (task.baseline - task.floor)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"hidden": 0}, "hidden must be a whole number from 1"),
        ({"hidden": -1}, "hidden must be a whole number from 1"),
        ({"hidden": 1_000_000}, "hidden must be a whole number from 1"),
        ({"kind": "transformer"}, "kind must be one of rnn, lstm, gru"),
        ({"layers": 0}, "layers must be a whole number from 1"),
        ({"dropout": 1.0}, "dropout must be from 0 to 0.99"),
        ({"batch": 0}, "batch size of sequences of 5 steps must be a whole number from 1"),
    ],
)
def test_bad_settings_are_refused(settings, reason):
    with pytest.raises(ValueError, match=reason):
        model(make_task("parity", steps=5), **settings)


@pytest.mark.parametrize("saved", [Saved({}, {}), Saved({"h": np.zeros(1)}, {"generator": {}})])
def test_a_state_that_is_not_its_own_is_refused(saved):
    with pytest.raises(ValueError, match="a saved sequence model must hold a generator; got"):
        model(make_task("parity", steps=5)).restore(saved)

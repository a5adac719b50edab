"""The training loop: it learns, stops and goes on to the last bit, and says when it diverged."""

import itertools
import json
import math

import numpy as np
import pytest

from rnn.clipping import NO_CLIP, Clip
from rnn.optimisers import OPTIMISERS, make_optimiser
from rnn.saved import Saved
from rnn.schedules import Constant, Cosine, make_schedule
from rnn.trainer import Trainer
from tests.rnn.toy import NoisyLine


class Clock:
    """A clock that a test moves, or that moves by itself with every look."""

    def __init__(self, tick: float = 0.0) -> None:
        self.now = 0.0
        self.tick = tick

    def __call__(self) -> float:
        self.now += self.tick
        return self.now


def make(optimiser="sgd", schedule=None, *, seed=0, steps=40, dtype=np.float64, **settings):
    settings.setdefault("clock", Clock())
    trainable = NoisyLine(seed, dtype)
    return Trainer(
        trainable, make_optimiser(optimiser), schedule or Constant(0.05), steps=steps, **settings
    )


def through_bytes(saved: Saved) -> Saved:
    """A real round trip: arrays as bytes, facts as JSON text."""
    written = {
        name: (array.dtype.str, array.shape, array.tobytes())
        for name, array in saved.arrays.items()
    }
    text = json.dumps(saved.facts, allow_nan=False)
    arrays = {
        name: np.frombuffer(data, dtype).reshape(shape)
        for name, (dtype, shape, data) in written.items()
    }
    return Saved(arrays, json.loads(text))


def test_a_step_by_hand():
    trainer, twin = make(), NoisyLine()
    gradients = twin.parameters.zeros()
    loss = twin.loss_and_gradients(gradients)
    progress = next(trainer.run())
    assert progress.step == trainer.step == 1
    assert progress.loss == progress.smoothed_loss == loss
    assert progress.gradient_norm == pytest.approx(np.linalg.norm(gradients.flat), rel=1e-12)
    assert progress.learning_rate == 0.05
    assert progress.diverged == ""
    np.testing.assert_array_equal(trainer.trainable.parameters.flat, -0.05 * gradients.flat)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_it_learns(name):
    rate = 0.5 if name == "adagrad" else 0.05
    trainer = make(name, Constant(rate), steps=300)
    records = list(trainer.run())
    assert [record.step for record in records] == list(range(1, 301))
    assert trainer.finished
    assert trainer.trainable.distance < 0.1


def test_gradients_are_cleared_between_steps():
    # with a rate too small to move the weights, every norm is that of one batch alone
    trainer, twin = make(schedule=Constant(1e-300)), NoisyLine()
    for progress in itertools.islice(trainer.run(), 3):
        gradients = twin.parameters.zeros()
        twin.loss_and_gradients(gradients)
        assert progress.gradient_norm == pytest.approx(np.linalg.norm(gradients.flat), rel=1e-12)


def test_the_schedule_counts_the_steps():
    schedule = Cosine(0.1, steps=10)
    rates = [progress.learning_rate for progress in make(schedule=schedule, steps=12).run()]
    assert rates == [schedule(step) for step in range(12)]


def test_the_norm_told_is_that_before_clipping():
    free, clipped = (next(make(clip=clip).run()) for clip in (NO_CLIP, Clip("norm", 1e-3)))
    assert clipped.gradient_norm == free.gradient_norm > 1.0
    trainer = make(clip=Clip("norm", 1e-3))
    next(trainer.run())
    moved = np.linalg.norm(trainer.trainable.parameters.flat)
    assert moved == pytest.approx(0.05 * 1e-3, rel=1e-12)


def test_the_smoothed_loss_by_hand():
    records = list(make(steps=3, smoothing=0.75, smoothed_from=8.0).run())
    smoothed = 8.0
    for record in records:
        smoothed = 0.75 * smoothed + 0.25 * record.loss
        assert record.smoothed_loss == smoothed


def test_the_learning_rate_changes_while_running():
    trainer = make(schedule=Cosine(0.1, steps=10))
    run = trainer.run()
    next(run)
    trainer.change_learning_rate(0.003)
    assert trainer.learning_rate == 0.003
    assert [next(run).learning_rate for _ in range(3)] == [0.003] * 3


@pytest.mark.parametrize("rate", [1e9, math.nan, -1.0])
def test_a_refused_learning_rate_changes_nothing(rate):
    trainer = make()
    with pytest.raises(ValueError, match=r"learning rate must be .*above 0 and at most 10"):
        trainer.change_learning_rate(rate)
    assert trainer.learning_rate == 0.05


def test_pause_and_resume():
    trainer = make(steps=5)
    seen = []
    for progress in trainer.run():
        seen.append(progress.step)
        if progress.step == 2:
            trainer.pause()
    assert seen == [1, 2]
    assert not trainer.running
    assert trainer.advance(1.0) == []
    trainer.resume()
    assert [progress.step for progress in trainer.run()] == [3, 4, 5]
    assert trainer.finished
    assert list(trainer.run()) == []


def test_more_steps_may_be_asked_for():
    trainer = make(steps=2)
    assert len(list(trainer.run())) == 2
    trainer.steps = 5
    assert [progress.step for progress in trainer.run()] == [3, 4, 5]


@pytest.mark.parametrize(("budget", "taken"), [(0.0, 1), (2.9, 1), (9.0, 3), (1000.0, 40)])
def test_advance_takes_as_many_steps_as_fit(budget, taken):
    # the clock moves by one second per look: a step looks twice, advance once more after each
    trainer = make(clock=Clock(tick=1.0))
    assert len(trainer.advance(budget)) == taken
    assert trainer.step == taken


def test_slices_are_the_whole():
    whole, sliced = make("adam"), make("adam", clock=Clock(tick=1.0))
    list(whole.run())
    while sliced.running:
        sliced.advance(7.0)
    np.testing.assert_array_equal(whole.trainable.parameters.flat, sliced.trainable.parameters.flat)


@pytest.mark.parametrize("budget", [-1.0, math.nan, math.inf, 1e9])
def test_a_budget_out_of_range_is_refused(budget):
    with pytest.raises(ValueError, match="budget_seconds must be"):
        make().advance(budget)


def test_seconds_are_those_of_training():
    clock = Clock(tick=1.0)
    trainer = make(clock=clock, steps=3)
    records = []
    for progress in trainer.run():
        records.append(progress.seconds)
        clock.now += 100.0  # somebody else's work
    assert records == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("stop", [0, 1, 17])
def test_an_interrupted_run_is_the_uninterrupted_one_to_the_last_bit(optimiser, dtype, stop):
    settings = {
        "schedule": make_schedule("cosine", 0.1, warm_up=5, steps=30),
        "clip": Clip("norm", 1.0),
        "dtype": dtype,
    }
    whole, first = make(optimiser, **settings), make(optimiser, **settings)
    expected = list(whole.run())
    before = list(itertools.islice(first.run(), stop))
    saved = first.state()
    for _ in itertools.islice(first.run(), 3):
        pass  # what was saved does not move on with it
    second = make(optimiser, **settings, seed=99)  # its own batches would be others
    second.restore(through_bytes(saved))
    assert second.step == stop
    assert [*before, *second.run()] == expected
    ends = [trainer.state() for trainer in (whole, second)]
    assert ends[0].facts == ends[1].facts
    assert set(ends[0].arrays) == set(ends[1].arrays)
    for name, array in ends[0].arrays.items():
        np.testing.assert_array_equal(array, ends[1].arrays[name], strict=True)


def test_what_was_changed_on_the_way_is_saved():
    trainer, twin = make(), make(schedule=Constant(1.0), clip=Clip("value", 3.0), steps=1)
    next(trainer.run())
    trainer.change_learning_rate(0.003)
    trainer.clip = Clip("norm", 2.0)
    trainer.steps = 77
    twin.restore(through_bytes(trainer.state()))
    assert (twin.schedule, twin.clip, twin.steps) == (Constant(0.003), Clip("norm", 2.0), 77)


@pytest.mark.parametrize("loss", [math.nan, math.inf, -math.inf, 1e13])
def test_a_loss_that_runs_away_is_a_record(loss):
    trainer = make(steps=40)
    trainer.trainable.break_at = {4: loss}
    records = list(trainer.run())
    assert [record.step for record in records] == [1, 2, 3, 4]
    assert all(not record.diverged for record in records[:3])
    said = records[-1].diverged
    assert said == trainer.diverged
    assert said == (
        f"Training diverged at step 4: the loss was {loss:g} where it must be finite and at most "
        f"1e+12; the weights of the last good step are kept, and a learning rate below 0.05 or a "
        f"tighter clip may help."
    )
    assert records[-1].smoothed_loss == records[-2].smoothed_loss
    assert trainer.step == 3
    assert list(trainer.run()) == trainer.advance(1.0) == []


def test_the_last_good_weights_are_those_whose_loss_was_good():
    # step 3 moved to weights whose loss, at step 4, is not finite: those before step 3 are good
    twin = make(steps=2)
    list(twin.run())
    trainer = make(steps=40)
    trainer.trainable.break_at = {4: math.nan}
    list(trainer.run())
    np.testing.assert_array_equal(trainer.trainable.parameters.flat, twin.trainable.parameters.flat)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_training_goes_on_after_a_roll_back(optimiser):
    trainer = make(optimiser, Constant(0.5 if optimiser == "adagrad" else 0.05), steps=300)
    trainer.trainable.break_at = {4: math.inf}
    list(trainer.run())
    assert trainer.optimiser.moments() == {}
    trainer.roll_back()
    list(trainer.run())
    assert trainer.finished
    assert trainer.trainable.distance < 0.1


def test_real_divergence_keeps_everything_finite():
    trainer = make(schedule=Constant(10.0), steps=1000)
    last = list(trainer.run())[-1]
    assert "must be finite" in last.diverged
    assert trainer.step < 100
    assert np.isfinite(trainer.trainable.parameters.flat).all()
    again = make()
    again.restore(through_bytes(trainer.state()))  # and what it saves can be restored
    assert again.diverged == last.diverged
    assert not again.running


def test_a_divergence_after_a_resumption_rolls_back_to_the_same_weights():
    trainers = [make(), make()]
    for _ in itertools.islice(trainers[0].run(), 3):
        pass
    trainers[1].restore(through_bytes(trainers[0].state()))
    for trainer in trainers:
        trainer.trainable.break_at = {4: math.nan}
        list(trainer.run())
    first, second = (trainer.trainable.parameters.flat for trainer in trainers)
    np.testing.assert_array_equal(first, second)


class Wild(NoisyLine):
    """Its gradient and what it carries are what a test says."""

    gradient = 0.0

    def loss_and_gradients(self, gradients):
        loss = super().loss_and_gradients(gradients)
        if self.batches == 2:
            gradients.flat[0] = self.gradient
            self.carried = np.array([math.inf])
        return loss


@pytest.mark.parametrize(
    ("clip", "gradient", "stops"),
    [
        (NO_CLIP, 1e13, True),
        (NO_CLIP, math.inf, True),
        (NO_CLIP, math.nan, True),
        (Clip("norm", 1.0), 1e13, False),  # that is what a clip is for
        (Clip("norm", 1.0), 1e300, False),
        (Clip("norm", 1.0), math.inf, True),  # there is no direction to keep
        (Clip("norm", 1.0), math.nan, True),
        (Clip("value", 1.0), 1e13, False),
        (Clip("value", 1.0), -math.inf, False),
        (Clip("value", 1.0), math.nan, True),
    ],
)
def test_a_gradient_that_runs_away(clip, gradient, stops):
    wild = Wild()
    wild.gradient = gradient
    trainer = Trainer(wild, make_optimiser("adam"), Constant(0.01), steps=2, clip=clip)
    records = list(trainer.run())
    assert records[-1].step == 2
    assert bool(records[-1].diverged) is stops
    if stops:
        assert "at step 2: the norm of the gradient was" in records[-1].diverged
        assert wild.carried.tolist() == [0.0]  # a carried state that ran away is no memory
    assert np.isfinite(wild.parameters.flat).all()


def test_weights_that_run_away():
    line = NoisyLine(dtype=np.float32)
    line.parameters.flat[...] = 3e38  # their sum is beyond float32
    line.break_at = {1: 1.0}
    trainer = Trainer(line, make_optimiser("sgd"), Constant(0.01), steps=2, clip=Clip("value", 1.0))
    assert "the sum of the weights was inf" in next(trainer.run()).diverged


def saved_with(change) -> Saved:
    trainer = make("adam")
    next(trainer.run())
    saved = trainer.state()
    change(saved)
    return saved


def own(saved):
    return saved.facts["trainer"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda s: s.arrays.pop("trainer.good"), "a saved trainer must hold"),
        (lambda s: own(s).pop("step"), "a saved trainer must hold"),
        (lambda s: s.facts.update(trainer=[]), "saved facts of trainer must be a mapping"),
        (lambda s: s.arrays.update({"trainer.good": np.ones(3)}), r"good must be float64 of shape"),
        (
            lambda s: s.arrays.update({"trainer.parameters": np.array([1.0, np.nan])}),
            "saved parameters must be finite",
        ),
        (lambda s: s.facts["optimiser"].update(name="sgd"), "the saved optimiser must be"),
        (lambda s: own(s).update(step=-1), "saved step must be a whole number from 0 to 40"),
        (lambda s: own(s).update(step=41), "saved step must be a whole number from 0 to 40"),
        (lambda s: own(s).update(seconds=math.nan), "saved seconds must be a number"),
        (lambda s: own(s).update(smoothed_loss="0"), "saved smoothed loss must be"),
        (lambda s: own(s).update(schedule={}), "a saved schedule must have a base"),
        (lambda s: own(s).update(schedule=7), "saved schedule must be a mapping"),
        (lambda s: own(s).update(clip={"rule": "no", "limit": 1.0}), "clip must be one of"),
        (lambda s: own(s).update(clip={"size": 1.0}), "saved clip must hold rule and limit"),
        (lambda s: s.arrays.pop("optimiser.steps"), "moments of adam must be"),
        (lambda s: s.arrays.update({"optimiser.steps": np.zeros(1)}), "steps must be one whole"),
        (
            lambda s: s.arrays.update({"optimiser.mean": np.ones(3)}),
            r"saved mean must be float64 of shape \(2,\); got float64 of shape \(3,\)",
        ),
        (lambda s: s.facts["data"].update(generator={"state": 5}), "a saved random generator must"),
        (
            lambda s: s.facts["trainer"].update({"\x1b[2J" * 50: 1}),
            r"a saved trainer must hold [^\x1b]{,200}\.\.\.$",
        ),
    ],
)
def test_a_state_that_is_not_a_trainers_is_refused_and_changes_nothing(change, reason):
    trainer = make("adam")
    list(itertools.islice(trainer.run(), 2))  # further than what is saved
    before = trainer.state()
    with pytest.raises(ValueError, match=reason):
        trainer.restore(saved_with(change))
    after = trainer.state()
    assert after.facts == before.facts
    assert set(after.arrays) == set(before.arrays)
    for name, array in before.arrays.items():
        np.testing.assert_array_equal(after.arrays[name], array)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"steps": 0}, "steps must be a whole number from 1 to"),
        ({"steps": 1.5}, "steps must be a whole number from 1 to"),
        ({"smoothing": 1.5}, "smoothing must be from 0 to 1"),
        ({"smoothed_from": math.nan}, "smoothed_from must be a number"),
    ],
)
def test_bad_settings_are_refused(settings, reason):
    with pytest.raises(ValueError, match=reason):
        make(**settings)

"""On equal terms: sizes, batches, steps, starts and clips are what the lab promises."""

import numpy as np
import pytest

from lab.memory_race.problems import PROBLEMS
from lab.memory_race.race import LABELS, Race, Start
from lab.memory_race.sizes import parameters, units
from rnn.cells import KINDS
from rnn.fast.task_model import TaskModel
from rnn.sequence_model import SequenceModel
from tests.lab.memory_race.playing import opened

DEFAULTS = opened().snapshot(())["start"]


def start(**values):
    return Start.of({**DEFAULTS, "length": 6, "parameters": 150, "batch": 3, **values})


@pytest.mark.parametrize("task", PROBLEMS)
@pytest.mark.parametrize("wanted", [200, 1200, 5000])
def test_parameters_are_about_equal_and_counted_as_the_engine_has_them(task, wanted):
    made = PROBLEMS[task].make(6)
    counts = []
    for kind in KINDS:
        hidden = units(kind, made.inputs, made.outputs, wanted)
        model = TaskModel(made, kind, hidden, iter(()))
        counts.append(parameters(kind, made.inputs, hidden, made.outputs))
        assert counts[-1] == model.parameters.flat.size
        for other in (hidden - 1, hidden + 1):  # no other number of units comes nearer
            if other:
                off = abs(parameters(kind, made.inputs, other, made.outputs) - wanted)
                assert off >= abs(counts[-1] - wanted)
    assert max(counts) / min(counts) < (1.5 if wanted == 200 else 1.15)


def test_all_take_the_same_steps_on_the_same_batches():
    race = Race(start())
    seen = {entrant.kind: [] for entrant in race.entrants}
    for entrant in race.entrants:
        entrant.model.batches = noted(entrant.model.batches, seen[entrant.kind])
    race.run(7, 60.0)
    assert race.steps == 7
    assert [entrant.trainer.step for entrant in race.entrants] == [7, 7, 7]
    for mine, *others in zip(*seen.values(), strict=True):
        assert all(other is mine for other in others)
    assert len({id(batch) for batch in seen["rnn"]}) == 7


def noted(batches, into):
    for batch in batches:
        into.append(batch)
        yield batch


def test_no_slice_leaves_one_of_them_behind():
    race = Race(start())
    for _ in range(5):
        race.run(100, 0.0)  # no time at all: still one step for each
        assert len({entrant.trainer.step for entrant in race.entrants}) == 1
    assert race.steps == 5


def test_optimiser_rate_and_clip_are_the_same():
    race = Race(start(learning_rate=0.003, clip=0.25))
    for entrant in race.entrants:
        trainer = entrant.trainer
        assert trainer.optimiser.name == "adam"
        assert trainer.learning_rate == 0.003
        assert (trainer.clip.rule, trainer.clip.limit) == ("norm", 0.25)


def test_the_same_seed_runs_the_same_race_and_another_does_not():
    def curves(seed):
        race = Race(start(seed=seed))
        race.run(4, 60.0)
        return [entrant.losses.tolist() for entrant in race.entrants]

    assert curves(3) == curves(3)
    assert curves(3) != curves(4)


def test_held_out_sequences_are_not_those_of_the_training():
    race = Race(start(batch=64))
    trained = next(race.entrants[0].model.batches)
    assert not np.isin(race.held_out.inputs[0], trained.inputs[0]).all()


def test_a_training_is_the_engines_own():
    """One entrant beside the readable model with the same start, batches and updates."""
    race = Race(start(task="parity", seed=7))
    lstm = race.entrants[list(LABELS).index("lstm")]
    task = race.task
    slow = SequenceModel(task, "lstm", lstm.hidden, np.random.default_rng([7, 0]), batch=3)
    slow.initialise(np.random.default_rng([7, 1]))
    np.testing.assert_array_equal(slow.parameters.flat, lstm.model.parameters.flat)
    gradients, own = slow.parameters.zeros(), slow.parameters.zeros()
    loss = slow.loss_and_gradients(gradients)
    assert lstm.model.loss_and_gradients(own) == pytest.approx(loss, rel=1e-12)
    np.testing.assert_allclose(own.flat, gradients.flat, rtol=1e-9, atol=1e-14)


def test_only_the_lstm_starts_from_the_forget_bias():
    biased, plain = Race(start(forget_bias=5.0)), Race(start(forget_bias=1.0))
    for entrant, other in zip(biased.entrants, plain.entrants, strict=True):
        bias, of_other = (e.model.parameters["layer0.b_h"] for e in (entrant, other))
        moved = (bias != of_other).nonzero()[0].tolist()
        hidden = entrant.hidden
        assert moved == (list(range(hidden, 2 * hidden)) if entrant.kind == "lstm" else [])
        if moved:
            assert set(bias[moved].tolist()) == {5.0}

"""Two networks on one task: fairly matched, on the same batches, judged on others."""

import numpy as np
import pytest

from lab.kit.rivals import BATCH, Race, Shape, hidden_within, model_of
from rnn.sequence_model import SequenceModel
from rnn.tasks.enclosed import Enclosed
from rnn.tasks.triples import Triples

PLAIN = Shape("plain", "rival")
SHAPES = [
    Shape("both ways", "model", bidirectional=True),
    Shape("three layers", "model", layers=3),
    Shape("both ways, two layers", "model", layers=2, bidirectional=True),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_rival_has_no_more_parameters_and_one_unit_more_would(shape):
    task = Triples(5)
    hidden = hidden_within(task, shape, 700)
    sizes = [model_of(task, shape, units, 1).parameters.flat.size for units in (hidden, hidden + 1)]
    assert 550 < sizes[0] <= 700 < sizes[1]


def test_rivals_read_the_same_batches():
    task = Triples(5)
    drawn = []
    for shape in (PLAIN, SHAPES[0]):
        model = model_of(task, shape, 4, 7)
        drawn.append(model.task.batch(model.rng, BATCH).inputs)
    np.testing.assert_array_equal(*drawn)


def test_each_takes_a_step_in_turn_and_they_end_together():
    race = Race(Triples(5), (PLAIN, SHAPES[1]), 6, 1, 0.01, 30)
    race.advance(0.0)
    assert [rival.trainer.step for rival in race.rivals] == [1, 1]
    while not race.finished:
        race.advance(0.0)
    assert [rival.trainer.step for rival in race.rivals] == [30, 30]
    assert [len(rival.losses.columns()[0]) for rival in race.rivals] == [30, 30]


def test_the_result_is_the_models_own_loss_on_texts_of_another_seed():
    task = Enclosed(8)
    race = Race(task, (PLAIN, SHAPES[0]), 6, 1, 0.01, 10)
    test = task.batch(np.random.default_rng(99), 400)
    for rival, result in zip(race.rivals, race.results, strict=True):
        assert result.loss == pytest.approx(rival.model.loss(test))
        right = rival.chances(test.inputs).argmax(axis=2) == test.targets
        assert result.right == pytest.approx(right.mean())


def test_the_rate_may_change():
    race = Race(Triples(5), (PLAIN, SHAPES[1]), 6, 1, 0.01, 30)
    race.set_rate(0.5)
    assert [rival.trainer.learning_rate for rival in race.rivals] == [0.5, 0.5]


def test_a_bidirectional_model_reads_what_comes_later():
    model = SequenceModel(Enclosed(6), "rnn", 3, np.random.default_rng(0), bidirectional=True)
    model.initialise(np.random.default_rng(0))
    inputs = Enclosed(6).batch(np.random.default_rng(1), 1).inputs
    other = inputs.copy()
    other[-1] = np.roll(other[-1], 1)
    first = [model.forward(each).outputs[0] for each in (inputs, other)]
    assert not np.allclose(*first)

"""The reader of dates: its gradient, its writing, its file, and that it learns."""

import numpy as np
import pytest

from rnn import checkpoints
from rnn.checkpoints import CheckpointError
from rnn.clipping import Clip
from rnn.dates.drawing import STOP, draw
from rnn.dates.reader import DateReader
from rnn.optimisers import make_optimiser
from rnn.parameters import Parameters
from rnn.schedules import Constant
from rnn.trainer import Trainer


def made(hidden=6, features=4, seed=0, dtype=np.float32) -> DateReader:
    reader = DateReader(hidden, features, np.random.default_rng(seed), batch=8, dtype=dtype)
    reader.initialise(np.random.default_rng(seed))
    return reader


def test_its_gradient_is_the_slope_of_its_loss():
    reader = made(2, 2, dtype=np.float64)
    dates = draw(np.random.default_rng(3), 2)
    gradients = reader.parameters.zeros()
    reader.study(dates, gradients)
    rng, flat = np.random.default_rng(0), reader.parameters.flat
    for at in rng.choice(flat.size, 40, replace=False):
        before, slopes = flat[at], []
        for way in (1e-5, -1e-5):
            flat[at] = before + way
            slopes.append(reader.study(dates, reader.parameters.zeros()))
        flat[at] = before
        assert gradients.flat[at] == pytest.approx((slopes[0] - slopes[1]) / 2e-5, abs=1e-8)


def test_writing_one_is_writing_many():
    reader = made()
    texts = [spelling.text for spelling in draw(np.random.default_rng(1), 6).spellings]
    one_by_one = [reader.write(text).text for text in texts]
    assert reader.answers(texts) == one_by_one


def test_what_it_wrote_is_told_step_by_step():
    wrote = made().write("May 3, 1999")
    steps = len(wrote.symbols)
    assert wrote.alignments.shape == (steps, 11)
    np.testing.assert_allclose(wrote.alignments.sum(axis=1), 1.0, rtol=1e-5)
    np.testing.assert_allclose(wrote.probabilities.sum(axis=1), 1.0)
    np.testing.assert_array_equal(wrote.probabilities.argmax(axis=1), wrote.symbols)
    assert STOP not in wrote.symbols[:-1]


def test_a_file_gives_the_same_reader():
    reader = made()
    again = DateReader.from_checkpoint(reader.to_checkpoint())
    np.testing.assert_array_equal(again.parameters.flat, reader.parameters.flat)
    assert (again.hidden, again.features) == (6, 4)
    assert again.to_checkpoint() == reader.to_checkpoint()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"format": "another"}, "not a reader of dates"),
        ({"hidden": "1000000"}, "from 1 to 1000"),
        ({"features": "-4"}, "from 1 to 1000"),
        ({"hidden": "7"}, "must have the shape"),
    ],
)
def test_other_files_are_refused(facts, words):
    reader = made()
    checkpoint = checkpoints.from_bytes(reader.to_checkpoint(), set(reader.parameters))
    data = checkpoints.to_bytes(checkpoint.arrays, {**checkpoint.facts, **facts})
    with pytest.raises(CheckpointError, match=words):
        DateReader.from_checkpoint(data)


def test_training_can_be_saved_and_goes_on_the_same():
    def trainer(reader):
        return Trainer(reader, make_optimiser("adam"), Constant(0.01), steps=4)

    whole, half = trainer(made()), trainer(made())
    list(whole.run())
    half.advance(0.0)
    saved = half.state()
    other = trainer(made(seed=9))
    other.restore(saved)
    list(other.run())
    np.testing.assert_array_equal(other.trainable.parameters.flat, whole.trainable.parameters.flat)


def test_it_learns_in_a_few_steps():
    reader = DateReader(16, 8, np.random.default_rng(0), batch=16)
    reader.initialise(np.random.default_rng(0))
    trainer = Trainer(
        reader, make_optimiser("adam"), Constant(0.01), steps=60, clip=Clip("norm", 1.0)
    )
    losses = [progress.loss for progress in trainer.run()]
    assert np.mean(losses[:5]) > 2.0
    assert np.mean(losses[-10:]) < 1.6


def test_the_parameters_are_those_of_an_encoder_decoder():
    assert isinstance(made().parameters, Parameters)
    assert "decoder.attention.v_a" in made().parameters.shapes

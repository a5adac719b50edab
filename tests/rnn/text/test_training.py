"""A text model under a trainer: it learns, can be stopped anywhere, goes on to the last bit."""

import json
import math

import numpy as np
import pytest

from rnn.clipping import Clip
from rnn.optimisers import make_optimiser
from rnn.saved import Saved
from rnn.schedules import Constant
from rnn.text.char_model import CharModel
from rnn.text.streams import Streams
from rnn.text.training import TextTraining
from rnn.text.vocabulary import Vocabulary
from rnn.trainer import Trainer

TEXT = "abcd efgh " * 20
VOCABULARY = Vocabulary.of(TEXT)


def training_of(kind="gru", dropout=0.0, seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    model = CharModel(VOCABULARY, kind, 8, 2, dropout, dtype)
    model.initialise(rng)
    streams = Streams(VOCABULARY.encode(TEXT), batch=3, steps=7)
    return TextTraining(model, streams, rng if dropout else None)


def trainer_of(training, steps=60):
    return Trainer(training, make_optimiser("adam"), Constant(0.02), steps=steps)


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_it_learns_a_text_that_repeats(kind):
    training = training_of(kind, dtype=np.float32)
    losses = [progress.loss for progress in trainer_of(training, 150).run()]
    assert losses[0] == pytest.approx(math.log(len(VOCABULARY)), rel=0.25)
    assert losses[-1] < 0.2
    assert training.model.bits_per_character(TEXT[:100]) < 0.5


def test_the_state_is_carried_and_forgotten_at_the_end():
    training = training_of()
    gradients, model = training.parameters.zeros(), training.model
    windows = [Streams(VOCABULARY.encode(TEXT), 3, 7).next()]
    first = training.loss_and_gradients(gradients)
    carried = training.carried
    alone, after = model.loss(*windows[0][:2], model.zero_state(3))
    assert first == pytest.approx(alone, rel=1e-12)
    np.testing.assert_allclose(carried[1][0], after[1][0], rtol=1e-12)
    for _ in range(training.streams.windows - 1):
        training.loss_and_gradients(gradients)
    assert training.loss_and_gradients(gradients) == first  # from the beginning, from zeros
    assert training.characters_per_step == 21


@pytest.mark.parametrize("dropout", [0.0, 0.3])
@pytest.mark.parametrize("stop", [1, 9, 31])
def test_resumed_is_bit_equal_to_uninterrupted(dropout, stop):
    whole = trainer_of(training_of(dropout=dropout))
    expected = [progress.loss for progress in whole.run()]

    first = trainer_of(training_of(dropout=dropout))
    run = first.run()
    losses = [next(run).loss for _ in range(stop)]
    saved = first.state()
    saved = Saved(saved.arrays, json.loads(json.dumps(saved.facts, allow_nan=False)))

    second = trainer_of(training_of(dropout=dropout, seed=99))
    second.restore(saved)
    second.trainable.parameters.flat[...] = first.trainable.parameters.flat
    losses += [progress.loss for progress in second.run()]
    assert losses == expected
    assert second.trainable.parameters.flat.tobytes() == whole.trainable.parameters.flat.tobytes()


def test_a_saved_state_does_not_change_later():
    training = training_of(dropout=0.2)
    saved = training.state()
    before = {name: array.copy() for name, array in saved.arrays.items()}, str(saved.facts)
    training.loss_and_gradients(training.parameters.zeros())
    assert str(saved.facts) == before[1]
    assert all((saved.arrays[name] == array).all() for name, array in before[0].items())


def test_it_diverges_without_a_crash():
    trainer = Trainer(
        training_of(), make_optimiser("sgd"), Constant(10.0), steps=500, clip=Clip("none", 1.0)
    )
    trainer.trainable.parameters.flat[...] *= 1e300
    progress = list(trainer.run())
    assert len(progress) <= 500


def test_refused():
    with pytest.raises(ValueError, match=r"rng must be given for a dropout of 0\.5; got None"):
        TextTraining(CharModel(VOCABULARY, "rnn", 4, 2, 0.5), Streams(np.arange(9) % 5, 1, 2))
    training = training_of()
    arrays, facts = training.state()
    for other, message in (
        (Saved({}, facts), "must hold state.layer0.h, state.layer1.h; got none"),
        (Saved({**arrays, "x": np.zeros(1)}, facts), "must hold state.layer0.h"),
        (Saved({**arrays, "state.layer1.h": np.zeros(2)}, facts), "state.layer1.h must have the"),
        (Saved(arrays, {}), "position must be a whole number"),
        (Saved(arrays, {**facts, "generator": {}}), "both have dropout, or neither"),
    ):
        with pytest.raises(ValueError, match=message):
            training.restore(other)

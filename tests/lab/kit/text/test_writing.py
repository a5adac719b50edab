"""A writer writes what the engine writes, and remembers how."""

import numpy as np
import pytest

from lab.kit.text.writing import Start, Writer
from rnn.text.sampling import Choice, sample, write
from tests.lab.small_models import model

SEED = "The whale"
CHOICES = [
    Choice(0.8),
    Choice(1.6),
    Choice(0.3),
    Choice(greedy=True),
    Choice(1.2, top_k=3),
    Choice(1.2, top_p=0.6),
]


def written(choice, count=60, seed=5, made=None, text=SEED):
    writer = Writer(Start(made or model(), text), choice, seed)
    for _ in range(count):
        writer.write()
    return writer


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("text", ["\n", SEED])
def test_it_writes_what_the_engine_writes(choice, text):
    writer = written(choice, text=text)
    engine = write(model(), np.random.default_rng(5), 60, text, choice)
    assert writer.text == text + engine
    assert writer.record.text == writer.text
    assert "".join(writer.places()) == writer.text
    assert writer.count == 60


@pytest.mark.parametrize("choice", CHOICES)
def test_every_place_can_be_gone_back_to(choice):
    writer = written(choice)
    draws = sample(model(), np.random.default_rng(5), SEED, choice)
    for place in range(len(SEED) + 1, len(SEED) + 61):
        drawn = next(draws)
        np.testing.assert_allclose(writer.distribution(place), drawn.probabilities, atol=1e-4)
        assert writer.chances[place - 1] == pytest.approx(drawn.probabilities[drawn.index])
        np.testing.assert_allclose(writer.record.units[place - 2], drawn.hidden[0], atol=1e-6)


def test_the_random_number_of_a_place_leads_to_its_character():
    writer = written(Choice(1.3), count=300)  # more than the engine draws at once
    for place in range(len(SEED) + 1, len(SEED) + 301):
        sums = np.cumsum(writer.distribution(place))
        index = np.searchsorted(sums, writer.uniform(place) * sums[-1], "right")
        assert index == writer.record.indices[place - 1]


def test_nothing_is_drawn_in_the_seed_text_nor_when_greedy():
    writer = written(Choice(0.8))
    assert writer.uniform(len(SEED)) is None
    assert writer.distribution(1) is None
    assert np.isnan(writer.chances[0])
    np.testing.assert_allclose(
        writer.distribution(4), Choice().probabilities(writer.record.scores(4)), atol=1e-6
    )
    assert written(Choice(greedy=True)).uniform(20) is None


def test_two_writers_go_on_from_one_start():
    start = Start(model(), SEED)
    one, two = Writer(start, Choice(0.5), 1), Writer(start, Choice(1.5), 1)
    for _ in range(50):
        one.write()
        two.write()
    assert one.text == written(Choice(0.5), 50, 1).text
    assert two.text == written(Choice(1.5), 50, 1).text
    assert one.uniform(30) == two.uniform(30)


@pytest.mark.parametrize("kind", ["rnn", "gru"])
def test_any_kind_and_any_depth(kind):
    made = model(kind=kind, layers=2)
    writer = written(Choice(0.8), made=made)
    assert writer.text == SEED + write(made, np.random.default_rng(5), 60, SEED, Choice(0.8))
    assert writer.record.units.shape[1] == 24


def test_weights_that_are_not_numbers_are_refused():
    made = model(seed=99)
    made.parameters["head.b_y"][...] = np.nan
    with pytest.raises(ValueError, match="scores must be finite"):
        written(Choice(0.8), made=made)

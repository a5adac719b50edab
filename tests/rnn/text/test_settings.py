"""Settings: saved and brought back, fitted to short texts, refused by the names people typed."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn.command.train import CHOICES, WORDS
from rnn.text.settings import Settings


def test_they_come_back_from_json():
    chosen = Settings(kind="gru", dropout=0.25, rate=0.1, clip="value", seed=2**62)
    assert Settings.of(json.loads(json.dumps(chosen.facts()))) == chosen


@pytest.mark.parametrize("field", fields(Settings), ids=lambda field: field.name)
def test_a_setting_of_another_type_or_missing_is_refused(field):
    facts = Settings().facts()
    with pytest.raises(ValueError, match="saved settings must be kind, hidden"):
        Settings.of({**facts, field.name: None})
    del facts[field.name]
    with pytest.raises(ValueError, match="saved settings must be"):
        Settings.of(facts)


def test_every_setting_is_explained():
    assert set(WORDS) == {field.name for field in fields(Settings)}
    assert set(CHOICES) < set(WORDS)


@settings(max_examples=200)
@given(st.integers(18, 100_000))
def test_a_text_of_any_length_can_be_trained_on(characters):
    fitted = Settings().fitted({}, characters)
    assert 1 <= fitted.batch <= 32
    assert 1 <= fitted.length <= 64
    assert fitted.batch * fitted.length < characters
    assert replace(fitted, batch=32, length=64) == Settings()
    if characters > 32 * 64:
        assert fitted == Settings()


def test_what_was_asked_for_is_kept_or_refused():
    asked = Settings(length=500)
    assert asked.fitted({"length": 500}, 600) == replace(asked, batch=1)
    with pytest.raises(ValueError, match=r"length must be at most 399 .*; got 500"):
        asked.fitted({"length": 500}, 400)
    with pytest.raises(ValueError, match=r"length must be at most 18 .* batch of 32; got 64"):
        Settings().fitted({"batch": 32}, 600)


@pytest.mark.parametrize(
    ("chosen", "rates"),
    [
        (Settings(rate=0.5), {0: 0.5, 999: 0.5}),
        (Settings(rate=0.5, schedule="exponential", decay=0.25, decay_steps=10), {10: 0.125}),
        (Settings(rate=0.5, schedule="step", decay=0.5, decay_steps=10), {9: 0.5, 10: 0.25}),
        (Settings(rate=0.5, schedule="cosine"), {0: 0.5, 50: 0.2525, 100: 0.005, 500: 0.005}),
        (Settings(rate=0.5, warm_up=4), {0: 0.1, 3: 0.4, 4: 0.5}),
        (Settings(rate=0.5, schedule="cosine", warm_up=50), {50: 0.5, 75: 0.2525, 100: 0.005}),
    ],
)
def test_the_schedules_by_hand(chosen, rates):
    schedule = chosen.make_schedule(100)
    for step, rate in rates.items():
        assert schedule(step) == pytest.approx(rate)

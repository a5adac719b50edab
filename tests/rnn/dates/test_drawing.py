"""Which dates are learned from, and how they become numbers."""

import numpy as np
import pytest

from rnn.dates import drawing
from rnn.dates.drawing import STOP, TARGET, WRITTEN, draw, encode, iso_indices, written
from rnn.dates.forms import DAYS, day_number


def test_learned_and_held_out_dates_share_none_and_miss_none():
    learned, held_out = drawing.days_of("learned"), drawing.days_of("held out")
    assert len(held_out) == 3652
    np.testing.assert_array_equal(np.sort(np.concatenate([learned, held_out])), np.arange(DAYS))


def test_no_held_out_spelling_was_ever_learned_from():
    rng = np.random.default_rng(0)
    asked = {spelling.text.lower() for spelling in draw(rng, 2000, "held out").spellings}
    learned = {spelling.text.lower() for spelling in draw(rng, 20000).spellings}
    assert not asked & learned


@pytest.mark.parametrize("part", ["learned", "held out"])
def test_a_batch_holds_dates_of_its_part(part):
    dates = draw(np.random.default_rng(1), 64, part)
    allowed = set(drawing.days_of(part).tolist())
    assert all((day - day_number(0)).days in allowed for day in dates.days)
    assert dates.source.shape == dates.mask.shape
    assert dates.targets.shape == (WRITTEN, 64)
    assert dates.mask.sum(axis=0).tolist() == [len(each.text) for each in dates.spellings]
    assert written(dates.targets) == [day.isoformat() for day in dates.days]


def test_the_seed_decides_what_is_drawn():
    first, again = (draw(np.random.default_rng(4), 5) for _ in range(2))
    assert first.spellings == again.spellings
    assert first.spellings != draw(np.random.default_rng(5), 5).spellings


def test_targets_end_with_the_stop():
    symbols = iso_indices([day_number(0)])[:, 0]
    assert "".join(TARGET[s] for s in symbols[:-1]) == "1950-01-01"
    assert symbols[-1] == STOP


def test_what_follows_the_stop_is_not_read():
    assert written(np.array([[1, STOP], [2, 3], [STOP, 4]])) == ["12", ""]


@pytest.mark.parametrize(
    ("texts", "word"), [([""], "character"), ([], "one text"), (["3 Mäi"], "ä")]
)
def test_what_cannot_be_read_is_refused(texts, word):
    with pytest.raises(ValueError, match=word):
        encode(texts)


def test_parts_have_names():
    with pytest.raises(ValueError, match="held out"):
        drawing.days_of("test")

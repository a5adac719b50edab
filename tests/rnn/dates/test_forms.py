"""Every spelling says one date only: read back here by other means than it was written with."""

import re
from datetime import date

import numpy as np
import pytest

from rnn.dates import drawing
from rnn.dates.forms import (
    DAYS,
    FIRST,
    FORMS,
    LAST,
    LONGEST,
    MONTHS,
    ORDINALS,
    any_spelling,
    day_number,
    ordinal,
    spell,
)


def read(text: str) -> date:
    """A date from its spelling, by the rules that the forms' page states."""
    text = text.lower()
    day_words = {word: number for number, word in enumerate(ORDINALS, 1)}
    month = next(
        (n for n, name in enumerate(MONTHS, 1) if re.search(rf"\b{name[:3].lower()}", text)), None
    )
    if month is None:
        numbers = re.findall(r"\d+", text)
        if len(numbers) == 1:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        first, second, third = map(int, numbers)
        if len(numbers[0]) == 4:
            return date(first, second, third)
        return date(whole_year(numbers[2]), second, first)
    word = next((day_words[w] for w in re.findall(r"[a-z-]+", text) if w in day_words), None)
    numbers = re.findall(r"\d+", text)
    if word is not None and len(numbers) == 1:
        return date(whole_year(numbers[0]), month, word)
    first, second = numbers
    if len(first) == 4:
        return date(int(first), month, int(second))
    return date(whole_year(second), month, int(first))


def whole_year(figures: str) -> int:
    number = int(figures)
    return number if len(figures) == 4 else number + (1900 if number >= 50 else 2000)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_can_be_read_back(form):
    rng = np.random.default_rng(0)
    for number in rng.integers(0, DAYS, 150):
        day = day_number(int(number))
        text = spell(day, form, rng)
        assert read(text) == day, text
        assert len(text) <= LONGEST
        assert drawing.unknown(text) == ""


def test_no_form_has_a_day_and_a_month_in_figures_between_strokes_or_hyphens():
    rng = np.random.default_rng(1)
    for number in rng.integers(0, DAYS, 2000):
        text = any_spelling(day_number(int(number)), rng).text
        assert not re.search(r"\b\d{1,2}[/-]\d{1,2}[/-]\d", text), text


def test_the_range_is_a_century():
    assert (date(1950, 1, 1), date(2049, 12, 31)) == (FIRST, LAST)
    assert day_number(DAYS - 1) == LAST


def test_ordinals():
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30, 31)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "30th", "31st"]
    )
    assert len(ORDINALS) == 31


def test_weekdays_are_the_right_ones():
    rng = np.random.default_rng(0)
    assert spell(date(1999, 5, 3), "w, D.M.Y", rng).lower().startswith("mon")


@pytest.mark.parametrize("day", [date(1949, 12, 31), date(2050, 1, 1)])
def test_dates_outside_are_refused(day):
    with pytest.raises(ValueError, match="1950-01-01 to 2049-12-31"):
        spell(day, "Y-M-D", np.random.default_rng(0))


def test_unknown_forms_are_refused():
    with pytest.raises(ValueError, match="M/D/Y"):
        spell(FIRST, "M/D/Y", np.random.default_rng(0))

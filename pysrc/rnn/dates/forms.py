"""One date has many spellings. Here is how people write them, and the rules that keep each clear.

Years are 1950 to 2049, so that two digits are enough: 50 to 99 are in the 1900s, 00 to 49 in the
2000s. Between points the day comes first (03.05.1999 is the third of May). A day and a month in
figures between strokes (03/05/1999) or between hyphens (03-05-1999) are left out: in Britain that
is May, in the United States it is March, and nobody can tell.

Every spelling belongs to one date only; `tests/rnn/dates` reads them back by other means.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

FIRST = date(1950, 1, 1)
"""The first date that is drawn."""
LAST = date(2049, 12, 31)
"""The last date that is drawn."""
DAYS = (LAST - FIRST).days + 1
"""How many days there are from the first to the last."""
LONGEST = 48
"""The most characters that a reader is asked to take; the longest spelling has 47."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""The months, in full."""
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second"),
    *("twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh"),
    *("twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first"),
)
"""The days of a month in words."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The days of the week, from Monday."""

# Pieces of a spelling, by the letters that stand for them in a form:
#   d  3     D  03     o  3rd      q  third    m  5    M  05
#   b  May, Sep, Sept or Sep.      B  September      n  one of these two
#   y  99    Y  1999   w  Monday, Mon or Mon.
FORMS = (
    "d n Y",
    "D n Y",
    "d n y",
    "o n Y",
    "o of n Y",
    "o of n, Y",
    "the o of n Y",
    "the o of n, Y",
    "q of n Y",
    "the q of n, Y",
    "w, the q of n Y",
    "n q, Y",
    "n the q, Y",
    "n d, Y",
    "n D, Y",
    "n d Y",
    "n o, Y",
    "n o Y",
    "n the o, Y",
    "n d, y",
    "n d, 'y",
    "Y n d",
    "Y, n d",
    "d. n Y",
    "d-b-Y",
    "D-b-y",
    "w, d n Y",
    "w d n Y",
    "w, o n Y",
    "w, the o of n Y",
    "w o of n, Y",
    "w, n d, Y",
    "w, n o, Y",
    "w n o Y",
    "w, D.M.Y",
    "D.M.Y",
    "d.m.Y",
    "d. m. Y",
    "D.M.y",
    "d.m.y",
    "Y-M-D",
    "Y-m-d",
    "Y/M/D",
    "Y/m/d",
    "Y.M.D",
    "YMD",
)
"""Every form in which a date is written. A letter stands for a piece of it."""


class Spelling(NamedTuple):
    """A date as somebody wrote it."""

    text: str
    form: str  # one of FORMS


def ordinal(number: int) -> str:
    """`number` in English: 1st, 2nd, 3rd, 4th, 11th, 12th, 13th, 21st ..."""
    teens = 10 <= number % 100 <= 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _short(word: str, rng: np.random.Generator) -> str:
    letters = 4 if word == "September" and rng.random() < 0.3 else 3
    if len(word) <= letters:
        return word
    return word[:letters] + ("." if rng.random() < 0.2 else "")


def _weekday(day: date, rng: np.random.Generator) -> str:
    word = WEEKDAYS[day.weekday()]
    return word if rng.random() < 0.6 else _short(word, rng)


def _month(day: date, rng: np.random.Generator) -> str:
    word = MONTHS[day.month - 1]
    return word if rng.random() < 0.5 else _short(word, rng)


_PIECES: dict[str, Callable[[date, np.random.Generator], str]] = {
    "d": lambda day, _: str(day.day),
    "D": lambda day, _: f"{day.day:02}",
    "o": lambda day, _: ordinal(day.day),
    "q": lambda day, _: ORDINALS[day.day - 1],
    "m": lambda day, _: str(day.month),
    "M": lambda day, _: f"{day.month:02}",
    "b": lambda day, rng: _short(MONTHS[day.month - 1], rng),
    "n": _month,
    "y": lambda day, _: f"{day.year % 100:02}",
    "Y": lambda day, _: str(day.year),
    "w": _weekday,
}
_WORDS = {"of": "of", "the": "the"}


def spell(day: date, form: str, rng: np.random.Generator) -> str:
    """Write a date in a form: as it is, or (one time in five each) all small or all capital.

    Raises ValueError for a date outside 1950 to 2049 or a form that is not one of FORMS.
    """
    if not FIRST <= day <= LAST:
        raise ValueError(f"a date must be from {FIRST} to {LAST}; got {day}")
    if form not in FORMS:
        raise ValueError(f"form must be one of {', '.join(FORMS)}; got {form!r}")
    words = form.split(" ")
    text = " ".join(_WORDS.get(word) or _filled(word, day, rng) for word in words)
    case = rng.random()
    return text.lower() if case < 0.2 else text.upper() if case < 0.4 else text


def _filled(word: str, day: date, rng: np.random.Generator) -> str:
    return "".join(_PIECES[sign](day, rng) if sign in _PIECES else sign for sign in word)


def any_spelling(day: date, rng: np.random.Generator) -> Spelling:
    """Write a date in a form drawn at random."""
    form = FORMS[int(rng.integers(len(FORMS)))]
    return Spelling(spell(day, form, rng), form)


def day_number(number: int) -> date:
    """The date `number` days after the first."""
    return FIRST + timedelta(days=number)

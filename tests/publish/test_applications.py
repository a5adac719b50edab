"""The figures of the page *Applications* are those that its commands and its model's file say."""

import re
from pathlib import Path

import pytest

from lab.forecast.series import SERIES, values_of
from publish import forecast
from publish.corpora import read_text
from rnn.forecast import naive

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "applications.md").read_text(encoding="utf-8")
CARD = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
ROWS = ("last value", "last season", "plain RNN", "GRU", "LSTM")


def told(series: str) -> list[list[float]]:
    """The column of a series: last value, last season, then the three seeds of each cell."""
    column = list(SERIES).index(series)
    found = []
    for row in ROWS:
        (cells,) = re.findall(rf"^\| {row} \|(.*)\|$", PAGE, re.MULTILINE)
        found.append([float(error) for error in cells.split("|")[column].split(",")])
    return found


@pytest.mark.parametrize("series", SERIES)
def test_the_naive_forecasts_are_as_the_table_says(series):
    values = values_of(series, read_text(SERIES[series].file))
    last, season = naive(values, SERIES[series].season)
    assert told(series)[:2] == [[round(last, 3)], [round(season, 3)]]


def test_a_plain_network_on_weeks_is_as_the_table_says():
    """Another BLAS may round another way, and a training adds that up."""
    series = SERIES["weekly"]
    values = values_of("weekly", read_text(series.file))
    made = forecast.error(values, "rnn", series.window, forecast.UPDATES, 1)
    assert made == pytest.approx(told("weekly")[2][0], rel=0.1)


def spread(errors: list[float]) -> str:
    return f"{min(errors):.2f} to {max(errors):.2f}"


def test_the_prose_says_what_the_table_says():
    (last,), (season,), rnn, gru, lstm = told("carbon-dioxide")
    assert max(rnn + gru + lstm) < last < season
    assert f"{spread(rnn)} parts per million" in PAGE
    (last,), (season,), rnn, gru, lstm = told("daily")
    assert max(rnn + gru + lstm) < last < season
    assert f"{spread(rnn)} °C, against {last:.2f} °C" in PAGE
    assert f"reaches {spread(gru)}." in PAGE
    (last,), (season,), rnn, gru, lstm = told("weekly")
    assert last < min(rnn + gru + lstm)
    assert max(rnn) < min(gru)
    assert f"{spread(rnn)} °C, against {last:.2f} °C. **It does not beat the last value.**" in PAGE


def test_the_classifier_is_as_good_as_its_card_says():
    """tests/lab/classify asks the file itself."""
    (right, again) = re.findall(
        r"ours gets ([\d.]+) % right; from another seed it was ([\d.]+) %", PAGE
    )[0]
    assert f"That is {right} % right." in CARD
    assert f"Seed 2 gives {again} %." in CARD
    assert float(right) > 95 < float(again)

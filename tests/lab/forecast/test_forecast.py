"""The forecast laboratory: its figures are the engine's, and it says plainly who is better."""

import numpy as np
import pytest

from lab.forecast import LAB
from lab.forecast.declaration import OWN, SEEDS
from lab.forecast.series import SERIES, values_of
from lab.forecast.view import Seen, verdict
from lab.kit.controls import ControlError, parse_numbers
from lab.kit.registry import FileRefused, give
from publish.corpora import read_text
from rnn.forecast import Errors, Settings, naive, walk

QUICK = {"updates": 10, "hidden": 3}


def opened(**options):
    lab = LAB({**QUICK, **options})
    while name := lab.snapshot(())["wants"]:
        give(lab, name, read_text(name))
    return lab


def to_the_end(lab):
    lab.act("walk")
    while lab.snapshot(())["running"]:
        lab.advance(100)
    return lab


def figure(lab, name):
    return lab.snapshot((name,))["figures"][name]


def test_the_series_are_what_their_sources_say():
    carbon = values_of("carbon-dioxide", read_text("carbon-dioxide"))
    assert (len(carbon), carbon[0], carbon[-1]) == (741, 315.7, 416.18)
    daily = values_of("daily", read_text("temperatures"))
    assert (len(daily), daily[0]) == (1461, 12.8)
    weekly = values_of("weekly", read_text("temperatures"))
    assert len(weekly) == 208
    assert weekly[0] == pytest.approx(daily[:7].mean())


@pytest.mark.parametrize("series", [*SERIES, "own"])
def test_before_a_walk_the_rivals_stand_there(series):
    lab = opened(series=series)
    seen = lab.snapshot()
    assert seen["figures"]["errors"]["summary"].endswith("Press Walk forward.")
    assert seen["figures"]["errors"]["panels"][0]["labels"] == ["last value", "last season"]
    assert seen["status"][0]["value"] == "Ready"


def test_a_walk_is_the_engines_from_three_seeds():
    lab = to_the_end(opened(series="weekly"))
    values = values_of("weekly", read_text("temperatures"))
    expected = []
    for seed in (1, 2, 3):
        pieces = [p for p in walk(values, Settings("rnn", 3, 26, 10), seed) if p is not None]
        made = np.concatenate(pieces)
        expected.append(np.abs(made - values[-len(made) :]).mean())
    rivals = naive(values, 52)
    shown = figure(lab, "errors")["panels"][0]["series"][0]["values"]
    np.testing.assert_allclose(shown, [*expected, *rivals], rtol=1e-3)
    drawn = figure(lab, "series")["series"]
    np.testing.assert_allclose(drawn[0]["y"], values[-len(drawn[0]["y"]) :], atol=1e-3)
    np.testing.assert_allclose(drawn[1]["y"], made[-len(drawn[1]["y"]) :], atol=1e-3)
    assert lab.snapshot(())["status"][:2] == [
        {"name": "State", "value": "Over"},
        {"name": "Seeds done", "value": f"{SEEDS} of {SEEDS}"},
    ]


def test_pause_go_on_start_over():
    lab = opened()
    lab.act("walk")
    lab.advance(0)
    lab.act("walk")
    seen = lab.snapshot(())
    assert (seen["said"], seen["status"][0]["value"]) == ("Paused.", "Paused")
    assert seen["actions"]["walk"]["label"] == "Go on"
    lab.act("start_over")
    assert lab.snapshot(())["status"][0]["value"] == "Ready"
    to_the_end(lab)
    lab.set({"kind": "gru"})
    assert lab.snapshot(())["status"][1]["value"] == f"0 of {SEEDS}"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ([0.5, 0.6], "it beats both, the last value by 45 %"),
        ([0.9, 1.1], "whether it beats the last value is luck"),
        ([1.1, 1.2], "it does not beat the last value"),
    ],
)
def test_the_verdict_is_plain(made, words):
    values = np.zeros(10)
    walks = {seed: np.full(3, error) for seed, error in enumerate(made)}
    seen = Seen(values, "°C", "day", Errors(1.0, 2.0), walks, "rnn")
    assert words in verdict(seen)


def test_the_figures_of_the_page():
    """docs/applications.md: it beats both on carbon dioxide, and does not on weeks."""
    said = figure(to_the_end(lab_of("carbon-dioxide")), "errors")["summary"]
    assert "off by 1.19 parts per million, repeating the last season by 2.24" in said
    assert "it beats both" in said
    said = figure(to_the_end(lab_of("weekly")), "errors")["summary"]
    assert "it does not beat the last value" in said


def lab_of(preset):
    lab = LAB({"preset": preset})
    while name := lab.snapshot(())["wants"]:
        give(lab, name, read_text(name))
    return lab


def test_own_numbers_are_taken_and_forecast():
    lab = opened(preset="own")
    assert lab.snapshot(())["wants"] is None
    assert len(parse_numbers(OWN)) == 120
    lab.set({"numbers": " ".join(str(at % 7) for at in range(70)), "season": 7})
    to_the_end(lab)
    assert "repeating the last season by 0." in figure(lab, "errors")["summary"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"numbers": "1 2 3"}, "numbers must hold 60 to 3000 numbers; got 3"),
        ({"numbers": "1 2 drei"}, "“drei” is not a number"),
        ({"season": 90}, "season must be at most 84 for 120 numbers; got 90"),
        ({"hidden": 0}, "hidden"),
    ],
)
def test_what_cannot_be_forecast_is_refused(values, words):
    lab = opened(preset="own")
    before = lab.snapshot(())["values"]
    with pytest.raises(ControlError, match=words):
        lab.set(values)
    assert lab.snapshot(())["values"] == before


def test_a_file_that_holds_no_series_is_refused():
    lab = LAB({})
    assert figure(lab, "errors")["summary"] == "The series has not arrived yet."
    with pytest.raises(ControlError, match="not arrived"):
        lab.act("walk")
    with pytest.raises(FileRefused, match="a date and a number"):
        give(lab, "carbon-dioxide", b"<html>")

"""Every exercise: its starter fails, its solution passes, every usual mistake is recognised."""

import json

import pytest

from lab.exercises import BOOK, UnknownExercise, exercise
from tests.lab.exercises.answers import Slip, feedback, slips

EVERY_SLIP = [(name, slip) for name in BOOK for slip in slips(name)]


@pytest.mark.parametrize("name", BOOK)
def test_the_starter_fails_with_a_sentence(name: str) -> None:
    report = exercise(name).report(exercise(name).starter)
    assert not report["passed"]
    assert feedback(name, exercise(name).starter)
    assert report["verdict"].startswith("Not yet")


@pytest.mark.parametrize("name", BOOK)
def test_the_solution_passes(name: str) -> None:
    report = exercise(name).report(exercise(name).solution)
    assert report["passed"], report
    assert {check["state"] for check in report["checks"]} == {"passed"}
    assert report["trace"] == ""
    json.dumps(report, allow_nan=False)


@pytest.mark.parametrize(
    ("name", "slip"), EVERY_SLIP, ids=lambda value: getattr(value, "name", value)
)
def test_a_usual_mistake_gets_its_own_feedback(name: str, slip: Slip) -> None:
    asked = exercise(name)
    report = asked.report(slip.applied(asked.solution))
    assert not report["passed"]
    found = " ".join(f for check in report["checks"] for f in check["findings"])
    assert slip.words in found.replace("`", "")


@pytest.mark.parametrize("name", BOOK)
def test_there_are_at_least_three_mistakes_each_with_words_of_its_own(name: str) -> None:
    words = [slip.words for slip in slips(name)]
    assert len(words) >= 3
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("name", BOOK)
def test_an_exercise_is_whole(name: str) -> None:
    asked = exercise(name)
    assert asked.name == name
    assert 2 <= len(asked.hints) <= 3
    assert asked.checks
    assert asked.starter != asked.solution
    assert f"def {asked.function}(" in asked.starter
    assert max(map(len, asked.solution.splitlines())) <= 80  # what the page shows of a line


def test_an_unknown_exercise_is_told_which_there_are() -> None:
    with pytest.raises(UnknownExercise, match="one-hot"):
        exercise("juggling")

"""The figures of the page *Beyond one layer* are those that its command measures."""

import re
from pathlib import Path

import pytest

from publish import beyond
from rnn.tasks.enclosed import Enclosed
from rnn.tasks.triples import Triples

PAGE = (Path(__file__).parents[2] / "docs" / "beyond.md").read_text(encoding="utf-8")


def told(section: str) -> list[list[float]]:
    """The losses in the first table after a heading, a row for each seed."""
    rows = re.findall(
        r"^\| (\d) \|(.*)\|$", PAGE.split(f"## {section}\n", 1)[1].split("\n## ")[0], re.MULTILINE
    )
    assert [int(seed) for seed, _ in rows[:3]] == list(beyond.SEEDS)
    return [[float(n) for n in re.findall(r"([\d.]+) \(", cells)] for _, cells in rows[:3]]


def test_the_page_tells_of_a_win_at_every_seed_and_no_other():
    for one, both in told("Reading both ways"):
        assert both < 0.01 < Enclosed().one_way < one
    for one, two, three in told("Several layers"):
        assert three < two < one < Triples().baseline


def test_two_directions_do_as_the_page_says():
    """From the first seed, the whole race; another BLAS may round another way."""
    one, both = (result.loss for result in beyond.both_ways(1).results)
    said = told("Reading both ways")[0]
    assert one == pytest.approx(said[0], rel=0.05)
    assert both == pytest.approx(said[1], abs=0.002)


def test_depth_does_as_the_page_says():
    """Two layers come out anywhere between, by the order in which a processor adds up."""
    one, two, three = (result.loss for result in beyond.depth(1).results)
    assert three < 0.05 < 0.2 < one < 0.45
    assert two < one


def test_a_table_has_a_row_for_each_seed():
    races = [beyond.race(Enclosed(5), (beyond.ONE_WAY,), seed, 2) for seed in beyond.SEEDS]
    lines = beyond.table(races).splitlines()
    assert lines[0] == "one way has 722 parameters:"
    assert lines[2] == "| seed | one way |"
    assert [line[2] for line in lines[4:]] == ["1", "2", "3"]

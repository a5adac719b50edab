"""Every *Try this* link of the page on gated cells sets what exists, and shows what it says."""

import math
import re
from urllib.parse import parse_qsl

import pytest

from lab.gates import LAB as GATES
from lab.memory_race import LAB as RACE
from publish import models
from publish.page import DOCS

TEXT = (DOCS / "gated-cells.md").read_text(encoding="utf-8")
LINK = re.compile(r'\[([^\]]*)\]\(#([a-z-]+)\)\{ data-set="([^"]*)"(?: data-act="([^"]*)")? \}')
LINKS = LINK.findall(TEXT)
LABS = {"gates": GATES, "memory-race": RACE}


@pytest.mark.parametrize(("words", "name", "values", "action"), LINKS)
def test_a_link_leads_where_it_says(words, name, values, action):
    lab = LABS[name]({})
    lab.set(dict(parse_qsl(values, keep_blank_values=True)))
    while wanted := lab.snapshot(()).get("wants"):
        lab.give(wanted, models.read(wanted))
    if action and action != "play":
        lab.act(action)
        lab.advance(0.0)
    snapshot = lab.snapshot(())
    assert snapshot["problem"] is None
    assert snapshot["steps"] > 1
    assert words


def test_no_link_is_overlooked():
    assert TEXT.count("data-set=") == len(LINKS)
    assert {link[1] for link in LINKS} == set(LABS)


def test_the_numbers_of_the_text_are_those_of_the_labs():
    values = GATES({})
    values.give("recall-lstm", models.read("recall-lstm"))
    unit = values.snapshot(["unit"])["figures"]["unit"]
    of = dict(zip(unit["rows"], unit["values"], strict=True))
    assert f"gate is at {of['input'][0]:.2f}" in TEXT.replace("\n  ", " ")
    assert of["input"][1:6].max() < 0.005  # 0.00 in the text
    assert of["forget"][6] < 0.1
    assert of["input"][6] > 0.5
    race = RACE({})
    sizes = {entrant.name: entrant for entrant in race._race.entrants}
    for name, hidden in (("RNN", 26), ("GRU", 15), ("LSTM", 13)):
        assert sizes[name].hidden == hidden
    assert "| cell | RNN | GRU | LSTM |" in TEXT
    assert "| units, of 800 | 26 | 15 | 13 |" in TEXT
    for kind, formula in (("LSTM", "4hk"), ("GRU", "3hk + h"), ("RNN", "hk")):
        h, k = sizes[kind].hidden, 2 + sizes[kind].hidden + 1
        head = h + 1
        counted = {"4hk": 4 * h * k, "3hk + h": 3 * h * k + h, "hk": h * k}[formula] + head
        assert counted == sizes[kind].parameters


@pytest.mark.parametrize(("gate", "left"), [(0.98, 55), (1 / (1 + math.exp(-1)), 0.008)])
def test_the_shares_that_gates_leave_are_right(gate, left):
    assert 100 * gate**30 == pytest.approx(left, rel=0.05)
    assert f"{left} %" in TEXT

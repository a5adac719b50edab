"""Every link of the chapter on backpropagation sets what exists, and what is said of it is true."""

import re
from urllib.parse import parse_qsl

import pytest

from lab.bptt_walkthrough import LAB as WALK
from lab.loss_landscape import LAB as LANDSCAPE
from publish.page import DOCS

TEXT = (DOCS / "bptt.md").read_text(encoding="utf-8")
LINK = re.compile(r'\]\(#([a-z-]+)\)\{ data-set="([^"]*)"(?: data-act="([^"]*)")? \}')
LABS = {"bptt-walkthrough": WALK, "loss-landscape": LANDSCAPE}
LINKS = LINK.findall(TEXT)


def followed(name, values, action=""):
    lab = LABS[name]({})
    lab.set(dict(parse_qsl(values, keep_blank_values=True)))
    if action and action != "play":
        lab.act(action)
    while lab.snapshot(())["running"]:
        lab.advance(1e3)
    return lab.snapshot()


@pytest.mark.parametrize(("name", "values", "action"), LINKS)
def test_a_link_leads_where_it_says(name, values, action):
    snapshot = followed(name, values, action)
    assert snapshot["problem"] is None
    assert snapshot["preset"] == dict(parse_qsl(values))["preset"]


def test_no_link_is_overlooked():
    assert TEXT.count("data-set=") == len(LINKS)
    assert {name for name, *_ in LINKS} == set(LABS)


def signals(values):
    """The error signals of a walk, from the first step to the last."""
    snapshot = followed("bptt-walkthrough", values)
    rows = snapshot["figures"]["sheet"]["groups"][1]["rows"]
    return [cell["text"] for cell in rows[3]["cells"] if cell]


def told(values, action=""):
    return followed("bptt-walkthrough", values, action)["said"]


def test_the_numbers_in_the_text():
    walk = signals("preset=all-the-way")
    assert (walk[-1], walk[0]) == ("−1.38", "−0.484")
    assert signals("preset=doubling") == ["480", "240", "120", "60.0", "30.0"]
    cut = followed("bptt-walkthrough", "preset=cut-short")
    table = cut["figures"]["gradients"]["tables"][0]
    assert [table["data"][column][0] for column in (1, 2)] == pytest.approx([0.0, -0.484], abs=1e-3)
    half = followed("bptt-walkthrough", "preset=four-steps&truncate=2")
    table = half["figures"]["gradients"]["tables"][0]
    assert [f"{table['data'][column][1]:.3f}" for column in (1, 2)] == ["0.530", "0.692"]
    assert told("preset=four-steps", "update").endswith("fell from 0.636 to 0.249.")
    assert "rose" in told("preset=four-steps&learning_rate=1", "update")
    assert told("preset=four-steps&truncate=2", "check").startswith("Not equal: w_x, w_h, b_h;")


@pytest.mark.parametrize(
    ("values", "begins"),
    [
        ("preset=cliff", "Not clipped: thrown off at update 9 by a gradient 6,122 long"),
        ("preset=cliff&length=5", "After 150 updates the loss is "),
        ("preset=cliff&length=50", "Not clipped: thrown off"),
        ("preset=cliff&learning_rate=0.005&updates=1000", "After 1000 updates the loss is "),
        ("preset=plateau", "After 150 updates the loss is 2.89 clipped, 2.89 not."),
    ],
)
def test_the_walks_in_the_text(values, begins):
    assert followed("loss-landscape", values, "train")["said"].startswith(begins)


def test_a_wrong_gradient_teaches_the_word_as_well():
    """What the text says of leaving out `+ d_h_next`: the loss falls as before."""
    cells = "\n".join(re.findall(r"```python-cell (?:forward|backward)\n(.*?)```", TEXT, re.DOTALL))
    assert cells.count(" + d_h_next") == 1
    ends = []
    for source in (cells, cells.replace(" + d_h_next", "")):
        names = {"plot": lambda *_, **__: None}
        exec(source, names)  # noqa: S102 - the page's own cells
        assert "".join(names["expected"]) == "ello"
        ends.append(names["losses"][-1])
    assert ends[1] < 1.1 * ends[0] < 0.05

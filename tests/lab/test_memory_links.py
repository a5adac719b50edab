"""Every *Try this* link of Sequences and Unrolled sets what exists and presses what exists."""

import re
from urllib.parse import parse_qsl

import pytest

from lab.kit.registry import open_lab
from publish.page import DOCS

LINK = re.compile(r'\]\(#([a-z-]+)\)\{ data-set="([^"]*)"(?: data-act="([^"]*)")? \}')
PAGES = ("sequences.md", "unrolled.md")
LINKS = [
    (page, *match)
    for page in PAGES
    for match in LINK.findall((DOCS / page).read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("page", "name", "values", "action"), LINKS)
def test_a_link_leads_where_it_says(page, name, values, action):
    lab = open_lab(name, {})
    lab.set(dict(parse_qsl(values, keep_blank_values=True)))
    snapshot = lab.snapshot(())
    if action == "play":
        assert snapshot["actions"]["step_forward"]["enabled"]
    elif action:
        lab.act(action)
        lab.advance(0.0)
    assert snapshot["problem"] is None


def test_no_link_is_overlooked():
    for page in PAGES:
        text = (DOCS / page).read_text(encoding="utf-8")
        assert text.count("data-set=") == sum(link[0] == page for link in LINKS) >= 5

"""Every *Try this* link of the pages about text sets what exists and presses what exists."""

import re
from urllib.parse import parse_qsl

import pytest

from lab.cell_colours import LAB as CELL_COLOURS
from lab.text_sampler import LAB as TEXT_SAMPLER
from publish.page import DOCS
from tests.lab.small_models import finish, serve

LINK = re.compile(r'\]\(#([a-z-]+)\)\{ data-set="([^"]*)"(?: data-act="([^"]*)")? \}')
LABS = {"text-sampler": TEXT_SAMPLER, "cell-colours": CELL_COLOURS}
LINKS = [
    (page, *match)
    for page in ("index.md", "characters.md")
    for match in LINK.findall((DOCS / page).read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("page", "name", "values", "action"), LINKS)
def test_a_link_leads_where_it_says(page, name, values, action):
    lab = serve(LABS[name]({}))
    lab.set(dict(parse_qsl(values, keep_blank_values=True)))
    if action:
        lab.act(action)
    serve(lab)
    finish(lab)
    snapshot = lab.snapshot()
    assert snapshot["problem"] is None
    assert snapshot["steps"] > 1


def test_no_link_is_overlooked():
    for page in ("index.md", "characters.md"):
        text = (DOCS / page).read_text(encoding="utf-8")
        assert text.count("data-set=") == sum(link[0] == page for link in LINKS)
    assert {link[1] for link in LINKS} == set(LABS)

"""Links to a lab elsewhere carry its state; links on the page are left to the script."""

import pytest
from markdown import Markdown

from publish.lab_links import makeExtension
from publish.page import BuildError


def rendered(text):
    return Markdown(extensions=["attr_list", makeExtension()]).convert(text)


def test_a_link_to_another_page_carries_the_state():
    html = rendered('[x](gated-cells.md#memory-race){ data-set="preset=parity&length=9" }')
    assert 'href="gated-cells.md#memory-race?preset=parity&amp;length=9"' in html
    assert "data-set" not in html


def test_a_link_on_the_page_keeps_its_data():
    html = rendered('[x](#memory-race){ data-set="preset=parity" data-act="train" }')
    assert 'href="#memory-race"' in html
    assert 'data-set="preset=parity"' in html


def test_a_link_elsewhere_presses_nothing():
    with pytest.raises(BuildError, match=r"gated-cells.md#memory-race.*not press 'train'"):
        rendered('[x](gated-cells.md#memory-race){ data-set="preset=parity" data-act="train" }')

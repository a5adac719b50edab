"""Links are followed as a browser would, from any depth, and what leads nowhere is found."""

from pathlib import Path

import pytest

from publish.links import Link, broken, outside

INDEX = """<link rel="canonical" href="https://example.org/book/">
<h1 id="top">Book</h1><a class=x href="deep/#there">1</a><a href=deep/>2</a>
<a href="https://elsewhere.org/">3</a><a href="mailto:a@b.c">4</a><pre>&lt;a href="no/"></pre>"""
DEEP = """<link rel="canonical" href="https://example.org/book/deep/"><h1 id=there>Deep</h1>
<a href="..">1</a><a href="../#top">2</a><a href="#lab?w=1">3</a><b id="lab"></b>
<script src="../assets/a%20b.js"></script>{more}"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a b.js").touch()
    (tmp_path / "index.html").write_text(INDEX, encoding="utf-8")
    (tmp_path / "deep" / "index.html").write_text(DEEP.format(more=""), encoding="utf-8")
    return tmp_path


def test_a_whole_site_has_no_broken_link(site: Path) -> None:
    assert broken(site) == []
    assert outside(site) == {"https://elsewhere.org/": ["index.html"]}


@pytest.mark.parametrize(
    "target", ["gone/", "../gone.png", "#gone", "../#gone", "https://example.org/book/gone/"]
)
def test_what_leads_nowhere_is_named(site: Path, target: str) -> None:
    page = DEEP.format(more=f'<a href="{target}">x</a>')
    (site / "deep" / "index.html").write_text(page, encoding="utf-8")
    assert broken(site) == [Link("deep/index.html", target)]


def test_a_site_that_knows_no_address_is_followed_too(site: Path) -> None:
    index = INDEX.replace('<link rel="canonical" href="https://example.org/book/">', "")
    (site / "index.html").write_text(f'{index}<a href="gone/">x</a>', encoding="utf-8")
    assert Link("index.html", "gone/") in broken(site)
